/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "loss_scale/loss_scale_problem.h"

static const clq_op_program portable_program = {
    .parts = {"prelude/float_types", "convert/convert_params", "convert/convert_float_element", "loss_scale/loss_scale_params", "loss_scale/loss_scale_portable"},
    .kernels = {{"loss_scale_portable", 4, sizeof(loss_scale_params), {16, 1, 1}}},
};

static const clq_op_program vector_program = {
    .parts = {"op/vector_memory", "prelude/float_types", "convert/convert_params", "convert/convert_float_element", "convert/half_vector",
              "convert/convert_float_lanes", "loss_scale/loss_scale_params", "loss_scale/loss_scale_vector"},
    .kernels = {{"loss_scale_vector", 4, sizeof(loss_scale_params), {1, 1, 1}}},
};

/* The bits of the least float that rounds to infinity in this type: the middle between its largest value and what would follow, a tie to even. */
static clq_int overflow_bits(clqnn_type type)
{
    return type == CLQNN_F16 ? 0x477ff000 : type == CLQNN_BF16 ? 0x7f7f8000 : 0x7f800000;
}

static clqnn_status add_step(const clq_loss_scale_problem *problem, int64_t chunk, size_t local, clq_op_recipe *recipe)
{
    const bool unscales = problem->kind == CLQNN_LOSS_UNSCALE;
    const size_t items = (size_t)((problem->nest.count + chunk - 1) / chunk);
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    const loss_scale_params params = {
        .nest = clq_op_nest(&problem->nest, chunk),
        .x_type = (clq_int)problem->x.type,
        .y_type = (clq_int)problem->y.type,
        .unscales = unscales,
        .limit = overflow_bits(problem->y.type),
        .streams = clq_op_streams(&problem->y),
    };
    const uint8_t buffers[] = {CLQ_OP_INPUT, CLQ_OP_INPUT + 1, CLQ_OP_OUTPUT, unscales ? CLQ_OP_OUTPUT + 1 : CLQ_OP_OUTPUT};
    memcpy(step->buffers, buffers, sizeof buffers);
    memcpy(step->params, &params, sizeof params);
    step->global[0] = (items + local - 1) / local * local;
    step->global[1] = step->global[2] = 1;
    return CLQNN_OK;
}

static double portable_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_loss_scale_problem *loss_scale = problem;
    return 20e-6 + (double)loss_scale->nest.count / (capabilities->is_gpu ? 20e9 : 0.1e9);
}

static clqnn_status portable_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    return add_step(problem, capabilities->is_cpu ? 1024 : 16, portable_program.kernels[0].local[0], recipe);
}

const clq_op_variant clq_loss_scale_portable = {
    .name = "loss_scale_portable",
    .summary = "plain OpenCL C, a work-item makes a chunk element by element; any device",
    .program = &portable_program,
    .cost = portable_cost,
    .arrange = portable_arrange,
};

static double vector_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_loss_scale_problem *loss_scale = problem;
    return 10e-6 + (double)loss_scale->nest.count / (4e9 * capabilities->compute_units);
}

static clqnn_status vector_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_loss_scale_problem *loss_scale = problem;
    return add_step(loss_scale, clq_op_vector_chunk(loss_scale->nest.count, capabilities), 1, recipe);
}

const clq_op_variant clq_loss_scale_vector = {
    .name = "loss_scale_vector",
    .summary = "plain OpenCL C in vectors of 16, a work-item makes a long run; CPUs",
    .program = &vector_program,
    .counts_begun = true,
    .accepts = clq_op_accepts_cpu,
    .cost = vector_cost,
    .arrange = vector_arrange,
};
