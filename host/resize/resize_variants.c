/* SPDX-License-Identifier: Apache-2.0 */
/* The linear mode's variants. */
#include <string.h>

#include "resize/resize_problem.h"

enum { CHANNELS_64, CHANNELS_16 };

static const clq_op_program portable_program = {
    .parts = {"resize/resize_params", "resize/resize_portable"},
    .kernels = {{"resize_portable", 3, sizeof(resize_params), {16, 4, 1}}},
};

static const clq_op_program vector_program = {
    .parts = {"resize/resize_params", "lanes/width64", "lanes/lane_types", "resize/resize_channels", "lanes/width16", "lanes/lane_types", "resize/resize_channels"},
    .kernels = {[CHANNELS_64] = {"resize_channels_64", 3, sizeof(resize_params), {1, 1, 1}}, [CHANNELS_16] = {"resize_channels_16", 3, sizeof(resize_params), {1, 1, 1}}},
};

static clqnn_status fill(const clq_resize_problem *problem, clq_op_recipe *recipe, resize_params *params, uint64_t *offset)
{
    const clq_gather_problem *gather = &problem->gather;
    const int dimensions[4] = {0, problem->channel, problem->height, problem->height + 1};
    const int32_t flip = problem->x.type == CLQNN_S8 ? 128 : 0;
    const int64_t height = problem->y.shape[problem->height], width = problem->y.shape[problem->height + 1];
    int32_t low = 0, high = 0;
    (void)clq_type_range(problem->y.type, &low, &high);
    const float divisor = gather->y_code.scale * (float)(RESIZE_ONE * RESIZE_ONE);
    *params = (resize_params){
        .neighbours = {0, (clq_ulong)height * 3},
        .rows = (clq_ulong)(problem->y.shape[0] * height),
        .channels = (clq_int)problem->y.shape[problem->channel],
        .height = (clq_int)height,
        .width = (clq_int)width,
        .channels_last = problem->desc.layout == CLQNN_CHANNELS_LAST,
        .flip = flip,
        .x_zero = gather->x_code.zero_point + flip,
        .y_zero = gather->y_code.zero_point + flip,
        .low = low + flip,
        .high = high + flip,
        .multiplier = gather->x_code.scale / divisor,
    };
    if (problem->desc.rounding != CLQNN_FLOAT_EVEN) { /* of the values as stored */
        params->fixed = problem->desc.rounding == CLQNN_FIXED_DOUBLE ? RESIZE_TIES_AWAY : RESIZE_TIES_UP;
        params->x_zero = params->y_zero = flip;
    }
    for (int i = 0; i < 4; i++) {
        params->x_stride[i] = (clq_ulong)problem->x.strides[dimensions[i]];
        params->y_stride[i] = (clq_ulong)problem->y.strides[dimensions[i]];
    }
    int32_t *tables = clq_op_add_table(recipe, (size_t)(height + width) * 3 * sizeof *tables, offset);
    if (!tables) return CLQNN_OUT_OF_MEMORY;
    for (int axis = 0; axis < 2; axis++) {
        for (int64_t i = 0; i < (axis ? width : height); i++, tables += 3) {
            const clq_neighbours n = clq_resize_neighbours(problem, axis, i);
            tables[0] = (int32_t)n.index;
            tables[1] = (int32_t)n.next;
            tables[2] = n.weight;
        }
    }
    return CLQNN_OK;
}

static clq_op_step *add_step(clq_op_recipe *recipe, const resize_params *params, uint64_t offset)
{
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return NULL;
    step->buffers[0] = CLQ_OP_INPUT;
    step->buffers[1] = CLQ_OP_TABLES;
    step->buffers[2] = CLQ_OP_OUTPUT;
    step->base[1] = offset;
    memcpy(step->params, params, sizeof *params);
    step->global[0] = step->global[1] = step->global[2] = 1;
    return step;
}

static const char *accepts_linear(const void *problem, const clq_capabilities *capabilities)
{
    const clq_resize_problem *resize = problem;
    (void)capabilities;
    return resize->gather.source ? "elements are not interpolated" : NULL;
}

static double portable_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_resize_problem *resize = problem;
    return 20e-6 + (double)resize->y.count / (capabilities->is_gpu ? 20e9 : 0.1e9);
}

static clqnn_status portable_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const size_t *local = portable_program.kernels[0].local;
    const clq_resize_problem *resize = problem;
    resize_params params;
    uint64_t offset = 0;
    (void)capabilities;
    CLQ_FORWARD(fill(resize, recipe, &params, &offset));
    clq_op_step *step = add_step(recipe, &params, offset);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    const size_t inner = (size_t)(params.channels_last ? params.channels : params.width), middle = (size_t)(params.channels_last ? params.width : params.height);
    step->global[0] = (inner + local[0] - 1) / local[0] * local[0];
    step->global[1] = (middle + local[1] - 1) / local[1] * local[1];
    step->global[2] = (size_t)resize->y.shape[0] * (size_t)(params.channels_last ? params.height : params.channels);
    return CLQNN_OK;
}

const clq_op_variant clq_resize_portable = {
    .name = "resize_portable",
    .summary = "linear, plain OpenCL C, a work-item makes one element; any device, either layout",
    .program = &portable_program,
    .accepts = accepts_linear,
    .cost = portable_cost,
    .arrange = portable_arrange,
};

static const char *vector_accepts(const void *problem, const clq_capabilities *capabilities)
{
    const clq_resize_problem *resize = problem;
    if (resize->y.shape[resize->channel] < 16) return "fewer than 16 channels";
    if (resize->x.strides[resize->channel] != 1 || resize->y.strides[resize->channel] != 1) return "the channels of a pixel are not contiguous";
    return accepts_linear(problem, capabilities);
}

static double vector_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_resize_problem *resize = problem;
    return 10e-6 + (double)resize->y.count / 3e9 / (capabilities->compute_units ? (double)capabilities->compute_units : 1.0);
}

static clqnn_status vector_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_ulong groups = 4 * (capabilities->compute_units ? (clq_ulong)capabilities->compute_units : 1);
    resize_params params;
    uint64_t offset = 0;
    CLQ_FORWARD(fill(problem, recipe, &params, &offset));
    params.chunk = (params.rows + groups - 1) / groups;
    clq_op_step *step = add_step(recipe, &params, offset);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->kernel = params.channels >= 64 ? CHANNELS_64 : CHANNELS_16;
    step->global[0] = (size_t)((params.rows + params.chunk - 1) / params.chunk);
    return CLQNN_OK;
}

const clq_op_variant clq_resize_vector = {
    .name = "resize_vector",
    .summary = "linear, 64 or 16 channels at a time; CPU, channels last",
    .program = &vector_program,
    .needs = CLQ_CAP_HOST_CPU,
    .counts_begun = true,
    .accepts = vector_accepts,
    .cost = vector_cost,
    .arrange = vector_arrange,
};
