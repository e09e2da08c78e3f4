/* SPDX-License-Identifier: Apache-2.0 */
#include <float.h>

#include "core/descriptor.h"
#include "core/message.h"
#include "resize/resize_problem.h"

#define MOST_EXTENT (1 << 24)   /* indices are exact in binary32 */

static clqnn_status check_enumerators(const clqnn_resize_desc *desc)
{
    if ((unsigned)desc->mode > CLQNN_RESIZE_LINEAR) return clq_fail(CLQNN_INVALID_ARGUMENT, "mode is %d, not a clqnn_resize_mode", (int)desc->mode);
    if ((unsigned)desc->layout > CLQNN_CHANNELS_FIRST) return clq_fail(CLQNN_INVALID_ARGUMENT, "layout is %d, not a clqnn_layout", (int)desc->layout);
    if ((unsigned)desc->coordinates > CLQNN_RESIZE_ALIGN_CORNERS) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "coordinates is %d, not a clqnn_resize_coordinates", (int)desc->coordinates);
    }
    if ((unsigned)desc->nearest > CLQNN_NEAREST_CEIL) return clq_fail(CLQNN_INVALID_ARGUMENT, "nearest is %d, not a clqnn_resize_nearest", (int)desc->nearest);
    if ((unsigned)desc->rounding > CLQNN_FIXED_SINGLE) return clq_fail(CLQNN_INVALID_ARGUMENT, "rounding is %d, not a clqnn_rounding", (int)desc->rounding);
    for (int i = 0; i < 2; i++) {
        if (desc->scale[i] == 0.0f || (desc->scale[i] >= 1e-6f && desc->scale[i] <= 1e6f)) continue;
        return clq_fail(CLQNN_INVALID_ARGUMENT, "scale[%d] is %g, must be 0 or in 1e-6..1e6", i, (double)desc->scale[i]);
    }
    return CLQNN_OK;
}

static clqnn_status check_shapes(const clq_resize_problem *problem)
{
    const clq_tensor *x = &problem->x, *y = &problem->y;
    if (x->rank != 4 || y->rank != 4) return clq_fail(CLQNN_INVALID_SHAPE, "x.rank is %d and y.rank is %d, must be 4", (int)x->rank, (int)y->rank);
    const int same[2] = {0, problem->channel};
    for (int i = 0; i < 2; i++) {
        if (y->shape[same[i]] == x->shape[same[i]]) continue;
        return clq_fail(CLQNN_INVALID_SHAPE, "y.shape[%d] is %lld, but x.shape[%d] is %lld", same[i], (long long)y->shape[same[i]], same[i], (long long)x->shape[same[i]]);
    }
    for (int d = problem->height; d < problem->height + 2; d++) {
        if (x->shape[d] <= MOST_EXTENT && y->shape[d] <= MOST_EXTENT) continue;
        return clq_fail(CLQNN_INVALID_SHAPE, "shape[%d] of x or y is beyond %d", d, MOST_EXTENT);
    }
    return CLQNN_OK;
}

/* The fixed rules interpolate the stored values; the multiplier of the float rule must be a normal number. */
static clqnn_status check_linear(const clq_resize_problem *problem)
{
    const clqnn_resize_desc *desc = &problem->desc;
    if (desc->rounding != CLQNN_FLOAT_EVEN) {
        if (desc->scale[0] != 0.0f || desc->scale[1] != 0.0f) return clq_fail(CLQNN_UNSUPPORTED, "scale is not 0, which CLQNN_FIXED_* does not have");
        if (clq_byte_code_equal(&problem->gather.x_code, &problem->gather.y_code)) return CLQNN_OK;
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "x and y are quantized differently, which CLQNN_FIXED_* does not have");
    }
    const float x = problem->gather.x_code.scale, y = problem->gather.y_code.scale, one = (float)RESIZE_ONE * (float)RESIZE_ONE;
    if (y * one <= FLT_MAX && x / (y * one) >= FLT_MIN && x / y <= FLT_MAX) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_QUANTIZATION, "x's scale %g over y's %g leaves float's normal range", (double)x, (double)y);
}

static int64_t source(const clq_gather_problem *gather, int d, int64_t index)
{
    const clq_resize_problem *problem = (const clq_resize_problem *)(const void *)gather;
    const int axis = d - problem->height;
    return axis == 0 || axis == 1 ? clq_resize_nearest(problem, axis, index) : index;
}

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    clq_resize_problem *problem = problem_memory;
    const clqnn_resize_desc *desc = &problem->desc;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_resize_desc", given, &problem->desc, sizeof problem->desc, sizeof problem->desc));
    CLQ_FORWARD(check_enumerators(desc));
    problem->height = desc->layout == CLQNN_CHANNELS_LAST ? 1 : 2;
    problem->channel = desc->layout == CLQNN_CHANNELS_LAST ? 3 : 1;
    CLQ_FORWARD(clq_tensor_resolve("x", &desc->x, CLQ_TYPES_BYTE, false, &problem->x));
    CLQ_FORWARD(clq_tensor_resolve("y", &desc->y, CLQ_TYPE_BIT(desc->x.type), true, &problem->y));
    CLQ_FORWARD(clq_tensor_check_quantization("x", &desc->x, CLQ_QUANTIZED_WHOLE));
    CLQ_FORWARD(clq_tensor_check_quantization("y", &desc->y, CLQ_QUANTIZED_WHOLE));
    CLQ_FORWARD(check_shapes(problem));
    CLQ_FORWARD(clq_gather_fill(&problem->gather, &desc->x, &problem->x, &desc->y, &problem->y));
    if (desc->mode == CLQNN_RESIZE_NEAREST) problem->gather.source = source;
    else CLQ_FORWARD(check_linear(problem));
    signature->wanted = desc->variant;
    CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &problem->x, false));
    return clq_op_add_output(signature, "y", -1, &problem->y);
}

const clq_op_family clq_op_resize = {
    .kind = "resize",
    .problem_size = sizeof(clq_resize_problem),
    .validate = validate,
    .variants = {&clq_gather_rows, &clq_gather_portable, &clq_resize_vector, &clq_resize_portable},
};

clqnn_status clqnn_resize_create(clqnn_context *context, const clqnn_resize_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_resize, desc, op);
}

clqnn_status clqnn_resize_query(clqnn_context *context, const clqnn_resize_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_resize, desc, info);
}
