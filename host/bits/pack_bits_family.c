/* SPDX-License-Identifier: Apache-2.0 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "bits/group_nest.h"
#include "bits/pack_bits_problem.h"
#include "core/descriptor.h"
#include "core/message.h"

#define X_TYPES (CLQ_TYPES_FLOAT | CLQ_TYPE_BIT(CLQNN_BF16) | CLQ_TYPES_BYTE | CLQ_TYPES_NIBBLE)
#define X_FLOATS (CLQ_TYPES_FLOAT | CLQ_TYPE_BIT(CLQNN_BF16))

/* A subnormal real over such a scale gives what a flushed one gives: a quotient that rounds to 0, and in po's sum with 1 or more vanishes. */
#define LEAST_SCALE 0x1p-125f
#define LEAST_ODD_SCALE 0x1p-101f

static clqnn_status check_thresholds(const clqnn_pack_bits_desc *desc, int64_t last)
{
    const bool is_ternary = desc->y.type == CLQNN_T2;
    if (desc->threshold_count == 0) return CLQNN_OK;
    if (!is_ternary && desc->y.type != CLQNN_B1) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "threshold_count is %lld, must be 0 for %s", (long long)desc->threshold_count, clqnn_type_name(desc->y.type));
    }
    if (desc->threshold_count != 1 && desc->threshold_count != last) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "threshold_count is %lld, must be 0, 1 or %lld", (long long)desc->threshold_count, (long long)last);
    }
    if (!desc->thresholds) return clq_fail(CLQNN_INVALID_ARGUMENT, "threshold_count is %lld, but thresholds is NULL", (long long)desc->threshold_count);
    for (int64_t i = 0; i < desc->threshold_count; i++) {
        const float value = desc->thresholds[i];
        if (value >= (is_ternary ? 0.0f : -FLT_MAX) && value <= FLT_MAX) continue;
        return clq_fail(CLQNN_INVALID_ARGUMENT, "thresholds[%lld] is %g, must be finite%s", (long long)i, (double)value, is_ternary ? " and not negative" : "");
    }
    return CLQNN_OK;
}

static clqnn_status check_quantizations(const clqnn_pack_bits_desc *desc)
{
    const bool is_float = (X_FLOATS & CLQ_TYPE_BIT(desc->x.type)) != 0, is_odd = clq_planes_kind(desc->y.type) == CLQ_PLANES_PO;
    const float least = is_odd ? LEAST_ODD_SCALE : LEAST_SCALE, scale = clq_quantization_scale(&desc->y.quantization, 0);
    CLQ_FORWARD(clq_tensor_check_quantization("x", &desc->x, is_float ? CLQ_QUANTIZED_NOT : CLQ_QUANTIZED_WHOLE));
    if (is_float && scale < least && !(clq_planes_kind(desc->y.type) & (CLQ_PLANES_B1 | CLQ_PLANES_T2))) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "y.scales[0] is %g, must be at least 2^%d", (double)scale, is_odd ? -101 : -125);
    }
    return CLQNN_OK;
}

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_pack_bits_problem *problem = problem_memory;
    const clqnn_pack_bits_desc *desc = &problem->desc;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_pack_bits_desc", given, &problem->desc, sizeof problem->desc, sizeof problem->desc));
    CLQ_FORWARD(clq_tensor_resolve("x", &desc->x, X_TYPES, false, &problem->x));
    CLQ_FORWARD(clq_planes_resolve("y", &desc->y, CLQ_PLANES_ALL, true, &problem->y));
    CLQ_FORWARD(clq_tensor_check_same_shape("x", &problem->x, "y", &problem->y));
    CLQ_FORWARD(clq_planes_check_quantization("y", &desc->y));
    CLQ_FORWARD(check_quantizations(desc));
    CLQ_FORWARD(check_thresholds(desc, problem->y.shape[problem->y.rank - 1]));
    problem->nest = clq_group_nest(&problem->y, &problem->x, desc->threshold_count <= 1);
    signature->wanted = desc->variant;
    CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &problem->x, false));
    return clq_planes_add_output(signature, "y", &problem->y);
}

/* -0 becomes +0, whose bits are those of a magnitude. */
static clqnn_status add_thresholds(const clqnn_pack_bits_desc *desc, clq_op_recipe *recipe, uint64_t *offset)
{
    const int64_t count = desc->threshold_count ? desc->threshold_count : 1;
    float *values = clq_op_add_table(recipe, (size_t)(count + CLQ_PLANES_GROUP) * sizeof *values, offset);
    if (!values) return CLQNN_OUT_OF_MEMORY;
    for (int64_t i = 0; i < desc->threshold_count; i++) values[i] = desc->thresholds[i] + 0.0f;
    return CLQNN_OK;
}

clqnn_status clq_pack_bits_arrange(const clq_pack_bits_problem *problem, const clq_op_program *program, int64_t chunk, clq_op_recipe *recipe)
{
    const clqnn_pack_bits_desc *desc = &problem->desc;
    const int last = problem->y.rank - 1;
    uint64_t thresholds = 0;
    CLQ_FORWARD(add_thresholds(desc, recipe, &thresholds));
    clq_op_step *step = clq_op_add_step(recipe);
    if (!step) return CLQNN_OUT_OF_MEMORY;
    pack_bits_params params = {
        .nest = clq_op_nest(&problem->nest, chunk),
        .x_step = (clq_ulong)problem->x.strides[last],
        .last = (clq_ulong)problem->y.shape[last],
        .x_type = (clq_int)problem->x.type,
        .kind = clq_planes_kind(problem->y.type),
        .bits = (clq_int)clqnn_type_bits(problem->y.type),
        .x_zero = clq_quantization_zero_point(&desc->x.quantization, 0),
        .y_zero = clq_quantization_zero_point(&desc->y.quantization, 0),
        .x_scale = clq_quantization_scale(&desc->x.quantization, 0),
        .y_scale = clq_quantization_scale(&desc->y.quantization, 0),
        .varies = desc->threshold_count > 1,
    };
    clq_planes_range(problem->y.type, &params.low, &params.high);
    const uint8_t buffers[] = {CLQ_OP_INPUT, CLQ_OP_TABLES, CLQ_OP_OUTPUT};
    memcpy(step->buffers, buffers, sizeof buffers);
    memcpy(step->params, &params, sizeof params);
    step->base[1] = thresholds;
    const size_t local = program->kernels[0].local[0], items = (size_t)((problem->nest.count + chunk - 1) / chunk);
    step->global[0] = (items + local - 1) / local * local;
    step->global[1] = step->global[2] = 1;
    return CLQNN_OK;
}

const clq_op_family clq_op_pack_bits = {
    .kind = "pack_bits",
    .problem_size = sizeof(clq_pack_bits_problem),
    .validate = validate,
    .variants = {&clq_pack_bits_avx2, &clq_pack_bits_vector, &clq_pack_bits_portable},
};
_Static_assert(sizeof(clq_pack_bits_problem) <= CLQ_OP_PROBLEM_BYTES, "the problem fits the framework's memory");

clqnn_status clqnn_pack_bits_create(clqnn_context *context, const clqnn_pack_bits_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_pack_bits, desc, op);
}

clqnn_status clqnn_pack_bits_query(clqnn_context *context, const clqnn_pack_bits_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_pack_bits, desc, info);
}
