/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_variant.h"

static double cost(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    (void)problem;
    (void)capabilities;
    return 1000.0; /* only where it is asked for */
}

static clq_geometry geometry(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches)
{
    (void)capabilities;
    const size_t rows = (size_t)((m + 6) / 7);
    return (clq_geometry){.global = {(size_t)problem->n, (rows + 4) / 5 * 5, (size_t)batches}, .local = {1, 5, 1}};
}

const clq_gemm_variant clq_gemm_odd_7x1 = {
    .name = "gemm_odd_7x1",
    .summary = "7 x 1 outputs a work-item, 16-bit weights in panels of three",
    .parts = {"epilogue/requantize"},
    .defines = "-DLANES=1",
    .b_layout = &clq_layout_i16_n3k1,
    .a_signedness = CLQNN_U8,
    .tile = {7, 1, 1},
    .cost = cost,
    .geometry = geometry,
};
