/* SPDX-License-Identifier: Apache-2.0 */
#include "float_problem.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "clqnn/reference_float.h"
#include "mixed_values.h"
#include "plane_words.h"

enum { FLOAT_SEED = 22 };

static bool is_byte(clqnn_type type) { return type == CLQNN_S8 || type == CLQNN_U8; }

static bool is_stored_float(clqnn_type type) { return type == CLQNN_F32 || type == CLQNN_F16 || type == CLQNN_BF16; }

bool clq_float_problem_takes_output(clqnn_type type) { return is_stored_float(type) || is_byte(type); }

void clq_float_problem_draw(clq_random *random, void *data, size_t bytes, clqnn_type type)
{
    for (size_t i = 0; i < bytes / clqnn_type_size(type); i++) clq_mixed_store(data, (int64_t)i, type, clq_random_float(random, -2.0f, 2.0f));
}

static size_t count_of(const clq_bench_problem *problem, int64_t rows, int64_t columns)
{
    return (size_t)(problem->shape.batch[0] * problem->shape.batch[1] * rows * columns);
}

/* a's own; f16 where a is of 8 bits. */
static clqnn_type scale_type_of(const clq_bench_problem *problem) { return is_stored_float(problem->types.a) ? problem->types.a : CLQNN_F16; }

static size_t groups_of(const clq_bench_problem *problem)
{
    return problem->types.group ? (size_t)((problem->shape.k + problem->types.group - 1) / problem->types.group) : 0;
}

/* Of bit planes: bytes of the k values of one column. */
static size_t plane_row(const clq_bench_problem *problem)
{
    return clq_row_bytes(problem->types.b, clq_row_values(problem->types.b, problem->shape.k));
}

static bool check_types(const clq_bench_problem *problem, char *message, size_t size)
{
    const clq_gemm_types *const types = &problem->types;
    if (types->group != 0 && clq_is_planes(types->b)) return snprintf(message, size, "weights of %s have no groups", clqnn_type_name(types->b)), false;
    if (types->group != 0 && problem->shape.batch[0] * problem->shape.batch[1] != 1) return snprintf(message, size, "weights with groups have no batches"), false;
    if (types->group > problem->shape.k) return snprintf(message, size, "its groups are longer than k"), false;
    if (!clq_float_problem_takes_output(types->c)) return snprintf(message, size, "the library has no output of %s of floats", clqnn_type_name(types->c)), false;
    return true;
}

static bool allocate(clq_bench_problem *problem)
{
    const clq_gemm_shape *const shape = &problem->shape;
    const size_t scales = groups_of(problem) * (size_t)shape->n;
    problem->a_bytes = count_of(problem, shape->m, shape->k) * clqnn_type_size(problem->types.a);
    problem->b_bytes = (count_of(problem, shape->k, shape->n) * clqnn_type_bits(problem->types.b) + 7) / 8;
    if (clq_is_planes(problem->types.b)) problem->b_bytes = count_of(problem, shape->n, 1) * plane_row(problem);
    problem->c_bytes = count_of(problem, shape->m, shape->n) * clqnn_type_size(problem->types.c);
    problem->bytes = (double)problem->a_bytes + (double)problem->b_bytes + (double)problem->c_bytes;
    problem->a = malloc(problem->a_bytes + 1);
    problem->b = malloc(problem->b_bytes + 1);
    problem->group_scales = scales ? malloc(scales * sizeof(float)) : NULL;
    problem->group_zeros = scales ? malloc(scales) : NULL;
    return problem->a && problem->b && (scales == 0 || (problem->group_scales && problem->group_zeros));
}

static void draw_groups(clq_bench_problem *problem, clq_random *random)
{
    const size_t count = groups_of(problem) * (size_t)problem->shape.n;
    const int32_t levels = 1 << clqnn_type_bits(problem->types.b);
    int32_t low, high;
    clq_mixed_integer_range(problem->types.b, &low, &high);
    clq_random_fill(random, problem->b, problem->b_bytes);
    for (size_t i = 0; i < count; i++) {
        clq_mixed_store(problem->group_scales, (int64_t)i, scale_type_of(problem), clq_random_float(random, 1.0f, 3.0f) / (float)levels);
        problem->group_zeros[i] = (uint8_t)clq_random_range(random, levels / 4, levels - levels / 4 - 1);
    }
    if (low == 0) return;
    free(problem->group_zeros);
    problem->group_zeros = NULL;
}

static void describe(clq_bench_problem *problem)
{
    const clq_gemm_shape *const shape = &problem->shape;
    problem->desc = (clqnn_gemm_desc){ .struct_size = sizeof problem->desc, .m = shape->m, .n = shape->n, .k = shape->k,
                                       .batch = { shape->batch[0], shape->batch[1] }, .a = { .type = problem->types.a },
                                       .b = { .type = problem->types.b, .transposed = clq_is_planes(problem->types.b) },
                                       .c = { .type = problem->types.c }, .b_data = problem->b };
    if (is_byte(problem->types.c)) {
        problem->c_scale = sqrtf((float)shape->k + 1.0f) / 40.0f;
        problem->c_zero = problem->types.c == CLQNN_U8 ? 121 : -4;
        problem->desc.c.quantization = (clqnn_quantization){ .scales = &problem->c_scale, .scale_count = 1, .zero_points = &problem->c_zero, .zero_point_count = 1 };
    }
    if (problem->types.group == 0) return;
    problem->desc.groups = (clqnn_groups){ .size = problem->types.group, .scales = problem->group_scales, .scale_type = scale_type_of(problem),
                                           .zero_points = problem->group_zeros,
                                           .zero_point_type = problem->group_zeros ? CLQNN_U8 : CLQNN_TYPE_NONE };
    if (problem->types.quantize_a) {
        problem->desc.dynamic = CLQNN_DYNAMIC_PER_ROW;
        problem->desc.dynamic_type = CLQNN_U8;
    }
}

bool clq_float_problem_create(clq_bench_problem *problem, char *message, size_t size)
{
    clq_random random = clq_random_seed(FLOAT_SEED, 0);
    problem->floats = true;
    if (!check_types(problem, message, size)) return false;
    if (!allocate(problem)) return snprintf(message, size, "not enough host memory"), false;
    clq_float_problem_draw(&random, problem->a, problem->a_bytes, problem->types.a);
    if (problem->types.group != 0) {
        draw_groups(problem, &random);
    } else if (clq_is_planes(problem->types.b)) {
        problem->bits = true;
        for (size_t at = 0; at < problem->b_bytes; at += plane_row(problem)) {
            clq_fill_planes(&random, problem->types.b, CLQ_BITS_RANDOM, (unsigned char *)problem->b + at, problem->shape.k);
        }
    } else {
        clq_float_problem_draw(&random, problem->b, problem->b_bytes, problem->types.b);
    }
    describe(problem);
    return true;
}

bool clq_float_problem_widen(clq_bench_problem *problem)
{
    const clq_gemm_shape *const shape = &problem->shape;
    const size_t a_count = problem->a_bytes / clqnn_type_size(problem->types.a);
    const bool planes = clq_is_planes(problem->types.b);
    const size_t b_count = problem->types.group || planes ? count_of(problem, shape->k, shape->n) : problem->b_bytes / clqnn_type_size(problem->types.b);
    if (problem->a_values != NULL) return true;
    problem->a_values = malloc(a_count * sizeof(float) + 1);
    problem->b_values = malloc(b_count * sizeof(float) + 1);
    if (problem->a_values == NULL || problem->b_values == NULL) return false;
    for (size_t i = 0; i < a_count; i++) problem->a_values[i] = clq_mixed_load(problem->a, (int64_t)i, problem->types.a);
    if (problem->types.group != 0) return clqnn_reference_dequantize_weights(&problem->desc, problem->b, problem->b_values) == CLQNN_OK;
    for (size_t i = 0; planes && i < b_count; i++) { /* [batch][k][n], from rows of k values */
        const size_t n = (size_t)shape->n, k = (size_t)shape->k, matrix = i / (n * k), p = i / n % k;
        const unsigned char *const row = (const unsigned char *)problem->b + (matrix * n + i % n) * plane_row(problem);
        problem->b_values[i] = (float)clq_plane_value(problem->types.b, row, (int64_t)p);
    }
    for (size_t i = 0; !planes && i < b_count; i++) problem->b_values[i] = clq_mixed_load(problem->b, (int64_t)i, problem->types.b);
    return true;
}
