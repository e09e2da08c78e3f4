/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "train/train_problem.h"

static const clq_op_program program = {
    .parts = {"train/train_params", "train/train_join", "train/train_gemm_portable"},
    .kernels = {{"train_gemm_portable", 4, sizeof(train_gemm_params), {32, 1, 1}}, CLQ_TRAIN_JOIN_KERNEL},
};

static int64_t parts_of(const clq_train_gemm_problem *problem)
{
    return clq_train_parts(problem->m * problem->n, problem->k, 1024);
}

static double cost(const void *given, const clq_capabilities *capabilities)
{
    const clq_train_gemm_problem *problem = given;
    return 25e-6 + (double)problem->m * (double)problem->n * (double)problem->k / (capabilities->is_gpu ? 300e9 : 0.5e9);
}

static uint64_t workspace(const void *given, const clq_capabilities *capabilities)
{
    const clq_train_gemm_problem *problem = given;
    const int64_t parts = parts_of(problem);
    (void)capabilities;
    return parts > 1 ? (uint64_t)(4 * parts * problem->m * problem->n) : 0;
}

static clqnn_status arrange(const void *given, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_train_gemm_problem *problem = given;
    const int64_t parts = parts_of(problem);
    const bool joins = parts > 1;
    clq_op_step *step = clq_op_add_step(recipe);
    (void)capabilities;
    if (!step) return CLQNN_OUT_OF_MEMORY;
    const train_gemm_params params = {
        .a_row = (clq_ulong)problem->a_row,
        .a_column = (clq_ulong)problem->a_column,
        .b_row = (clq_ulong)problem->b_row,
        .b_column = (clq_ulong)problem->b_column,
        .c_row = (clq_ulong)(joins ? problem->n : problem->c_row),
        .part_stride = (clq_ulong)(problem->m * problem->n),
        .m = (clq_int)problem->m,
        .n = (clq_int)problem->n,
        .k = (clq_int)problem->k,
        .part = (clq_int)((problem->k + parts - 1) / parts),
        .has_bias = problem->has_bias && !joins,
        .adds = problem->adds && !joins,
    };
    const uint8_t buffers[] = {CLQ_OP_INPUT, CLQ_OP_INPUT + 1, CLQ_OP_INPUT + (problem->has_bias ? 2 : 1), joins ? CLQ_OP_WORKSPACE : CLQ_OP_OUTPUT};
    memcpy(step->buffers, buffers, sizeof buffers);
    memcpy(step->params, &params, sizeof params);
    step->global[0] = (size_t)((problem->n + 31) / 32 * 32);
    step->global[1] = (size_t)((problem->m + 3) / 4);
    step->global[2] = (size_t)parts;
    if (!joins) return CLQNN_OK;
    return clq_train_add_join(&(clq_train_join){.rows = problem->m, .columns = problem->n, .parts = parts, .part_stride = problem->m * problem->n,
                                                .row = problem->n,
                                                .column = 1, .result_row = problem->c_row, .result = CLQ_OP_OUTPUT, .bias = CLQ_OP_INPUT + 2,
                                                .has_bias = problem->has_bias, .adds = problem->adds, .kernel = 1}, recipe);
}

const clq_op_variant clq_train_gemm_portable = {
    .name = "train_gemm_portable",
    .summary = "plain OpenCL C, a work-item makes four elements of a column; any device",
    .program = &program,
    .cost = cost,
    .workspace = workspace,
    .arrange = arrange,
};
