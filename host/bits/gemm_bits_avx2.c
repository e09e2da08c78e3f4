/* SPDX-License-Identifier: Apache-2.0 */
/* AVX2: counts looked up in tables of 16 entries. */
#include "bits/bit_tables.h"
#include "bits/bits_family.h"

enum { ROWS = 10, COLUMNS = 32, BLOCK_PANELS = 16 };

static const clq_op_program program = {
    .parts = {"prelude/gemm_params", "bits/bits_params", "bits/bit_table_kinds", "epilogue/requantize", "epilogue/gather_x86", "bits/bits_store",
              "bits/gemm_bits_finish", "tile/bit_pairs_avx2", "bits/bit_indices", "bits/bit_counts", "bits/gemm_bits_avx2"},
    .defines = "-DLANES=16",
    .kernels = {{"gemm_bits_avx2", 7, sizeof(bits_params), {1, 1, 1}}},
};

static const char *accepts(const void *problem, const clq_capabilities *capabilities)
{
    if (capabilities->local_bytes < 32768) return "its blocks do not fit the device's local memory";
    return clq_bits_refuses(problem, &clq_layout_bits_nibbles_n32, false);
}

static bool is_ternary(const clq_bits_problem *problem)
{
    return problem->shape.type == CLQNN_T2;
}

/* Steps of four bits that a row and a column meet in, of each 32 values. */
static double group_steps(const clq_bits_problem *problem)
{
    if (!is_ternary(problem)) return 8.0 * (double)(problem->a_form.planes * problem->b_form.planes);
    return 16.0 * (problem->desc->a.type == CLQNN_T2 ? 1.0 : (double)problem->a_form.planes);
}

static double cost(const void *given, const clq_capabilities *capabilities)
{
    const clq_bits_problem *problem = given;
    const double rows = (double)((problem->m + 1) / 2 * 2), columns = (double)((problem->n + COLUMNS - 1) / COLUMNS * COLUMNS);
    const double steps = rows * columns * (double)clq_bit_groups(problem->k) * (double)(problem->batch[0] * problem->batch[1]) * group_steps(problem);
    return 13e-6 + steps / (45e6 * (double)capabilities->clock_mhz * (double)capabilities->compute_units);
}

static int64_t ceiling(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

/* Rows change fastest, so that what is packed of a block of panels stays in the cache; blocks get narrower where there would be too few. */
static clqnn_status arrange(const void *given, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_bits_problem *problem = given;
    const int64_t row_blocks = ceiling(problem->m, ROWS), panels = ceiling(problem->n, COLUMNS), batches = problem->batch[0] * problem->batch[1];
    int64_t block = BLOCK_PANELS;
    while (block > 1 && row_blocks * batches * ceiling(panels, block) < 8 * (int64_t)capabilities->compute_units) block /= 2;
    uint64_t table = 0;
    if (!clq_op_add_table(recipe, BIT_TABLE_BYTES, &table)) return CLQNN_OUT_OF_MEMORY;
    clq_op_step *step = clq_bits_add_step(problem, false, recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    bits_params *params = (bits_params *)step->params;
    const clq_bit_steps steps = clq_bit_nibble_steps(&problem->shape);
    params->block[0] = (clq_int)(row_blocks ? ceiling(problem->m, row_blocks) : ROWS);
    params->block[1] = (clq_int)block;
    params->block[2] = clq_bit_table_kind(params->mode, is_ternary(problem));
    params->own_table = table;
    params->b_plane = steps.plane;
    params->b_panel = steps.panel;
    clq_bit_table_fill(params->block[2], recipe->tables + table);
    step->global[0] = (size_t)(row_blocks ? ceiling(problem->m, params->block[0]) : 0);
    step->global[1] = (size_t)ceiling(panels, block);
    step->global[2] = (size_t)batches;
    return CLQNN_OK;
}

const clq_bits_variant clq_gemm_bits_avx2 = {
    .op = {
        .name = "gemm_bits_avx2",
        .summary = "10 x 32 sums in AVX2 registers, counts of pairs of rows looked up by vpshufb",
        .program = &program,
        .needs = CLQ_CAP_HOST_CPU | CLQ_CAP_X86_AVX2,
        .counts_begun = true,
        .accepts = accepts,
        .cost = cost,
        .arrange = arrange,
    },
    .layout = &clq_layout_bits_nibbles_n32,
    .tile = {ROWS, COLUMNS, 96},
};
