/* SPDX-License-Identifier: Apache-2.0 */
#include "conv/conv_variant.h"
#include "select/cpu_cost.h"

enum {
    TILE_PIXELS = 14,
    PANEL = 32,
    MOST_ROWS = 11,            /* of a kernel */
    MOST_SPAN = 512,           /* bytes of one row that a tile reads */
    TILE_OVERHEAD = 80,        /* cycles of a tile's start and epilogue */
    SHARED_UNIT_CYCLES = 5000,
    SHARED_UNITS = 16          /* of a thread, at least, where they are not too small */
};

static int64_t panels(const clq_conv_problem *problem)
{
    return clq_at_least(clq_ceil_div(problem->out_channels, PANEL), 1);
}

/* Of one panel of an output row. */
static double row_cycles(const clq_conv_problem *problem)
{
    const int64_t tiles = clq_ceil_div(problem->output[2], TILE_PIXELS), dwords = clq_ceil_div(problem->weights.kernel[2] * problem->weights.group_in, 4);
    const int64_t cycles = problem->output[2] * problem->weights.kernel[1] * dwords + tiles * TILE_OVERHEAD;
    return (double)(problem->out_channels <= PANEL / 2 ? clq_ceil_div(cycles, 2) : cycles);
}

static double all_cycles(const clq_conv_problem *problem)
{
    return (double)(problem->batch * problem->output[1] * panels(problem)) * row_cycles(problem);
}

static const char *accepts(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    (void)capabilities;
    const int64_t run = problem->weights.kernel[2] * problem->weights.group_in;
    if (problem->transposed) return "it makes no transposed convolutions";
    if (problem->weights.groups != 1) return "it takes one group only";
    if (problem->x.channel_step != 1 || problem->y.channel_step != 1) return "x and y must have their channels last";
    if (problem->residual.type != CLQNN_TYPE_NONE && problem->residual.channel_step != 1) return "the residual must have its channels last";
    if (problem->x.step[2] != problem->in_channels) return "the pixels of x must be neighbours";
    if (problem->weights.kernel[0] != 1 || problem->input[0] != 1 || problem->output[0] != 1) return "it makes no convolutions in three dimensions";
    if (problem->weights.kernel[1] > MOST_ROWS) return "its kernels have 11 rows at most";
    if (problem->dilation[1] != 1 || problem->dilation[2] != 1) return "it knows no dilation";
    if (problem->stride[2] > MOST_SPAN || run > MOST_SPAN || problem->in_channels > MOST_SPAN) return "a tile reads more than 512 bytes of a row";
    if ((TILE_PIXELS - 1) * problem->stride[2] * problem->in_channels + run > MOST_SPAN) return "a tile reads more than 512 bytes of a row";
    return NULL;
}

static double cost(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    return clq_cpu_seconds(all_cycles(problem), capabilities);
}

/* Units of about `wanted` cycles: all panels of some rows, or some panels of one row. */
static clq_units units_of(const clq_conv_problem *problem, double wanted)
{
    const int64_t rows = (int64_t)(wanted / row_cycles(problem) + 0.5), all_panels = panels(problem);
    const int64_t width = rows < all_panels ? clq_at_least(rows, 1) : all_panels, height = clq_at_least(rows / width, 1);
    return (clq_units){.blocks = {(int32_t)clq_ceil_div(problem->output[1], height), (int32_t)clq_ceil_div(all_panels, width), (int32_t)problem->batch}};
}

static clq_units units(const clq_conv_problem *problem, const clq_capabilities *capabilities, bool awake)
{
    const double all = all_cycles(problem);
    if (clq_is_small_work(all, awake)) return (clq_units){.blocks = {1, 1, (int32_t)problem->batch}};
    return units_of(problem, clq_piece_cycles(all, capabilities, SHARED_UNITS, SHARED_UNIT_CYCLES, 40000.0));
}

/* Groups of 8,000 to 40,000 cycles, as for the products of matrices. */
static clq_geometry geometry(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    const double all = all_cycles(problem);
    const clq_units u = clq_is_small_work(all, false) ? (clq_units){.blocks = {1, 1, (int32_t)problem->batch}}
                                                : units_of(problem, clq_group_cycles(all, capabilities));
    return (clq_geometry){.global = {(size_t)u.blocks[0], (size_t)u.blocks[1], (size_t)u.blocks[2]}, .local = {1, 1, 1}};
}

const clq_conv_variant clq_conv_i8_vnni_first = {
    .name = "conv_i8_vnni_first",
    .summary = "AVX-512 VNNI, few input channels: tiles of 14 pixels x 32, a row of taps as one run of bytes",
    .parts = {"epilogue/requantize", "epilogue/conv_store", "epilogue/requantize_x86", "epilogue/table_x86", "tile/x86_masked",
              "tile/x86_vnni", "tile/x86_runs", "launch/shares"},
    .defines = "-DLANES=16",
    .needs = CLQ_CAP_HOST_CPU | CLQ_CAP_X86_AVX512 | CLQ_CAP_X86_AVX512_VNNI,
    .layout = &clq_conv_layout_i8_n32r4,
    .x_signedness = CLQNN_U8,
    .counts_begun = true,
    .chain_kind = CHAIN_CONV_VNNI_FIRST,
    .accepts = accepts,
    .cost = cost,
    .geometry = geometry,
    .units = units,
};
