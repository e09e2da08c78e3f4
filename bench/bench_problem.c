/* SPDX-License-Identifier: Apache-2.0 */
#include "bench_problem.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bits_bench_problem.h"
#include "clqnn/reference.h"
#include "float_conv_problem.h"
#include "float_problem.h"
#include "seeded_random.h"

enum { BENCH_SEED = 20 };
static const double largest_problem = 4e9;

static bool is_byte(clqnn_type type) { return type == CLQNN_S8 || type == CLQNN_U8; }

static void fill(clq_random *random, void *data, size_t bytes, clqnn_type type)
{
    if (is_byte(type)) {
        clq_random_fill(random, data, bytes);
        return;
    }
    for (size_t i = 0; i < bytes / clqnn_type_size(type); i++) {
        const float value = clq_random_float(random, -2.0f, 2.0f);
        if (type == CLQNN_F32) {
            ((float *)data)[i] = value;
        } else {
            ((uint16_t *)data)[i] = clqnn_reference_f32_to_f16(value);
        }
    }
}

/* Scales, zero points and bias for `columns` outputs of sums of k products. */
static void draw_numerics(clq_bench_problem *problem, clq_random *random, int64_t columns, int64_t k)
{
    const float spread = 5000.0f * sqrtf((float)k + 1.0f);
    if (problem->types.c == CLQNN_S32) return;
    for (int64_t j = 0; j < columns; j++) problem->b_scales[j] = clq_random_float(random, 0.5f, 1.5f) * 0.01f;
    if (!is_byte(problem->types.c)) return;
    problem->a_scale = 0.02f;
    problem->c_scale = 0.02f * 0.01f * spread / 60.0f;
    problem->a_zero = problem->types.a == CLQNN_U8 ? 128 : 3;
    problem->c_zero = problem->types.c == CLQNN_U8 ? 121 : -4;
    for (int64_t j = 0; j < columns; j++) problem->bias[j] = (int32_t)clq_random_range(random, -20000, 20000);
}

/* The numerics as fields of a descriptor. */
typedef struct problem_numerics {
    clqnn_quantization a, b, c;
    const int32_t *bias;
    clqnn_type bias_type;
} problem_numerics;

static problem_numerics numerics_of(const clq_bench_problem *problem, int64_t columns)
{
    problem_numerics numerics = { .bias = NULL };
    if (problem->types.c == CLQNN_S32) return numerics;
    numerics.b = (clqnn_quantization){ .scales = problem->b_scales, .scale_count = columns };
    if (!is_byte(problem->types.c)) return numerics;
    numerics.a = (clqnn_quantization){ .scales = &problem->a_scale, .scale_count = 1, .zero_points = &problem->a_zero, .zero_point_count = 1 };
    numerics.c = (clqnn_quantization){ .scales = &problem->c_scale, .scale_count = 1, .zero_points = &problem->c_zero, .zero_point_count = 1 };
    numerics.bias = problem->bias;
    numerics.bias_type = CLQNN_S32;
    return numerics;
}

static void describe_gemm(clq_bench_problem *problem)
{
    const clq_gemm_shape *const shape = &problem->shape;
    const problem_numerics numerics = numerics_of(problem, shape->n);
    const bool dynamic = !is_byte(problem->types.a);
    problem->desc = (clqnn_gemm_desc){ .struct_size = sizeof problem->desc, .m = shape->m, .n = shape->n, .k = shape->k,
                                       .batch = { shape->batch[0], shape->batch[1] }, .a = { .type = problem->types.a, .quantization = numerics.a },
                                       .b = { .type = problem->types.b, .quantization = numerics.b },
                                       .c = { .type = problem->types.c, .quantization = numerics.c }, .b_data = problem->b, .bias = numerics.bias,
                                       .bias_type = numerics.bias_type, .dynamic = dynamic ? CLQNN_DYNAMIC_PER_ROW : CLQNN_STATIC,
                                       .dynamic_type = dynamic ? CLQNN_U8 : CLQNN_TYPE_NONE };
}

static void describe_conv(clq_bench_problem *problem)
{
    const problem_numerics numerics = numerics_of(problem, problem->conv.out_channels);
    problem->conv_desc = (clqnn_conv_desc){ .struct_size = sizeof problem->conv_desc, .x = { .type = problem->types.a, .quantization = numerics.a },
                                            .y = { .type = problem->types.c, .quantization = numerics.c }, .weight_type = problem->types.b,
                                            .weight_quantization = numerics.b, .weight_data = problem->b, .bias = numerics.bias,
                                            .bias_type = numerics.bias_type };
    clq_conv_shape_describe(&problem->conv, &problem->conv_desc);
    for (int32_t i = 0; i < problem->conv.spatial_rank; i++) problem->conv_output[i] = clq_conv_shape_output(&problem->conv, i);
}

/* Elements of the operands, columns that have a scale each, and products of a sum. */
typedef struct problem_sizes { double a, b, c, macs; int64_t columns, k; } problem_sizes;

static problem_sizes sizes_of(const clq_bench_problem *problem)
{
    if (problem->op == CLQ_BENCH_CONV) {
        const clq_conv_shape *const conv = &problem->conv;
        const double taps = (double)clq_conv_shape_pixels(conv, conv->kernel), inputs = (double)(conv->in_channels / conv->groups);
        return (problem_sizes){ .a = (double)conv->batch * (double)clq_conv_shape_pixels(conv, conv->input) * (double)conv->in_channels,
                                .b = taps * inputs * (double)conv->out_channels,
                                .c = (double)conv->batch * (double)clq_conv_shape_output_pixels(conv) * (double)conv->out_channels,
                                .macs = clq_conv_shape_macs(conv), .columns = conv->out_channels, .k = (int64_t)(taps * inputs) };
    }
    const clq_gemm_shape *const shape = &problem->shape;
    const double batches = (double)shape->batch[0] * (double)shape->batch[1], m = (double)shape->m, n = (double)shape->n, k = (double)shape->k;
    return (problem_sizes){
        .a = batches * m * k, .b = batches * k * n, .c = batches * m * n, .macs = batches * m * n * k, .columns = shape->n, .k = shape->k
    };
}

static bool allocate(clq_bench_problem *problem, const problem_sizes *sizes)
{
    problem->a_bytes = (size_t)sizes->a * clqnn_type_size(problem->types.a);
    problem->b_bytes = (size_t)sizes->b;
    problem->c_bytes = (size_t)sizes->c * clqnn_type_size(problem->types.c);
    problem->operations = 2.0 * sizes->macs;
    problem->bytes = (double)problem->a_bytes + (double)problem->b_bytes + (double)problem->c_bytes;
    problem->a = malloc(problem->a_bytes + 1);
    problem->b = malloc(problem->b_bytes + 1);
    problem->b_scales = malloc((size_t)(sizes->columns + 1) * sizeof *problem->b_scales);
    problem->bias = malloc((size_t)(sizes->columns + 1) * sizeof *problem->bias);
    return problem->a && problem->b && problem->b_scales && problem->bias;
}

static bool create_call(const clq_bench_shape *shape, const clq_gemm_types *types, clq_bench_problem *problem, char *message, size_t size)
{
    problem->call = clq_operator_call_create(shape, types, message, size);
    if (problem->call == NULL) return false;
    for (uint32_t i = 0; i < problem->call->input_count; i++) problem->a_bytes += problem->call->bytes[i];
    problem->c_bytes = problem->call->y_bytes;
    problem->operations = clq_tensor_elements(&problem->call->y);
    problem->bytes = (double)problem->a_bytes + (double)problem->c_bytes;
    return true;
}

static bool is_small_enough(const problem_sizes *sizes, char *message, size_t size)
{
    if (sizes->a + sizes->b + sizes->c <= largest_problem) return true;
    snprintf(message, size, "its operands have more than %.0f elements", largest_problem);
    return false;
}

static bool create_bits(clq_bench_problem *problem, char *message, size_t size)
{
    const problem_sizes sizes = sizes_of(problem);
    problem->operations = 2.0 * sizes.macs;
    if (is_small_enough(&sizes, message, size) && clq_bits_bench_problem_create(problem, message, size)) return true;
    clq_bench_problem_destroy(problem);
    return false;
}

static bool create_floats(clq_bench_problem *problem, char *message, size_t size)
{
    const problem_sizes sizes = sizes_of(problem);
    if (!is_small_enough(&sizes, message, size)) return false;
    problem->operations = 2.0 * sizes.macs;
    if (problem->op == CLQ_BENCH_CONV ? clq_float_conv_problem_create(problem, message, size) : clq_float_problem_create(problem, message, size)) return true;
    clq_bench_problem_destroy(problem);
    return false;
}

bool clq_bench_problem_create(const clq_bench_shape *shape, const clq_gemm_types *types, clq_bench_problem *problem, char *message, size_t size)
{
    *problem = (clq_bench_problem){ .op = shape->op, .shape = shape->gemm, .conv = shape->conv, .types = *types, .copies = 1 };
    if (clq_bench_is_operator(shape->op)) return create_call(shape, types, problem, message, size);
    const bool float_a = !is_byte(types->a), conv = shape->op == CLQ_BENCH_CONV;
    if (clq_bits_bench_types(types)) return create_bits(problem, message, size);
    if (clq_gemm_types_are_floats(types)) return create_floats(problem, message, size);
    if (types->group != 0 || types->a == CLQNN_S32 || !is_byte(types->b) || (float_a && (is_byte(types->c) || types->c == CLQNN_S32 || conv))) {
        snprintf(message, size, "the library has no %s of these types", clq_bench_op_name(shape->op));
        return false;
    }
    const problem_sizes sizes = sizes_of(problem);
    if (!is_small_enough(&sizes, message, size)) return false;
    if (!allocate(problem, &sizes)) {
        snprintf(message, size, "not enough host memory");
        clq_bench_problem_destroy(problem);
        return false;
    }
    clq_random random = clq_random_seed(BENCH_SEED, 0);
    fill(&random, problem->a, problem->a_bytes, types->a);
    fill(&random, problem->b, problem->b_bytes, types->b);
    draw_numerics(problem, &random, sizes.columns, sizes.k);
    if (conv) {
        describe_conv(problem);
    } else {
        describe_gemm(problem);
    }
    return true;
}

void clq_bench_problem_destroy(clq_bench_problem *problem)
{
    free(problem->a);
    free(problem->b);
    free(problem->b_scales);
    free(problem->bias);
    free(problem->group_scales);
    free(problem->group_zeros);
    free(problem->a_values);
    free(problem->b_values);
    clq_operator_call_destroy(problem->call);
    *problem = (clq_bench_problem){ .copies = 0 };
}
