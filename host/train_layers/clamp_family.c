/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "clqnn/train_layers.h"
#include "core/descriptor.h"
#include "train_layers/layer_fields.h"

#include "train_layers/clamp_params.cl"

typedef struct clq_clamp_problem {
    clamp_params params;    /* but for the chunk */
} clq_clamp_problem;

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_clamp_problem *problem = problem_memory;
    clqnn_clamp_desc desc;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_clamp_desc", given, &desc, sizeof desc, sizeof desc));
    const bool is_backward = desc.direction == CLQNN_LAYER_BACKWARD, has_none = desc.clamp_min == 0.0f && desc.clamp_max == 0.0f;
    if (!is_backward && desc.direction != CLQNN_LAYER_FORWARD) return clq_fail(CLQNN_INVALID_ARGUMENT, "direction is %d, must be 0 or 1", (int)desc.direction);
    CLQ_FORWARD(clq_layer_check_extent("count", desc.count, 1, CLQ_LAYER_MOST_ELEMENTS));
    if (is_backward && desc.adds) return clq_fail(CLQNN_INVALID_ARGUMENT, "adds is %d, must be 0 backward", (int)desc.adds);
    if (!has_none) CLQ_FORWARD(clq_layer_check_clamp(desc.clamp_min, desc.clamp_max));
    problem->params = (clamp_params){
        .count = (clq_ulong)desc.count,
        .what = is_backward ? CLAMP_BACKWARD : desc.adds ? CLAMP_SUM : CLAMP_FORWARD,
        .streams = clq_layer_streams(desc.count),
        .least = has_none ? -INFINITY : desc.clamp_min,
        .most = has_none ? INFINITY : desc.clamp_max,
    };
    signature->wanted = desc.variant;
    CLQ_FORWARD(clq_layer_add_input(signature, is_backward ? "dy" : "x", CLQNN_F32, desc.count, true));
    if (is_backward || desc.adds) CLQ_FORWARD(clq_layer_add_input(signature, is_backward ? "v" : "b", CLQNN_F32, desc.count, false));
    return clq_layer_add_output(signature, is_backward ? "dx" : "y", CLQNN_F32, desc.count);
}

static const clq_op_program portable_program = {
    .parts = {"train_layers/layer_elements", "train_layers/clamp_params", "train_layers/clamp_portable"},
    .kernels = {{"clamp_portable", 3, sizeof(clamp_params), {64, 1, 1}}},
};

static const clq_op_program vector_program = {
    .parts = {"op/vector_memory", "train_layers/clamp_params", "train_layers/clamp_vector"},
    .kernels = {{"clamp_vector", 3, sizeof(clamp_params), {1, 1, 1}}},
};

static clqnn_status add_step(const clq_op_program *program, const clamp_params *params, int64_t items, clq_op_recipe *recipe)
{
    const uint8_t buffers[] = {CLQ_OP_INPUT, params->what == CLAMP_FORWARD ? CLQ_OP_INPUT : CLQ_OP_INPUT + 1, CLQ_OP_OUTPUT};
    return clq_layer_add_step(recipe, &(clq_layer_step){program, 0, buffers, NULL, params, items});
}

static int64_t traffic(const clq_clamp_problem *problem)
{
    return (int64_t)problem->params.count * (problem->params.what == CLAMP_FORWARD ? 8 : 12);
}

static double portable_cost(const void *problem, const clq_capabilities *capabilities)
{
    return clq_layer_portable_cost(traffic(problem), 1, capabilities);
}

static clqnn_status portable_arrange(const void *problem_memory, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_clamp_problem *problem = problem_memory;
    (void)capabilities;
    return add_step(&portable_program, &problem->params, clq_layer_element_items((int64_t)problem->params.count), recipe);
}

static double vector_cost(const void *problem, const clq_capabilities *capabilities)
{
    return clq_layer_vector_cost(traffic(problem), 1, capabilities);
}

static clqnn_status vector_arrange(const void *problem_memory, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_clamp_problem *problem = problem_memory;
    const int64_t count = (int64_t)problem->params.count, chunk = clq_op_vector_chunk(count, capabilities);
    clamp_params params = problem->params;
    params.chunk = (clq_ulong)chunk;
    return add_step(&vector_program, &params, (count + chunk - 1) / chunk, recipe);
}

static const clq_op_variant clamp_portable = {
    .name = "clamp_portable",
    .summary = "plain OpenCL C, a work-item makes 4 elements; any device",
    .program = &portable_program,
    .cost = portable_cost,
    .arrange = portable_arrange,
};

static const clq_op_variant clamp_vector = {
    .name = "clamp_vector",
    .summary = "plain OpenCL C in vectors of 16, a work-item makes a long run; CPUs",
    .program = &vector_program,
    .counts_begun = true,
    .accepts = clq_op_accepts_cpu,
    .cost = vector_cost,
    .arrange = vector_arrange,
};

const clq_op_family clq_op_clamp = {
    .kind = "clamp",
    .problem_size = sizeof(clq_clamp_problem),
    .validate = validate,
    .variants = {&clamp_vector, &clamp_portable},
};
_Static_assert(sizeof(clq_clamp_problem) <= CLQ_OP_PROBLEM_BYTES, "the problem fits the framework's memory");

clqnn_status clqnn_clamp_create(clqnn_context *context, const clqnn_clamp_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_clamp, desc, op);
}

clqnn_status clqnn_clamp_query(clqnn_context *context, const clqnn_clamp_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_clamp, desc, info);
}
