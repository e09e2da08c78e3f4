/* SPDX-License-Identifier: Apache-2.0 */
#include "core/descriptor.h"
#include "core/message.h"
#include "quantizer/statistics_problem.h"

#define STATE_WORDS ((int64_t)(sizeof(clqnn_slot_statistics) / 4))
_Static_assert(sizeof(clqnn_slot_statistics) == 96, "kernels/cl/quantizer/statistics_state.cl has the same fields");

static clqnn_status cut(const clqnn_statistics_desc *desc, clq_statistics_problem *problem)
{
    const clq_slots *slots = &problem->slots;
    const int64_t samples = desc->samples ? desc->samples : 1;
    if (samples < 1 || slots->elements % samples || slots->last_elements % samples) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "samples is %lld, must divide the %lld elements of a slot%s", (long long)desc->samples, (long long)slots->elements,
                        slots->last_elements == slots->elements ? "" : ", the last group's too");
    }
    problem->params.samples = (clq_ulong)samples;
    problem->params.blocks = (clq_ulong)((slots->elements / samples - 1) / STATISTICS_BLOCK + 1);
    problem->params.total = problem->params.slots * problem->params.samples * problem->params.blocks;
    return CLQNN_OK;
}

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_statistics_problem *problem = problem_memory;
    clqnn_statistics_desc desc;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_statistics_desc", given, &desc, sizeof desc, sizeof desc));
    CLQ_FORWARD(clq_statistics_resolve(&desc.x, desc.granularity, problem));
    if (desc.extremes_only != 0 && desc.extremes_only != 1) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "extremes_only is %d, must be 0 or 1", (int)desc.extremes_only);
    }
    if (!(desc.momentum >= 0.0f && desc.momentum < 1.0f)) return clq_fail(CLQNN_INVALID_ARGUMENT, "momentum is %g, must be in [0, 1)", (double)desc.momentum);
    CLQ_FORWARD(cut(&desc, problem));
    problem->params.with_moments = !desc.extremes_only;
    problem->params.rate = 1.0f - (desc.momentum == 0.0f ? 0.9f : desc.momentum);
    signature->wanted = desc.variant;
    const clq_tensor state = clq_words(CLQNN_S32, problem->slots.count * STATE_WORDS);
    CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &problem->x, false));
    return clq_op_add_output(signature, "state", -1, &state);
}

static uint64_t workspace(const void *problem, const clq_capabilities *capabilities)
{
    const statistics_params *params = &((const clq_statistics_problem *)problem)->params;
    (void)capabilities;
    return 4 * (STATISTICS_PLANES * (uint64_t)params->total + CALL_PLANES * (uint64_t)params->slots);
}

static clqnn_status add_blocks(const clq_op_program *program, uint32_t kernel, size_t items, const statistics_params *params, clq_op_recipe *recipe)
{
    clq_op_step *step = clq_statistics_step(recipe, program, kernel, items, params);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->buffers[0] = CLQ_OP_INPUT;
    step->buffers[1] = CLQ_OP_WORKSPACE;
    return CLQNN_OK;
}

static clqnn_status add_join(const clq_op_program *program, uint32_t kernel, const statistics_params *params, clq_op_recipe *recipe)
{
    clq_op_step *step = clq_statistics_step(recipe, program, kernel, (size_t)params->slots, params);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->buffers[0] = CLQ_OP_WORKSPACE;
    step->buffers[1] = CLQ_OP_OUTPUT;
    return CLQNN_OK;
}

/* The second round needs the mean of the first. */
static clqnn_status add_rounds(const clq_op_program *program, size_t items, const statistics_params *params, clq_op_recipe *recipe)
{
    CLQ_FORWARD(add_blocks(program, CLQ_STATISTICS_BLOCKS, items, params, recipe));
    CLQ_FORWARD(add_join(program, CLQ_STATISTICS_JOIN, params, recipe));
    if (!params->with_moments) return CLQNN_OK;
    CLQ_FORWARD(add_blocks(program, CLQ_DEVIATION_BLOCKS, items, params, recipe));
    return add_join(program, CLQ_MOMENTS_JOIN, params, recipe);
}

static double portable_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_statistics_problem *statistics = problem;
    return 40e-6 + (double)statistics->x.count / (capabilities->is_gpu ? 20e9 : 0.05e9);
}

static clqnn_status portable_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const statistics_params *params = &((const clq_statistics_problem *)problem)->params;
    (void)capabilities;
    return add_rounds(&clq_statistics_portable_program, (size_t)params->total, params, recipe);
}

static const clq_op_variant statistics_portable = {
    .name = "statistics_portable",
    .summary = "plain OpenCL C, 16 work-items a block of 4096 elements; any device",
    .program = &clq_statistics_portable_program,
    .cost = portable_cost,
    .workspace = workspace,
    .arrange = portable_arrange,
};

static double vector_cost(const void *problem, const clq_capabilities *capabilities)
{
    const clq_statistics_problem *statistics = problem;
    return 20e-6 + (double)statistics->x.count / (1.5e9 * capabilities->compute_units);
}

/* A few work-items for each unit, each with whole sixteens of slots that lie side by side. */
static clqnn_status vector_arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    statistics_params params = ((const clq_statistics_problem *)problem)->params;
    const clq_ulong items = 4 * (clq_ulong)capabilities->compute_units, unit = params.step == 1 ? 1 : 16;
    const clq_ulong fair = (params.total - 1) / (items ? items : 1) + 1;
    params.chunk = (fair + unit - 1) / unit * unit;
    return add_rounds(&clq_statistics_vector_program, (size_t)((params.total - 1) / params.chunk + 1), &params, recipe);
}

static const clq_op_variant statistics_vector = {
    .name = "statistics_vector",
    .summary = "plain OpenCL C in vectors of 16, along a slot or across 16 of them; CPUs",
    .program = &clq_statistics_vector_program,
    .counts_begun = true,
    .accepts = clq_op_accepts_cpu,
    .cost = vector_cost,
    .workspace = workspace,
    .arrange = vector_arrange,
};

const clq_op_family clq_op_statistics = {
    .kind = "statistics",
    .problem_size = sizeof(clq_statistics_problem),
    .validate = validate,
    .variants = {&statistics_vector, &statistics_portable},
};

clqnn_status clqnn_statistics_create(clqnn_context *context, const clqnn_statistics_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_statistics, desc, op);
}

clqnn_status clqnn_statistics_query(clqnn_context *context, const clqnn_statistics_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_statistics, desc, info);
}
