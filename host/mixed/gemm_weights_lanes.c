/* SPDX-License-Identifier: Apache-2.0 */
/* CPU variants of products with packed integers: the same kernels for vectors of 8 and of 16 columns. */
#include "mixed/groups_arrange.h"
#include "mixed/mixed_variants.h"
#include "select/cpu_cost.h"

enum { PANEL = 32, ROWS_RUN = 2048, MOST_RUN = 4, FEW_ROWS = 4 };
enum { GROUP_ROWS, FEW, TILE };

#define PARTS "prelude/float_types", "mixed/mixed_params", "mixed/mixed_element", "op/vector_memory", "convert/half_vector", "mixed/mixed_block", "mixed/mixed_tile", \
              "mixed/mixed_store", "mixed/mixed_lanes", "mixed/group_element", "mixed/group_lanes", "mixed/group_rows", "mixed/gemm_weights_rows", "mixed/gemm_weights_tile"
#define KERNELS {"group_rows", 4, sizeof(mixed_params), {1, 1, 1}}, {"gemm_weights_rows", 6, sizeof(mixed_params), {1, 1, 1}}, \
                {"gemm_weights_tile", 6, sizeof(mixed_params), {1, 1, 1}}

#define BLOCKS " -DBLOCK_ROWS=96 -DBLOCK_COLUMNS=128 -DDEPTH=256 -DA_STRIDE=(DEPTH+16) -DSUMS_PANEL=(16*BLOCK_ROWS) -DMIXED_LANES=16"
#define BLOCK_ROWS 96
#define LOCAL_BYTES (4u * (96 * 272 + 256 * 32 + 96 * 128))

static const clq_op_program program8 = {.parts = {PARTS}, .defines = "-DLANES=8 -DTILE_ROWS=6 -DTILE_PANELS=1" BLOCKS, .kernels = {KERNELS}};
static const clq_op_program program16 = {.parts = {PARTS}, .defines = "-DLANES=16 -DTILE_ROWS=12 -DTILE_PANELS=2" BLOCKS, .kernels = {KERNELS}};

static const char *accepts(const void *given, const clq_capabilities *capabilities)
{
    if (capabilities->local_bytes < LOCAL_BYTES) return "its blocks do not fit the device's local memory";
    return clq_mixed_refuses(given, &clq_layout_groups_n32, false);
}

/* Sums of groups before they are scaled exist where weights are scale * (code - zero point). */
static bool is_plain(const clq_mixed_form *form)
{
    return !form->has_offsets && (form->zero_point_type == CLQNN_TYPE_NONE || form->zero_point_type == CLQNN_S8 || form->zero_point_type == CLQNN_U8);
}

static uint32_t kernel_of(const clq_mixed_problem *problem)
{
    return problem->m > FEW_ROWS || !is_plain(&problem->form) ? TILE : FEW;
}

/* Cycles of the whole product: what its weights take to become floats, once for each block of rows, or for each row of the matrix-vector forms, and the sums. */
static double cycles_of(const clq_mixed_problem *problem, int lanes)
{
    const double weights = (double)problem->n * (double)problem->k, batches = (double)(problem->batch[0] * problem->batch[1]), rows = (double)problem->m * batches;
    const double blocks = (double)clq_ceil_div(problem->m, BLOCK_ROWS) * batches;
    return (weights * blocks * 1.5 + weights * rows * 0.55) / lanes + rows * (double)problem->n * 4.0;
}

static double cost_of(const void *given, const clq_capabilities *capabilities, int lanes)
{
    return clq_cpu_seconds(cycles_of(given, lanes), capabilities);
}

static double cost8(const void *given, const clq_capabilities *capabilities)
{
    return cost_of(given, capabilities, 8);
}

/* Without such registers, two operations for each. */
static double cost16(const void *given, const clq_capabilities *capabilities)
{
    return cost_of(given, capabilities, capabilities->bits & CLQ_CAP_X86_AVX512 ? 16 : 6);
}

static uint64_t workspace(const void *given, const clq_capabilities *capabilities)
{
    (void)capabilities;
    return clq_groups_workspace(given, true);
}

/* Several work-items for each thread, of up to four panels, which share the rows of a that a work-item has made floats. */
static int64_t panels_run(int64_t panels, int64_t row_blocks, const clq_capabilities *capabilities)
{
    const int64_t run = panels * row_blocks / (8 * clq_thread_count(capabilities));
    return run < 1 ? 1 : run > MOST_RUN ? MOST_RUN : run;
}

/* Blocks of rows of nearly one size, whole tiles but the last: PoCL gives each thread neighbouring groups, of one block where there are two. */
static int64_t even_block(int64_t m, const clq_capabilities *capabilities)
{
    const int64_t tile = capabilities->bits & CLQ_CAP_X86_AVX512 ? 12 : 6, share = clq_ceil_div(m, clq_ceil_div(m, BLOCK_ROWS));
    return clq_ceil_div(share, tile) * tile;
}

static clqnn_status arrange(const void *given, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_mixed_problem *problem = given;
    const uint32_t kernel = kernel_of(problem);
    const int64_t block = kernel == FEW ? FEW_ROWS : even_block(problem->m, capabilities), panels = clq_ceil_div(problem->n, PANEL);
    const int64_t run = panels_run(panels, clq_ceil_div(problem->m, block) * problem->batch[0] * problem->batch[1], capabilities);
    const clq_groups_launch launch = {.rows_kernel = GROUP_ROWS, .kernel = kernel, .rows_run = ROWS_RUN, .panels_run = (int32_t)run, .row_block = block, .rows_global = 1,
                                      .columns = (size_t)clq_ceil_div(panels, run), .reads_rows_only = true};
    return clq_groups_arrange(problem, &launch, recipe);
}

const clq_mixed_variant clq_gemm_weights_vec8 = {
    .op = {
        .name = "gemm_weights_vec8",
        .summary = "integers with groups, vectors of 8 columns: CPUs; up to four rows in registers, more from a block made floats",
        .program = &program8,
        .needs = CLQ_CAP_HOST_CPU, /* prefetches */
        .counts_begun = true,
        .accepts = accepts,
        .cost = cost8,
        .workspace = workspace,
        .arrange = arrange,
    },
    .layout = &clq_layout_groups_n32,
    .tile = {6, PANEL, 32},
};

const clq_mixed_variant clq_gemm_weights_vec16 = {
    .op = {
        .name = "gemm_weights_vec16",
        .summary = "integers with groups, vectors of 16 columns: CPUs with AVX-512; as gemm_weights_vec8",
        .program = &program16,
        .needs = CLQ_CAP_HOST_CPU, /* prefetches */
        .counts_begun = true,
        .accepts = accepts,
        .cost = cost16,
        .workspace = workspace,
        .arrange = arrange,
    },
    .layout = &clq_layout_groups_n32,
    .tile = {12, PANEL, 32},
};
