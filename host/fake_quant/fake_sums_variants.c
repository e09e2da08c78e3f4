/* SPDX-License-Identifier: Apache-2.0 */
/* Backward passes and measurements: they share sums over slots, and so their programs. */
#include "fake_quant/fake_quant_problem.h"

static const clq_op_program portable_program = {
    .parts = {"prelude/float_types", "convert/convert_params", "convert/convert_float_element", "fake_quant/fake_quant_params", "fake_quant/one_lane", "fake_quant/fake_quant_code",
              "fake_quant/fake_values", "fake_quant/fake_terms", "fake_quant/fake_back_portable", "fake_quant/fake_sums_portable", "fake_quant/fake_finish"},
    .defines = "-DWALK_OPERANDS=5",
    .kernels = {[CLQ_FAKE_BACK] = {"fake_back_portable", 5, sizeof(fake_quant_params), {16, 1, 1}},
                [CLQ_FAKE_SUMS] = {"fake_sums_portable", 5, sizeof(fake_sums_params), {FAKE_SUM_LANES, 1, 1}},
                [CLQ_FAKE_FINISH] = {"fake_finish", 2, sizeof(fake_finish_params), {16, 1, 1}}},
};

static const clq_op_program vector_program = {
    .parts = {"op/vector_memory", "prelude/float_types", "convert/convert_params", "convert/convert_float_element", "convert/half_vector", "convert/convert_float_lanes",
              "fake_quant/fake_quant_params", "fake_quant/sixteen_lanes", "fake_quant/fake_quant_code", "fake_quant/fake_lanes", "fake_quant/fake_parts", "fake_quant/fake_terms",
              "fake_quant/fake_back_vector", "fake_quant/fake_sums_vector", "fake_quant/fake_finish"},
    .defines = "-DWALK_OPERANDS=5",
    .kernels = {[CLQ_FAKE_BACK] = {"fake_back_vector", 5, sizeof(fake_quant_params), {1, 1, 1}},
                [CLQ_FAKE_SUMS] = {"fake_sums_vector", 5, sizeof(fake_sums_params), {1, 1, 1}},
                [CLQ_FAKE_FINISH] = {"fake_finish", 2, sizeof(fake_finish_params), {16, 1, 1}}},
};

static double portable_seconds(double elements, const clq_capabilities *capabilities)
{
    return 20e-6 + elements / (capabilities->is_gpu ? 20e9 : 0.1e9);
}

static double vector_seconds(double elements, const clq_capabilities *capabilities)
{
    return 10e-6 + elements / (2e9 * capabilities->compute_units);
}

/* ---- Backward ---- */

static clqnn_status arrange_back(const clq_fake_back_problem *problem, const clq_op_program *program, int64_t chunk, clq_op_recipe *recipe)
{
    const clq_fake_quant_problem *pass = &problem->pass;
    const uint8_t dy = CLQ_OP_INPUT, x = CLQ_OP_INPUT + 1;
    uint8_t buffers[] = {x, x, x, CLQ_OP_OUTPUT, dy};
    if (!pass->reads_mask) clq_fake_place_inputs(&pass->scheme, x, &buffers[1], &buffers[2]);
    CLQ_FORWARD(clq_fake_add_pass(pass, program, CLQ_FAKE_BACK, chunk, buffers, recipe));
    if (!problem->has_sums) return CLQNN_OK;
    const uint8_t read[] = {x, buffers[1], buffers[2], dy};
    const fake_finish_params finish = {.factor = problem->factor, .least = 1.0f, .most = 0.0f, .results = pass->scheme.rule.has_two ? 2 : 1};
    CLQ_FORWARD(clq_fake_add_sums(&problem->sums, pass->scheme.sum, &pass->scheme.rule, pass->x.type, pass->dy.type, program, read, recipe));
    return clq_fake_add_finish(&problem->sums, finish, program, CLQ_OP_OUTPUT + 1, recipe);
}

static uint64_t back_workspace(const void *problem, const clq_capabilities *capabilities)
{
    const clq_fake_back_problem *back = problem;
    (void)capabilities;
    return back->has_sums ? clq_fake_sums_bytes(&back->sums) : 0;
}

static double back_portable_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_fake_back_problem *back = problem;
    return portable_seconds((double)back->pass.nest.count * (back->has_sums ? 2 : 1), capabilities);
}

static double back_vector_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_fake_back_problem *back = problem;
    return vector_seconds((double)back->pass.nest.count * (back->has_sums ? 2 : 1), capabilities);
}

static clqnn_status back_portable_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    return arrange_back(problem, &portable_program, capabilities->is_cpu ? 1024 : 16, recipe);
}

static clqnn_status back_vector_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const clq_fake_back_problem *back = problem;
    return arrange_back(back, &vector_program, clq_op_vector_chunk(back->pass.nest.count, capabilities), recipe);
}

const clq_op_variant clq_fake_back_portable = {
    .name = "fake_back_portable",
    .summary = "plain OpenCL C, a work-item makes a chunk, a work-group of 16 a partial sum; any device",
    .program = &portable_program,
    .cost = back_portable_cost,
    .workspace = back_workspace,
    .arrange = back_portable_arrange,
};

const clq_op_variant clq_fake_back_vector = {
    .name = "fake_back_vector",
    .summary = "plain OpenCL C in vectors of 16; CPUs",
    .program = &vector_program,
    .needs = CLQ_CAP_EXACT_DIVIDE,
    .counts_begun = true,
    .accepts = clq_op_accepts_cpu,
    .cost = back_vector_cost,
    .workspace = back_workspace,
    .arrange = back_vector_arrange,
};

/* ---- Measurements ---- */

/* A threshold that one pass makes is read by the next: it is the second output. */
static clqnn_status arrange_measure(const clq_fake_measure_problem *problem, const clq_op_program *program, clq_op_recipe *recipe)
{
    for (int i = 0; i < problem->pass_count; i++) {
        const clq_fake_measure_pass *pass = &problem->passes[i];
        const fake_rule rule = {.has_thresholds = pass->kind == FAKE_SUM_ABOVE};
        const uint8_t others = rule.has_thresholds ? CLQ_OP_OUTPUT + 1 : CLQ_OP_INPUT;
        const uint8_t read[] = {CLQ_OP_INPUT, CLQ_OP_INPUT, others, CLQ_OP_INPUT};
        const fake_finish_params finish = {.divisor = pass->divisor,
                                           .factor = pass->factor,
                                           .least = pass->least,
                                           .most = 0x1p126f,
                                           .is_max = pass->kind == FAKE_MAX_MAGNITUDE || pass->kind == FAKE_MAX_TANH,
                                           .results = 1};
        CLQ_FORWARD(clq_fake_add_sums(&problem->sums, pass->kind, &rule, problem->x.type, problem->x.type, program, read, recipe));
        CLQ_FORWARD(clq_fake_add_finish(&problem->sums, finish, program, (uint8_t)(CLQ_OP_OUTPUT + pass->output), recipe));
    }
    return CLQNN_OK;
}

static uint64_t measure_workspace(const void *problem, const clq_capabilities *capabilities)
{
    const clq_fake_measure_problem *measure = problem;
    (void)capabilities;
    return clq_fake_sums_bytes(&measure->sums);
}

static double measure_portable_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_fake_measure_problem *measure = problem;
    return portable_seconds((double)measure->x.count * measure->pass_count, capabilities);
}

static double measure_vector_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_fake_measure_problem *measure = problem;
    return vector_seconds((double)measure->x.count * measure->pass_count, capabilities);
}

static clqnn_status measure_portable_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    (void)capabilities;
    return arrange_measure(problem, &portable_program, recipe);
}

static clqnn_status measure_vector_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    (void)capabilities;
    return arrange_measure(problem, &vector_program, recipe);
}

const clq_op_variant clq_fake_measure_portable = {
    .name = "fake_measure_portable",
    .summary = "plain OpenCL C, a work-group of 16 makes a partial sum; any device",
    .program = &portable_program,
    .cost = measure_portable_cost,
    .workspace = measure_workspace,
    .arrange = measure_portable_arrange,
};

const clq_op_variant clq_fake_measure_vector = {
    .name = "fake_measure_vector",
    .summary = "plain OpenCL C in vectors of 16; CPUs",
    .program = &vector_program,
    .needs = CLQ_CAP_EXACT_DIVIDE,
    .counts_begun = true,
    .accepts = clq_op_accepts_cpu,
    .cost = measure_vector_cost,
    .workspace = measure_workspace,
    .arrange = measure_vector_arrange,
};
