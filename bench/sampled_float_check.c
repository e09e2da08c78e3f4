/* SPDX-License-Identifier: Apache-2.0 */
#include "sampled_float_check.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/reference_float.h"
#include "mixed_values.h"
#include "plane_words.h"

enum { MOST_ROWS = 16, FEWEST_COLUMNS = 16 };

/* A product of its own: some rows of a by some columns of b. */
typedef struct float_sample {
    const clq_bench_problem *problem;
    int64_t rows, columns;
    clqnn_gemm_desc desc;
    unsigned char *a, *b, *scales, *zeros;
    clqnn_reference_bounded *x;
} float_sample;

/* Place i of `count` in 0 .. all - 1. */
static int64_t place(int64_t i, int64_t count, int64_t all) { return count > 1 ? i * (all - 1) / (count - 1) : all - 1; }

static void choose_size(float_sample *sample, double largest)
{
    const clq_gemm_shape *const shape = &sample->problem->shape;
    const double line = (double)(shape->batch[0] * shape->batch[1]) * (double)shape->k;
    sample->rows = shape->m;
    sample->columns = shape->n;
    if (line * (double)shape->m * (double)shape->n <= largest) return;
    sample->rows = shape->m < MOST_ROWS ? shape->m : MOST_ROWS;
    const double allowed = largest / (line * (double)sample->rows);
    if (allowed < (double)shape->n) sample->columns = allowed > FEWEST_COLUMNS ? (int64_t)allowed : shape->n < FEWEST_COLUMNS ? shape->n : FEWEST_COLUMNS;
}

static bool allocate(float_sample *sample)
{
    const size_t rows = (size_t)sample->rows, columns = (size_t)sample->columns, k = (size_t)sample->problem->shape.k, group = (size_t)sample->problem->types.group;
    const size_t groups = group ? (k + group - 1) / group : 0;
    sample->a = malloc(rows * k * sizeof(float) + 1);
    sample->b = calloc((k + 32) * columns + 1, sizeof(float));
    sample->x = malloc((rows * columns + 1) * sizeof *sample->x);
    sample->scales = malloc(groups * columns * sizeof(float) + 1);
    sample->zeros = malloc(groups * columns + 1);
    return sample->a && sample->b && sample->x && sample->scales && sample->zeros;
}

/* Bits of one element, whatever the type means. */
static uint32_t load_bits(const unsigned char *data, size_t at, size_t bits)
{
    uint32_t value = 0;
    for (size_t i = 0; i < bits; i += 8 - ((at * bits + i) & 7)) {
        const size_t bit = at * bits + i;
        value |= (uint32_t)(data[bit >> 3] >> (bit & 7)) << i;
    }
    return bits < 32 ? value & ((1u << bits) - 1) : value;
}

static void store_bits(unsigned char *data, size_t at, size_t bits, uint32_t value)
{
    for (size_t i = 0; i < bits; i++) data[(at * bits + i) >> 3] |= (unsigned char)((value >> i & 1) << ((at * bits + i) & 7));
}

static void gather_columns(const float_sample *sample, const void *source, int64_t rows, size_t bits, unsigned char *target)
{
    const int64_t n = sample->problem->shape.n;
    memset(target, 0, ((size_t)(rows * sample->columns) * bits + 7) / 8);
    for (int64_t row = 0; row < rows; row++) {
        for (int64_t j = 0; j < sample->columns; j++) {
            store_bits(target, (size_t)(row * sample->columns + j), bits, load_bits(source, (size_t)(row * n + place(j, sample->columns, n)), bits));
        }
    }
}

/* Columns of bit planes lie one behind the other. */
static void gather_planes(const float_sample *sample, int64_t batch)
{
    const clq_bench_problem *const problem = sample->problem;
    const int64_t n = problem->shape.n;
    const size_t row = clq_row_bytes(problem->types.b, clq_row_values(problem->types.b, problem->shape.k));
    const unsigned char *const b = (const unsigned char *)problem->b + (size_t)(batch * n) * row;
    for (int64_t j = 0; j < sample->columns; j++) memcpy(sample->b + (size_t)j * row, b + (size_t)place(j, sample->columns, n) * row, row);
}

static void gather(float_sample *sample, int64_t batch)
{
    const clq_bench_problem *const problem = sample->problem;
    const clq_gemm_shape *const shape = &problem->shape;
    const size_t a_row = (size_t)shape->k * clqnn_type_size(problem->types.a), b_bits = clqnn_type_bits(problem->types.b);
    const unsigned char *const a = (const unsigned char *)problem->a + (size_t)(batch * shape->m) * a_row;
    const unsigned char *const b = (const unsigned char *)problem->b + (size_t)(batch * shape->k * shape->n) * b_bits / 8; /* batches are of whole bytes */
    for (int64_t i = 0; i < sample->rows; i++) memcpy(sample->a + (size_t)i * a_row, a + (size_t)place(i, sample->rows, shape->m) * a_row, a_row);
    if (clq_is_planes(problem->types.b)) gather_planes(sample, batch);
    else gather_columns(sample, b, shape->k, b_bits, sample->b);
    sample->desc = problem->desc;
    sample->desc.m = sample->rows;
    sample->desc.n = sample->columns;
    sample->desc.batch[0] = sample->desc.batch[1] = 1;
    sample->desc.b_data = sample->b;
    if (problem->types.group == 0) return;
    const int64_t groups = (shape->k + problem->types.group - 1) / problem->types.group;
    gather_columns(sample, problem->group_scales, groups, clqnn_type_bits(problem->desc.groups.scale_type), sample->scales);
    sample->desc.groups.scales = sample->scales;
    if (problem->group_zeros == NULL) return;
    gather_columns(sample, problem->group_zeros, groups, 8, sample->zeros);
    sample->desc.groups.zero_points = sample->zeros;
}

static double value_of(clqnn_type type, const unsigned char *element)
{
    return type == CLQNN_U8 ? *element : type == CLQNN_S8 ? *(const signed char *)element : (double)clq_mixed_load(element, 0, type);
}

static bool compare(const float_sample *sample, int64_t batch, const unsigned char *c, char *message, size_t size)
{
    const clq_gemm_shape *const shape = &sample->problem->shape;
    const clqnn_type type = sample->problem->types.c;
    const clqnn_reference_float_output output = clqnn_reference_gemm_output(&sample->desc);
    for (int64_t i = 0; i < sample->rows * sample->columns; i++) {
        const int64_t row = place(i / sample->columns, sample->rows, shape->m), column = place(i % sample->columns, sample->columns, shape->n);
        const unsigned char *const got = c + (size_t)((batch * shape->m + row) * shape->n + column) * clqnn_type_size(type);
        const clqnn_reference_range range = clqnn_reference_float_range(&output, sample->x[i]);
        if (clqnn_reference_in_range(type, got, &range)) continue;
        snprintf(message, size, "c[%" PRId64 "][%" PRId64 "][%" PRId64 "]: expected %.9g..%.9g, got %.9g", batch, row, column, range.low, range.high,
                 value_of(type, got));
        return false;
    }
    return true;
}

bool clq_sampled_float_check(const clq_bench_problem *problem, const void *c, double largest, char *message, size_t size)
{
    float_sample sample = { .problem = problem };
    choose_size(&sample, largest);
    bool right = allocate(&sample);
    if (!right) snprintf(message, size, "not enough host memory");
    for (int64_t batch = 0; right && batch < problem->shape.batch[0] * problem->shape.batch[1]; batch++) {
        gather(&sample, batch);
        const clqnn_status status = clqnn_reference_gemm_float(&sample.desc, sample.a, NULL, NULL, sample.x);
        right = status == CLQNN_OK;
        if (!right) snprintf(message, size, "the reference answers %s", clqnn_status_name(status));
        right = right && compare(&sample, batch, c, message, size);
    }
    free(sample.a);
    free(sample.b);
    free(sample.x);
    free(sample.scales);
    free(sample.zeros);
    return right;
}
