/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_variant.h"
#include "sequence/chain_call.h"

enum {
    TILE_ROWS = 14,
    PANEL = 32,
    WEIGHTS_ROWS = 6,           /* 128 bytes of weights take as long as 6 rows of products */
    TILE_OVERHEAD = 80,         /* cycles of a tile's start and epilogue */
    ONE_THREAD_CYCLES = 60000,  /* less than waking another thread takes */
    ONE_AWAKE_CYCLES = 10000,   /* less than two threads gain where both are awake */
    SHARED_UNIT_CYCLES = 5000,
    SHARED_UNITS = 16,          /* of a thread, at least, where they are not too small */
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

static double all_cycles(const clq_gemm_problem *problem, int64_t m, int64_t batches)
{
    return (double)blocks(m, TILE_ROWS) * (double)blocks(problem->n, PANEL) * (double)batches * (double)tile_cycles(problem, m);
}

static double cost(const clq_gemm_problem *problem, const clq_capabilities *capabilities)
{
    const double all = all_cycles(problem, problem->m, problem->batch[0] * problem->batch[1]);
    const double units = all < ONE_THREAD_CYCLES ? 1.0 : (double)at_least(capabilities->compute_units, 1);
    return 3e-6 + (units > 1.0 ? 10e-6 : 0.0) + all / (units * 1.0e6 * (double)at_least(capabilities->clock_mhz, 1));
}

/* Panels of a block of about `cycles`: wide, as long as their weights stay in the second-level cache. */
static int64_t block_panels(const clq_gemm_problem *problem, int64_t wanted)
{
    const int64_t cached = at_least(CACHED_WEIGHTS / at_least(blocks(problem->k, 4) * PANEL * 4, 1), 2);
    return wanted < cached ? wanted : cached;
}

/* Taking a unit costs 100 cycles or less. A core's share is a range of rows where a is the larger operand and of columns where b is: then half of the
 * larger one stays in each second-level cache. */
static clq_units units(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches, bool awake)
{
    const int64_t tiles = blocks(m, TILE_ROWS), panels = blocks(problem->n, PANEL), threads = at_least(capabilities->compute_units, 1);
    const double all = all_cycles(problem, m, batches), cycles = (double)tile_cycles(problem, m), share = all / (double)threads / SHARED_UNITS;
    if (all < (awake ? ONE_AWAKE_CYCLES : ONE_THREAD_CYCLES)) return (clq_units){.blocks = {1, 1, (int32_t)batches}};
    const double unit = share < SHARED_UNIT_CYCLES ? SHARED_UNIT_CYCLES : share > 40000.0 ? 40000.0 : share;
    const int64_t wanted = at_least((int64_t)(unit / cycles + 0.5), 1);
    const bool rows_first = problem->n >= m;
    int64_t y = blocks(panels, block_panels(problem, wanted));
    if (rows_first && batches == 1) y = blocks(y, threads) * threads; /* shares end between two blocks */
    if (y > panels) y = panels;
    const int64_t width = blocks(panels, y);
    int64_t x = blocks(tiles, at_least((wanted + width / 2) / width, 1));
    if (!rows_first && batches == 1) x = blocks(x, threads) * threads;
    if (x > tiles) x = tiles;
    return (clq_units){.blocks = {(int32_t)x, (int32_t)y, (int32_t)batches}, .rows_first = rows_first};
}

/* Groups of 8,000 to 40,000 cycles: a group costs about 100 cycles to start, and a device thread that wakes late (10 us on a virtual machine) should
 * still find its half of the work. Groups are wide, so that a's rows are reused from the first-level cache, as long as their weights stay in the
 * second-level cache for the next row tile. What takes less than waking the second thread is one group. */
static clq_geometry geometry(const clq_gemm_problem *problem, const clq_capabilities *capabilities, int64_t m, int64_t batches)
{
    const int64_t tiles = blocks(m, TILE_ROWS), panels = blocks(problem->n, PANEL), cycles = tile_cycles(problem, m);
    const double all = all_cycles(problem, m, batches);
    if (all < ONE_THREAD_CYCLES) return (clq_geometry){.global = {1, 1, (size_t)batches}, .local = {1, 1, 1}};
    const double share = all / (double)at_least(capabilities->compute_units, 1) / 32.0;
    const double group = share < 8000.0 ? 8000.0 : share > 40000.0 ? 40000.0 : share;
    const int64_t wanted = at_least((int64_t)(group / (double)cycles + 0.5), 1);
    const int64_t width = blocks(panels, blocks(panels, block_panels(problem, wanted)));
    const int64_t height = at_least((wanted + width / 2) / width, 1);
    return (clq_geometry){.global = {(size_t)blocks(tiles, height), (size_t)blocks(panels, width), (size_t)batches}, .local = {1, 1, 1}};
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
