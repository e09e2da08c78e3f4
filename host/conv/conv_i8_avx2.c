/* SPDX-License-Identifier: Apache-2.0 */
#include "conv/conv_variant.h"
#include "conv/conv_kernel.h"
#include "select/cpu_cost.h"
#include "tile/conv_avx2_cut.cl"

enum {
    PANEL = 16,
    MOST_TAPS = 512,
    PRODUCTS_CYCLE = 25,        /* measured; 32 at most */
    BLOCK_PIXEL_CYCLES = 8,     /* epilogue and sums of 16 channels */
    WIDEN_VALUES = 6,           /* values widened a cycle */
    MOST_UNIT_CYCLES = 100000,
    LEAST_UNIT_CYCLES = 10000,
    THREAD_UNITS = 16           /* of a thread, at least, where they are not too small */
};

/* What the kernel makes of a problem. */
typedef struct avx2_work {
    int64_t blocks, panels;
    double panel_cycles; /* one block, one panel */
    double widen_cycles; /* one block */
} avx2_work;

static avx2_work work_of(const clq_conv_problem *problem)
{
    conv_params p = {.group_in = (clq_int)problem->weights.group_in, .taps = (clq_int)clq_conv_taps(&problem->weights)};
    for (int i = 0; i < 3; i++) {
        p.output[i] = (clq_int)problem->output[i];
        p.window[i] = (clq_int)problem->weights.kernel[i];
        p.stride[i] = (clq_int)problem->stride[i];
        p.dilation[i] = (clq_int)problem->dilation[i];
    }
    const avx2_cut cut = avx2_cut_of(&p);
    const clq_int high = avx2_cut_blocks(p.output[1], cut.rows), wide = avx2_cut_blocks(p.output[2], cut.columns);
    const double pixels = (double)clq_conv_pixels(problem) / ((double)problem->output[0] * (double)cut.rows * (double)cut.columns);
    const double positions = (double)avx2_cut_extent(&p, 1, high) * (double)avx2_cut_extent(&p, 2, wide) * (double)p.window[0];
    const double channels = (double)(clq_ceil_div(problem->weights.group_in, 2) * 2);
    return (avx2_work){
        .blocks = problem->batch * problem->output[0] * cut.rows * cut.columns,
        .panels = problem->weights.groups * clq_ceil_div(problem->weights.group_out, PANEL),
        .panel_cycles = pixels * (channels * PANEL * (double)p.taps / PRODUCTS_CYCLE + BLOCK_PIXEL_CYCLES) + 100.0,
        .widen_cycles = positions * channels / WIDEN_VALUES + 200.0,
    };
}

static double all_cycles(const avx2_work *work)
{
    return (double)work->blocks * ((double)work->panels * work->panel_cycles + work->widen_cycles);
}

static const char *accepts(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    (void)capabilities;
    if (problem->transposed) return "it makes no transposed convolutions";
    if (problem->x.channel_step != 1) return "x must have its channels last";
    if (clq_conv_taps(&problem->weights) > MOST_TAPS) return "its list holds 512 taps";
    if ((double)problem->batch * (double)clq_conv_pixels(problem) * (double)problem->out_channels > 1e9) return "it counts no more than 10^9 results";
    return NULL;
}

static double cost(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    const avx2_work work = work_of(problem);
    return clq_cpu_seconds(all_cycles(&work), capabilities);
}

/* Units of about `unit` cycles: all panels of a block, or of several blocks, where they are not too many, so that a block is widened once. */
static clq_units cut_units(const avx2_work *work, int64_t threads, double unit)
{
    const int64_t wanted = clq_at_least((int64_t)((unit - work->widen_cycles) / work->panel_cycles + 0.5), 1);
    int64_t y = clq_ceil_div(work->panels, wanted < work->panels ? wanted : work->panels);
    const double block_cycles = (double)clq_ceil_div(work->panels, y) * work->panel_cycles + work->widen_cycles;
    int64_t x = clq_ceil_div(work->blocks, clq_at_least((int64_t)(unit / block_cycles + 0.5), 1));
    const bool rows_first = work->panels > work->blocks;
    if (rows_first) y = clq_ceil_div(y, threads) * threads;
    else x = clq_ceil_div(x, threads) * threads;
    if (y > work->panels) y = work->panels;
    if (x > work->blocks) x = work->blocks;
    return (clq_units){.blocks = {(int32_t)x, (int32_t)y, 1}, .rows_first = rows_first};
}

static clq_units units(const clq_conv_problem *problem, const clq_capabilities *capabilities, bool awake)
{
    const avx2_work work = work_of(problem);
    const double all = all_cycles(&work);
    if (clq_is_small_work(all, awake)) return (clq_units){.blocks = {1, 1, 1}};
    const int64_t threads = clq_thread_count(capabilities);
    return cut_units(&work, threads, clq_piece_cycles(all, capabilities, THREAD_UNITS, LEAST_UNIT_CYCLES, MOST_UNIT_CYCLES));
}

static clq_geometry geometry(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    const avx2_work work = work_of(problem);
    const double all = all_cycles(&work);
    const int64_t threads = clq_thread_count(capabilities);
    if (clq_is_small_work(all, false)) return (clq_geometry){.global = {1, 1, 1}, .local = {1, 1, 1}};
    const clq_units units = cut_units(&work, threads, clq_piece_cycles(all, capabilities, THREAD_UNITS, LEAST_UNIT_CYCLES, MOST_UNIT_CYCLES));
    return (clq_geometry){.global = {(size_t)units.blocks[0], (size_t)units.blocks[1], 1}, .local = {1, 1, 1}};
}

const clq_conv_variant clq_conv_i8_avx2 = {
    .name = "conv_i8_avx2",
    .summary = "AVX2 vpmaddwd, exact, tiles of 6 pixels x 16 channels, windows widened to 16 bits once a block",
    .parts = {"epilogue/requantize", "epilogue/conv_store", "epilogue/requantize_avx2", "tile/x86_avx2", "tile/x86_avx2_taps", "tile/conv_avx2_cut", "launch/shares"},
    .defines = "-DLANES=16",
    .needs = CLQ_CAP_HOST_CPU | CLQ_CAP_X86_AVX2,
    .layout = &clq_conv_layout_i16_n16k2,
    .x_signedness = CLQNN_U8,
    .counts_begun = true,
    .accepts = accepts,
    .cost = cost,
    .geometry = geometry,
    .units = units,
};
