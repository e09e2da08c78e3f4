/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_variant.h"

static double cost(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    const double products = (double)problem->m * (double)problem->n * (double)problem->k * (double)(problem->batch[0] * problem->batch[1]);
    const double rate = capabilities->is_gpu ? 64e9 : 1e9; /* products a second, a guess that ignores the number of units: always the last resort */
    return 20e-6 + products / rate;
}

static clq_geometry geometry(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches)
{
    (void)capabilities;
    return (clq_geometry){
        .global = {(size_t)((problem->n + 63) / 64 * 16), (size_t)((m + 3) / 4 * 4), (size_t)batches},
        .local = {16, 4, 1},
    };
}

const clq_gemm_variant clq_gemm_i8_portable = {
    .name = "gemm_i8_portable",
    .summary = "plain OpenCL C, a work-item makes 1 x 4 outputs; any device, any shape",
    .parts = {"epilogue/requantize"},
    .defines = "-DLANES=4",
    .b_layout = &clq_layout_i8_n4k4,
    .a_signedness = CLQNN_U8,
    .tile = {1, 4, 4},
    .cost = cost,
    .geometry = geometry,
};
