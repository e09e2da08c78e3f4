/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "core/descriptor.h"
#include "core/message.h"
#include "quantizer/range_problem.h"

typedef struct range_parameters_problem {
    range_parameters_params params;
} range_parameters_problem;

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    range_parameters_params *params = &((range_parameters_problem *)problem_memory)->params;
    clqnn_range_parameters_desc desc;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_range_parameters_desc", given, &desc, sizeof desc, sizeof desc));
    CLQ_FORWARD(clq_slots_check_count(desc.slots));
    CLQ_FORWARD(clq_codes_resolve(&desc.codes, &params->least, &params->most));
    if (desc.is_symmetric != 0 && desc.is_symmetric != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "is_symmetric is %d, must be 0 or 1", (int)desc.is_symmetric);
    params->slots = (clq_ulong)desc.slots;
    params->is_symmetric = desc.is_symmetric;
    signature->wanted = desc.variant;
    const clq_tensor ranges = clq_words(CLQNN_F32, 2 * desc.slots), scales = clq_words(CLQNN_F32, desc.slots), zero_points = clq_words(CLQNN_S32, desc.slots);
    CLQ_FORWARD(clq_op_add_input(signature, "ranges", -1, &ranges, false));
    CLQ_FORWARD(clq_op_add_output(signature, "scales", -1, &scales));
    return clq_op_add_output(signature, "zero_points", -1, &zero_points);
}

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    (void)capabilities;
    return 10e-6 + (double)((const range_parameters_problem *)problem)->params.slots * 10e-9;
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const range_parameters_params *params = &((const range_parameters_problem *)problem)->params;
    static const uint8_t buffers[] = {CLQ_OP_INPUT, CLQ_OP_OUTPUT, CLQ_OP_OUTPUT + 1};
    (void)capabilities;
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    memcpy(step->buffers, buffers, sizeof buffers);
    memcpy(step->params, params, sizeof *params);
    clq_range_geometry(step, CLQ_RANGE_PARAMETERS, (size_t)params->slots);
    return CLQNN_OK;
}

static const clq_op_variant range_parameters_portable = {
    .name = "range_parameters_portable",
    .summary = "plain OpenCL C, a work-item a range; any device",
    .program = &clq_range_program,
    .cost = cost,
    .arrange = arrange,
};

const clq_op_family clq_op_range_parameters = {
    .kind = "range_parameters",
    .problem_size = sizeof(range_parameters_problem),
    .validate = validate,
    .variants = {&range_parameters_portable},
};

clqnn_status clqnn_range_parameters_create(clqnn_context *context, const clqnn_range_parameters_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_range_parameters, desc, op);
}

clqnn_status clqnn_range_parameters_query(clqnn_context *context, const clqnn_range_parameters_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_range_parameters, desc, info);
}
