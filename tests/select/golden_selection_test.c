/* SPDX-License-Identifier: Apache-2.0 */
/* golden_selection_test FILE [print]: each line of the file names an invented device, a problem and the variant that must be chosen. With
 * `print`, writes the file as the library chooses now, for review after a change of a cost model. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "clqnn/status.h"
#include "gemm/gemm_select.h"
#include "invented_devices.h"

enum { LINE = 256 };

typedef struct golden_line {
    char device[32], options[64], expected[64];
    int64_t m, n, k;
} golden_line;

static bool has_option(const golden_line *line, const char *option)
{
    return strstr(line->options, option) != NULL;
}

static clq_gemm_problem problem_of(const golden_line *line)
{
    clq_gemm_problem problem = plain_problem(line->m, line->n, line->k);
    if (has_option(line, "batch16")) problem.batch[1] = 16;
    if (has_option(line, "runtime")) problem.b_constant = false;
    if (has_option(line, "transposed")) problem.a.transposed = true;
    if (has_option(line, "dynamic")) {
        problem.dynamic = CLQNN_DYNAMIC_PER_ROW;
        problem.a.type = CLQNN_F32;
        problem.c.type = CLQNN_F32;
        problem.a_zero_per_row = problem.row_scales = true;
    }
    return problem;
}

static bool parse(const char *text, golden_line *line)
{
    return sscanf(text, "%31s %" SCNd64 " %" SCNd64 " %" SCNd64 " %63s %63s", line->device, &line->m, &line->n, &line->k, line->options, line->expected) == 6;
}

/* The chosen variant's name, or "none". */
static const char *choose(const golden_line *line, const clq_capabilities *device)
{
    const clq_gemm_spec spec = {.problem = problem_of(line)};
    const clq_gemm_variant *variant = NULL;
    double seconds = 0;
    return clq_gemm_choose(&spec, NULL, device, &variant, &seconds) == CLQNN_OK ? variant->name : "none";
}

int main(int argc, char **argv)
{
    char text[LINE];
    int lines = 0, wrong = 0;
    const bool print = argc > 2 && strcmp(argv[2], "print") == 0;
    FILE *file = argc > 1 ? fopen(argv[1], "r") : NULL;
    if (!file) return 2;
    while (fgets(text, sizeof text, file)) {
        golden_line line;
        if (text[0] == '#' || text[0] == '\n') {
            if (print) (void)fputs(text, stdout);
            continue;
        }
        const clq_capabilities *device = parse(text, &line) ? invented_device_find(line.device) : NULL;
        if (!device) {
            printf("FAIL: this line is not understood: %s", text);
            wrong++;
            continue;
        }
        const char *got = choose(&line, device);
        if (print) {
            printf("%-16s %6" PRId64 " %6" PRId64 " %6" PRId64 "  %-12s %s\n", line.device, line.m, line.n, line.k, line.options, got);
        } else if (strcmp(got, line.expected) != 0) {
            printf("FAIL: %s, %" PRId64 " x %" PRId64 " x %" PRId64 " (%s): expected %s, got %s\n", line.device, line.m, line.n, line.k, line.options, line.expected, got);
            wrong++;
        }
        lines++;
    }
    (void)fclose(file);
    if (!print) printf("%d selections, %d wrong\n", lines, wrong);
    return wrong > 0 || lines < 40;
}
