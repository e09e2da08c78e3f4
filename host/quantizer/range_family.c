/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "core/descriptor.h"
#include "core/message.h"
#include "quantizer/range_problem.h"

#define STATE_WORDS ((int64_t)(sizeof(clqnn_slot_statistics) / 4))
#define LEAST_BINS 16
#define MOST_BINS 4096
#define DEFAULT_BINS 2048
#define STRIDES 256             /* of ENTROPY: candidates, at most and about */

typedef struct range_problem {
    range_params params;
} range_problem;

static bool needs_counts(clqnn_range_method method)
{
    return method >= CLQNN_RANGE_PERCENTILE;
}

/* Into the clips: a of s = 1 or b = 1. */
static clqnn_status set_clips(const clqnn_range_desc *desc, range_params *params)
{
    double clip = 0.0, one_sided = 0.0;
    CLQ_FORWARD(clqnn_analytic_clip(desc->method, desc->codes.bits, &clip));
    CLQ_FORWARD(clqnn_analytic_clip(desc->method, desc->codes.bits + 1, &one_sided));
    params->clip = (float)clip;
    params->one_sided_clip = (float)one_sided;
    return CLQNN_OK;
}

static clqnn_status set_deviations(const clqnn_range_desc *desc, range_params *params)
{
    const float deviations = desc->deviations == 0.0f ? 3.0f : desc->deviations;
    if (!(deviations > 0.0f && deviations <= 1000.0f)) return clq_fail(CLQNN_INVALID_ARGUMENT, "deviations is %g, must be above 0, at most 1000", (double)deviations);
    params->clip = params->one_sided_clip = deviations;
    return CLQNN_OK;
}

static clqnn_status set_percentile(const clqnn_range_desc *desc, range_params *params)
{
    const float kept = desc->kept == 0.0f ? 0.9999f : desc->kept;
    if (!(kept > 0.0f && kept <= 1.0f)) return clq_fail(CLQNN_INVALID_ARGUMENT, "kept is %g, must be above 0, at most 1", (double)kept);
    params->dropped = desc->is_magnitude ? 1.0f - kept : (1.0f - kept) * 0.5f;
    return CLQNN_OK;
}

static clqnn_status set_entropy(const clqnn_range_desc *desc, range_params *params)
{
    if (!desc->is_magnitude) return clq_fail(CLQNN_INVALID_ARGUMENT, "is_magnitude is 0, must be 1 for the entropy of magnitudes");
    params->levels = 1 << (desc->codes.bits - 1);
    params->one_sided_levels = desc->is_symmetric ? params->levels : 2 * params->levels;
    if (params->bins < params->one_sided_levels) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "bins is %d, must be %d at least for %d bits", (int)params->bins, (int)params->one_sided_levels, (int)desc->codes.bits);
    }
    params->stride = params->bins < STRIDES ? 1 : params->bins / STRIDES;
    params->candidates = (params->bins - params->levels) / params->stride + 1;
    return CLQNN_OK;
}

static clqnn_status set_histogram(const clqnn_range_desc *desc, range_params *params)
{
    params->bins = desc->bins ? desc->bins : DEFAULT_BINS;
    if (params->bins < LEAST_BINS || params->bins > MOST_BINS) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "bins is %d, must be in %d..%d", (int)params->bins, LEAST_BINS, MOST_BINS);
    }
    if (desc->is_magnitude != 0 && desc->is_magnitude != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "is_magnitude is %d, must be 0 or 1", (int)desc->is_magnitude);
    if (desc->is_symmetric != 0 && desc->is_symmetric != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "is_symmetric is %d, must be 0 or 1", (int)desc->is_symmetric);
    params->is_magnitude = desc->is_magnitude;
    params->is_symmetric = desc->is_symmetric;
    if (desc->method == CLQNN_RANGE_PERCENTILE) return set_percentile(desc, params);
    if (desc->method == CLQNN_RANGE_ENTROPY) return set_entropy(desc, params);
    params->candidates = RANGE_SHARES;
    return CLQNN_OK;
}

static clqnn_status set_method(const clqnn_range_desc *desc, range_params *params)
{
    const bool needs_codes = desc->method == CLQNN_RANGE_GAUSSIAN || desc->method == CLQNN_RANGE_LAPLACE || desc->method >= CLQNN_RANGE_LEAST_SQUARES;
    if ((unsigned)desc->method > CLQNN_RANGE_ENTROPY) return clq_fail(CLQNN_INVALID_ARGUMENT, "method is %d, not a clqnn_range_method", (int)desc->method);
    params->method = (clq_int)desc->method;
    if (needs_codes) CLQ_FORWARD(clq_codes_resolve(&desc->codes, &params->least, &params->most));
    if (needs_counts(desc->method)) return set_histogram(desc, params);
    if (desc->method == CLQNN_RANGE_STANDARD_DEVIATIONS) return set_deviations(desc, params);
    return needs_codes ? set_clips(desc, params) : CLQNN_OK;
}

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    range_params *params = &((range_problem *)problem_memory)->params;
    clqnn_range_desc desc;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_range_desc", given, &desc, sizeof desc, sizeof desc));
    CLQ_FORWARD(clq_slots_check_count(desc.slots));
    CLQ_FORWARD(set_method(&desc, params));
    params->slots = (clq_ulong)desc.slots;
    signature->wanted = desc.variant;
    const clq_tensor state = clq_words(CLQNN_S32, desc.slots * STATE_WORDS), counts = clq_words(CLQNN_S32, desc.slots * params->bins);
    const clq_tensor ranges = clq_words(CLQNN_F32, 2 * desc.slots);
    CLQ_FORWARD(clq_op_add_input(signature, "state", -1, &state, false));
    if (needs_counts(desc.method)) CLQ_FORWARD(clq_op_add_input(signature, "counts", -1, &counts, false));
    return clq_op_add_output(signature, "ranges", -1, &ranges);
}

static double cost(const void *problem, const clq_capabilities *capabilities)
{
    const range_params *params = &((const range_problem *)problem)->params;
    const double searched = (double)params->candidates * (double)params->bins + 1.0;
    (void)capabilities;
    return 10e-6 + (double)params->slots * searched * 5e-9;
}

static uint64_t workspace(const void *problem, const clq_capabilities *capabilities)
{
    const range_params *params = &((const range_problem *)problem)->params;
    (void)capabilities;
    return 4 * (uint64_t)params->slots * (uint64_t)params->candidates;
}

static clqnn_status add_step(const range_params *params, uint32_t kernel, size_t items, clq_op_recipe *recipe)
{
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    step->buffers[0] = CLQ_OP_INPUT;
    step->buffers[1] = needs_counts((clqnn_range_method)params->method) ? CLQ_OP_INPUT + 1 : CLQ_OP_INPUT;
    step->buffers[2] = params->candidates ? CLQ_OP_WORKSPACE : CLQ_OP_INPUT;
    step->buffers[3] = CLQ_OP_OUTPUT;
    memcpy(step->params, params, sizeof *params);
    clq_range_geometry(step, kernel, items);
    return CLQNN_OK;
}

static clqnn_status arrange(const void *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe)
{
    const range_params *params = &((const range_problem *)problem)->params;
    const size_t slots = (size_t)params->slots;
    (void)capabilities;
    if (params->candidates == 0) return add_step(params, CLQ_RANGE_DIRECT, slots, recipe);
    CLQ_FORWARD(add_step(params, CLQ_RANGE_ERRORS, slots * (size_t)params->candidates, recipe));
    return add_step(params, CLQ_RANGE_CHOOSE, slots, recipe);
}

static const clq_op_variant range_portable = {
    .name = "range_portable",
    .summary = "plain OpenCL C, a work-item a slot, or a candidate of a search; any device",
    .program = &clq_range_program,
    .cost = cost,
    .workspace = workspace,
    .arrange = arrange,
};

const clq_op_family clq_op_range = {
    .kind = "range",
    .problem_size = sizeof(range_problem),
    .validate = validate,
    .variants = {&range_portable},
};

clqnn_status clqnn_range_create(clqnn_context *context, const clqnn_range_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_range, desc, op);
}

clqnn_status clqnn_range_query(clqnn_context *context, const clqnn_range_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_range, desc, info);
}
