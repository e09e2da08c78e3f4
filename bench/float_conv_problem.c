/* SPDX-License-Identifier: Apache-2.0 */
#include "float_conv_problem.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "float_problem.h"

enum { FLOAT_CONV_SEED = 23 };

static bool check_types(const clq_bench_problem *problem, char *message, size_t size)
{
    const clq_gemm_types *const types = &problem->types;
    if (types->group != 0) return snprintf(message, size, "convolutions have no weights with groups"), false;
    if (clqnn_type_size(types->b) == 0) return snprintf(message, size, "convolutions of floats by weights of %s are not timed", clqnn_type_name(types->b)), false;
    if (clq_float_problem_takes_output(types->c)) return true;
    snprintf(message, size, "the library has no output of %s of floats", clqnn_type_name(types->c));
    return false;
}

static bool allocate(clq_bench_problem *problem, size_t taps)
{
    const clq_conv_shape *const conv = &problem->conv;
    const size_t batch = (size_t)conv->batch, in = (size_t)conv->in_channels, out = (size_t)conv->out_channels, inputs = in / (size_t)conv->groups;
    problem->a_bytes = batch * (size_t)clq_conv_shape_pixels(conv, conv->input) * in * clqnn_type_size(problem->types.a);
    problem->b_bytes = taps * inputs * out * clqnn_type_size(problem->types.b);
    problem->c_bytes = batch * (size_t)clq_conv_shape_output_pixels(conv) * out * clqnn_type_size(problem->types.c);
    problem->bytes = (double)problem->a_bytes + (double)problem->b_bytes + (double)problem->c_bytes;
    problem->a = malloc(problem->a_bytes + 1);
    problem->b = malloc(problem->b_bytes + 1);
    return problem->a && problem->b;
}

static void describe(clq_bench_problem *problem, size_t taps)
{
    const clqnn_type y = problem->types.c;
    clqnn_conv_desc *const desc = &problem->conv_desc;
    *desc = (clqnn_conv_desc){ .struct_size = sizeof *desc, .x = { .type = problem->types.a }, .y = { .type = y }, .weight_type = problem->types.b,
                               .weight_data = problem->b };
    clq_conv_shape_describe(&problem->conv, desc);
    for (int32_t i = 0; i < problem->conv.spatial_rank; i++) problem->conv_output[i] = clq_conv_shape_output(&problem->conv, i);
    if (y != CLQNN_U8 && y != CLQNN_S8) return;
    problem->c_scale = sqrtf((float)taps * (float)(problem->conv.in_channels / problem->conv.groups) + 1.0f) / 40.0f;
    problem->c_zero = y == CLQNN_U8 ? 121 : -4;
    desc->y.quantization = (clqnn_quantization){ .scales = &problem->c_scale, .scale_count = 1, .zero_points = &problem->c_zero, .zero_point_count = 1 };
}

bool clq_float_conv_problem_create(clq_bench_problem *problem, char *message, size_t size)
{
    const size_t taps = (size_t)clq_conv_shape_pixels(&problem->conv, problem->conv.kernel);
    clq_random random = clq_random_seed(FLOAT_CONV_SEED, 0);
    problem->floats = true;
    if (!check_types(problem, message, size)) return false;
    if (!allocate(problem, taps)) return snprintf(message, size, "not enough host memory"), false;
    clq_float_problem_draw(&random, problem->a, problem->a_bytes, problem->types.a);
    clq_float_problem_draw(&random, problem->b, problem->b_bytes, problem->types.b);
    describe(problem, taps);
    return true;
}
