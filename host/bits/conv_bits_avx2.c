/* SPDX-License-Identifier: Apache-2.0 */
/* AVX2: windows as rows of a product whose counts are looked up in tables of 16 entries. */
#include "bits/bit_tables.h"
#include "bits/conv_bits_problem.h"

enum { PIXELS = 10, CHANNELS = 32, BLOCK_PANELS = 16, MOST_TAPS = 64 };

static const clq_op_program program = {
    .parts = {"prelude/gemm_params", "bits/bits_params", "bits/conv_bits_params", "bits/bit_table_kinds", "epilogue/requantize", "epilogue/gather_x86",
              "bits/bits_store", "tile/bit_pairs_avx2", "bits/bit_indices", "bits/bit_counts",
              "bits/conv_bits_windows", "bits/conv_bits_avx2"},
    .defines = "-DLANES=16",
    .kernels = {{"conv_bits_avx2", 7, sizeof(conv_bits_params), {1, 1, 1}}},
};

static const char *accepts(const void *given, const clq_capabilities *capabilities)
{
    const clq_conv_bits_problem *problem = given;
    if (capabilities->local_bytes < 32768) return "its blocks do not fit the device's local memory";
    if (problem->conv.transposed) return "it does not transpose";
    if (clq_conv_taps(&problem->conv.weights) > MOST_TAPS) return "it takes at most 64 taps";
    if (!clq_conv_bits_has_whole_groups(problem)) return "groups are not of whole words and panels";
    return clq_conv_bits_refuses(problem, &clq_layout_bits_nibbles_n32);
}

static bool is_ternary(const clq_conv_bits_problem *problem)
{
    return problem->shape.type == CLQNN_T2;
}

static int64_t ceiling(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

/* Steps of four bits in which a row and a column meet, of each 32 values. */
static double group_steps(const clq_conv_bits_problem *problem)
{
    if (!is_ternary(problem)) return 8.0 * (double)(problem->x_form.planes * problem->w_form.planes);
    return 16.0 * (problem->conv.x.type == CLQNN_T2 ? 1.0 : (double)problem->x_form.planes);
}

static double cost(const void *given, const clq_capabilities *capabilities)
{
    const clq_conv_bits_problem *problem = given;
    const clq_conv_shape *shape = &problem->conv.weights;
    const double columns = (double)(shape->groups * ceiling(shape->group_out, CHANNELS) * CHANNELS);
    const double words = (double)(problem->conv.batch * clq_conv_pixels(&problem->conv) * clq_conv_taps(shape) * clq_bit_groups(shape->group_in));
    const double steps = words * (columns + 30.0 * (double)shape->groups) * group_steps(problem);
    return 13e-6 + steps / (40e6 * (double)capabilities->clock_mhz * (double)capabilities->compute_units);
}

/* Pixels change fastest, so that a block's weights stay in the cache; blocks get narrower where there would be too few. */
static clqnn_status arrange(const void *given, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_conv_bits_problem *problem = given;
    const clq_conv_shape *shape = &problem->conv.weights;
    const int64_t pixels = clq_conv_pixels(&problem->conv), tiles = ceiling(pixels, PIXELS), panels = ceiling(shape->group_out, CHANNELS);
    int64_t block = BLOCK_PANELS < panels ? BLOCK_PANELS : panels;
    const int64_t units = capabilities->compute_units, others = tiles * problem->conv.batch * shape->groups;
    while (block > 1 && others * ceiling(panels, block) < 6 * units) block = (block + 1) / 2;
    uint64_t table = 0;
    if (!clq_op_add_table(recipe, BIT_TABLE_BYTES, &table)) return CLQNN_OUT_OF_MEMORY;
    clq_op_step *step = clq_conv_bits_add_step(problem, recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    conv_bits_params *params = (conv_bits_params *)step->params;
    const clq_bit_steps steps = clq_bit_nibble_steps(&problem->shape);
    params->block[0] = (clq_int)(tiles ? ceiling(pixels, tiles) : PIXELS);
    params->block[1] = (clq_int)block;
    params->block[2] = clq_bit_table_kind(params->mode, is_ternary(problem));
    params->own_table = table;
    params->w_panel = steps.panel;
    params->w_plane = steps.plane;
    clq_bit_table_fill(params->block[2], recipe->tables + table);
    step->global[0] = (size_t)(tiles ? ceiling(pixels, params->block[0]) : 0);
    step->global[1] = (size_t)(shape->groups * ceiling(panels, block));
    step->global[2] = (size_t)problem->conv.batch;
    return CLQNN_OK;
}

const clq_conv_bits_variant clq_conv_bits_avx2 = {
    .op = {
        .name = "conv_bits_avx2",
        .summary = "10 pixels x 32 channels in AVX2 registers, counts of pairs of pixels looked up by vpshufb",
        .program = &program,
        .needs = CLQ_CAP_HOST_CPU | CLQ_CAP_X86_AVX2,
        .counts_begun = true,
        .accepts = accepts,
        .cost = cost,
        .arrange = arrange,
    },
    .layout = &clq_layout_bits_nibbles_n32,
};
