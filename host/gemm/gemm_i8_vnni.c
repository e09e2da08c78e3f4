/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_variant.h"

enum {
    TILE_ROWS = 14,
    PANEL = 32,
    WEIGHTS_ROWS = 6,           /* 128 bytes of weights take as long as 6 rows of products */
    TILE_OVERHEAD = 80,         /* cycles of a tile's start and epilogue */
    ONE_THREAD_CYCLES = 60000,
    CACHED_WEIGHTS = 512 * 1024 /* bytes */
};

static int64_t at_least(int64_t value, int64_t low)
{
    return value > low ? value : low;
}

static int64_t blocks(int64_t count, int64_t block)
{
    return (count + block - 1) / block;
}

/* A tile's cycles: two products of 64 a cycle, but not faster than weights come from the third-level cache. */
static int64_t tile_cycles(const clq_gemm_problem *problem, int64_t m)
{
    const int64_t height = blocks(m, at_least(blocks(m, TILE_ROWS), 1));
    return at_least(height, WEIGHTS_ROWS) * blocks(problem->k, 4) + TILE_OVERHEAD;
}

static double cost(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    const int64_t tiles = blocks(problem->m, TILE_ROWS), panels = blocks(problem->n, PANEL), batches = problem->batch[0] * problem->batch[1];
    const double all = (double)tiles * (double)panels * (double)batches * (double)tile_cycles(problem, problem->m);
    const double units = all < ONE_THREAD_CYCLES ? 1.0 : (double)at_least(capabilities->compute_units, 1);
    return 3e-6 + (units > 1.0 ? 10e-6 : 0.0) + all / (units * 1.0e6 * (double)at_least(capabilities->clock_mhz, 1));
}

/* Groups of 8,000 to 40,000 cycles: a group costs about 100 cycles to start, and a device thread that wakes late (10 us on a virtual machine) should
 * still find its half of the work. Groups are wide, so that a's rows are reused from the first-level cache, as long as their weights stay in the
 * second-level cache for the next row tile. What takes less than waking the second thread is one group. */
static clq_geometry geometry(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches)
{
    const int64_t tiles = blocks(m, TILE_ROWS), panels = blocks(problem->n, PANEL), cycles = tile_cycles(problem, m);
    const double all = (double)tiles * (double)panels * (double)batches * (double)cycles;
    if (all < ONE_THREAD_CYCLES) return (clq_geometry){.global = {1, 1, (size_t)batches}, .local = {1, 1, 1}};
    const double share = all / (double)at_least(capabilities->compute_units, 1) / 32.0;
    const double group = share < 8000.0 ? 8000.0 : share > 40000.0 ? 40000.0 : share;
    const int64_t wanted = at_least((int64_t)(group / (double)cycles + 0.5), 1);
    const int64_t cached = at_least(CACHED_WEIGHTS / at_least(blocks(problem->k, 4) * PANEL * 4, 1), 2);
    const int64_t most = wanted < cached ? wanted : cached;
    const int64_t block_panels = blocks(panels, blocks(panels, most));
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
    .counts_begun = true,
    .tile = {14, 32, 4},
    .cost = cost,
    .geometry = geometry,
};
