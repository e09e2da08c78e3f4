/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed/vector_blocks.h"

typedef struct vector_blocks {
    int64_t rows, columns;                /* of a work-group */
    double seconds;
} vector_blocks;

static int64_t ceiling(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

/* Clocks of all blocks together. Widening an element of either operand costs about as much as three products. */
static double total_clocks(const clq_vector_shape *shape, const clq_mixed_problem *problem, int64_t row_blocks, int64_t column_blocks)
{
    const double rows = (double)(ceiling(problem->m, shape->tile_rows) * shape->tile_rows);
    const double columns = (double)(ceiling(problem->n, shape->tile_columns) * shape->tile_columns);
    const double products = rows * columns + 3.0 * (rows * (double)column_blocks + columns * (double)row_blocks);
    const double batches = (double)(problem->batch[0] * problem->batch[1]);
    return batches * (1000.0 * (double)(row_blocks * column_blocks) + (double)problem->k * products / shape->products_a_clock);
}

/* The blocks that let the cores finish together, and are large. */
static vector_blocks choose_blocks(const clq_vector_shape *shape, const clq_mixed_problem *problem, const clq_capabilities *capabilities)
{
    vector_blocks best = {0};
    const int64_t units = capabilities->compute_units;
    for (int64_t rows = shape->tile_rows; rows <= shape->block_rows; rows += shape->tile_rows) {
        for (int64_t columns = shape->tile_columns; columns <= shape->block_columns; columns += shape->tile_columns) {
            const int64_t row_blocks = ceiling(problem->m, rows), column_blocks = ceiling(problem->n, columns);
            const int64_t groups = row_blocks * column_blocks * problem->batch[0] * problem->batch[1];
            const double idle = groups ? (double)(ceiling(groups, units) * units) / (double)groups : 1;
            const double clocks = idle * total_clocks(shape, problem, row_blocks, column_blocks);
            const double seconds = 13e-6 + clocks / (1e6 * (double)capabilities->clock_mhz * (double)units);
            if (best.rows == 0 || seconds < best.seconds) best = (vector_blocks){rows, columns, seconds};
        }
    }
    return best;
}

const char *clq_vector_refuses(const clq_vector_shape *shape, const clq_capabilities *capabilities)
{
    if (!capabilities->is_cpu) return "its one-item groups suit CPUs only";
    return capabilities->local_bytes < (uint64_t)shape->local_bytes ? "its blocks do not fit the device's local memory" : NULL;
}

double clq_vector_seconds(const clq_vector_shape *shape, const clq_mixed_problem *problem, const clq_capabilities *capabilities)
{
    return choose_blocks(shape, problem, capabilities).seconds;
}

clqnn_status clq_vector_arrange(const clq_vector_shape *shape, const clq_mixed_problem *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const vector_blocks blocks = choose_blocks(shape, problem, capabilities);
    clq_op_step *step = clq_mixed_add_step(problem, recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    mixed_params *params = (mixed_params *)step->params;
    params->block_rows = (clq_int)blocks.rows;
    params->block_columns = (clq_int)blocks.columns;
    step->global[0] = (size_t)ceiling(problem->n, blocks.columns);
    step->global[1] = (size_t)ceiling(problem->m, blocks.rows);
    step->global[2] = (size_t)(problem->batch[0] * problem->batch[1]);
    return CLQNN_OK;
}
