/* SPDX-License-Identifier: Apache-2.0 */
#include "conv/conv_variant.h"
#include "select/cpu_cost.h"

enum {
    BLOCK = 64,                /* channels */
    QUARTER = 16,
    STEP_ROWS = 2,             /* output rows made from the same pairs of input rows */
    MOST_TAPS = 8,             /* of the kernel's rows, and of one of them */
    MOST_STRIDE = 8,
    SHARED_UNIT_CYCLES = 5000,
    SHARED_UNITS = 8           /* of a thread, at least, where they are not too small */
};

/* How the kernel cuts an image: into steps of two output rows, and blocks of channels. */
typedef struct depthwise_cut {
    int64_t steps, blocks;
    double block_cycles;       /* of a step of one whole block */
    double step_cycles;        /* of all blocks */
} depthwise_cut;

static depthwise_cut cut(const clq_conv_problem *problem)
{
    const int64_t height = problem->weights.kernel[1], width = problem->weights.kernel[2];
    const int64_t pairs = (height + problem->stride[1] + 1) / 2, used = (height + 2) / 2;
    const double sums = STEP_ROWS * (2.0 * (double)(used * width) + 8.0), columns = 4.0 * (double)(pairs * problem->stride[2]);
    const double quarter = (double)problem->output[2] * (sums + columns) + 40.0;
    return (depthwise_cut){
        .steps = clq_at_least(clq_ceil_div(problem->output[1], STEP_ROWS), 1),
        .blocks = clq_at_least(clq_ceil_div(problem->out_channels, BLOCK), 1),
        .block_cycles = quarter * (BLOCK / QUARTER),
        .step_cycles = quarter * (double)clq_ceil_div(problem->out_channels, QUARTER),
    };
}

static double all_cycles(const clq_conv_problem *problem, const depthwise_cut *c)
{
    return (double)(problem->batch * c->steps) * c->step_cycles;
}

static const char *accepts(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    (void)capabilities;
    if (problem->transposed) return "it makes no transposed convolutions";
    if (problem->weights.group_in != 1 || problem->weights.group_out != 1) return "groups must have one channel in and one out";
    if (problem->x.channel_step != 1 || problem->y.channel_step != 1) return "x and y must have their channels last";
    if (problem->residual.type != CLQNN_TYPE_NONE && problem->residual.channel_step != 1) return "the residual must have its channels last";
    if (problem->weights.kernel[0] != 1 || problem->input[0] != 1 || problem->output[0] != 1) return "it makes no convolutions in three dimensions";
    if (problem->weights.kernel[1] > MOST_TAPS || problem->weights.kernel[2] > MOST_TAPS) return "its kernels have 8 x 8 taps at most";
    if (problem->stride[1] > MOST_STRIDE || problem->stride[2] > MOST_STRIDE) return "its strides are 8 at most";
    if (problem->dilation[1] != 1 || problem->dilation[2] != 1) return "it knows no dilation";
    return NULL;
}

static double cost(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    const depthwise_cut c = cut(problem);
    return clq_cpu_seconds(all_cycles(problem, &c), capabilities);
}

/* Units of about `wanted` cycles: some steps of one block, or all steps of some blocks. */
static clq_units units_of(const clq_conv_problem *problem, const depthwise_cut *c, double wanted)
{
    int64_t steps = clq_at_least((int64_t)(wanted / c->block_cycles + 0.5), 1), blocks = 1;
    if (steps > c->steps) {
        blocks = steps / c->steps;
        steps = c->steps;
    }
    return (clq_units){
        .blocks = {(int32_t)clq_ceil_div(c->steps, steps), (int32_t)clq_ceil_div(c->blocks, blocks), (int32_t)problem->batch},
        .rows_first = problem->out_channels >= problem->output[1] * problem->output[2],
    };
}

static clq_units units(const clq_conv_problem *problem, const clq_capabilities *capabilities, bool awake)
{
    const depthwise_cut c = cut(problem);
    const double all = all_cycles(problem, &c);
    if (clq_is_small_work(all, awake)) return (clq_units){.blocks = {1, 1, (int32_t)problem->batch}};
    return units_of(problem, &c, clq_piece_cycles(all, capabilities, SHARED_UNITS, SHARED_UNIT_CYCLES, 40000.0));
}

/* Groups of 8,000 to 40,000 cycles, as for the products of matrices. */
static clq_geometry geometry(const clq_conv_problem *problem, const clq_capabilities *capabilities)
{
    const depthwise_cut c = cut(problem);
    const double all = all_cycles(problem, &c);
    const clq_units u = clq_is_small_work(all, false) ? (clq_units){.blocks = {1, 1, (int32_t)problem->batch}}
                                                : units_of(problem, &c, clq_group_cycles(all, capabilities));
    return (clq_geometry){.global = {(size_t)u.blocks[0], (size_t)u.blocks[1], (size_t)u.blocks[2]}, .local = {1, 1, 1}};
}

const clq_conv_variant clq_conv_i8_avx2_depthwise = {
    .name = "conv_i8_avx2_depthwise",
    .summary = "AVX2 vpmaddwd, exact, depthwise, 16 channels wide, two output rows from the same pairs of input rows",
    .parts = {"epilogue/requantize", "epilogue/conv_store", "epilogue/requantize_avx2", "tile/x86_avx2_depthwise", "launch/shares"},
    .defines = "-DLANES=16",
    .needs = CLQ_CAP_HOST_CPU | CLQ_CAP_X86_AVX2,
    .layout = &clq_conv_layout_i8_n16,
    .x_signedness = CLQNN_U8,
    .counts_begun = true,
    .accepts = accepts,
    .cost = cost,
    .geometry = geometry,
    .units = units,
};
