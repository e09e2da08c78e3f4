/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_variant.h"
#include "select/cpu_cost.h"

enum {
    TILE_ROWS = 14,
    PANEL = 32,
    WEIGHTS_ROWS = 6,           /* 128 bytes of weights take as long as 6 rows of products */
    TILE_OVERHEAD = 80,         /* cycles of a tile's start and epilogue */
    SHARED_UNIT_CYCLES = 5000,
    SHARED_UNITS = 16,          /* of a thread, at least, where they are not too small */
    CACHED_WEIGHTS = 512 * 1024 /* bytes */
};

/* A tile's cycles: two products of 64 a cycle, but not faster than weights come from the third-level cache. */
static int64_t tile_cycles(const clq_gemm_problem *problem, int64_t m)
{
    const int64_t height = clq_ceil_div(m, clq_at_least(clq_ceil_div(m, TILE_ROWS), 1));
    return clq_at_least(height, WEIGHTS_ROWS) * clq_ceil_div(problem->k, 4) + TILE_OVERHEAD;
}

static double all_cycles(const clq_gemm_problem *problem, int64_t m, int64_t batches)
{
    return (double)clq_ceil_div(m, TILE_ROWS) * (double)clq_ceil_div(problem->n, PANEL) * (double)batches * (double)tile_cycles(problem, m);
}

static double cost(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    return clq_cpu_seconds(all_cycles(problem, problem->m, problem->batch[0] * problem->batch[1]), capabilities);
}

/* Panels of a block of about `cycles`: wide, as long as their weights stay in the second-level cache. */
static int64_t block_panels(const clq_gemm_problem *problem, int64_t wanted)
{
    const int64_t cached = clq_at_least(CACHED_WEIGHTS / clq_at_least(clq_ceil_div(problem->k, 4) * PANEL * 4, 1), 2);
    return wanted < cached ? wanted : cached;
}

/* Taking a unit costs 100 cycles or less. A core's share is a range of rows where a is the larger operand and of columns where b is: then half of the
 * larger one stays in each second-level cache. */
static clq_units units(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches, bool awake)
{
    const int64_t tiles = clq_ceil_div(m, TILE_ROWS), panels = clq_ceil_div(problem->n, PANEL), threads = clq_thread_count(capabilities);
    const double all = all_cycles(problem, m, batches), cycles = (double)tile_cycles(problem, m);
    if (clq_is_small_work(all, awake)) return (clq_units){.blocks = {1, 1, (int32_t)batches}};
    const double unit = clq_piece_cycles(all, capabilities, SHARED_UNITS, SHARED_UNIT_CYCLES, 40000.0);
    const int64_t wanted = clq_at_least((int64_t)(unit / cycles + 0.5), 1);
    const bool rows_first = problem->n >= m;
    int64_t y = clq_ceil_div(panels, block_panels(problem, wanted));
    if (rows_first && batches == 1) y = clq_ceil_div(y, threads) * threads; /* shares end between two blocks */
    if (y > panels) y = panels;
    const int64_t width = clq_ceil_div(panels, y);
    int64_t x = clq_ceil_div(tiles, clq_at_least((wanted + width / 2) / width, 1));
    if (!rows_first && batches == 1) x = clq_ceil_div(x, threads) * threads;
    if (x > tiles) x = tiles;
    return (clq_units){.blocks = {(int32_t)x, (int32_t)y, (int32_t)batches}, .rows_first = rows_first};
}

/* Groups of 8,000 to 40,000 cycles: a group costs about 100 cycles to start, and a device thread that wakes late (10 us on a virtual machine) should
 * still find its half of the work. Groups are wide, so that a's rows are reused from the first-level cache, as long as their weights stay in the
 * second-level cache for the next row tile. What takes less than waking the second thread is one group. */
static clq_geometry geometry(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches)
{
    const int64_t tiles = clq_ceil_div(m, TILE_ROWS), panels = clq_ceil_div(problem->n, PANEL), cycles = tile_cycles(problem, m);
    const double all = all_cycles(problem, m, batches);
    if (clq_is_small_work(all, false)) return (clq_geometry){.global = {1, 1, (size_t)batches}, .local = {1, 1, 1}};
    const double group = clq_group_cycles(all, capabilities);
    const int64_t wanted = clq_at_least((int64_t)(group / (double)cycles + 0.5), 1);
    const int64_t width = clq_ceil_div(panels, clq_ceil_div(panels, block_panels(problem, wanted)));
    const int64_t height = clq_at_least((wanted + width / 2) / width, 1);
    return (clq_geometry){.global = {(size_t)clq_ceil_div(tiles, height), (size_t)clq_ceil_div(panels, width), (size_t)batches}, .local = {1, 1, 1}};
}

const clq_gemm_variant clq_gemm_i8_vnni = {
    .name = "gemm_i8_vnni",
    .summary = "AVX-512 VNNI, tiles of 14 x 32, a in place",
    .parts = {"epilogue/requantize", "epilogue/requantize_x86", "tile/x86_vnni", "launch/shares"},
    .defines = "-DLANES=16",
    .needs = CLQ_CAP_HOST_CPU | CLQ_CAP_X86_AVX512 | CLQ_CAP_X86_AVX512_VNNI,
    .b_layout = &clq_layout_i8_n32k4,
    .a_signedness = CLQNN_U8,
    .counts_begun = true,
    .chain_kind = CHAIN_GEMM_VNNI,
    .tile = {14, 32, 4},
    .cost = cost,
    .geometry = geometry,
    .units = units,
};
