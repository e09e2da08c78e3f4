/* SPDX-License-Identifier: Apache-2.0 */
#include "core/checked.h"
#include "core/message.h"
#include "gemm/gemm_plan.h"

#define SLAB_LIMIT ((int64_t)1 << 20)   /* bytes of prepared rows of a: 1 MiB, or one row if that is longer */
#define MOST_SLOTS 1024                 /* sets of rows whose ranges are found in parallel */
#define ALIGNMENT 64

/* Reserves `count` x `size` bytes at the end; false if that leaves 63 bits. */
static bool reserve(clq_gemm_workspace *workspace, int64_t count, int64_t size, uint64_t *offset)
{
    uint64_t bytes = 0;
    *offset = workspace->total;
    return clq_multiply((uint64_t)count, (uint64_t)size, &bytes) && clq_add(bytes, ALIGNMENT - 1, &bytes)
           && clq_add(workspace->total, bytes / ALIGNMENT * ALIGNMENT, &workspace->total) && workspace->total <= (uint64_t)INT64_MAX;
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Everything in one launch if it fits, else one batch after the other in slabs of whole tiles of rows. */
static void cut_slabs(const clq_gemm_problem *problem, const clq_gemm_variant *variant, clq_gemm_workspace *workspace)
{
    const int64_t batches = problem->batch[0] * problem->batch[1];
    workspace->slab_rows = problem->m;
    workspace->slab_batches = batches;
    if (!clq_gemm_prepares_a(problem)) return;
    workspace->slab_row_bytes = (problem->k + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    const int64_t row_cost = workspace->slab_row_bytes + 2 * (int64_t)sizeof(int64_t); /* its range, scale and zero point */
    int64_t rows = (SLAB_LIMIT - MOST_SLOTS * (int64_t)sizeof(int64_t) - 3 * ALIGNMENT) / row_cost;
    if (problem->m == 0 || batches <= rows / problem->m) return;
    workspace->slab_batches = 1;
    if (rows >= variant->tile.m) rows = rows / variant->tile.m * variant->tile.m;
    workspace->slab_rows = smaller(problem->m, rows > 0 ? rows : 1);
}

static bool place(const clq_gemm_problem *problem, const clq_gemm_variant *variant, const clq_capabilities *capabilities, clq_gemm_workspace *workspace)
{
    const int64_t batches = problem->batch[0] * problem->batch[1];
    bool fits = true;
    if (!problem->b_constant) {
        uint64_t matrix = 0;
        fits = clq_layout_size(variant->b_layout, problem->n, problem->k, &matrix) && reserve(workspace, batches, (int64_t)matrix, &workspace->packed_b);
        fits = fits && reserve(workspace, batches * clq_layout_padded_n(variant->b_layout, problem->n), sizeof(int32_t), &workspace->column_sums);
    }
    if (clq_gemm_prepares_a(problem)) {
        const int64_t rows = workspace->slab_batches * workspace->slab_rows;
        fits = fits && reserve(workspace, rows, workspace->slab_row_bytes, &workspace->slab);
    }
    if (problem->dynamic == CLQNN_DYNAMIC_PER_TENSOR) {
        workspace->range_slots = smaller(problem->m, MOST_SLOTS);
        fits = fits && reserve(workspace, workspace->slab_batches * workspace->range_slots, sizeof(int64_t), &workspace->ranges);
        fits = fits && reserve(workspace, workspace->slab_batches, sizeof(int64_t), &workspace->rows);
    }
    if (problem->dynamic == CLQNN_DYNAMIC_PER_ROW) {
        fits = fits && reserve(workspace, workspace->slab_batches * workspace->slab_rows, sizeof(int64_t), &workspace->rows);
    }
    if (variant->k_part && problem->k > 0) {
        const int64_t part = variant->k_part(problem, capabilities), parts = (problem->k + part - 1) / part;
        const int64_t padded_n = clq_layout_padded_n(variant->b_layout, problem->n);
        const int64_t block = (workspace->slab_rows * (padded_n + 1) + 3) / 4 * 4;
        fits = fits && reserve(workspace, workspace->slab_batches * parts, block * (int64_t)sizeof(int32_t), &workspace->partials);
    }
    return fits;
}

clqnn_status clq_gemm_size_workspace(const clq_gemm_problem *problem, const clq_gemm_variant *variant, const clq_capabilities *capabilities,
                                     clq_gemm_workspace *workspace)
{
    *workspace = (clq_gemm_workspace){0};
    cut_slabs(problem, variant, workspace);
    if (!place(problem, variant, capabilities, workspace) || workspace->total > capabilities->max_alloc_bytes) {
        return clq_fail(CLQNN_INVALID_SHAPE, "the workspace for m %lld x n %lld x k %lld is beyond the device's largest allocation of %llu bytes", (long long)problem->m,
                        (long long)problem->n, (long long)problem->k, (unsigned long long)capabilities->max_alloc_bytes);
    }
    return CLQNN_OK;
}
