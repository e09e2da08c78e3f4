/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "pool/pool_problem.h"

static const clq_op_program program = {
    .parts = {"pool/pool_params", "pool/pool_finish", "pool/pool_portable"},
    .kernels = {{"pool_portable", 3, sizeof(pool_params), {16, 4, 1}}},
};

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_pool_problem *pool = problem;
    double taps = (double)pool->y.count;
    for (int i = 0; i < POOL_AXES; i++) taps *= (double)pool->axes[i].kernel;
    return 20e-6 + (double)pool->y.count / (capabilities->is_gpu ? 20e9 : 0.05e9) + taps / (capabilities->is_gpu ? 50e9 : 0.3e9);
}

static size_t round_up(int64_t count, size_t local)
{
    return ((size_t)count + local - 1) / local * local;
}

static const char *accepts(const void *problem, const clq_capabilities *capabilities)
{
    const clq_pool_problem *pool = problem;
    const double outer = (double)pool->batch * (double)pool->axes[0].output * (double)pool->channels * (double)pool->axes[1].output;
    (void)capabilities;
    return outer > INT32_MAX ? "more than 2^31 rows" : NULL;
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_pool_problem *pool = problem;
    const size_t *local = program.kernels[0].local;
    pool_params params;
    uint64_t tables = 0;
    (void)capabilities;
    CLQ_FORWARD(clq_pool_fill(pool, recipe, &params, &tables));
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->buffers[0] = CLQ_OP_INPUT;
    step->buffers[1] = CLQ_OP_OUTPUT;
    step->buffers[2] = CLQ_OP_TABLES;
    step->base[2] = tables;
    memcpy(step->params, &params, sizeof params);
    const bool last = params.channels_last;
    step->global[0] = round_up(last ? params.channels : params.output[2], local[0]);
    step->global[1] = round_up(last ? params.output[2] : params.output[1], local[1]);
    step->global[2] = (size_t)(pool->batch * params.output[0]) * (size_t)(last ? params.output[1] : params.channels);
    return CLQNN_OK;
}

const clq_op_variant clq_pool_portable = {
    .name = "pool_portable",
    .summary = "plain OpenCL C, a work-item makes one element; any device, any window, either layout",
    .program = &program,
    .accepts = accepts,
    .cost = cost,
    .arrange = arrange,
};
