/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed/mixed_variants.h"
#include "mixed/vector_blocks.h"

enum { TILE_ROWS = 12, TILE_COLUMNS = 32, BLOCK_ROWS = 96, BLOCK_COLUMNS = 256, PAIRS = 128 };

static const clq_vector_shape shape = {TILE_ROWS, TILE_COLUMNS, BLOCK_ROWS, BLOCK_COLUMNS,
                                       CLQ_VECTOR_LOCAL_BYTES(BLOCK_ROWS, BLOCK_COLUMNS, PAIRS + 16, 0, 0), 60};

static const clq_op_program program = {
    .parts = {"prelude/float_types", "mixed/mixed_params", "mixed/mixed_element", "op/vector_memory", "convert/half_avx512", "mixed/mixed_block",
              "tile/x86_bf16", "mixed/mixed_tile", "mixed/mixed_store", "mixed/mixed_lanes", "mixed/gemm_mixed_avx512_bf16"},
    .defines = "-DTILE_ROWS=12 -DTILE_PANELS=2 -DBLOCK_ROWS=96 -DBLOCK_COLUMNS=256 -DPAIRS=128 -DA_STRIDE=(PAIRS+16)"
               " -DSUMS_PANEL=(16*BLOCK_ROWS) -DMIXED_LANES=16",
    .kernels = {{"gemm_mixed_avx512_bf16", 5, sizeof(mixed_params), {1, 1, 1}}},
};

static const char *accepts(const void *given, const clq_capabilities *capabilities)
{
    const clq_mixed_problem *problem = given;
    const char *refusal = clq_vector_refuses(&shape, capabilities);
    if (refusal) return refusal;
    if (problem->a.type != CLQNN_BF16 || problem->b.type != CLQNN_BF16) return "a and b must be bf16";
    return clq_mixed_refuses(problem, &clq_layout_float_n16k2, false);
}

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    return clq_vector_seconds(&shape, problem, capabilities);
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    return clq_vector_arrange(&shape, problem, capabilities, recipe);
}

const clq_mixed_variant clq_gemm_mixed_avx512_bf16 = {
    .op = {
        .name = "gemm_mixed_avx512_bf16",
        .summary = "bf16 by bf16 with vdpbf16ps, 12 x 32 sums; flushes denormals",
        .program = &program,
        .needs = CLQ_CAP_X86_AVX512 | CLQ_CAP_X86_AVX512_BF16,
        .counts_begun = true,
        .accepts = accepts,
        .cost = cost,
        .arrange = arrange,
    },
    .layout = &clq_layout_float_n16k2,
    .tile = {TILE_ROWS, TILE_COLUMNS, 2},
};
