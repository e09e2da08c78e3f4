/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_variant.h"

static double cost(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    const double products = (double)problem->m * (double)problem->n * (double)problem->k * (double)(problem->batch[0] * problem->batch[1]);
    const double rate = 120.0 * 1e6 * (double)capabilities->clock_mhz * (double)capabilities->compute_units;
    return 8e-6 + products / rate;
}

static int64_t at_least(int64_t value, int64_t low)
{
    return value > low ? value : low;
}

static int64_t blocks(int64_t count, int64_t block)
{
    return (count + block - 1) / block;
}

/* Groups of 3,000 to 16,000 cycles: a group costs about 100 cycles to start, and a device thread that wakes late should still find half of
 * the work. A group's weights stay within 128 KB, so that its row tiles find them in the second-level cache. */
static clq_geometry geometry(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches)
{
    const int64_t tiles = blocks(m, 14), panels = blocks(problem->n, 32), groups_k = blocks(problem->k, 4);
    const int64_t tile_cycles = blocks(m, tiles) * groups_k + 80;
    const double share = (double)tiles * (double)panels * (double)batches * (double)tile_cycles / (double)at_least(capabilities->compute_units, 1);
    const double cycles = share / 64.0 < 3000.0 ? 3000.0 : share / 64.0 > 16000.0 ? 16000.0 : share / 64.0;
    const int64_t wanted = at_least((int64_t)(cycles / (double)tile_cycles + 0.5), 1);
    const int64_t cached = at_least(1024 / groups_k, 2);
    int64_t block_panels = wanted < cached ? wanted : cached;
    if (block_panels > panels) block_panels = panels;
    block_panels = blocks(panels, blocks(panels, block_panels));
    const int64_t block_tiles = at_least((wanted + block_panels / 2) / block_panels, 1);
    return (clq_geometry){.global = {(size_t)blocks(tiles, block_tiles), (size_t)blocks(panels, block_panels), (size_t)batches}, .local = {1, 1, 1}};
}

const clq_gemm_variant clq_gemm_i8_vnni = {
    .name = "gemm_i8_vnni",
    .summary = "AVX-512 VNNI, tiles of 14 x 32, a in place",
    .parts = {"epilogue/requantize", "epilogue/requantize_x86", "tile/x86_vnni"},
    .defines = "-DLANES=16",
    .needs = CLQ_CAP_HOST_CPU | CLQ_CAP_X86_AVX512 | CLQ_CAP_X86_AVX512_VNNI,
    .b_layout = &clq_layout_i8_n32k4,
    .a_signedness = CLQNN_U8,
    .tile = {14, 32, 4},
    .cost = cost,
    .geometry = geometry,
};
