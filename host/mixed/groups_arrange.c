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

/* Rows of each batch that one slab holds. */
static int64_t slab_rows(const clq_mixed_problem *problem, const clq_group_shape *shape)
{
    const int64_t line = shape->rows * (int64_t)sizeof(float) * problem->batch[0] * problem->batch[1];
    const int64_t fitting = SLAB_BYTES / (line ? line : 1) / 4 * 4;
    const int64_t rows = fitting < 4 ? 4 : fitting;
    return rows < problem->m ? rows : problem->m;
}

/* Bytes of a slab's rows; its scales follow. */
static uint64_t slab_bytes(const clq_mixed_problem *problem, const clq_group_shape *shape)
{
    const uint64_t lines = (uint64_t)slab_rows(problem, shape) * (uint64_t)(problem->batch[0] * problem->batch[1]);
    return (lines * (uint64_t)shape->rows * sizeof(float) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

uint64_t clq_groups_workspace(const clq_mixed_problem *problem, bool reads_rows_only)
{
    if (!clq_groups_prepares(problem, reads_rows_only)) return 0;
    clq_group_shape shape;
    (void)clq_group_shape_of(&problem->form, &shape);
    return slab_bytes(problem, &shape) + (uint64_t)(slab_rows(problem, &shape) * problem->batch[0] * problem->batch[1]) * sizeof(float);
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
static clqnn_status add_rows_step(const clq_mixed_problem *problem, const clq_groups_launch *launch, const clq_op_step *whole, int64_t first, int64_t rows, uint64_t scales,
                                  clq_op_recipe *recipe)
{
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    mixed_params params = params_of(whole);
    params.m = (clq_int)rows;
    params.run = launch->rows_run;
    *step = (clq_op_step){.kernel = launch->rows_kernel,
                          .buffers = {whole->buffers[0], whole->buffers[1], CLQ_OP_WORKSPACE, CLQ_OP_WORKSPACE},
                          .base = {(uint64_t)first * params.a_row * clqnn_type_size(problem->a.type), 0, 0, scales},
                          .global = {(size_t)((params.packed_rows + launch->rows_run - 1) / launch->rows_run), (size_t)rows, (size_t)(problem->batch[0] * problem->batch[1])}};
    set_params(step, &params);
    return CLQNN_OK;
}

static clqnn_status add_product_step(const clq_mixed_problem *problem, const clq_groups_launch *launch, const clq_op_step *whole, int64_t first, int64_t rows, uint64_t scales,
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
    if (scales) {
        step->buffers[0] = step->buffers[5] = CLQ_OP_WORKSPACE;
        step->base[5] = scales;
        params.k = params.packed_rows;
        params.a_type = MIXED_F32;
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
    clq_group_shape shape;
    (void)clq_group_shape_of(&problem->form, &shape);
    const clq_op_step *added = clq_mixed_add_step(problem, recipe);
    if (!added) return CLQNN_OUT_OF_MEMORY;
    clq_op_step whole = *added;
    recipe->step_count--; /* a model for those that follow */
    whole.buffers[5] = CLQ_OP_TABLES;
    if (!clq_groups_prepares(problem, launch->reads_rows_only)) return add_product_step(problem, launch, &whole, 0, problem->m, 0, recipe);
    const int64_t slab = slab_rows(problem, &shape);
    const uint64_t scales = slab_bytes(problem, &shape);
    for (int64_t first = 0; first < problem->m; first += slab) {
        const int64_t rows = problem->m - first < slab ? problem->m - first : slab;
        CLQ_FORWARD(add_rows_step(problem, launch, &whole, first, rows, scales, recipe));
        CLQ_FORWARD(add_product_step(problem, launch, &whole, first, rows, scales, recipe));
    }
    return CLQNN_OK;
}
