/* SPDX-License-Identifier: Apache-2.0 */
/* CPUs: one kernel, a row for each size of the register file. */
#include <string.h>

#include "train/train_problem.h"
#include "train/train_vector_params.cl"

#define LEAST_TERMS 1024   /* of a part */

/* What a row's kernel is compiled with. */
typedef struct gemm_shape {
    int32_t tile_rows, block_rows, block_columns, depth, b_panels;
    double products_a_clock;           /* of a core, at best */
} gemm_shape;

static const gemm_shape avx512 = {12, 96, 256, 256, 4, 32}, avx2 = {6, 96, 256, 256, 4, 16}, vec16 = {4, 24, 64, 128, 1, 4};

#define LOCAL_BYTES(s) (4 * ((s)->block_rows * ((s)->depth + 16) + (s)->depth * 16 * (s)->b_panels + (s)->block_rows * (s)->block_columns))

typedef struct gemm_blocks {
    int64_t rows, columns;             /* of a work-group */
    double seconds;
} gemm_blocks;

static int64_t ceiling(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

static int64_t parts_of(const clq_train_gemm_problem *problem)
{
    const int64_t wanted = clq_train_parts(problem->m * problem->n, problem->k, LEAST_TERMS), part = ceiling(problem->k, wanted);
    return ceiling(problem->k, part);   /* none is empty */
}

/* The blocks that let the cores finish together, and are large. Copying an element of either operand costs about as much as three products. */
static gemm_blocks choose_blocks(const gemm_shape *shape, const clq_train_gemm_problem *problem, const clq_capabilities *capabilities)
{
    gemm_blocks best = {0};
    const int64_t units = capabilities->compute_units, parts = parts_of(problem);
    const double rows_made = (double)(ceiling(problem->m, shape->tile_rows) * shape->tile_rows), columns_made = (double)(ceiling(problem->n, 16) * 16);
    const double joined = parts > 1 ? 2.0 * (double)(problem->m * problem->n * parts) : 0.0;
    for (int64_t rows = shape->tile_rows; rows <= shape->block_rows; rows += shape->tile_rows) {
        for (int64_t columns = 16; columns <= shape->block_columns; columns += 16) {
            const int64_t row_blocks = ceiling(problem->m, rows), column_blocks = ceiling(problem->n, columns), groups = row_blocks * column_blocks * parts;
            const double products = rows_made * columns_made + 3.0 * (rows_made * (double)column_blocks + columns_made * (double)row_blocks);
            const double idle = (double)(ceiling(groups, units) * units) / (double)groups;
            const double clocks = idle * (1000.0 * (double)groups + (double)problem->k * products / shape->products_a_clock) + joined;
            const double seconds = 13e-6 + clocks / (1e6 * (double)capabilities->clock_mhz * (double)units);
            if (best.rows == 0 || seconds < best.seconds) best = (gemm_blocks){rows, columns, seconds};
        }
    }
    return best;
}

static const char *refuses(const gemm_shape *shape, const clq_capabilities *capabilities)
{
    if (!capabilities->is_cpu) return "its one-item groups suit CPUs only";
    return capabilities->local_bytes < (uint64_t)LOCAL_BYTES(shape) ? "its blocks do not fit the device's local memory" : NULL;
}

static uint64_t workspace(const void *given, const clq_capabilities *capabilities)
{
    const clq_train_gemm_problem *problem = given;
    const int64_t parts = parts_of(problem);
    (void)capabilities;
    return parts > 1 ? (uint64_t)(4 * parts * problem->m * problem->n) : 0;
}

static clqnn_status arrange_blocks(const gemm_shape *shape, const clq_train_gemm_problem *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const int64_t parts = parts_of(problem);
    const bool joins = parts > 1;
    const gemm_blocks blocks = choose_blocks(shape, problem, capabilities);
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    const train_vector_params params = {
        .a_row = (clq_ulong)problem->a_row,
        .a_column = (clq_ulong)problem->a_column,
        .b_row = (clq_ulong)problem->b_row,
        .b_column = (clq_ulong)problem->b_column,
        .c_row = (clq_ulong)(joins ? problem->n : problem->c_row),
        .part_stride = (clq_ulong)(problem->m * problem->n),
        .m = (clq_int)problem->m,
        .n = (clq_int)problem->n,
        .k = (clq_int)problem->k,
        .part = (clq_int)ceiling(problem->k, parts),
        .has_bias = problem->has_bias && !joins,
        .adds = problem->adds && !joins,
        .block_rows = (clq_int)blocks.rows,
        .block_columns = (clq_int)blocks.columns,
    };
    const uint8_t buffers[] = {CLQ_OP_INPUT, CLQ_OP_INPUT + 1, CLQ_OP_INPUT + (problem->has_bias ? 2 : 1), joins ? CLQ_OP_WORKSPACE : CLQ_OP_OUTPUT};
    memcpy(step->buffers, buffers, sizeof buffers);
    memcpy(step->params, &params, sizeof params);
    step->global[0] = (size_t)ceiling(problem->n, blocks.columns);
    step->global[1] = (size_t)ceiling(problem->m, blocks.rows);
    step->global[2] = (size_t)parts;
    if (!joins) return CLQNN_OK;
    return clq_train_add_join(&(clq_train_join){.rows = problem->m, .columns = problem->n, .parts = parts, .part_stride = problem->m * problem->n,
                                                .row = problem->n,
                                                .column = 1, .result_row = problem->c_row, .result = CLQ_OP_OUTPUT, .bias = CLQ_OP_INPUT + 2,
                                                .has_bias = problem->has_bias, .adds = problem->adds, .kernel = 1}, recipe);
}

#define ROW(id, knobs, capability, text)                                                                                                \
    static const char *id##_accepts(const void *problem, const clq_capabilities *capabilities)                                          \
    {                                                                                                                                   \
        (void)problem;                                                                                                                  \
        return refuses(&id, capabilities);                                                                                              \
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
        .parts = {"prelude/float_types", "mixed/mixed_params", "mixed/mixed_element", "op/vector_memory", "convert/half_vector", "mixed/mixed_block", \
                  "mixed/mixed_tile", \
                  "train/train_params", "train/train_vector_params", "train/train_join", "train/train_gemm_vector"},                    \
        .defines = knobs,                                                                                                               \
        .kernels = {{"train_gemm_vector", 4, sizeof(train_vector_params), {1, 1, 1}}, CLQ_TRAIN_JOIN_KERNEL},                           \
    };                                                                                                                                  \
    const clq_op_variant clq_train_gemm_##id = {.name = "train_gemm_" #id, .summary = text, .program = &id##_program, .needs = (capability), \
                                                .counts_begun = true, \
                                                .accepts = id##_accepts, .cost = id##_cost, .workspace = workspace, .arrange = id##_arrange}

#define SIZES(rows, block_rows, block_columns, depth, b_panels) \
    "-DTILE_ROWS=" #rows " -DTILE_PANELS=1 -DBLOCK_ROWS=" #block_rows " -DBLOCK_COLUMNS=" #block_columns " -DDEPTH=" #depth " -DB_PANELS=" #b_panels \
    " -DA_STRIDE=(DEPTH+16) -DSUMS_PANEL=(16*BLOCK_ROWS)"

ROW(avx512, SIZES(12, 96, 256, 256, 4), CLQ_CAP_X86_AVX512, "12 x 16 sums in AVX-512 registers, operands copied to local memory");
ROW(avx2, SIZES(6, 96, 256, 256, 4), CLQ_CAP_X86_AVX2, "6 x 16 sums in AVX2 registers, operands copied to local memory");
ROW(vec16, SIZES(4, 24, 64, 128, 1), 0, "4 x 16 sums in plain vectors, operands copied to local memory; any CPU");
