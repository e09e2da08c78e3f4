/* SPDX-License-Identifier: Apache-2.0 */
#include "arrange/byte_map.h"
#include "core/descriptor.h"
#include "core/message.h"
#include "softmax/softmax_problem.h"

#define LARGEST_SCALE 0x1p32f   /* sums of exponentials times y's scale stay finite, and so do x's scale times 255 */

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
    };
}

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_softmax_problem *problem = problem_memory;
    clqnn_softmax_desc desc;
    int32_t axis = 0;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_softmax_desc", given, &desc, sizeof desc, sizeof desc));
    if (desc.is_log != 0 && desc.is_log != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "is_log is %d, must be 0 or 1", (int)desc.is_log);
    CLQ_FORWARD(clq_tensor_resolve("x", &desc.x, CLQ_TYPES_BYTE, false, &problem->x));
    CLQ_FORWARD(clq_tensor_resolve("y", &desc.y, CLQ_TYPES_BYTE, true, &problem->y));
    CLQ_FORWARD(clq_tensor_check_quantization("x", &desc.x, CLQ_QUANTIZED_WHOLE));
    CLQ_FORWARD(clq_tensor_check_quantization("y", &desc.y, CLQ_QUANTIZED_WHOLE));
    CLQ_FORWARD(check_scale("x", clq_quantization_scale(&desc.x.quantization, 0)));
    CLQ_FORWARD(check_scale("y", clq_quantization_scale(&desc.y.quantization, 0)));
    CLQ_FORWARD(check_shapes(&problem->x, &problem->y));
    CLQ_FORWARD(clq_tensor_axis("axis", desc.axis, problem->x.rank, &axis));
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
