/* SPDX-License-Identifier: Apache-2.0 */
#include <float.h>

#include "core/descriptor.h"
#include "core/message.h"
#include "pointwise/fixed_point.h"
#include "reduce/reduce_problem.h"

#define MOST_ELEMENTS ((int64_t)INT32_MAX / 255)   /* whose sum fits 32 bits */

/* Which of x's axes are reduced: bit i for axis i. */
static clqnn_status read_axes(const int32_t *axes, int32_t count, int32_t rank, uint32_t *reduced)
{
    if (count < 0 || count > CLQNN_MAX_RANK) return clq_fail(CLQNN_INVALID_ARGUMENT, "axis_count is %d, must be in 0..%d", (int)count, CLQNN_MAX_RANK);
    *reduced = count == 0 ? (1u << rank) - 1u : 0u;
    for (int i = 0; i < count; i++) {
        int32_t axis = 0;
        CLQ_FORWARD(clq_tensor_axis("axes", axes[i], rank, &axis));
        if (*reduced >> axis & 1u) return clq_fail(CLQNN_INVALID_ARGUMENT, "axes[%d] is %d, which is reduced already", i, (int)axes[i]);
        *reduced |= 1u << axis;
    }
    return CLQNN_OK;
}

/* The strides of y for x's axes: 0 on the reduced ones. y has x's rank, or the kept axes only. */
static clqnn_status match_shapes(const clq_tensor *x, const clq_tensor *y, uint32_t reduced, int64_t strides[CLQNN_MAX_RANK])
{
    int kept = 0, at = 0;
    for (int i = 0; i < x->rank; i++) kept += !(reduced >> i & 1u);
    if (y->rank != x->rank && y->rank != kept) {
        return clq_fail(CLQNN_INVALID_SHAPE, "y.rank is %d, must be %d, or %d without the reduced axes", (int)y->rank, (int)x->rank, kept);
    }
    for (int i = 0; i < x->rank; i++) {
        const bool is_reduced = reduced >> i & 1u;
        strides[i] = 0;
        if (is_reduced && y->rank != x->rank) continue;
        const int64_t wanted = is_reduced ? 1 : x->shape[i];
        if (y->shape[at] != wanted) return clq_fail(CLQNN_INVALID_SHAPE, "y.shape[%d] is %lld, must be %lld", at, (long long)y->shape[at], (long long)wanted);
        if (!is_reduced) strides[i] = y->strides[at];
        at++;
    }
    return CLQNN_OK;
}

static clqnn_status make_nests(clq_reduce_problem *problem, uint32_t reduced)
{
    const clq_tensor *x = &problem->x;
    int64_t y_strides[CLQNN_MAX_RANK], kept_shape[CLQNN_MAX_RANK], reduced_shape[CLQNN_MAX_RANK];
    CLQ_FORWARD(match_shapes(x, &problem->y, reduced, y_strides));
    for (int i = 0; i < x->rank; i++) {
        const bool is_reduced = reduced >> i & 1u;
        kept_shape[i] = is_reduced ? 1 : x->shape[i];
        reduced_shape[i] = is_reduced ? x->shape[i] : 1;
    }
    problem->kept = clq_nest_begin(x->rank, kept_shape);
    clq_nest_add_strides(&problem->kept, x->rank, x->strides);
    clq_nest_add_strides(&problem->kept, x->rank, y_strides);
    clq_nest_collapse(&problem->kept);
    problem->reduced = clq_nest_begin(x->rank, reduced_shape);
    clq_nest_add_strides(&problem->reduced, x->rank, x->strides);
    clq_nest_collapse(&problem->reduced);
    return CLQNN_OK;
}

static clqnn_status check_reduce(const clqnn_reduce_desc *desc)
{
    if ((unsigned)desc->kind > CLQNN_REDUCE_MIN) return clq_fail(CLQNN_INVALID_ARGUMENT, "kind is %d, not a clqnn_reduce_kind", (int)desc->kind);
    if ((unsigned)desc->rounding > CLQNN_FIXED_SINGLE) return clq_fail(CLQNN_INVALID_ARGUMENT, "rounding is %d, not a clqnn_rounding", (int)desc->rounding);
    if (desc->rounding == CLQNN_FLOAT_EVEN) return CLQNN_OK;
    if (desc->kind > CLQNN_REDUCE_SUM) return clq_fail(CLQNN_UNSUPPORTED, "rounding is a fixed-point rule, which a maximum or minimum does not have");
    return clq_fixed_check("fixed", &(clqnn_fixed){desc->multiplier, desc->shift});
}

/* No sum beyond 32 bits, no multiplier that is not a normal number. */
static clqnn_status set_multiplier(const clqnn_reduce_desc *desc, clq_reduce_problem *problem)
{
    const float x = problem->x_code.scale, y = problem->y_code.scale;
    const int64_t count = problem->reduced.count;
    if (desc->kind > CLQNN_REDUCE_SUM) return CLQNN_OK;
    if (count > MOST_ELEMENTS) {
        return clq_fail(CLQNN_OVERFLOW, "%lld elements are summed, more than %lld may leave 32 bits", (long long)count, (long long)MOST_ELEMENTS);
    }
    if (desc->rounding != CLQNN_FLOAT_EVEN) return CLQNN_OK;
    const float divisor = desc->kind == CLQNN_REDUCE_MEAN ? y * (float)count : y, multiplier = x / divisor;
    problem->params.multiplier = multiplier;
    if (divisor <= FLT_MAX && multiplier >= FLT_MIN && multiplier <= FLT_MAX) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_QUANTIZATION, "x's scale %g over y's %g leaves float's normal range", (double)x, (double)y);
}

static void fill_params(clq_reduce_problem *problem, clq_int kind)
{
    const int32_t flip = problem->x.type == CLQNN_S8 ? 128 : 0;
    int32_t low = 0, high = 0;
    (void)clq_type_range(problem->y.type, &low, &high);
    problem->params = (reduce_params){
        .kind = kind,
        .has_map = !clq_byte_code_equal(&problem->x_code, &problem->y_code),
        .flip = flip,
        .x_zero = problem->x_code.zero_point + flip,
        .y_zero = problem->y_code.zero_point + flip,
        .low = low + flip,
        .high = high + flip,
    };
}

static clqnn_status validate_reduce(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_reduce_problem *problem = problem_memory;
    clqnn_reduce_desc desc;
    uint32_t reduced = 0;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_reduce_desc", given, &desc, sizeof desc, sizeof desc));
    CLQ_FORWARD(check_reduce(&desc));
    CLQ_FORWARD(clq_tensor_resolve("x", &desc.x, CLQ_TYPES_BYTE, false, &problem->x));
    CLQ_FORWARD(clq_tensor_resolve("y", &desc.y, CLQ_TYPE_BIT(desc.x.type), true, &problem->y));
    CLQ_FORWARD(clq_tensor_check_quantization("x", &desc.x, CLQ_QUANTIZED_WHOLE));
    CLQ_FORWARD(clq_tensor_check_quantization("y", &desc.y, CLQ_QUANTIZED_WHOLE));
    CLQ_FORWARD(read_axes(desc.axes, desc.axis_count, problem->x.rank, &reduced));
    CLQ_FORWARD(make_nests(problem, reduced));
    problem->x_code = clq_byte_code_of(&desc.x);
    problem->y_code = clq_byte_code_of(&desc.y);
    fill_params(problem, (clq_int)desc.kind);
    problem->params.rule = (clq_int)desc.rounding;
    problem->params.fixed_multiplier = desc.multiplier;
    problem->params.shift = desc.shift;
    CLQ_FORWARD(set_multiplier(&desc, problem));
    signature->wanted = desc.variant;
    CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &problem->x, false));
    return clq_op_add_output(signature, "y", -1, &problem->y);
}

static clqnn_status validate_argmax(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_reduce_problem *problem = problem_memory;
    clqnn_argmax_desc desc;
    int32_t axis = 0;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_argmax_desc", given, &desc, sizeof desc, sizeof desc));
    if (desc.is_min != 0 && desc.is_min != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "is_min is %d, must be 0 or 1", (int)desc.is_min);
    if (desc.select_last != 0 && desc.select_last != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "select_last is %d, must be 0 or 1", (int)desc.select_last);
    CLQ_FORWARD(clq_tensor_resolve("x", &desc.x, CLQ_TYPES_BYTE, false, &problem->x));
    CLQ_FORWARD(clq_tensor_resolve("y", &desc.y, CLQ_TYPE_BIT(CLQNN_S32), true, &problem->y));
    CLQ_FORWARD(clq_tensor_axis("axis", desc.axis, problem->x.rank, &axis));
    CLQ_FORWARD(make_nests(problem, 1u << axis));
    problem->x_code = problem->y_code = (clq_byte_code){problem->x.type, 1.0f, 0};
    fill_params(problem, desc.is_min ? REDUCE_ARGMIN : REDUCE_ARGMAX);
    problem->params.select_last = desc.select_last;
    signature->wanted = desc.variant;
    CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &problem->x, false));
    return clq_op_add_output(signature, "y", -1, &problem->y);
}

const clq_op_family clq_op_reduce = {
    .kind = "reduce",
    .problem_size = sizeof(clq_reduce_problem),
    .validate = validate_reduce,
    .variants = {&clq_reduce_channels, &clq_reduce_across, &clq_reduce_lines, &clq_reduce_portable},
};

const clq_op_family clq_op_argmax = {
    .kind = "argmax",
    .problem_size = sizeof(clq_reduce_problem),
    .validate = validate_argmax,
    .variants = {&clq_reduce_across, &clq_reduce_lines, &clq_reduce_portable},
};

clqnn_status clqnn_reduce_create(clqnn_context *context, const clqnn_reduce_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_reduce, desc, op);
}

clqnn_status clqnn_reduce_query(clqnn_context *context, const clqnn_reduce_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_reduce, desc, info);
}

clqnn_status clqnn_argmax_create(clqnn_context *context, const clqnn_argmax_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_argmax, desc, op);
}

clqnn_status clqnn_argmax_query(clqnn_context *context, const clqnn_argmax_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_argmax, desc, info);
}
