/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed/groups_arrange.h"

#include <string.h>

#include "layout/group_codes.h"

#define SLAB_BYTES ((int64_t)4 << 20)
#define ALIGNMENT 64

bool clq_groups_prepares(const clq_mixed_problem *problem, bool reads_rows_only)
{
    clq_group_shape shape;
    (void)clq_group_shape_of(&problem->form, &shape);
    const bool is_padded = shape.groups > 1 && shape.group_rows != problem->form.group;
    return problem->k > 0 && (problem->desc->dynamic != CLQNN_STATIC || problem->form.has_index || is_padded || (reads_rows_only && problem->a.transposed));
}

/* Some rows of every batch in the workspace: the rows, each all packed rows, then what belongs to each row. */
typedef struct rows_slab {
    int64_t rows;           /* of each batch */
    uint64_t terms;         /* where what belongs to the rows begins */
    uint64_t bytes;
} rows_slab;

/* element_size 4: floats, and their scales. 1, 2: integers, and scales, zero points and sums of groups (kernels/cl/mixed/group_bytes.cl). */
static rows_slab slab_of(const clq_mixed_problem *problem, int32_t element_size)
{
    clq_group_shape shape;
    (void)clq_group_shape_of(&problem->form, &shape);
    const int64_t batches = problem->batch[0] * problem->batch[1], line = shape.rows * element_size * batches;
    const int64_t whole = SLAB_BYTES / (line ? line : 1) / 4 * 4, fitting = whole < 4 ? 4 : whole, rows = fitting < problem->m ? fitting : problem->m;
    const uint64_t lines = (uint64_t)(rows * batches), terms = element_size == 4 ? sizeof(float) : sizeof(float) + sizeof(int32_t) * (1 + (uint64_t)shape.groups);
    rows_slab slab = {.rows = rows, .terms = (lines * (uint64_t)shape.rows * (uint64_t)element_size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT};
    slab.bytes = slab.terms + lines * terms;
    return slab;
}

uint64_t clq_groups_workspace(const clq_mixed_problem *problem, bool reads_rows_only)
{
    return clq_groups_prepares(problem, reads_rows_only) ? slab_of(problem, sizeof(float)).bytes : 0;
}

uint64_t clq_groups_bytes_workspace(const clq_mixed_problem *problem, int32_t element_size)
{
    return problem->k > 0 ? slab_of(problem, element_size).bytes : 0;
}

static mixed_params params_of(const clq_op_step *step)
{
    mixed_params params;
    memcpy(&params, step->params, sizeof params);
    return params;
}

static void set_params(clq_op_step *step, const mixed_params *params)
{
    memcpy(step->params, params, sizeof *params);
}

/* From `whole`, rows `first` to `first + rows` of every batch. */
static clqnn_status add_rows_step(const clq_mixed_problem *problem, const clq_groups_launch *launch, const clq_op_step *whole, int64_t first, int64_t rows, uint64_t terms,
                                  clq_op_recipe *recipe)
{
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    mixed_params params = params_of(whole);
    params.m = (clq_int)rows;
    params.run = launch->rows_run;
    *step = (clq_op_step){.kernel = launch->rows_kernel,
                          .buffers = {whole->buffers[0], whole->buffers[1], CLQ_OP_WORKSPACE, CLQ_OP_WORKSPACE},
                          .base = {(uint64_t)first * params.a_row * clqnn_type_size(problem->a.type), 0, 0, terms},
                          .global = {(size_t)((params.packed_rows + launch->rows_run - 1) / launch->rows_run), (size_t)rows, (size_t)(problem->batch[0] * problem->batch[1])}};
    set_params(step, &params);
    return CLQNN_OK;
}

static clqnn_status add_product_step(const clq_mixed_problem *problem, const clq_groups_launch *launch, const clq_op_step *whole, int64_t first, int64_t rows, uint64_t terms,
                                     clq_op_recipe *recipe)
{
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    *step = *whole;
    mixed_params params = params_of(whole);
    params.m = (clq_int)rows;
    params.run = launch->panels_run;
    params.block_rows = (clq_int)launch->row_block;
    step->base[3] += (uint64_t)first * params.residual_row * clqnn_type_size(problem->residual.type);
    step->base[4] += (uint64_t)first * params.c_row * clqnn_type_size(problem->c.type);
    if (terms) {
        step->buffers[0] = step->buffers[5] = CLQ_OP_WORKSPACE;
        step->base[5] = terms;
        params.k = params.packed_rows;
        params.a_type = launch->row_element ? MIXED_S8 : MIXED_F32; /* kernels of integers know how wide theirs are */
        params.a_row = (clq_ulong)params.packed_rows;
        params.a_column = 1;
        params.a_batch[1] = (clq_ulong)rows * (clq_ulong)params.packed_rows;
        params.a_batch[0] = params.a_batch[1] * (clq_ulong)problem->batch[1];
    }
    set_params(step, &params);
    step->kernel = launch->kernel;
    step->global[0] = launch->columns;
    step->global[1] = (size_t)((rows + launch->row_block - 1) / launch->row_block) * launch->rows_global;
    step->global[2] = (size_t)(problem->batch[0] * problem->batch[1]);
    return CLQNN_OK;
}

clqnn_status clq_groups_arrange(const clq_mixed_problem *problem, const clq_groups_launch *launch, clq_op_recipe *recipe)
{
    const clq_op_step *added = clq_mixed_add_step(problem, recipe);
    if (!added) return CLQNN_OUT_OF_MEMORY;
    clq_op_step whole = *added;
    recipe->step_count--; /* a model for those that follow */
    whole.buffers[5] = CLQ_OP_TABLES;
    if (!clq_groups_prepares(problem, launch->reads_rows_only)) return add_product_step(problem, launch, &whole, 0, problem->m, 0, recipe);
    const rows_slab slab = slab_of(problem, launch->row_element ? launch->row_element : (int32_t)sizeof(float));
    for (int64_t first = 0; first < problem->m; first += slab.rows) {
        const int64_t rows = problem->m - first < slab.rows ? problem->m - first : slab.rows;
        CLQ_FORWARD(add_rows_step(problem, launch, &whole, first, rows, slab.terms, recipe));
        CLQ_FORWARD(add_product_step(problem, launch, &whole, first, rows, slab.terms, recipe));
    }
    return CLQNN_OK;
}
