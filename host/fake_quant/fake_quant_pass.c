/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "fake_quant/fake_quant_problem.h"

clq_tensor clq_fake_dense(clqnn_type type, const clq_tensor *like)
{
    clq_tensor dense = *like;
    int64_t step = 1;
    for (int i = like->rank - 1; i >= 0; i--) {
        dense.strides[i] = step;
        step *= like->shape[i];
    }
    dense.type = type;
    dense.span = like->count;
    dense.is_dense = true;
    return dense;
}

void clq_fake_make_nest(clq_fake_quant_problem *problem, const clq_tensor *other)
{
    clq_nest *nest = &problem->nest;
    *nest = clq_nest_begin(problem->x.rank, problem->x.shape);
    clq_nest_add(nest, &problem->x);
    clq_nest_add(nest, &problem->y);
    clq_nest_add_strides(nest, problem->x.rank, problem->slots.value_strides);
    clq_nest_add_strides(nest, problem->x.rank, problem->slots.axis_strides);
    clq_nest_add(nest, other);
    clq_nest_collapse(nest);
}

clqnn_status clq_fake_add_pass(const clq_fake_quant_problem *problem, const clq_op_program *program, uint32_t kernel, int64_t chunk, const uint8_t buffers[5], clq_op_recipe *recipe)
{
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    const size_t local = program->kernels[kernel].local[0], items = (size_t)((problem->nest.count + chunk - 1) / chunk);
    fake_quant_params params = {
        .nest = clq_op_nest(&problem->nest, chunk),
        .block = (clq_ulong)problem->slots.block,
        .block_step = (clq_ulong)problem->slots.block_step,
        .rule = problem->scheme.rule,
        .form = problem->scheme.form,
        .gradient = problem->reads_mask ? FAKE_MASKED : problem->scheme.gradient,
        .x_type = (clq_int)problem->x.type,
        .y_type = (clq_int)problem->y.type,
        .dy_type = (clq_int)problem->dy.type,
        .saves_mask = problem->saves_mask,
        .streams = clq_op_streams(&problem->y),
        .key = {(clq_int)(uint32_t)problem->seed, (clq_int)(uint32_t)(problem->seed >> 32)},
    };
    params.rule.slots = (clq_ulong)problem->slots.count;
    step->kernel = kernel;
    memcpy(step->buffers, buffers, 5);
    memcpy(step->params, &params, sizeof params);
    step->global[0] = (items + local - 1) / local * local;
    step->global[1] = step->global[2] = 1;
    return CLQNN_OK;
}
