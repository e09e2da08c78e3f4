/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "pointwise/binary_problem.h"
#include "pointwise/pointwise_programs.h"

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_binary_problem *binary = problem;
    return 20e-6 + (double)binary->nest.count / (capabilities->is_gpu ? 20e9 : 0.1e9);
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_binary_problem *binary = problem;
    const int64_t chunk = clq_pointwise_portable_chunk(capabilities);
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->kernel = CLQ_POINTWISE_BINARY;
    step->buffers[0] = CLQ_OP_INPUT;
    step->buffers[1] = CLQ_OP_INPUT + 1;
    step->buffers[2] = CLQ_OP_OUTPUT;
    binary_params params = clq_binary_scalars(binary);
    params.nest = clq_op_nest(&binary->nest, chunk);
    memcpy(step->params, &params, sizeof params);
    clq_pointwise_geometry(step, &clq_pointwise_portable_program, binary->nest.count, chunk);
    return CLQNN_OK;
}

const clq_op_variant clq_binary_portable = {
    .name = "binary_portable",
    .summary = "plain OpenCL C, a work-item makes a chunk element by element; any device, any shape, all rules",
    .program = &clq_pointwise_portable_program,
    .cost = cost,
    .arrange = arrange,
};
