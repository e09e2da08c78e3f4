/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "optimizer/optimizer_problem.h"

enum { SGD, ADAM };   /* kernels of both programs */

static const clq_op_program portable_program = {
    .parts = {"train_layers/layer_elements", "normalize/square_root", "optimizer/optimizer_params", "optimizer/optimizer_portable"},
    .kernels = {[SGD] = {"sgd_portable", 5, sizeof(optimizer_params), {64, 1, 1}}, [ADAM] = {"adam_portable", 6, sizeof(optimizer_params), {64, 1, 1}}},
};

static const clq_op_program vector_program = {
    .parts = {"op/vector_memory", "optimizer/optimizer_params", "optimizer/optimizer_vector"},
    .kernels = {[SGD] = {"sgd_vector", 5, sizeof(optimizer_params), {1, 1, 1}}, [ADAM] = {"adam_vector", 6, sizeof(optimizer_params), {1, 1, 1}}},
};

clqnn_status clq_optimizer_check_decay(float decay)
{
    if (decay >= 0.0f && isfinite(decay)) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_ARGUMENT, "weight_decay is %g, must be 0 or more, finite", (double)decay);
}

clqnn_status clq_optimizer_sign(const clq_optimizer_problem *problem, const char *scalars, const char *const *states, clq_op_signature *signature)
{
    const int64_t count = (int64_t)problem->params.count;
    CLQ_FORWARD(clq_layer_add_input(signature, "g", CLQNN_F32, count, false));
    CLQ_FORWARD(clq_layer_add_input(signature, scalars, CLQNN_F32, problem->is_adam ? 3 : 1, false));
    if (problem->params.has_skip) CLQ_FORWARD(clq_layer_add_input(signature, "skip", CLQNN_S32, 1, false));
    CLQ_FORWARD(clq_layer_add_output(signature, "w", CLQNN_F32, count));
    for (int i = 0; i < problem->state_count; i++) CLQ_FORWARD(clq_layer_add_output(signature, states[i], CLQNN_F32, count));
    return CLQNN_OK;
}

static clqnn_status add_step(const clq_optimizer_problem *problem, const clq_op_program *program, int64_t chunk, int64_t items, clq_op_recipe *recipe)
{
    optimizer_params params = problem->params;
    params.chunk = (clq_ulong)chunk;
    const uint8_t skip = params.has_skip ? CLQ_OP_INPUT + 2 : CLQ_OP_INPUT + 1;
    const uint8_t buffers[] = {CLQ_OP_INPUT, CLQ_OP_INPUT + 1, skip, CLQ_OP_OUTPUT, problem->state_count ? CLQ_OP_OUTPUT + 1 : CLQ_OP_OUTPUT, CLQ_OP_OUTPUT + 2};
    return clq_layer_add_step(recipe, &(clq_layer_step){program, problem->is_adam ? ADAM : SGD, buffers, NULL, &params, items});
}

static int64_t traffic(const clq_optimizer_problem *problem)
{
    return (int64_t)problem->params.count * (12 + 8 * problem->state_count);
}

static double portable_cost(const void *problem, const clq_capabilities *capabilities)
{
    return clq_layer_portable_cost(traffic(problem), 1, capabilities);
}

static clqnn_status portable_arrange(const void *problem_memory, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_optimizer_problem *problem = problem_memory;
    (void)capabilities;
    return add_step(problem, &portable_program, 0, clq_layer_element_items((int64_t)problem->params.count), recipe);
}

static double vector_cost(const void *problem, const clq_capabilities *capabilities)
{
    return clq_layer_vector_cost(traffic(problem), 1, capabilities);
}

static clqnn_status vector_arrange(const void *problem_memory, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_optimizer_problem *problem = problem_memory;
    const int64_t count = (int64_t)problem->params.count, chunk = clq_op_vector_chunk(count, capabilities);
    return add_step(problem, &vector_program, chunk, (count + chunk - 1) / chunk, recipe);
}

#define PORTABLE(stem)                                                                                  \
    const clq_op_variant clq_##stem##_portable = {                                                      \
        .name = #stem "_portable",                                                                      \
        .summary = "plain OpenCL C, a work-item updates 4 parameters; any device",                      \
        .program = &portable_program,                                                                   \
        .cost = portable_cost,                                                                          \
        .arrange = portable_arrange,                                                                    \
    };
#define VECTOR(stem, capabilities)                                                                      \
    const clq_op_variant clq_##stem##_vector = {                                                        \
        .name = #stem "_vector",                                                                        \
        .summary = "plain OpenCL C in vectors of 16, a work-item updates a long run; CPUs",             \
        .program = &vector_program,                                                                     \
        .needs = capabilities,                                                                          \
        .counts_begun = true,                                                                           \
        .accepts = clq_op_accepts_cpu,                                                               \
        .cost = vector_cost,                                                                            \
        .arrange = vector_arrange,                                                                      \
    };
PORTABLE(sgd)
PORTABLE(adam)
VECTOR(sgd, 0)
VECTOR(adam, CLQ_CAP_HOST_CPU | CLQ_CAP_EXACT_DIVIDE) /* there the root is an instruction of the CPU too */
