/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "core/descriptor.h"
#include "core/message.h"
#include "fake_quant/fake_quant_problem.h"

#define LEAST 0x1p-100f
#define BY_COUNT (-1.0f)   /* divided by how many there are */

static clqnn_status check(const clqnn_fake_quant_measure_desc *desc)
{
    const bool has_bits = desc->scheme == CLQNN_DOREFA_WEIGHTS || desc->scheme == CLQNN_DOREFA_GRADIENTS, has_threshold = desc->scheme == CLQNN_TWN || desc->scheme == CLQNN_TTQ;
    const char *const name = clq_fake_scheme_name(desc->scheme);
    if (!has_bits && !has_threshold && desc->scheme != CLQNN_LSQ && desc->scheme != CLQNN_XNOR) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "scheme is %d (%s), which has no parameters that follow from x", (int)desc->scheme, name);
    }
    if (has_bits ? desc->bits < 1 || desc->bits > 8 : desc->bits != 0) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "bits is %d, must be %s of %s", (int)desc->bits, has_bits ? "in 1..8" : "0", name);
    }
    if (desc->scheme == CLQNN_LSQ ? desc->qmax < 1 || desc->qmax > 255 : desc->qmax != 0) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "qmax is %d, must be %s of %s", (int)desc->qmax, desc->scheme == CLQNN_LSQ ? "in 1..255" : "0", name);
    }
    if (has_threshold ? !(desc->threshold_factor >= 0.0f && desc->threshold_factor <= 1.0f) : desc->threshold_factor != 0.0f) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "threshold_factor is %g, must be %s of %s", (double)desc->threshold_factor, has_threshold ? "in 0..1" : "0", name);
    }
    return CLQNN_OK;
}

/* What is measured, pass by pass. */
static void choose(const clqnn_fake_quant_measure_desc *desc, clq_fake_measure_problem *problem)
{
    const float elements = (float)problem->sums.elements, given = desc->threshold_factor;
    clq_fake_measure_pass mean = {.kind = FAKE_SUM_MAGNITUDE, .divisor = elements, .factor = 1.0f, .least = LEAST};
    problem->pass_count = 1;
    problem->passes[0] = mean;
    switch (desc->scheme) {
    case CLQNN_LSQ: problem->passes[0].factor = (float)(2.0 / sqrt((double)desc->qmax)); break;
    case CLQNN_DOREFA_WEIGHTS:
        if (desc->bits > 1) problem->passes[0] = (clq_fake_measure_pass){.kind = FAKE_MAX_TANH, .factor = 1.0f, .least = LEAST};
        break;
    case CLQNN_DOREFA_GRADIENTS: problem->passes[0] = (clq_fake_measure_pass){.kind = FAKE_MAX_MAGNITUDE, .factor = 1.0f, .least = LEAST}; break;
    case CLQNN_TTQ: problem->passes[0] = (clq_fake_measure_pass){.kind = FAKE_MAX_MAGNITUDE, .factor = given == 0.0f ? 0.05f : given}; break;
    case CLQNN_TWN:
        problem->pass_count = 2;
        mean.factor = given == 0.0f ? 0.7f : given;
        mean.least = 0.0f;
        mean.output = 1;
        problem->passes[0] = mean;
        problem->passes[1] = (clq_fake_measure_pass){.kind = FAKE_SUM_ABOVE, .divisor = BY_COUNT, .factor = 1.0f, .least = LEAST};
        break;
    default: break;
    }
}

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_fake_measure_problem *problem = problem_memory;
    clqnn_fake_quant_measure_desc desc;
    clq_fake_slots slots;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_fake_quant_measure_desc", given, &desc, sizeof desc, sizeof desc));
    CLQ_FORWARD(check(&desc));
    CLQ_FORWARD(clq_tensor_resolve("x", &desc.x, CLQ_FAKE_FLOATS, false, &problem->x));
    CLQ_FORWARD(clq_tensor_check_quantization("x", &desc.x, CLQ_QUANTIZED_NOT));
    CLQ_FORWARD(clq_fake_slots_make(&desc.x, &problem->x, desc.granularity, &slots));
    CLQ_FORWARD(clq_fake_sums_make(&problem->x, NULL, &slots, &problem->sums));
    choose(&desc, problem);
    signature->wanted = desc.variant;
    const clq_tensor result = clq_fake_row(CLQNN_F32, slots.count);
    CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &problem->x, false));
    if (desc.scheme != CLQNN_TTQ) CLQ_FORWARD(clq_op_add_output(signature, "scales", -1, &result));
    return desc.scheme == CLQNN_TTQ || desc.scheme == CLQNN_TWN ? clq_op_add_output(signature, "thresholds", -1, &result) : CLQNN_OK;
}

const clq_op_family clq_op_fake_quant_measure = {
    .kind = "fake_quant_measure",
    .problem_size = sizeof(clq_fake_measure_problem),
    .validate = validate,
    .variants = {&clq_fake_measure_vector, &clq_fake_measure_portable},
};
_Static_assert(sizeof(clq_fake_measure_problem) <= CLQ_OP_PROBLEM_BYTES, "the problem fits the framework's memory");

clqnn_status clqnn_fake_quant_measure_create(clqnn_context *context, const clqnn_fake_quant_measure_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_fake_quant_measure, desc, op);
}

clqnn_status clqnn_fake_quant_measure_query(clqnn_context *context, const clqnn_fake_quant_measure_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_fake_quant_measure, desc, info);
}
