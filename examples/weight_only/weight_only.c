/* SPDX-License-Identifier: Apache-2.0 */
/* weight_only [FORMAT [N K]]: a layer of a language model with its weights as a file stores them, q4_0, q8_0 or matmul_nbits. Random floats are quantized into
 * the format's bytes; these are imported, packed, and multiplied with one row. Prints what packing and a call take, and how far the result is from that of the
 * floats (the format's loss) and from that of the weights that the file means (the kernel's). Exit status: 0 the latter lies within rounding; 77 no device. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "row_product.h"
#include "stored_weights.h"

enum { SKIPPED = 77, USAGE = 2, CALLS = 30 };

typedef struct layer {
    weight_format format;
    int64_t n, k;
    float *w, *a, *meant, *c;   /* floats [n][k], the row, what the file's bytes mean [n][k], the result */
} layer;

/* About normal: the sum of four uniform numbers. */
static float next_normal(uint32_t *state)
{
    float sum = 0.0f;
    for (int i = 0; i < 4; i++) {
        *state = *state * 1664525u + 1013904223u;
        sum += (float)(*state >> 8) * 0x1p-24f - 0.5f;
    }
    return sum * 1.7f;
}

static bool make_layer(layer *l)
{
    uint32_t state = 1;
    const size_t count = (size_t)(l->n * l->k);
    l->w = malloc(count * sizeof *l->w);
    l->meant = malloc(count * sizeof *l->meant);
    l->a = malloc((size_t)l->k * sizeof *l->a);
    l->c = malloc((size_t)l->n * sizeof *l->c);
    if (!l->w || !l->meant || !l->a || !l->c) return false;
    for (size_t i = 0; i < count; i++) l->w[i] = next_normal(&state) * 0.02f;
    for (int64_t i = 0; i < l->k; i++) l->a[i] = next_normal(&state);
    return true;
}

/* The largest difference of the result from a * w^T in binary64, relative to the largest sum of magnitudes. */
static double error_against(const layer *l, const float *w)
{
    double most = 0.0, scale = 0.0;
    for (int64_t j = 0; j < l->n; j++) {
        double sum = 0.0, size = 0.0;
        for (int64_t i = 0; i < l->k; i++) {
            sum += (double)l->a[i] * (double)w[j * l->k + i];
            size += fabs((double)l->a[i] * (double)w[j * l->k + i]);
        }
        most = fmax(most, fabs((double)l->c[j] - sum));
        scale = fmax(scale, size);
    }
    return most / scale;
}

static int report(const layer *l, const stored_weights *stored, const row_product_report *r)
{
    const double meant = error_against(l, l->meant), allowed = (double)(l->k + 4) * 0x1p-24;
    printf("weights      %lld x %lld, %llu bytes in the file, %llu packed as %s in %.3f s\n", (long long)l->n, (long long)l->k,
           (unsigned long long)stored_weights_bytes(stored), (unsigned long long)r->packed_bytes, r->layout, r->pack_seconds);
    printf("one row      %.1f us by %s, %.2f GB of packed weights a second\n", r->call_seconds * 1e6, r->variant, (double)r->packed_bytes / r->call_seconds * 1e-9);
    printf("error        %.2e of the floats, %.2e of what the file means (at most %.2e)\n", error_against(l, l->w), meant, allowed);
    return meant <= allowed ? 0 : 1;
}

/* The importer's arrays are [n][k] here, those of clqnn_imported_dequantize [k][n]. */
static bool dequantize(const clqnn_imported *imported, layer *l)
{
    float *const w = malloc((size_t)(l->n * l->k) * sizeof *w);
    const bool done = w && clqnn_imported_dequantize(imported, w) == CLQNN_OK;
    for (int64_t i = 0; done && i < l->n * l->k; i++) l->meant[i] = w[i % l->k * l->n + i / l->k];
    free(w);
    return done;
}

static int run(clqnn_context *context, layer *l, stored_weights *stored)
{
    clqnn_imported *imported = NULL;
    clqnn_imported_info info;
    row_product_report r = {.pack_seconds = 0.0};
    const char *step = "stored_weights_import";
    clqnn_status status = make_layer(l) && stored_weights_make(l->format, l->n, l->k, l->w, stored) ? CLQNN_OK : CLQNN_OUT_OF_MEMORY;
    if (status == CLQNN_OK) status = stored_weights_import(stored, &imported);
    if (status == CLQNN_OK) status = clqnn_imported_describe(imported, &info);
    if (status == CLQNN_OK && !dequantize(imported, l)) status = CLQNN_OUT_OF_MEMORY;
    if (status == CLQNN_OK) status = row_product_run(context, &info, l->a, CALLS, l->c, &r, &step);
    if (status != CLQNN_OK) fprintf(stderr, "weight_only: %s: %s: %s\n", step, clqnn_status_name(status), clqnn_last_error());
    clqnn_imported_destroy(imported);
    return status == CLQNN_OK ? report(l, stored, &r) : 1;
}

static bool parse(int argc, char **argv, layer *l)
{
    if (argc > 1 && !weight_format_parse(argv[1], &l->format)) return false;
    if (argc > 2) {
        l->n = strtoll(argv[2], NULL, 10);
        l->k = argc > 3 ? strtoll(argv[3], NULL, 10) : 0;
    }
    return argc < 5 && l->n > 0 && l->k > 0 && l->n <= 1 << 20 && l->k <= 1 << 20 && l->k % FORMAT_BLOCK == 0;
}

int main(int argc, char **argv)
{
    layer l = {.format = FORMAT_Q4_0, .n = 4096, .k = 4096};
    stored_weights stored = {.blocks = NULL};
    clqnn_context *context = NULL;
    if (!parse(argc, argv, &l)) {
        fprintf(stderr, "usage: weight_only [q4_0|q8_0|matmul_nbits [N K]]   (K a multiple of %d)\n", FORMAT_BLOCK);
        return USAGE;
    }
    if (clqnn_context_create(NULL, &context) != CLQNN_OK) {
        printf("skipped: %s\n", clqnn_last_error());
        return SKIPPED;
    }
    const int status = run(context, &l, &stored);
    stored_weights_free(&stored);
    free(l.w), free(l.a), free(l.meant), free(l.c);
    clqnn_context_release(context);
    return status;
}
