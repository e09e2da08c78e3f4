/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "softmax/softmax_problem.h"

static const clq_op_program portable_program = {
    .parts = {"softmax/softmax_params", "softmax/softmax_finish", "softmax/softmax_fixed", "softmax/softmax_portable"},
    .kernels = {{"softmax_portable", 3, sizeof(softmax_params), {16, 1, 1}}},
};

static const clq_op_program lines_program = {
    .parts = {"softmax/softmax_params", "softmax/softmax_finish", "softmax/softmax_fixed", "lanes/width64", "lanes/lane_types", "lanes/line_bytes", "softmax/softmax_lines"},
    .kernels = {{"softmax_lines", 3, sizeof(softmax_params), {1, 1, 1}}},
};

static clqnn_status add_step(const clq_softmax_problem *softmax, int64_t chunk, size_t local, clq_op_recipe *recipe)
{
    softmax_params params = softmax->params;
    const size_t items = (size_t)((softmax->lines.count + chunk - 1) / chunk);
    uint64_t offset = 0;
    void *tables = clq_op_add_table(recipe, SOFTMAX_TABLE_BYTES, &offset);
    if (!tables) return CLQNN_OUT_OF_MEMORY;
    if (params.is_fixed) clq_softmax_fill_fixed(&softmax->fixed, softmax->diff_min, tables);
    else clq_softmax_fill_tables(params.x_scale, tables);
    params.lines = clq_op_nest(&softmax->lines, chunk);
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->buffers[0] = CLQ_OP_INPUT;
    step->buffers[1] = CLQ_OP_TABLES;
    step->buffers[2] = CLQ_OP_OUTPUT;
    step->base[1] = offset;
    memcpy(step->params, &params, sizeof params);
    step->global[0] = (items + local - 1) / local * local;
    step->global[1] = step->global[2] = 1;
    return CLQNN_OK;
}

static double portable_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_softmax_problem *softmax = problem;
    return 20e-6 + (double)softmax->x.count / (capabilities->is_gpu ? 2e9 : 0.1e9);
}

static clqnn_status portable_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    (void)capabilities;
    return add_step(problem, 1, portable_program.kernels[0].local[0], recipe);
}

const clq_op_variant clq_softmax_portable = {
    .name = "softmax_portable",
    .summary = "plain OpenCL C, a work-item makes a line; any device, any axis",
    .program = &portable_program,
    .cost = portable_cost,
    .arrange = portable_arrange,
};

static const char *lines_accepts(const void *problem, const clq_capabilities *capabilities)
{
    const clq_softmax_problem *softmax = problem;
    (void)capabilities;
    if (softmax->params.length == 1) return NULL;
    return softmax->params.x_step == 1 && softmax->params.y_step == 1 ? NULL : "the lines are not contiguous";
}

static double lines_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_softmax_problem *softmax = problem;
    return 10e-6 + (double)softmax->x.count / 0.4e9 / (capabilities->compute_units ? (double)capabilities->compute_units : 1.0);
}

static clqnn_status lines_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_softmax_problem *softmax = problem;
    const int64_t groups = 4 * (capabilities->compute_units ? (int64_t)capabilities->compute_units : 1);
    return add_step(softmax, (softmax->lines.count + groups - 1) / groups, 1, recipe);
}

const clq_op_variant clq_softmax_lines = {
    .name = "softmax_lines",
    .summary = "64 bytes at a time, long lines by 256 results; CPU, contiguous lines",
    .program = &lines_program,
    .needs = CLQ_CAP_HOST_CPU,
    .counts_begun = true,
    .accepts = lines_accepts,
    .cost = lines_cost,
    .arrange = lines_arrange,
};
