/* SPDX-License-Identifier: Apache-2.0 */
/* A convolution's numerics are a product's of one row, out_channels columns and k = taps x channels of a group: scales, zero points, bias,
 * multipliers and clamp come from there. Table and residual are made here. */
#include <math.h>
#include <string.h>

#include "conv_problem_data.h"
#include "gemm_parameters.h"

static clq_gemm_case product_of(const clq_conv_case *spec)
{
    const clq_conv_shape *const shape = &spec->shape;
    return (clq_gemm_case) { .seed = spec->seed,
                             .m = 1,
                             .n = shape->out_channels,
                             .k = clq_conv_shape_pixels(shape, shape->kernel) * (shape->in_channels / shape->groups),
                             .batch = { 1, 1 },
                             .a_type = spec->x_type,
                             .b_type = spec->w_type,
                             .c_type = spec->y_type,
                             .a_zero = spec->x_zero,
                             .b_zero = spec->w_zero,
                             .c_zero = spec->y_zero,
                             .extreme_zero = spec->extreme_zero,
                             .a_scale = spec->x_scale,
                             .b_scale = spec->w_scale,
                             .bias_type = spec->bias_type,
                             .rounding = spec->rounding,
                             .fixed = spec->fixed,
                             .clamp = spec->clamp,
                             .a_data = spec->x_data,
                             .b_data = spec->w_data,
                             .aim = spec->aim };
}

static void copy_product(const clqnn_gemm_desc *product, clqnn_conv_desc *desc)
{
    desc->x.quantization = product->a.quantization;
    desc->weight_quantization = product->b.quantization;
    desc->y.quantization = product->c.quantization;
    desc->bias = product->bias;
    desc->bias_type = product->bias_type;
    desc->rounding = product->rounding;
    desc->multipliers = product->multipliers;
    desc->shifts = product->shifts;
    desc->fixed_count = product->fixed_count;
    desc->has_clamp = product->has_clamp;
    desc->clamp_min = product->clamp_min;
    desc->clamp_max = product->clamp_max;
}

/* The i-th single value of the problem as a quantization. */
static clqnn_quantization single(clq_conv_problem *problem, int i, float scale, int32_t zero_point)
{
    problem->single[i] = scale;
    problem->single_zero[i] = zero_point;
    return (clqnn_quantization){ .scales = &problem->single[i], .scale_count = 1, .zero_points = &problem->single_zero[i], .zero_point_count = 1 };
}

static int32_t zero_in(clq_random *random, clqnn_type type)
{
    return (int32_t)clq_random_range(random, type == CLQNN_S8 ? -128 : 0, type == CLQNN_S8 ? 127 : 255);
}

/* The sum's scale is such that sums of typical values fill the range; every third case takes powers of two, where ties are frequent. */
static void make_residual(clq_conv_problem *problem, clq_random *random)
{
    const clq_conv_case *const spec = &problem->spec;
    clqnn_conv_desc *const desc = &problem->desc;
    const bool ties = clq_random_range(random, 0, 2) == 0;
    const clqnn_quantization *const own = spec->table ? &desc->table_quantization : &desc->y.quantization;
    const float left = own->scale_count > 0 ? own->scales[0] : 1.0f;
    const float ratio = ties ? ldexpf(1.0f, (int)clq_random_range(random, -1, 1)) : clq_random_float(random, 0.3f, 3.0f);
    const float sum = ties ? left * ldexpf(1.0f, (int)clq_random_range(random, 0, 2)) : left * clq_random_float(random, 0.7f, 3.0f);
    desc->residual.type = spec->residual_type;
    desc->residual.quantization = single(problem, 1, left * ratio, zero_in(random, spec->residual_type));
    desc->sum_quantization = single(problem, 2, sum, zero_in(random, spec->y_type));
    if (!spec->sum_clamp) return;
    const int32_t low = spec->y_type == CLQNN_S8 ? -128 : 0;
    desc->has_sum_clamp = 1;
    desc->sum_clamp_min = low + (int32_t)clq_random_range(random, 0, 120);
    desc->sum_clamp_max = low + (int32_t)clq_random_range(random, 130, 255);
}

bool clq_conv_parameters_make(clq_conv_problem *problem)
{
    const clq_gemm_case spec = product_of(&problem->spec);
    clqnn_gemm_desc product = { .struct_size = sizeof product,
                                .m = spec.m,
                                .n = spec.n,
                                .k = spec.k,
                                .a = { .type = spec.a_type },
                                .b = { .type = spec.b_type },
                                .c = { .type = spec.c_type } };
    clq_random random = clq_random_seed(problem->spec.seed, 3);
    void *const memory = clq_conv_problem_own(problem, clq_gemm_parameters_size(&spec));
    if (memory == NULL) return false;
    clq_gemm_parameters_make(&spec, &product, memory);
    copy_product(&product, &problem->desc);
    if (problem->spec.table) {
        clq_random_fill(&random, problem->table, sizeof problem->table);
        problem->desc.table = problem->table;
        problem->desc.table_quantization = single(problem, 0, clq_random_float(&random, 0.01f, 0.2f), zero_in(&random, problem->spec.y_type));
    }
    if (problem->spec.residual != CLQ_RESIDUAL_NONE) make_residual(problem, &random);
    return true;
}
