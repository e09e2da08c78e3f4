/* SPDX-License-Identifier: Apache-2.0 */
#include "core/descriptor.h"
#include "train_layers/columns.h"

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_column_sums_problem *problem = problem_memory;
    clqnn_column_sums_desc desc;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_column_sums_desc", given, &desc, sizeof desc, sizeof desc));
    CLQ_FORWARD(clq_layer_check_matrix("rows", desc.rows, "channels", desc.channels));
    problem->rows = desc.rows;
    problem->channels = desc.channels;
    signature->wanted = desc.variant;
    CLQ_FORWARD(clq_layer_add_input(signature, "x", CLQNN_F32, desc.rows * desc.channels, false));
    return clq_layer_add_output(signature, "y", CLQNN_F32, desc.channels);
}

/* The block sums of all levels but the last, one array a level. */
static uint64_t workspace(const void *problem_memory, const clq_capabilities *capabilities)
{
    const clq_column_sums_problem *problem = problem_memory;
    uint64_t bytes = 0;
    (void)capabilities;
    for (int64_t rows = clq_columns_blocks(problem->rows); rows > 1; rows = clq_columns_blocks(rows)) bytes += clq_columns_array_bytes(rows * problem->channels);
    return bytes;
}

static clqnn_status arrange(const clq_column_sums_problem *problem, const clq_columns_way *way, clq_op_recipe *recipe)
{
    uint8_t source = CLQ_OP_INPUT;
    uint64_t source_at = 0, free_at = 0;
    int64_t rows = problem->rows;
    do {
        const int64_t blocks = clq_columns_blocks(rows);
        column_params params = {.rows = (clq_ulong)rows, .channels = (clq_ulong)problem->channels, .folds = clq_columns_folds(problem->channels)};
        const int64_t items = clq_columns_block_items(way, &params);
        const uint8_t buffers[] = {source, blocks > 1 ? CLQ_OP_WORKSPACE : CLQ_OP_OUTPUT};
        const uint64_t base[] = {source_at, blocks > 1 ? free_at : 0};
        CLQ_FORWARD(clq_layer_add_step(recipe, &(clq_layer_step){&way->program, CLQ_COLUMNS_SUMS, buffers, base, &params, items}));
        source = CLQ_OP_WORKSPACE;
        source_at = free_at;
        free_at += clq_columns_array_bytes(blocks * problem->channels);
        rows = blocks;
    } while (rows > 1);
    return CLQNN_OK;
}

static double portable_cost(const void *problem_memory, const clq_capabilities *capabilities)
{
    const clq_column_sums_problem *problem = problem_memory;
    return clq_layer_portable_cost(4 * problem->rows * problem->channels, 1, capabilities);
}

static clqnn_status portable_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    (void)capabilities;
    return arrange(problem, &clq_columns_portable, recipe);
}

static double vector_cost(const void *problem_memory, const clq_capabilities *capabilities)
{
    const clq_column_sums_problem *problem = problem_memory;
    return clq_layer_vector_cost(4 * problem->rows * problem->channels, 1, capabilities);
}

static clqnn_status vector_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    (void)capabilities;
    return arrange(problem, &clq_columns_vector, recipe);
}

const clq_op_variant clq_column_sums_portable = {
    .name = "column_sums_portable",
    .summary = "plain OpenCL C, a work-item adds a channel of 128 rows; any device",
    .program = &clq_columns_portable.program,
    .cost = portable_cost,
    .workspace = workspace,
    .arrange = portable_arrange,
};

const clq_op_variant clq_column_sums_vector = {
    .name = "column_sums_vector",
    .summary = "plain OpenCL C in vectors of 16 channels; CPUs",
    .program = &clq_columns_vector.program,
    .counts_begun = true,
    .accepts = clq_op_accepts_cpu,
    .cost = vector_cost,
    .workspace = workspace,
    .arrange = vector_arrange,
};

const clq_op_family clq_op_column_sums = {
    .kind = "column_sums",
    .problem_size = sizeof(clq_column_sums_problem),
    .validate = validate,
    .variants = {&clq_column_sums_vector, &clq_column_sums_portable},
};
_Static_assert(sizeof(clq_column_sums_problem) <= CLQ_OP_PROBLEM_BYTES, "the problem fits the framework's memory");

clqnn_status clqnn_column_sums_create(clqnn_context *context, const clqnn_column_sums_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_column_sums, desc, op);
}

clqnn_status clqnn_column_sums_query(clqnn_context *context, const clqnn_column_sums_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_column_sums, desc, info);
}
