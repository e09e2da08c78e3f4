/* SPDX-License-Identifier: Apache-2.0 */
#include "train_layers/columns.h"

/* Where the workspace's arrays lie: first the table, then the parts of each level that more than one launch reads. */
static uint64_t table_bytes(const clq_batch_norm_problem *problem)
{
    const int planes = problem->mode == CLQNN_BATCH_NORM_BACKWARD ? TABLE_BACKWARD : TABLE_FORWARD;
    return clq_columns_array_bytes(planes * problem->params.copies * problem->channels);
}

static uint64_t workspace(const void *problem_memory, const clq_capabilities *capabilities)
{
    const clq_batch_norm_problem *problem = problem_memory;
    uint64_t bytes = table_bytes(problem);
    (void)capabilities;
    if (problem->mode == CLQNN_BATCH_NORM_INFER) return bytes;
    int64_t rows = problem->rows;
    do {
        rows = clq_columns_blocks(rows);
        bytes += clq_columns_array_bytes(rows * 2 * problem->channels);
    } while (rows > ROW_BLOCK);
    return bytes;
}

/* The parts that a level has left: how many, where, and the rows of x in each and in the last. */
typedef struct column_parts {
    int64_t count;
    uint64_t at, free_at;
    int64_t full, last;
} column_parts;

/* The parts of x's blocks, which the first launch makes. */
static column_parts first_parts(const clq_batch_norm_problem *problem)
{
    const int64_t blocks = clq_columns_blocks(problem->rows);
    const uint64_t at = table_bytes(problem);
    return (column_parts){blocks, at, at + clq_columns_array_bytes(blocks * 2 * problem->channels), ROW_BLOCK, problem->rows - (blocks - 1) * ROW_BLOCK};
}

/* Levels until one block is left, which the kernel that ends the sums takes itself. */
static clqnn_status join_parts(const clq_batch_norm_problem *problem, const clq_columns_way *way, uint32_t kernel, column_parts *parts, clq_op_recipe *recipe)
{
    static const uint8_t buffers[] = {CLQ_OP_WORKSPACE, CLQ_OP_WORKSPACE};
    while (parts->count > ROW_BLOCK) {
        const int64_t blocks = clq_columns_blocks(parts->count);
        const uint64_t base[] = {parts->at, parts->free_at};
        column_params params = problem->params;
        params.rows = (clq_ulong)parts->count;
        params.full = (clq_ulong)parts->full;
        params.last = (clq_ulong)parts->last;
        if (kernel == CLQ_COLUMNS_SUMS) params.channels *= 2; /* both sums are columns */
        const int64_t items = kernel == CLQ_COLUMNS_SUMS ? clq_columns_block_items(way, &params) : blocks * problem->channels;
        CLQ_FORWARD(clq_layer_add_step(recipe, &(clq_layer_step){&way->program, kernel, buffers, base, &params, items}));
        parts->last += (parts->count - (blocks - 1) * ROW_BLOCK - 1) * parts->full;
        parts->full *= ROW_BLOCK;
        parts->count = blocks;
        parts->at = parts->free_at;
        parts->free_at += clq_columns_array_bytes(blocks * 2 * problem->channels);
    }
    return CLQNN_OK;
}

static clqnn_status arrange_forward(const clq_batch_norm_problem *problem, const clq_columns_way *way, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    static const uint8_t moments[] = {CLQ_OP_INPUT, CLQ_OP_WORKSPACE}, apply[] = {CLQ_OP_INPUT, CLQ_OP_WORKSPACE, CLQ_OP_OUTPUT};
    static const uint8_t train[] = {CLQ_OP_WORKSPACE,  CLQ_OP_INPUT + 1,  CLQ_OP_INPUT + 2,  CLQ_OP_OUTPUT + 1,
                                    CLQ_OP_OUTPUT + 2, CLQ_OP_OUTPUT + 3, CLQ_OP_OUTPUT + 4, CLQ_OP_WORKSPACE};
    static const uint8_t infer[] = {CLQ_OP_WORKSPACE, CLQ_OP_INPUT + 1, CLQ_OP_INPUT + 2, CLQ_OP_WORKSPACE, CLQ_OP_WORKSPACE, CLQ_OP_INPUT + 3, CLQ_OP_INPUT + 4, CLQ_OP_WORKSPACE};
    const bool infers = problem->mode == CLQNN_BATCH_NORM_INFER;
    column_params params = problem->params;
    column_parts parts = {.count = 1};
    if (!infers) {
        parts = first_parts(problem);
        const uint64_t base[] = {0, parts.at};
        const int64_t items = clq_columns_block_items(way, &params);
        CLQ_FORWARD(clq_layer_add_step(recipe, &(clq_layer_step){&way->program, CLQ_COLUMNS_MOMENTS, moments, base, &params, items}));
        CLQ_FORWARD(join_parts(problem, way, CLQ_COLUMNS_MERGE, &parts, recipe));
    }
    const uint64_t base[8] = {parts.at};
    params = problem->params;
    params.rows = (clq_ulong)parts.count;
    params.full = (clq_ulong)parts.full;
    params.last = (clq_ulong)parts.last;
    CLQ_FORWARD(clq_layer_add_step(recipe, &(clq_layer_step){&way->program, CLQ_COLUMNS_STATISTICS, infers ? infer : train, base, &params, problem->channels}));
    params = problem->params;
    const int64_t items = clq_columns_element_items(way, capabilities, &params);
    return clq_layer_add_step(recipe, &(clq_layer_step){&way->program, CLQ_COLUMNS_APPLY, apply, NULL, &params, items});
}

static clqnn_status arrange_backward(const clq_batch_norm_problem *problem, const clq_columns_way *way, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    static const uint8_t sums[] = {CLQ_OP_INPUT, CLQ_OP_INPUT + 1, CLQ_OP_INPUT + 2, CLQ_OP_INPUT + 3, CLQ_OP_INPUT + 4, CLQ_OP_INPUT + 5, CLQ_OP_WORKSPACE};
    static const uint8_t coefficients[] = {CLQ_OP_WORKSPACE, CLQ_OP_INPUT + 2,  CLQ_OP_INPUT + 3,  CLQ_OP_INPUT + 4,
                                           CLQ_OP_INPUT + 5, CLQ_OP_OUTPUT + 1, CLQ_OP_OUTPUT + 2, CLQ_OP_WORKSPACE};
    static const uint8_t gradient[] = {CLQ_OP_INPUT, CLQ_OP_INPUT + 1, CLQ_OP_WORKSPACE, CLQ_OP_OUTPUT};
    column_parts parts = first_parts(problem);
    const uint64_t sums_base[7] = {[6] = parts.at};
    column_params params = problem->params;
    int64_t items = clq_columns_block_items(way, &params);
    CLQ_FORWARD(clq_layer_add_step(recipe, &(clq_layer_step){&way->program, CLQ_COLUMNS_GRADIENT_SUMS, sums, sums_base, &params, items}));
    CLQ_FORWARD(join_parts(problem, way, CLQ_COLUMNS_SUMS, &parts, recipe));
    const uint64_t base[8] = {parts.at};
    params = problem->params;
    params.rows = (clq_ulong)parts.count;
    CLQ_FORWARD(clq_layer_add_step(recipe, &(clq_layer_step){&way->program, CLQ_COLUMNS_COEFFICIENTS, coefficients, base, &params, problem->channels}));
    params = problem->params;
    items = clq_columns_element_items(way, capabilities, &params);
    return clq_layer_add_step(recipe, &(clq_layer_step){&way->program, CLQ_COLUMNS_GRADIENT, gradient, NULL, &params, items});
}

static clqnn_status arrange(const clq_batch_norm_problem *problem, const clq_columns_way *way, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    if (problem->mode == CLQNN_BATCH_NORM_BACKWARD) return arrange_backward(problem, way, capabilities, recipe);
    return arrange_forward(problem, way, capabilities, recipe);
}

/* Bytes that cross the memory: forward reads x twice, backward dy and x. */
static int64_t traffic(const clq_batch_norm_problem *problem)
{
    static const int64_t floats[] = {[CLQNN_BATCH_NORM_TRAIN] = 3, [CLQNN_BATCH_NORM_INFER] = 2, [CLQNN_BATCH_NORM_BACKWARD] = 5};
    return 4 * floats[problem->mode] * problem->rows * problem->channels;
}

static double portable_cost(const void *problem, const clq_capabilities *capabilities)
{
    return clq_layer_portable_cost(traffic(problem), 3, capabilities);
}

static clqnn_status portable_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    return arrange(problem, &clq_columns_portable, capabilities, recipe);
}

static double vector_cost(const void *problem, const clq_capabilities *capabilities)
{
    return clq_layer_vector_cost(traffic(problem), 3, capabilities);
}

static clqnn_status vector_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    return arrange(problem, &clq_columns_vector, capabilities, recipe);
}

const clq_op_variant clq_batch_norm_portable = {
    .name = "batch_norm_portable",
    .summary = "plain OpenCL C, a work-item makes a channel of 128 rows, or 4 elements; any device",
    .program = &clq_columns_portable.program,
    .cost = portable_cost,
    .workspace = workspace,
    .arrange = portable_arrange,
};

const clq_op_variant clq_batch_norm_vector = {
    .name = "batch_norm_vector",
    .summary = "plain OpenCL C in vectors of 16 channels; CPUs",
    .program = &clq_columns_vector.program,
    .counts_begun = true,
    .accepts = clq_op_accepts_cpu,
    .cost = vector_cost,
    .workspace = workspace,
    .arrange = vector_arrange,
};
