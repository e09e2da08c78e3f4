/* SPDX-License-Identifier: Apache-2.0 */
#include "conv/conv_variant.h"
#include "select/cpu_cost.h"

enum {
    TILE_PIXELS = 14,
    STRIP = 7,
    PANEL = 32,
    MOST_TAPS = 128,
    TILE_OVERHEAD = 150,        /* cycles of a tile's start, list of taps and epilogue */
    WEIGHTS_PIXELS = 6,         /* 128 bytes of weights take as long as 6 pixels of products */
    UNIT_CYCLES = 5000,
    THREAD_UNITS = 64,          /* of a thread, at least, where they are not too small */
    CACHED_WEIGHTS = 512 * 1024 /* bytes */
};

/* As the kernel cuts: tiles of one row, or of two rows of seven pixels. */
static int64_t tile_count(const clq_conv_problem *problem)
{
    const int64_t rows = problem->batch * problem->output[0], high = problem->output[1], wide = problem->output[2];
    return rows * (wide == STRIP ? clq_ceil_div(high, 2) : high * clq_ceil_div(wide, TILE_PIXELS));
}

static int64_t panel_count(const clq_conv_problem *problem)
{
    return problem->weights.groups * clq_ceil_div(problem->weights.group_out, PANEL);
}

static double tile_cycles(const clq_conv_problem *problem)
{
    const int64_t wide = problem->output[2], pixels = wide == STRIP ? TILE_PIXELS : clq_ceil_div(wide, clq_ceil_div(wide, TILE_PIXELS));
    return (double)clq_at_least(pixels, WEIGHTS_PIXELS) * (double)clq_ceil_div(problem->weights.group_in, 4) * (double)clq_conv_taps(&problem->weights) + TILE_OVERHEAD;
}

static double all_cycles(const clq_conv_problem *problem)
{
    return (double)tile_count(problem) * (double)panel_count(problem) * tile_cycles(problem);
}

static const char *accepts(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    (void)capabilities;
    if (problem->transposed) return "it makes no transposed convolutions";
    if (problem->x.channel_step != 1) return "x must have its channels last";
    if (problem->weights.group_in % 4 != 0) return "input channels of a group must be a multiple of 4";
    if (clq_conv_taps(&problem->weights) > MOST_TAPS) return "its list holds 128 taps";
    if ((double)tile_count(problem) * (double)panel_count(problem) > 1e9) return "it counts no more than 10^9 tiles";
    return NULL;
}

static double cost(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    return clq_cpu_seconds(all_cycles(problem), capabilities);
}

/* Blocks of about `unit` cycles: as wide as weights stay in the second-level cache from tile to tile. */
static clq_units cut(const clq_conv_problem *problem, int64_t threads, double unit)
{
    const int64_t tiles = tile_count(problem), panels = panel_count(problem);
    const int64_t panel_bytes = clq_at_least(problem->weights.group_in * PANEL * clq_conv_taps(&problem->weights), 1);
    const int64_t wanted = clq_at_least((int64_t)(unit / tile_cycles(problem) + 0.5), 1), cached = clq_at_least(CACHED_WEIGHTS / panel_bytes, 1);
    const double x_bytes = (double)problem->batch * (double)problem->in_channels * (double)(problem->input[0] * problem->input[1] * problem->input[2]);
    const bool rows_first = (double)panel_bytes * (double)panels > x_bytes; /* a core's share is of columns where weights are the larger operand */
    int64_t y = clq_ceil_div(panels, wanted < cached ? wanted : cached);
    if (rows_first) y = clq_ceil_div(y, threads) * threads;
    if (y > panels) y = panels;
    const int64_t width = clq_ceil_div(panels, y);
    int64_t x = clq_ceil_div(tiles, clq_at_least((wanted + width / 2) / width, 1));
    if (!rows_first) x = clq_ceil_div(x, threads) * threads;
    if (x > tiles) x = tiles;
    return (clq_units){.blocks = {(int32_t)x, (int32_t)y, 1}, .rows_first = rows_first};
}

static clq_units units(const clq_conv_problem *problem, const clq_capabilities *capabilities, bool awake)
{
    const double all = all_cycles(problem);
    if (clq_is_small_work(all, awake)) return (clq_units){.blocks = {1, 1, 1}};
    const int64_t threads = clq_thread_count(capabilities);
    return cut(problem, threads, clq_piece_cycles(all, capabilities, THREAD_UNITS, UNIT_CYCLES, 40000.0));
}

static clq_geometry geometry(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    const double all = all_cycles(problem);
    const int64_t threads = clq_thread_count(capabilities);
    if (clq_is_small_work(all, false)) return (clq_geometry){.global = {1, 1, 1}, .local = {1, 1, 1}};
    const clq_units units = cut(problem, threads, clq_group_cycles(all, capabilities));
    return (clq_geometry){.global = {(size_t)units.blocks[0], (size_t)units.blocks[1], 1}, .local = {1, 1, 1}};
}

const clq_conv_variant clq_conv_i8_vnni = {
    .name = "conv_i8_vnni",
    .summary = "AVX-512 VNNI, tiles of 14 pixels x 32 channels, x in place",
    .parts = {"epilogue/requantize", "epilogue/conv_store", "epilogue/requantize_x86", "epilogue/residual_x86", "epilogue/table_x86", "tile/x86_vnni", "tile/x86_vnni_taps", "launch/shares"},
    .defines = "-DLANES=16",
    .needs = CLQ_CAP_HOST_CPU | CLQ_CAP_X86_AVX512 | CLQ_CAP_X86_AVX512_VNNI,
    .layout = &clq_conv_layout_i8_n32k4,
    .x_signedness = CLQNN_U8,
    .counts_begun = true,
    .chain_kind = CHAIN_CONV_VNNI,
    .accepts = accepts,
    .cost = cost,
    .geometry = geometry,
    .units = units,
};
