/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "bits/pool_bits_problem.h"

static const clq_op_program portable_program = {
    .parts = {"bits/pool_bits_params", "bits/pool_bits_window", "bits/pool_bits_portable"},
    .kernels = {{"pool_bits_portable", 3, sizeof(pool_bits_params), {16, 4, 1}}},
};

static const clq_op_program vector_program = {
    .parts = {"bits/pool_bits_params", "bits/pool_bits_window", "bits/pool_bits_vector"},
    .kernels = {{"pool_bits_vector", 3, sizeof(pool_bits_params), {1, 1, 1}}},
};

/* Words that the windows read. */
static double words_read(const clq_pool_bits_problem *problem)
{
    double words = (double)clq_pool_bits_words(problem);
    for (int i = 0; i < POOL_AXES; i++) words *= (double)problem->axes[i].kernel;
    return words;
}

static const char *accepts(const void *problem_memory, const clq_capabilities *capabilities)
{
    const clq_pool_bits_problem *problem = problem_memory;
    const double rows = (double)problem->y.shape[0] * (double)problem->axes[0].output * (double)problem->axes[1].output;
    (void)capabilities;
    return rows > INT32_MAX ? "more than 2^31 rows" : NULL;
}

static size_t round_up(int64_t count, size_t local)
{
    return ((size_t)count + local - 1) / local * local;
}

static double portable_cost(const void *problem, const clq_capabilities *capabilities)
{
    return 20e-6 + words_read(problem) / (capabilities->is_gpu ? 20e9 : 0.1e9);
}

static clqnn_status portable_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const size_t *local = portable_program.kernels[0].local;
    pool_bits_params params;
    (void)capabilities;
    clq_op_step *step = clq_pool_bits_add_step(problem, recipe, &params);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    memcpy(step->params, &params, sizeof params);
    step->global[0] = round_up((int64_t)params.words * params.output[2], local[0]);
    step->global[1] = round_up((int64_t)params.rows, local[1]);
    step->global[2] = 1;
    return CLQNN_OK;
}

const clq_op_variant clq_pool_bits_portable = {
    .name = "pool_bits_portable",
    .summary = "plain OpenCL C, a work-item makes a word; any device",
    .program = &portable_program,
    .accepts = accepts,
    .cost = portable_cost,
    .arrange = portable_arrange,
};

static const char *vector_accepts(const void *problem, const clq_capabilities *capabilities)
{
    return capabilities->is_cpu ? accepts(problem, capabilities) : "the device is not a CPU";
}

static double vector_cost(const void *problem, const clq_capabilities *capabilities)
{
    return 10e-6 + words_read(problem) / (1e9 * capabilities->compute_units);
}

/* A work-item makes rows of about 2000 words read, less where that leaves units idle. */
static clqnn_status vector_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    pool_bits_params params;
    clq_op_step *step = clq_pool_bits_add_step(problem, recipe, &params);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    const double row = words_read(problem) / (double)params.rows;
    const clq_ulong fair = params.rows / (2 * (clq_ulong)capabilities->compute_units), coarse = row < 2000.0 ? (clq_ulong)(2000.0 / row) : 1;
    params.chunk = coarse < fair ? coarse : fair > 0 ? fair : 1;
    memcpy(step->params, &params, sizeof params);
    step->global[0] = (size_t)((params.rows + params.chunk - 1) / params.chunk);
    step->global[1] = step->global[2] = 1;
    return CLQNN_OK;
}

const clq_op_variant clq_pool_bits_vector = {
    .name = "pool_bits_vector",
    .summary = "plain OpenCL C in vectors of up to 8 words, a work-item makes some rows; CPUs",
    .program = &vector_program,
    .counts_begun = true,
    .accepts = vector_accepts,
    .cost = vector_cost,
    .arrange = vector_arrange,
};
