/* SPDX-License-Identifier: Apache-2.0 */
#include "conv/conv_prepare.h"

#include "clqnn/arrange.h"
#include "conv/conv_validate.h"

#define LAUNCH_SECONDS 8e-6
#define CPU_BYTES 4e9       /* a second, moved one by one between tiles */
#define GPU_BYTES 100e9

static int64_t input_pixels(const clq_conv_problem *problem)
{
    return problem->input[0] * problem->input[1] * problem->input[2];
}

clq_conv_problem clq_conv_prepared(const clq_conv_problem *problem)
{
    clq_conv_problem prepared = *problem;
    const int64_t pixel = problem->in_channels;
    prepared.x.channel_step = 1;
    prepared.x.step[2] = pixel;
    prepared.x.step[1] = problem->input[2] * pixel;
    prepared.x.step[0] = problem->input[1] * problem->input[2] * pixel;
    prepared.x.batch_stride = input_pixels(problem) * pixel;
    return prepared;
}

bool clq_conv_prepares_x(const clq_conv_variant *variant, const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    if (problem->x.channel_step == 1 || !variant->accepts || !variant->accepts(problem, capabilities)) return false;
    const clq_conv_problem prepared = clq_conv_prepared(problem);
    return variant->accepts(&prepared, capabilities) == NULL;
}

uint64_t clq_conv_prepare_bytes(const clq_conv_problem *problem)
{
    return (uint64_t)problem->batch * (uint64_t)input_pixels(problem) * (uint64_t)problem->in_channels;
}

double clq_conv_prepare_seconds(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    return LAUNCH_SECONDS + (double)clq_conv_prepare_bytes(problem) / (capabilities->is_gpu ? GPU_BYTES : CPU_BYTES);
}

clqnn_status clq_conv_create_prepare(clqnn_context *context, const clq_conv_problem *problem, clqnn_op **op)
{
    const int64_t pixels = input_pixels(problem), channels = problem->in_channels;
    const clqnn_transpose_desc desc = {
        .struct_size = sizeof desc,
        .x = {.type = problem->x.type, .rank = 3, .shape = {problem->batch, channels, pixels}, .strides = {problem->x.batch_stride, problem->x.channel_step, 1}},
        .y = {.type = problem->x.type, .rank = 3, .shape = {problem->batch, pixels, channels}},
        .permutation = {0, 2, 1},
    };
    return clqnn_transpose_create(context, &desc, op);
}
