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
    const size_t panels = (size_t)((problem->n + 4) / 5), rows = (size_t)((m + 2) / 3);
    return (clq_geometry){.global = {(panels + 2) / 3 * 3, (rows + 6) / 7 * 7, (size_t)batches}, .local = {3, 7, 1}};
}

const clq_gemm_variant clq_gemm_odd_3x5 = {
    .name = "gemm_odd_3x5",
    .summary = "3 x 5 outputs a work-item, k in sevens, signed a",
    .parts = {"epilogue/requantize"},
    .defines = "-DLANES=1",
    .b_layout = &clq_layout_i8_n5k7,
    .a_signedness = CLQNN_S8,
    .tile = {3, 5, 7},
    .cost = cost,
    .geometry = geometry,
};
