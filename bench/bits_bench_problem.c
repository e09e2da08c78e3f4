/* SPDX-License-Identifier: Apache-2.0 */
#include "bits_bench_problem.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "mixed_values.h"
#include "plane_words.h"

enum { BITS_SEED = 24 };

static bool is_byte(clqnn_type type) { return type == CLQNN_S8 || type == CLQNN_U8; }

static bool is_float(clqnn_type type) { return type == CLQNN_F32 || type == CLQNN_F16; }

static bool is_low_bit(clqnn_type type) { return type == CLQNN_B1 || type == CLQNN_T2; }

bool clq_bits_bench_types(const clq_gemm_types *types)
{
    return clq_is_planes(types->a) || (is_low_bit(types->b) && (is_byte(types->a) || types->quantize_a));
}

double clq_bits_bench_counts(const clq_gemm_types *types)
{
    if (!clq_is_planes(types->a) || !clq_is_planes(types->b)) return 0.0;
    const double pairs = (double)(clqnn_type_bits(types->a) * clqnn_type_bits(types->b));
    return is_low_bit(types->a) && is_low_bit(types->b) ? ceil(pairs / 2.0) : pairs;
}

static bool check_types(const clq_bench_problem *problem, char *message, size_t size)
{
    const clq_gemm_types *const types = &problem->types;
    const bool bits = clq_is_planes(types->a), planes_out = types->c == CLQNN_B1 || (types->c >= CLQNN_PU1 && types->c <= CLQNN_PS8);
    if (bits && !clq_is_planes(types->b)) return snprintf(message, size, "an input of %s needs weights of bits", clqnn_type_name(types->a)), false;
    if (types->group != 0) return snprintf(message, size, "weights of %s have no groups", clqnn_type_name(types->b)), false;
    if (types->quantize_a && (!is_float(types->a) || !is_float(types->c) || problem->op == CLQ_BENCH_CONV)) {
        return snprintf(message, size, "an input that is quantized a row is f32 or f16, its output too, of a product"), false;
    }
    if (types->c == CLQNN_S32 || is_float(types->c) || is_byte(types->c) || (bits && planes_out)) return true;
    return snprintf(message, size, "the library has no output of %s of these types", clqnn_type_name(types->c)), false;
}

/* `rows` rows of `count` values; NULL if memory ran out. */
static void *draw(clq_random *random, clqnn_type type, double rows, int64_t count, size_t *bytes)
{
    const size_t row = clq_row_bytes(type, clq_row_values(type, count));
    unsigned char *const data = malloc((size_t)rows * row + 1);
    *bytes = (size_t)rows * row;
    if (data == NULL) return NULL;
    for (size_t i = 0; i < (size_t)rows; i++) {
        if (clq_is_planes(type)) {
            clq_fill_planes(random, type, CLQ_BITS_RANDOM, data + i * row, count);
        } else if (is_byte(type)) {
            clq_random_fill(random, data + i * row, row);
        } else {
            for (int64_t j = 0; j < count; j++) clq_mixed_store(data + i * row, j, type, clq_random_float(random, -2.0f, 2.0f));
        }
    }
    return data;
}

/* What rows are: of a and c, of b; values of one of a and b, and columns. */
typedef struct bits_sizes { double a_rows, b_rows, c_rows; int64_t a_values, b_values, columns, k; } bits_sizes;

static bits_sizes sizes_of(const clq_bench_problem *problem)
{
    if (problem->op == CLQ_BENCH_CONV) {
        const clq_conv_shape *const conv = &problem->conv;
        const int64_t taps = clq_conv_shape_pixels(conv, conv->kernel), inputs = conv->in_channels / conv->groups;
        return (bits_sizes){ .a_rows = (double)(conv->batch * clq_conv_shape_pixels(conv, conv->input)), .a_values = conv->in_channels,
                             .b_rows = (double)(conv->out_channels * taps), .b_values = inputs, .c_rows = (double)(conv->batch * clq_conv_shape_output_pixels(conv)),
                             .columns = conv->out_channels, .k = taps * inputs };
    }
    const clq_gemm_shape *const shape = &problem->shape;
    const double batches = (double)(shape->batch[0] * shape->batch[1]);
    return (bits_sizes){ .a_rows = batches * (double)shape->m, .a_values = shape->k, .b_rows = batches * (double)shape->n, .b_values = shape->k,
                         .c_rows = batches * (double)shape->m, .columns = shape->n, .k = shape->k };
}

/* The numbers as fields of a descriptor; they point into the problem. */
typedef struct bits_numbers { clqnn_quantization b, c; const int32_t *thresholds; } bits_numbers;

static bits_numbers numbers_of(clq_bench_problem *problem, clq_random *random, const bits_sizes *sizes)
{
    const clqnn_type c = problem->types.c;
    bits_numbers numbers = { .thresholds = NULL };
    if (c == CLQNN_S32) return numbers;
    if (c == CLQNN_B1) {
        numbers.thresholds = &problem->c_zero; /* 0 */
        return numbers;
    }
    for (int64_t j = 0; j < sizes->columns; j++) problem->b_scales[j] = clq_random_float(random, 0.5f, 1.5f) * 0.01f;
    numbers.b = (clqnn_quantization){ .scales = problem->b_scales, .scale_count = sizes->columns };
    if (is_float(c)) return numbers;
    const float spread = is_byte(problem->types.a) ? 60.0f : 1.0f;
    problem->c_scale = 0.01f * spread * sqrtf((float)sizes->k + 1.0f) / (clqnn_type_bits(c) < 8 ? 1.0f : 40.0f);
    numbers.c = (clqnn_quantization){ .scales = &problem->c_scale, .scale_count = 1 };
    return numbers;
}

static void describe(clq_bench_problem *problem, const bits_numbers *numbers)
{
    const clq_gemm_types *const types = &problem->types;
    const int64_t threshold_count = numbers->thresholds != NULL;
    if (problem->op == CLQ_BENCH_CONV) {
        problem->conv_desc = (clqnn_conv_desc){ .struct_size = sizeof problem->conv_desc, .x.type = types->a, .y = { .type = types->c, .quantization = numbers->c },
                                                .weight_type = types->b, .weight_quantization = numbers->b, .weight_data = problem->b,
                                                .thresholds = numbers->thresholds, .threshold_count = threshold_count };
        clq_conv_shape_describe(&problem->conv, &problem->conv_desc);
        for (int32_t i = 0; i < problem->conv.spatial_rank; i++) problem->conv_output[i] = clq_conv_shape_output(&problem->conv, i);
        return;
    }
    const clq_gemm_shape *const shape = &problem->shape;
    problem->desc = (clqnn_gemm_desc){ .struct_size = sizeof problem->desc, .m = shape->m, .n = shape->n, .k = shape->k,
                                       .batch = { shape->batch[0], shape->batch[1] }, .a.type = types->a,
                                       .b = { .type = types->b, .transposed = 1, .quantization = numbers->b },
                                       .c = { .type = types->c, .quantization = numbers->c }, .b_data = problem->b, .thresholds = numbers->thresholds,
                                       .threshold_count = threshold_count, .dynamic = types->quantize_a ? CLQNN_DYNAMIC_PER_ROW : CLQNN_STATIC,
                                       .dynamic_type = types->quantize_a ? CLQNN_S8 : CLQNN_TYPE_NONE };
}

bool clq_bits_bench_problem_create(clq_bench_problem *problem, char *message, size_t size)
{
    const bits_sizes sizes = sizes_of(problem);
    clq_random random = clq_random_seed(BITS_SEED, 0);
    problem->bits = true;
    if (!check_types(problem, message, size)) return false;
    problem->a = draw(&random, problem->types.a, sizes.a_rows, sizes.a_values, &problem->a_bytes);
    problem->b = draw(&random, problem->types.b, sizes.b_rows, sizes.b_values, &problem->b_bytes);
    problem->b_scales = malloc((size_t)(sizes.columns + 1) * sizeof *problem->b_scales);
    if (!problem->a || !problem->b || !problem->b_scales) return snprintf(message, size, "not enough host memory"), false;
    problem->c_bytes = (size_t)sizes.c_rows * clq_row_bytes(problem->types.c, clq_row_values(problem->types.c, sizes.columns));
    problem->bytes = (double)problem->a_bytes + (double)problem->b_bytes + (double)problem->c_bytes;
    const bits_numbers numbers = numbers_of(problem, &random, &sizes);
    describe(problem, &numbers);
    return true;
}
