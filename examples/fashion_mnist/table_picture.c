/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "table_results.h"

enum { WIDTH = 900, HEIGHT = 460, LEFT = 60, TOP = 30, PLOT_WIDTH = 640, PLOT_HEIGHT = 370, MAX_FAMILIES = 16 };

static const double least_accuracy = 70.0, greatest_accuracy = 94.0;

static const char *const colours[MAX_FAMILIES] = {
    "#222222", "#1b6ca8", "#2e8b57", "#c0392b", "#8e44ad", "#d68910", "#117a65", "#7b241c",
    "#2471a3", "#b7950b", "#5d6d7e", "#e74c3c", "#16a085", "#884ea0", "#a04000", "#34495e",
};

/* The rows' families in the order in which they come. */
typedef struct family_list {
    const char *names[MAX_FAMILIES];
    int count;
} family_list;

static int family_index(family_list *families, const char *name)
{
    for (int f = 0; f < families->count; f++) {
        if (strcmp(families->names[f], name) == 0) return f;
    }
    if (families->count == MAX_FAMILIES) return MAX_FAMILIES - 1;
    families->names[families->count] = name;
    return families->count++;
}

/* Logarithmic in bits: 1 .. 32. */
static double place_x(double bits)
{
    return LEFT + PLOT_WIDTH * (0.03 + 0.94 * log2(bits) / 5.0);
}

static double place_y(double accuracy)
{
    const double inside = fmin(fmax(accuracy, least_accuracy), greatest_accuracy);
    return TOP + PLOT_HEIGHT * (greatest_accuracy - inside) / (greatest_accuracy - least_accuracy);
}

static void write_axes(FILE *file)
{
    static const int bits[] = {1, 2, 3, 4, 6, 8, 16, 32};
    fprintf(file, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">\n", WIDTH, HEIGHT);
    fprintf(file, "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n");
    fprintf(file, "<text x=\"%d\" y=\"18\">Accuracy in %% of the test images (below %.0f at the bottom); circles: plain network, squares: depthwise</text>\n",
            LEFT,
            least_accuracy);
    for (double a = least_accuracy; a <= greatest_accuracy; a += 4.0) {
        fprintf(file, "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f</text>\n", LEFT,
                LEFT + PLOT_WIDTH, place_y(a), place_y(a), LEFT - 6, place_y(a) + 4.0, a);
    }
    for (size_t i = 0; i < sizeof bits / sizeof *bits; i++) {
        fprintf(file, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>\n", place_x(bits[i]), TOP + PLOT_HEIGHT + 18, bits[i]);
    }
    fprintf(file, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">bits of the weights</text>\n", LEFT + PLOT_WIDTH / 2, TOP + PLOT_HEIGHT + 38);
}

static void write_mark(FILE *file, const experiment *run, const table_row *row, const row_result *result, int family)
{
    const double x = place_x(row_weight_bits(row)) + 3.0 * (family - 6), y = place_y(result->accuracy); /* side by side */
    if (strcmp(run->net.name, "plain") == 0) {
        fprintf(file, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\">", x, y, colours[family]);
    } else {
        fprintf(file, "<rect x=\"%.1f\" y=\"%.1f\" width=\"6\" height=\"6\" fill=\"none\" stroke=\"%s\">", x - 3.0, y - 3.0, colours[family]);
    }
    fprintf(file, "<title>%s, %s: %.2f %%</title></%s>\n", run->net.name, row->name, result->accuracy, strcmp(run->net.name, "plain") == 0 ? "circle" : "rect");
}

void write_svg(FILE *file, const table_results *results)
{
    family_list families = {0};
    write_axes(file);
    for (int n = 0; n < results->run_count; n++) {
        for (int r = 0; r < results->rows->count; r++) {
            const table_row *row = &results->rows->rows[r];
            const row_result *result = &results->runs[n]->results[r];
            if (result->measured) write_mark(file, results->runs[n], row, result, family_index(&families, row->family));
        }
    }
    for (int f = 0; f < families.count; f++) {
        const int y = TOP + 14 + 20 * f;
        fprintf(file, "<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"%s\"/><text x=\"%d\" y=\"%d\">%s</text>\n", LEFT + PLOT_WIDTH + 30, y - 4, colours[f],
                LEFT + PLOT_WIDTH + 44, y, families.names[f]);
    }
    fprintf(file, "</svg>\n");
}
