/* SPDX-License-Identifier: Apache-2.0 */
#include "arrange/byte_map.h"
#include "core/descriptor.h"
#include "core/message.h"
#include "pointwise/fixed_point.h"
#include "softmax/softmax_problem.h"

#define LARGEST_SCALE 0x1p32f   /* sums of exponentials times y's scale stay finite, and so do x's scale times 255 */
#define LONGEST_FIXED 4095       /* each exponential is at most 2^19 */

static clqnn_status check_shapes(const clq_tensor *x, const clq_tensor *y)
{
    if (y->rank != x->rank) return clq_fail(CLQNN_INVALID_SHAPE, "y.rank is %d, but x.rank is %d", (int)y->rank, (int)x->rank);
    for (int i = 0; i < x->rank; i++) {
        if (y->shape[i] == x->shape[i]) continue;
        return clq_fail(CLQNN_INVALID_SHAPE, "y.shape[%d] is %lld, but x.shape[%d] is %lld", i, (long long)y->shape[i], i, (long long)x->shape[i]);
    }
    return CLQNN_OK;
}

static clqnn_status check_scale(const char *name, float scale)
{
    if (scale <= LARGEST_SCALE) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s's scale is %g, must be at most 2^32", name, (double)scale);
}

static clqnn_status check_fixed(const clqnn_softmax_desc *desc, int64_t length)
{
    const clq_byte_code y = clq_byte_code_of(&desc->y);
    const clqnn_fixed fixed = {desc->multiplier, desc->shift};
    if (desc->is_log) return clq_fail(CLQNN_UNSUPPORTED, "is_log is 1, which CLQNN_FIXED_* does not have");
    CLQ_FORWARD(clq_fixed_check("clqnn_softmax_desc", &fixed));
    if (desc->shift < 0) return clq_fail(CLQNN_INVALID_QUANTIZATION, "shift is %d, must not be negative", (int)desc->shift);
    if (desc->diff_min > 0) return clq_fail(CLQNN_INVALID_QUANTIZATION, "diff_min is %d, must not be positive", (int)desc->diff_min);
    if (y.scale != 0x1p-8f || y.zero_point != (y.type == CLQNN_S8 ? -128 : 0)) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "y's scale is %g and its zero point %d, must be 1/256 and the type's lowest value", (double)y.scale, (int)y.zero_point);
    }
    if (length <= LONGEST_FIXED) return CLQNN_OK;
    return clq_fail(CLQNN_OVERFLOW, "the axis has %lld elements: beyond %d their sum may leave 32 bits", (long long)length, LONGEST_FIXED);
}

static void fill(clq_softmax_problem *problem, const clqnn_softmax_desc *desc, int32_t axis)
{
    const clq_byte_code x = clq_byte_code_of(&desc->x), y = clq_byte_code_of(&desc->y);
    const int32_t x_flip = x.type == CLQNN_S8 ? 128 : 0, y_flip = y.type == CLQNN_S8 ? 128 : 0;
    int64_t outer[CLQNN_MAX_RANK];
    for (int i = 0; i < problem->x.rank; i++) outer[i] = i == axis ? 1 : problem->x.shape[i];
    problem->lines = clq_nest_begin(problem->x.rank, outer);
    clq_nest_add_strides(&problem->lines, problem->x.rank, problem->x.strides);
    clq_nest_add_strides(&problem->lines, problem->x.rank, problem->y.strides);
    clq_nest_collapse(&problem->lines);
    problem->params = (softmax_params){
        .x_step = (clq_ulong)problem->x.strides[axis],
        .y_step = (clq_ulong)problem->y.strides[axis],
        .length = (clq_int)problem->x.shape[axis],
        .is_log = desc->is_log,
        .x_flip = x_flip,
        .y_flip = y_flip,
        .y_zero = y.zero_point + y_flip,
        .low = 0,
        .high = 255,
        .x_scale = x.scale,
        .y_scale = y.scale,
        .is_fixed = desc->rounding != CLQNN_FLOAT_EVEN,
        .terms = desc->rounding != CLQNN_FLOAT_EVEN ? SOFTMAX_EXP_BYTES : 0,
    };
    problem->fixed = (clqnn_fixed){desc->multiplier, desc->shift};
    problem->diff_min = desc->diff_min;
}

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_softmax_problem *problem = problem_memory;
    clqnn_softmax_desc desc;
    int32_t axis = 0;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_softmax_desc", given, &desc, sizeof desc, sizeof desc));
    if (desc.is_log != 0 && desc.is_log != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "is_log is %d, must be 0 or 1", (int)desc.is_log);
    if ((unsigned)desc.rounding > CLQNN_FIXED_SINGLE) return clq_fail(CLQNN_INVALID_ARGUMENT, "rounding is %d, not a clqnn_rounding", (int)desc.rounding);
    CLQ_FORWARD(clq_tensor_resolve("x", &desc.x, CLQ_TYPES_BYTE, false, &problem->x));
    CLQ_FORWARD(clq_tensor_resolve("y", &desc.y, CLQ_TYPES_BYTE, true, &problem->y));
    CLQ_FORWARD(clq_tensor_check_quantization("x", &desc.x, CLQ_QUANTIZED_WHOLE));
    CLQ_FORWARD(clq_tensor_check_quantization("y", &desc.y, CLQ_QUANTIZED_WHOLE));
    CLQ_FORWARD(check_scale("x", clq_quantization_scale(&desc.x.quantization, 0)));
    CLQ_FORWARD(check_scale("y", clq_quantization_scale(&desc.y.quantization, 0)));
    CLQ_FORWARD(check_shapes(&problem->x, &problem->y));
    CLQ_FORWARD(clq_tensor_axis("axis", desc.axis, problem->x.rank, &axis));
    if (desc.rounding != CLQNN_FLOAT_EVEN) CLQ_FORWARD(check_fixed(&desc, problem->x.shape[axis]));
    fill(problem, &desc, axis);
    signature->wanted = desc.variant;
    CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &problem->x, clq_tensor_same_layout(&problem->x, &problem->y)));
    return clq_op_add_output(signature, "y", -1, &problem->y);
}

const clq_op_family clq_op_softmax = {
    .kind = "softmax",
    .problem_size = sizeof(clq_softmax_problem),
    .validate = validate,
    .variants = {&clq_softmax_lines, &clq_softmax_portable},
};

clqnn_status clqnn_softmax_create(clqnn_context *context, const clqnn_softmax_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_softmax, desc, op);
}

clqnn_status clqnn_softmax_query(clqnn_context *context, const clqnn_softmax_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_softmax, desc, info);
}
