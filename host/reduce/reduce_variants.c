/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "pool/pool_problem.h"
#include "reduce/reduce_problem.h"

static const clq_op_program portable_program = {
    .parts = {"op/fixed_point", "reduce/reduce_params", "reduce/reduce_finish", "reduce/reduce_portable"},
    .kernels = {{"reduce_portable", 3, sizeof(reduce_params), {16, 1, 1}}},
};

static const clq_op_program lines_program = {
    .parts = {"op/fixed_point", "reduce/reduce_params", "reduce/reduce_finish", "lanes/width64", "lanes/lane_types", "lanes/line_bytes", "reduce/reduce_lines"},
    .kernels = {{"reduce_lines", 3, sizeof(reduce_params), {1, 1, 1}}},
};

static const clq_op_program across_program = {
    .parts = {"op/fixed_point", "reduce/reduce_params", "reduce/reduce_finish", "lanes/width64", "lanes/lane_types", "reduce/reduce_across"},
    .kernels = {{"reduce_across", 3, sizeof(reduce_params), {1, 1, 1}}},
};

/* One step of `groups` times the kernel's work-group, each item making `chunk` elements of y. */
static clqnn_status add_step(const clq_reduce_problem *reduce, int64_t chunk, size_t local, clq_op_recipe *recipe)
{
    reduce_params params = reduce->params;
    const size_t items = (size_t)((reduce->kept.count + chunk - 1) / chunk);
    uint64_t offset = 0;
    params.kept = clq_op_nest(&reduce->kept, chunk);
    params.reduced = clq_op_nest(&reduce->reduced, reduce->reduced.count);
    if (params.has_map) {
        uint8_t *map = clq_op_add_table(recipe, 256, &offset);
        if (!map) return CLQNN_OUT_OF_MEMORY;
        clq_byte_map_fill(&reduce->x_code, &reduce->y_code, true, map);
    }
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->buffers[0] = CLQ_OP_INPUT;
    step->buffers[1] = params.has_map ? CLQ_OP_TABLES : CLQ_OP_INPUT; /* not read without a map */
    step->buffers[2] = CLQ_OP_OUTPUT;
    step->base[1] = offset;
    memcpy(step->params, &params, sizeof params);
    step->global[0] = (items + local - 1) / local * local;
    step->global[1] = step->global[2] = 1;
    return CLQNN_OK;
}

static double elements_of(const clq_reduce_problem *reduce)
{
    return (double)reduce->kept.count * (double)reduce->reduced.count;
}

static double units_of(const clq_capabilities *capabilities)
{
    return capabilities->compute_units ? (double)capabilities->compute_units : 1.0;
}

/* ---- Portable ---- */

static const char *portable_accepts(const void *problem, const clq_capabilities *capabilities)
{
    const clq_reduce_problem *reduce = problem;
    (void)capabilities;
    return reduce->reduced.count > INT32_MAX ? "more than 2^31 - 1 elements are reduced to one" : NULL;
}

static double portable_cost(const void *problem, const clq_capabilities *capabilities)
{
    return 20e-6 + elements_of(problem) / (capabilities->is_gpu ? 5e9 : 0.3e9);
}

static clqnn_status portable_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    return add_step(problem, capabilities->is_cpu ? 16 : 1, portable_program.kernels[0].local[0], recipe);
}

const clq_op_variant clq_reduce_portable = {
    .name = "reduce_portable",
    .summary = "plain OpenCL C, a work-item reduces element by element; any device, any axes",
    .program = &portable_program,
    .accepts = portable_accepts,
    .cost = portable_cost,
    .arrange = portable_arrange,
};

/* ---- Lines: the innermost reduced elements are contiguous ---- */

static const char *lines_accepts(const void *problem, const clq_capabilities *capabilities)
{
    const clq_reduce_problem *reduce = problem;
    const int inner = OP_RANK - 1;
    if (reduce->reduced.extent[inner] > 1 && reduce->reduced.stride[0][inner] != 1) return "the innermost reduced elements are not contiguous";
    return portable_accepts(problem, capabilities);
}

static double lines_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_reduce_problem *reduce = problem;
    const double lines = elements_of(reduce) / (double)reduce->reduced.extent[OP_RANK - 1];
    return 10e-6 + (lines * 40e-9 + elements_of(reduce) / 20e9) / units_of(capabilities);
}

static int64_t share(int64_t count, const clq_capabilities *capabilities)
{
    const int64_t groups = 4 * (int64_t)units_of(capabilities);
    return (count + groups - 1) / groups;
}

static clqnn_status lines_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_reduce_problem *reduce = problem;
    return add_step(reduce, share(reduce->kept.count, capabilities), 1, recipe);
}

const clq_op_variant clq_reduce_lines = {
    .name = "reduce_lines",
    .summary = "64 bytes at a time; CPU, the innermost reduced elements contiguous",
    .program = &lines_program,
    .needs = CLQ_CAP_HOST_CPU,
    .counts_begun = true,
    .accepts = lines_accepts,
    .cost = lines_cost,
    .arrange = lines_arrange,
};

/* ---- Channels: the innermost kept elements are contiguous, which is a global pooling of channels ---- */

static const char *channels_accepts(const void *problem, const clq_capabilities *capabilities)
{
    const clq_reduce_problem *reduce = problem;
    const int inner = OP_RANK - 1;
    (void)capabilities;
    if (reduce->params.kind > REDUCE_MAX || reduce->params.rule != REDUCE_FLOAT_EVEN) return "neither mean, sum nor maximum by the float rule";
    if (reduce->kept.extent[inner] < 16) return "fewer than 16 contiguous elements are kept";
    if (reduce->kept.stride[0][inner] != 1 || reduce->kept.stride[1][inner] != 1) return "the innermost kept elements are not contiguous";
    if (reduce->reduced.count > INT32_MAX || reduce->kept.extent[inner] > INT32_MAX) return "more than 2^31 - 1 elements of a dimension";
    for (int d = 0; d < OP_RANK; d++) {
        if (d < inner - 1 && reduce->kept.extent[d] > 1) return "more than two dimensions are kept";
        if (d < OP_RANK - POOL_AXES && reduce->reduced.extent[d] > 1) return "more than three dimensions are reduced";
    }
    return NULL;
}

static double channels_cost(const void *problem, const clq_capabilities *capabilities)
{
    return 10e-6 + elements_of(problem) / 15e9 / units_of(capabilities);
}

static clqnn_status channels_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_reduce_problem *reduce = problem;
    const int inner = OP_RANK - 1;
    clq_pool_problem pool = {
        .desc = {.kind = reduce->params.kind == REDUCE_MAX ? CLQNN_POOL_MAX : CLQNN_POOL_AVERAGE, .x = {.type = reduce->x.type}},
        .x = reduce->x,
        .y = reduce->y,
        .batch = reduce->kept.extent[inner - 1],
        .channels = reduce->kept.extent[inner],
        .x_batch_stride = reduce->kept.stride[0][inner - 1],
        .y_batch_stride = reduce->kept.stride[1][inner - 1],
        .x_channel_stride = 1,
        .y_channel_stride = 1,
        .x_code = reduce->x_code,
        .y_code = reduce->y_code,
        .low = reduce->params.low - reduce->params.flip,
        .high = reduce->params.high - reduce->params.flip,
    };
    for (int i = 0; i < POOL_AXES; i++) {
        const int d = OP_RANK - POOL_AXES + i;
        const int64_t extent = reduce->reduced.extent[d];
        pool.axes[i] = (clq_pool_axis){.input = extent, .output = 1, .kernel = extent, .stride = 1, .dilation = 1, .x_stride = reduce->reduced.stride[0][d]};
    }
    CLQ_FORWARD(clq_pool_vector.arrange(&pool, capabilities, recipe));
    pool_params params;
    memcpy(&params, recipe->steps[0].params, sizeof params);
    params.multiplier = reduce->params.multiplier; /* of a whole window: all windows are */
    params.form_count = 0;                         /* those were made of the pooling's */
    memcpy(recipe->steps[0].params, &params, sizeof params);
    return CLQNN_OK;
}

const clq_op_variant clq_reduce_channels = {
    .name = "reduce_channels",
    .summary = "as a global pooling, 64 or 16 kept elements at a time; CPU, the innermost kept elements contiguous",
    .program = &clq_pool_vector_program,
    .needs = CLQ_CAP_HOST_CPU,
    .counts_begun = true,
    .accepts = channels_accepts,
    .cost = channels_cost,
    .arrange = channels_arrange,
};

/* ---- Across: extremes and their indices, the innermost kept elements contiguous ---- */

static const char *across_accepts(const void *problem, const clq_capabilities *capabilities)
{
    const clq_reduce_problem *reduce = problem;
    const int inner = OP_RANK - 1;
    if (reduce->params.kind <= REDUCE_SUM) return "neither an extreme nor its index";
    if (reduce->kept.extent[inner] < 64) return "fewer than 64 contiguous elements are kept";
    if (reduce->kept.stride[0][inner] != 1 || reduce->kept.stride[1][inner] != 1) return "the innermost kept elements are not contiguous";
    return portable_accepts(problem, capabilities);
}

static double across_cost(const void *problem, const clq_capabilities *capabilities)
{
    return 10e-6 + elements_of(problem) / 8e9 / units_of(capabilities);
}

/* Whole runs of the innermost kept elements, or, where they are few, parts of them. */
static clqnn_status across_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_reduce_problem *reduce = problem;
    const int64_t run = reduce->kept.extent[OP_RANK - 1], runs = reduce->kept.count / run, groups = 4 * (int64_t)units_of(capabilities);
    const int64_t chunk = runs >= groups ? share(runs, capabilities) * run : (share(reduce->kept.count, capabilities) + 63) / 64 * 64;
    return add_step(reduce, chunk, 1, recipe);
}

const clq_op_variant clq_reduce_across = {
    .name = "reduce_across",
    .summary = "extremes and their indices, 64 kept elements at a time; CPU, the innermost kept elements contiguous",
    .program = &across_program,
    .needs = CLQ_CAP_HOST_CPU,
    .counts_begun = true,
    .accepts = across_accepts,
    .cost = across_cost,
    .arrange = across_arrange,
};
