/* SPDX-License-Identifier: Apache-2.0 */
/* CPUs: one kernel, a row for each size of the register file, as gemm_mixed_vector.c. */
#include "mixed/conv_mixed_problem.h"

/* What a row's kernel is compiled with. */
typedef struct conv_vector_shape {
    int32_t tile_rows, tile_columns;
    int32_t block_rows, block_columns, depth, b_panels;
    double products_a_clock;              /* of a core, at best */
} conv_vector_shape;

static const conv_vector_shape avx512 = {12, 32, 96, 256, 256, 2, 32}, avx2 = {6, 16, 96, 256, 256, 1, 16}, vec16 = {4, 16, 24, 64, 128, 1, 4};

#define LOCAL_BYTES(s) (4 * ((s)->block_rows * ((s)->depth + 16) + (s)->depth * 16 * (s)->b_panels + (s)->block_rows * (s)->block_columns))

typedef struct conv_vector_blocks {
    int64_t rows, columns;                /* pixels and channels of a work-group */
    double seconds;
} conv_vector_blocks;

static int64_t ceiling(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

/* A line of taps is one run of x, short enough to be worth it. */
static bool joins_taps(const clq_conv_mixed_problem *problem)
{
    const clq_conv_problem *conv = &problem->conv;
    return conv->weights.groups == 1 && conv->x.channel_step == 1 && conv->x.step[2] == conv->in_channels && conv->dilation[2] == 1 && conv->in_channels < 16
           && conv->weights.kernel[2] > 1;
}

/* Clocks of all blocks together. Gathering an element of x costs about three products where neighbours are copied together; widening a weight as much, copying
 * one less. */
static double total_clocks(const conv_vector_shape *shape, const clq_conv_mixed_problem *problem, int64_t row_blocks, int64_t column_blocks)
{
    const clq_conv_problem *conv = &problem->conv;
    const double rows = (double)(ceiling(clq_conv_pixels(conv), shape->tile_rows) * shape->tile_rows);
    const double columns = (double)(ceiling(conv->weights.group_out, shape->tile_columns) * shape->tile_columns), terms = (double)problem->form.k;
    const double gather = conv->x.channel_step == 1 && (conv->weights.group_in >= 16 || joins_taps(problem)) ? 3.0 : 20.0;
    const double widen = problem->form.type == CLQNN_F32 ? 1.0 : 3.0;
    const double products = rows * columns + gather * rows * (double)column_blocks + widen * columns * (double)row_blocks;
    return (double)(conv->batch * conv->weights.groups) * (1000.0 * (double)(row_blocks * column_blocks) + terms * products / shape->products_a_clock);
}

/* The blocks that let the cores finish together, and are large. */
static conv_vector_blocks choose_blocks(const conv_vector_shape *shape, const clq_conv_mixed_problem *problem, const clq_capabilities *capabilities)
{
    conv_vector_blocks best = {0};
    const int64_t units = capabilities->compute_units, all_rows = clq_conv_pixels(&problem->conv), all_columns = problem->conv.weights.group_out;
    for (int64_t rows = shape->tile_rows; rows <= shape->block_rows; rows += shape->tile_rows) {
        for (int64_t columns = shape->tile_columns; columns <= shape->block_columns; columns += shape->tile_columns) {
            const int64_t row_blocks = ceiling(all_rows, rows), column_blocks = ceiling(all_columns, columns);
            const int64_t blocks = row_blocks * column_blocks * problem->conv.batch * problem->conv.weights.groups;
            const double idle = (double)(ceiling(blocks, units) * units) / (double)blocks;
            const double clocks = idle * total_clocks(shape, problem, row_blocks, column_blocks);
            const double seconds = 13e-6 + clocks / (1e6 * (double)capabilities->clock_mhz * (double)units);
            if (best.rows == 0 || seconds < best.seconds) best = (conv_vector_blocks){rows, columns, seconds};
        }
    }
    return best;
}

static const char *refuses(const conv_vector_shape *shape, const clq_conv_mixed_problem *problem, const clq_capabilities *capabilities)
{
    if (!capabilities->is_cpu) return "its one-item groups suit CPUs only";
    if (capabilities->local_bytes < (uint64_t)LOCAL_BYTES(shape)) return "its blocks do not fit the device's local memory";
    if (problem->conv.transposed) return "it does not scatter: the convolution is transposed";
    if (problem->conv.weights.group_in == 1 && problem->conv.weights.groups > 1) return "its groups must have more than one input channel";
    return clq_conv_mixed_refuses(problem, &clq_layout_float_n16);
}

static clqnn_status arrange_blocks(const conv_vector_shape *shape, const clq_conv_mixed_problem *problem, const clq_capabilities *capabilities,
                                   clq_op_recipe *recipe)
{
    const conv_vector_blocks blocks = choose_blocks(shape, problem, capabilities);
    clq_op_step *step = clq_conv_mixed_add_step(problem, recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    conv_mixed_params *params = (conv_mixed_params *)step->params;
    params->sum.block_rows = (clq_int)blocks.rows;
    params->sum.block_columns = (clq_int)blocks.columns;
    params->joined_taps = joins_taps(problem);
    step->global[0] = (size_t)ceiling(problem->conv.weights.group_out, blocks.columns);
    step->global[1] = (size_t)ceiling(clq_conv_pixels(&problem->conv), blocks.rows);
    step->global[2] = (size_t)(problem->conv.batch * problem->conv.weights.groups);
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
        .parts = {"prelude/float_types", "mixed/mixed_params", "mixed/conv_mixed_params", "mixed/mixed_element", "op/vector_memory", "convert/" halves, \
                  "mixed/mixed_block", "mixed/mixed_tile", "mixed/mixed_store", "mixed/mixed_lanes", "mixed/conv_mixed_lanes", "mixed/conv_mixed_vector"}, \
        .defines = knobs,                                                                                                               \
        .kernels = {{"conv_mixed_vector", 5, sizeof(conv_mixed_params), {1, 1, 1}}},                                                    \
    };                                                                                                                                  \
    const clq_conv_mixed_variant clq_conv_mixed_##id = {                                                                                \
        .op = {.name = "conv_mixed_" #id, .summary = text, .program = &id##_program, .needs = (capability), .counts_begun = true,       \
               .accepts = id##_accepts, .cost = id##_cost, .arrange = id##_arrange},                                                    \
        .layout = &clq_layout_float_n16,                                                                                                \
    }

#define SIZES(rows, panels, block_rows, block_columns, depth, b_panels) \
    "-DTILE_ROWS=" #rows " -DTILE_PANELS=" #panels " -DBLOCK_ROWS=" #block_rows " -DBLOCK_COLUMNS=" #block_columns " -DDEPTH=" #depth " -DB_PANELS=" #b_panels \
    " -DA_STRIDE=(DEPTH+16) -DSUMS_PANEL=(16*BLOCK_ROWS) -DMIXED_LANES=16"

ROW(avx512, "half_avx512", SIZES(12, 2, 96, 256, 256, 2), CLQ_CAP_X86_AVX512, "12 pixels x 32 channels in AVX-512 registers, windows gathered in local memory");
ROW(avx2, "half_vector", SIZES(6, 1, 96, 256, 256, 1), CLQ_CAP_X86_AVX2, "6 pixels x 16 channels in AVX2 registers, windows gathered in local memory");
ROW(vec16, "half_vector", SIZES(4, 1, 24, 64, 128, 1), 0, "4 pixels x 16 channels in plain vectors, windows gathered in local memory; any CPU");
