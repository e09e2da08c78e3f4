/* SPDX-License-Identifier: Apache-2.0 */
/* CPU variants of products of an a that the call quantizes with packed integers: integers multiply integers, and sums of groups become floats. */
#include "layout/group_codes.h"
#include "mixed/groups_arrange.h"
#include "mixed/mixed_variants.h"
#include "select/cpu_cost.h"

enum { PANEL = 32, ROWS_RUN = 2048, MOST_RUN = 4, BLOCK_ROWS = 96 };
enum { GROUP_BYTES, PRODUCT };

#define PARTS(HALVES, PRODUCTS) {"prelude/float_types", "mixed/mixed_params", "mixed/mixed_element", "op/vector_memory", HALVES, "mixed/mixed_block", "mixed/mixed_store", \
                                 "mixed/mixed_lanes", "mixed/group_element", "mixed/group_lanes", PRODUCTS, "mixed/group_rows", "mixed/group_bytes", "mixed/gemm_weights_bytes"}
#define KERNELS {{"group_bytes", 4, sizeof(mixed_params), {1, 1, 1}}, {"gemm_weights_bytes", 6, sizeof(mixed_params), {1, 1, 1}}}
#define DEFINES(LANES) "-DLANES=" #LANES " -DMIXED_LANES=16 -DSUMS_PANEL=16"

static const clq_op_program program_avx2 = {.parts = PARTS("convert/half_avx2", "tile/x86_group_avx2"), .defines = DEFINES(8), .kernels = KERNELS};
static const clq_op_program program_vnni = {.parts = PARTS("convert/half_avx512", "tile/x86_group_vnni"), .defines = DEFINES(16), .kernels = KERNELS};
static const clq_op_program program_vec16 = {.parts = PARTS("convert/half_vector", "tile/group_vectors"), .defines = DEFINES(16), .kernels = KERNELS};

/* A group's sum of products of codes with values of at most 255 must fit 32 bits. */
static const char *accepts(const void *given, const clq_capabilities *capabilities)
{
    (void)capabilities;
    const clq_mixed_problem *problem = given;
    clq_group_shape shape;
    const char *reason = clq_mixed_refuses(problem, &clq_layout_groups_n32, false);
    if (reason) return reason;
    if (problem->desc->dynamic == CLQNN_STATIC) return "a is not quantized by the call";
    if (!clq_group_shape_of(&problem->form, &shape) || shape.group_rows * 255 * ((INT64_C(1) << shape.bits) - 1) > INT32_MAX) return "sums of its groups do not fit 32 bits";
    return NULL;
}

/* Cycles of the whole product. weight: of each, which four rows share; product: of each row's. */
static double cost_of(const clq_mixed_problem *problem, const clq_capabilities *capabilities, double weight, double product)
{
    const double weights = (double)problem->n * (double)problem->k, rows = (double)(problem->m * problem->batch[0] * problem->batch[1]);
    const double cycles = weights * ((rows + 3.0) / 4.0 * weight + rows * product) + rows * (double)problem->k * 2.0 + rows * (double)problem->n * 4.0;
    return 5e-6 + clq_cpu_seconds(cycles, capabilities);
}

static double cost_avx2(const void *given, const clq_capabilities *capabilities)
{
    const clq_mixed_problem *problem = given;
    return clq_code_bits(problem->form.type) > 4 ? cost_of(problem, capabilities, 0.03, 0.04) : cost_of(problem, capabilities, 0.02, 0.02);
}

static double cost_vnni(const void *given, const clq_capabilities *capabilities)
{
    return cost_of(given, capabilities, 0.01, 0.01);
}

static double cost_vec16(const void *given, const clq_capabilities *capabilities)
{
    return cost_of(given, capabilities, 0.2, 0.4);
}

/* What group_bytes makes of each element. */
static int32_t bytes_or_pairs(const clq_mixed_problem *problem)
{
    return clq_code_bits(problem->form.type) > 4 ? 2 : 1;
}

static uint64_t workspace_bytes(const void *given, const clq_capabilities *capabilities)
{
    (void)capabilities;
    return clq_groups_bytes_workspace(given, 1);
}

static uint64_t workspace_avx2(const void *given, const clq_capabilities *capabilities)
{
    (void)capabilities;
    return clq_groups_bytes_workspace(given, bytes_or_pairs(given));
}

/* Several work-items for each thread. */
static int64_t panels_run(int64_t panels, int64_t row_blocks, const clq_capabilities *capabilities)
{
    const int64_t run = panels * row_blocks / (8 * clq_thread_count(capabilities));
    return run < 1 ? 1 : run > MOST_RUN ? MOST_RUN : run;
}

static clqnn_status arrange(const clq_mixed_problem *problem, const clq_capabilities *capabilities, int32_t element_size, clq_op_recipe *recipe)
{
    clq_group_shape shape;
    (void)clq_group_shape_of(&problem->form, &shape);
    const int64_t blocks = clq_ceil_div(problem->m, BLOCK_ROWS), panels = clq_ceil_div(problem->n, PANEL);
    const int64_t block = blocks ? clq_ceil_div(clq_ceil_div(problem->m, blocks), 4) * 4 : 4;   /* of nearly one size */
    const int64_t run = panels_run(panels, blocks * problem->batch[0] * problem->batch[1], capabilities);
    const int64_t group_rows = shape.group_rows ? shape.group_rows : 1;
    const clq_groups_launch launch = {.rows_kernel = GROUP_BYTES, .kernel = PRODUCT, .rows_run = (int32_t)(clq_ceil_div(ROWS_RUN, group_rows) * group_rows),
                                      .panels_run = (int32_t)run, .row_block = block, .rows_global = 1, .columns = (size_t)clq_ceil_div(panels, run),
                                      .row_element = element_size};
    return clq_groups_arrange(problem, &launch, recipe);
}

static clqnn_status arrange_bytes(const void *given, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    return arrange(given, capabilities, 1, recipe);
}

static clqnn_status arrange_avx2(const void *given, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    return arrange(given, capabilities, bytes_or_pairs(given), recipe);
}

const clq_mixed_variant clq_gemm_weights_bytes_vnni = {
    .op = {
        .name = "gemm_weights_bytes_vnni",
        .summary = "integers with groups, a quantized by the call, vpdpbusd: CPUs with AVX-512 VNNI",
        .program = &program_vnni,
        .needs = CLQ_CAP_X86_AVX512 | CLQ_CAP_X86_AVX512_VNNI,
        .counts_begun = true,
        .accepts = accepts,
        .cost = cost_vnni,
        .workspace = workspace_bytes,
        .arrange = arrange_bytes,
    },
    .layout = &clq_layout_groups_n32,
    .tile = {4, PANEL, 32},
};

const clq_mixed_variant clq_gemm_weights_bytes_avx2 = {
    .op = {
        .name = "gemm_weights_bytes_avx2",
        .summary = "integers with groups, a quantized by the call, vpmaddubsw (codes of 2 to 4 bits) or vpmaddwd: CPUs with AVX2",
        .program = &program_avx2,
        .needs = CLQ_CAP_X86_AVX2,
        .counts_begun = true,
        .accepts = accepts,
        .cost = cost_avx2,
        .workspace = workspace_avx2,
        .arrange = arrange_avx2,
    },
    .layout = &clq_layout_groups_n32,
    .tile = {4, PANEL, 32},
};

const clq_mixed_variant clq_gemm_weights_bytes_vec16 = {
    .op = {
        .name = "gemm_weights_bytes_vec16",
        .summary = "integers with groups, a quantized by the call, in plain vectors: CPUs; gemm_weights_bytes_vnni without its instruction",
        .program = &program_vec16,
        .needs = CLQ_CAP_HOST_CPU, /* prefetches */
        .counts_begun = true,
        .accepts = accepts,
        .cost = cost_vec16,
        .workspace = workspace_bytes,
        .arrange = arrange_bytes,
    },
    .layout = &clq_layout_groups_n32,
    .tile = {4, PANEL, 32},
};
