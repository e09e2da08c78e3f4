/* SPDX-License-Identifier: Apache-2.0 */
/* CPUs: one kernel, a row for each size of the register file. */
#include "mixed/mixed_variants.h"
#include "mixed/vector_blocks.h"

#define PANEL 16
#define LOCAL_BYTES(rows, columns, depth, b_panels) CLQ_VECTOR_LOCAL_BYTES(rows, columns, (depth) + 16, depth, b_panels)

static const clq_vector_shape avx512 = {12, 32, 96, 256, LOCAL_BYTES(96, 256, 256, 4), 32}, avx2 = {6, 16, 96, 256, LOCAL_BYTES(96, 256, 256, 4), 16},
                              vec16 = {4, 16, 24, 64, LOCAL_BYTES(24, 64, 128, 1), 4};

#define ROW(id, halves, knobs, capability, text)                                                                                        \
    static const char *id##_accepts(const void *problem, const clq_capabilities *capabilities)                                          \
    {                                                                                                                                   \
        const char *refusal = clq_vector_refuses(&id, capabilities);                                                                    \
        return refusal ? refusal : clq_mixed_refuses(problem, &clq_layout_float_n16, true); \
    }                                                                                                                                   \
    static double id##_cost(const void *problem, const clq_capabilities *capabilities)                                                  \
    {                                                                                                                                   \
        return clq_vector_seconds(&id, problem, capabilities);                                                                       \
    }                                                                                                                                   \
    static clqnn_status id##_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)                  \
    {                                                                                                                                   \
        return clq_vector_arrange(&id, problem, capabilities, recipe);                                                                      \
    }                                                                                                                                   \
    static const clq_op_program id##_program = {                                                                                        \
        .parts = {"prelude/float_types", "mixed/mixed_params", "mixed/mixed_element", "op/vector_memory", "convert/" halves, \
                  "mixed/mixed_block", "mixed/mixed_tile", "mixed/mixed_store", "mixed/mixed_lanes", "mixed/gemm_mixed_vector"}, \
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
    "-DTILE_ROWS=" #rows " -DTILE_PANELS=" #panels " -DBLOCK_ROWS=" #block_rows " -DBLOCK_COLUMNS=" #block_columns " -DDEPTH=" #depth \
    " -DB_PANELS=" #b_panels " -DA_STRIDE=(DEPTH+16) -DSUMS_PANEL=(16*BLOCK_ROWS) -DMIXED_LANES=16"

ROW(avx512, "half_avx512", SIZES(12, 2, 96, 256, 256, 4) " -DPREFETCHES=1", CLQ_CAP_X86_AVX512, "12 x 32 sums in AVX-512 registers, operands widened");
ROW(avx2, "half_vector", SIZES(6, 1, 96, 256, 256, 4) " -DPREFETCHES=1", CLQ_CAP_X86_AVX2, "6 x 16 sums in AVX2 registers, operands widened in local memory");
ROW(vec16, "half_vector", SIZES(4, 1, 24, 64, 128, 1) " -DPREFETCHES=0", 0, "4 x 16 sums in plain vectors, operands widened in local memory; any CPU");
