/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "normalize/normalize_problem.h"

static const clq_op_program portable_program = {
    .parts = {"normalize/normalize_params", "normalize/square_root", "normalize/normalize_finish", "normalize/normalize_portable"},
    .kernels = {{"normalize_portable", 3, sizeof(normalize_params), {16, 1, 1}}},
};

static const clq_op_program lines_program = {
    .parts = {"normalize/normalize_params", "normalize/square_root", "normalize/normalize_finish", "normalize/normalize_lines"},
    .kernels = {{"normalize_lines", 3, sizeof(normalize_params), {1, 1, 1}}},
};

static clqnn_status add_step(const clq_normalize_problem *normalize, int64_t chunk, size_t local, clq_op_recipe *recipe)
{
    normalize_params params = normalize->params;
    const size_t items = (size_t)((normalize->lines.count + chunk - 1) / chunk), length = (size_t)params.length;
    uint64_t offset = 0;
    float *tables = clq_op_add_table(recipe, 2 * length * sizeof *tables, &offset);
    if (!tables) return CLQNN_OUT_OF_MEMORY;
    for (size_t i = 0; i < length; i++) {
        tables[i] = normalize->gamma ? normalize->gamma[i] : 1.0f;
        tables[length + i] = normalize->beta ? normalize->beta[i] : 0.0f;
    }
    params.lines = clq_op_nest(&normalize->lines, chunk);
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
    const clq_normalize_problem *normalize = problem;
    return 20e-6 + (double)normalize->x.count / (capabilities->is_gpu ? 2e9 : 0.1e9);
}

static clqnn_status portable_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    (void)capabilities;
    return add_step(problem, 1, portable_program.kernels[0].local[0], recipe);
}

const clq_op_variant clq_normalize_portable = {
    .name = "normalize_portable",
    .summary = "plain OpenCL C, a work-item makes a line; any device, any strides",
    .program = &portable_program,
    .cost = portable_cost,
    .arrange = portable_arrange,
};

static const char *lines_accepts(const void *problem, const clq_capabilities *capabilities)
{
    const clq_normalize_problem *normalize = problem;
    (void)capabilities;
    if (normalize->params.length == 1) return NULL;
    return normalize->params.x_step == 1 && normalize->params.y_step == 1 ? NULL : "the lines are not contiguous";
}

static double lines_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_normalize_problem *normalize = problem;
    return 10e-6 + (double)normalize->x.count / 1e9 / (capabilities->compute_units ? (double)capabilities->compute_units : 1.0);
}

static clqnn_status lines_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_normalize_problem *normalize = problem;
    const int64_t groups = 4 * (capabilities->compute_units ? (int64_t)capabilities->compute_units : 1);
    return add_step(normalize, (normalize->lines.count + groups - 1) / groups, 1, recipe);
}

const clq_op_variant clq_normalize_lines = {
    .name = "normalize_lines",
    .summary = "16 elements at a time, a work-group makes lines; CPU, contiguous lines",
    .program = &lines_program,
    .needs = CLQ_CAP_HOST_CPU | CLQ_CAP_EXACT_DIVIDE,
    .counts_begun = true,
    .accepts = lines_accepts,
    .cost = lines_cost,
    .arrange = lines_arrange,
};
