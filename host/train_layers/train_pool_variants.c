/* SPDX-License-Identifier: Apache-2.0 */
#include "train_layers/train_pool_problem.h"

#define SHARED "train_layers/train_pool_params", "train_layers/train_pool_windows"

enum { FORWARD, BACKWARD };   /* kernels of both programs */

static const clq_op_program portable_program = {
    .parts = {SHARED, "train_layers/train_pool_portable"},
    .kernels = {[FORWARD] = {"train_pool_forward_portable", 3, sizeof(train_pool_params), {64, 1, 1}},
                [BACKWARD] = {"train_pool_backward_portable", 3, sizeof(train_pool_params), {64, 1, 1}}},
};

static const clq_op_program vector_program = {
    .parts = {"op/vector_memory", SHARED, "train_layers/train_pool_vector"},
    .kernels = {[FORWARD] = {"train_pool_forward_vector", 3, sizeof(train_pool_params), {1, 1, 1}},
                [BACKWARD] = {"train_pool_backward_vector", 3, sizeof(train_pool_params), {1, 1, 1}}},
};

static clqnn_status add_step(const clq_train_pool_problem *problem, const clq_op_program *program, int64_t chunk, int64_t items, clq_op_recipe *recipe)
{
    train_pool_params params = problem->params;
    params.chunk = (clq_ulong)chunk;
    const uint8_t forward[] = {CLQ_OP_INPUT, CLQ_OP_OUTPUT, params.saves_taps ? CLQ_OP_OUTPUT + 1 : CLQ_OP_OUTPUT};
    const uint8_t backward[] = {CLQ_OP_INPUT, params.is_average ? CLQ_OP_INPUT : CLQ_OP_INPUT + 1, CLQ_OP_OUTPUT};
    const bool is_backward = problem->is_backward;
    return clq_layer_add_step(recipe, &(clq_layer_step){program, is_backward ? BACKWARD : FORWARD, is_backward ? backward : forward, NULL, &params, items});
}

/* Bytes, and the taps that are visited count too. */
static int64_t effort(const clq_train_pool_problem *problem)
{
    const int64_t taps = (int64_t)problem->params.kernel_h * problem->params.kernel_w;
    return 4 * (problem->x_count + problem->y_count) + (taps > 4 ? 2 * (taps < 1024 ? taps : 1024) * problem->y_count : 0);
}

static double portable_cost(const void *problem, const clq_capabilities *capabilities)
{
    return clq_layer_portable_cost(effort(problem), 1, capabilities);
}

static clqnn_status portable_arrange(const void *problem_memory, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_train_pool_problem *problem = problem_memory;
    (void)capabilities;
    return add_step(problem, &portable_program, 0, (int64_t)(problem->params.pixels * problem->params.channels), recipe);
}

static double vector_cost(const void *problem, const clq_capabilities *capabilities)
{
    return clq_layer_vector_cost(effort(problem), 1, capabilities);
}

static clqnn_status vector_arrange(const void *problem_memory, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_train_pool_problem *problem = problem_memory;
    const int64_t pixels = (int64_t)problem->params.pixels, channels = (int64_t)problem->params.channels;
    const int64_t wanted = clq_op_vector_chunk(pixels * channels, capabilities) / channels, units = 4 * (int64_t)capabilities->compute_units;
    const int64_t fair = (pixels + units - 1) / units, chunk = wanted < 1 ? 1 : wanted < fair ? wanted : fair;
    return add_step(problem, &vector_program, chunk, (pixels + chunk - 1) / chunk, recipe);
}

const clq_op_variant clq_train_pool_portable = {
    .name = "train_pool_portable",
    .summary = "plain OpenCL C, a work-item makes an element; any device",
    .program = &portable_program,
    .cost = portable_cost,
    .arrange = portable_arrange,
};

const clq_op_variant clq_train_pool_vector = {
    .name = "train_pool_vector",
    .summary = "plain OpenCL C in vectors of 16 channels; CPUs",
    .program = &vector_program,
    .counts_begun = true,
    .accepts = clq_op_accepts_cpu,
    .cost = vector_cost,
    .arrange = vector_arrange,
};
