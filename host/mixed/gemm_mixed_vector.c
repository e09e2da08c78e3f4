/* SPDX-License-Identifier: Apache-2.0 */
/* CPUs: one kernel, a row for each size of the register file. */
#include "mixed/mixed_variants.h"

#define PANEL 16

/* What a row's kernel is compiled with. */
typedef struct vector_shape {
    int32_t tile_rows, tile_columns;
    int32_t block_rows, block_columns, depth, b_panels;
    double products_a_clock;              /* of a core, at best */
} vector_shape;

static const vector_shape avx512 = {12, 32, 96, 256, 256, 4, 32}, avx2 = {6, 16, 96, 256, 256, 4, 16}, vec16 = {4, 16, 24, 64, 128, 1, 4};

#define LOCAL_BYTES(s) (4 * ((s)->block_rows * ((s)->depth + 16) + (s)->depth * PANEL * (s)->b_panels + (s)->block_rows * (s)->block_columns))

typedef struct vector_blocks {
    int64_t rows, columns;                /* of a work-group */
    double seconds;
} vector_blocks;

static int64_t ceiling(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

/* Clocks of all blocks together. Widening an element of either operand costs about as much as three products. */
static double total_clocks(const vector_shape *shape, const clq_mixed_problem *problem, int64_t row_blocks, int64_t column_blocks)
{
    const double rows = (double)(ceiling(problem->m, shape->tile_rows) * shape->tile_rows), columns = (double)(ceiling(problem->n, shape->tile_columns) * shape->tile_columns);
    const double products = rows * columns + 3.0 * (rows * (double)column_blocks + columns * (double)row_blocks);
    const double batches = (double)(problem->batch[0] * problem->batch[1]);
    return batches * (1000.0 * (double)(row_blocks * column_blocks) + (double)problem->k * products / shape->products_a_clock);
}

/* The blocks that let the cores finish together, and are large. */
static vector_blocks choose_blocks(const vector_shape *shape, const clq_mixed_problem *problem, const clq_capabilities *capabilities)
{
    vector_blocks best = {0};
    const int64_t units = capabilities->compute_units;
    for (int64_t rows = shape->tile_rows; rows <= shape->block_rows; rows += shape->tile_rows) {
        for (int64_t columns = shape->tile_columns; columns <= shape->block_columns; columns += shape->tile_columns) {
            const int64_t row_blocks = ceiling(problem->m, rows), column_blocks = ceiling(problem->n, columns);
            const int64_t groups = row_blocks * column_blocks * problem->batch[0] * problem->batch[1];
            const double idle = groups ? (double)(ceiling(groups, units) * units) / (double)groups : 1;
            const double seconds = 13e-6 + idle * total_clocks(shape, problem, row_blocks, column_blocks) / (1e6 * (double)capabilities->clock_mhz * (double)units);
            if (best.rows == 0 || seconds < best.seconds) best = (vector_blocks){rows, columns, seconds};
        }
    }
    return best;
}

static const char *refuses(const vector_shape *shape, const clq_mixed_problem *problem, const clq_capabilities *capabilities)
{
    if (!capabilities->is_cpu) return "its one-item groups suit CPUs only";
    if (capabilities->local_bytes < (uint64_t)LOCAL_BYTES(shape)) return "its blocks do not fit the device's local memory";
    return clq_mixed_refuses(problem, &clq_layout_float_n16, true);
}

static clqnn_status arrange_blocks(const vector_shape *shape, const clq_mixed_problem *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
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

#define ROW(id, halves, knobs, capability, text)                                                                                        \
    static const char *id##_accepts(const void *problem, const clq_capabilities *capabilities)                                          \
    {                                                                                                                                   \
        return refuses(&id, problem, capabilities);                                                                                     \
    }                                                                                                                                   \
    static double id##_cost(const void *problem, const clq_capabilities *capabilities)                                                  \
    {                                                                                                                                   \
        return choose_blocks(&id, problem, capabilities).seconds;                                                                       \
    }                                                                                                                                   \
    static clqnn_status id##_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)                  \
    {                                                                                                                                   \
        return arrange_blocks(&id, problem, capabilities, recipe);                                                                      \
    }                                                                                                                                   \
    static const clq_op_program id##_program = {                                                                                        \
        .parts = {"prelude/float_types", "mixed/mixed_params", "mixed/mixed_element", "op/vector_memory", "convert/" halves, "mixed/mixed_block", "mixed/mixed_tile", \
                  "mixed/mixed_store", "mixed/mixed_lanes", "mixed/gemm_mixed_vector"},                                                                      \
        .defines = knobs,                                                                                                               \
        .kernels = {{"gemm_mixed_vector", 5, sizeof(mixed_params), {1, 1, 1}}},                                                         \
    };                                                                                                                                  \
    const clq_mixed_variant clq_gemm_mixed_##id = {                                                                                     \
        .op = {.name = "gemm_mixed_" #id, .summary = text, .program = &id##_program, .needs = (capability), .counts_begun = true,       \
               .accepts = id##_accepts, .cost = id##_cost, .arrange = id##_arrange},                                                    \
        .layout = &clq_layout_float_n16,                                                                                                \
        .tile = {0, PANEL, 1},                                                                                                          \
    }

#define SIZES(rows, panels, block_rows, block_columns, depth, b_panels) \
    "-DTILE_ROWS=" #rows " -DTILE_PANELS=" #panels " -DBLOCK_ROWS=" #block_rows " -DBLOCK_COLUMNS=" #block_columns " -DDEPTH=" #depth " -DB_PANELS=" #b_panels \
    " -DA_STRIDE=(DEPTH+16) -DSUMS_PANEL=(16*BLOCK_ROWS) -DMIXED_LANES=16"

ROW(avx512, "half_avx512", SIZES(12, 2, 96, 256, 256, 4), CLQ_CAP_X86_AVX512, "12 x 32 sums in AVX-512 registers, operands widened in local memory");
ROW(avx2, "half_vector", SIZES(6, 1, 96, 256, 256, 4), CLQ_CAP_X86_AVX2, "6 x 16 sums in AVX2 registers, operands widened in local memory");
ROW(vec16, "half_vector", SIZES(4, 1, 24, 64, 128, 1), 0, "4 x 16 sums in plain vectors, operands widened in local memory; any CPU");
