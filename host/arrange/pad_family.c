/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "arrange/gather_problem.h"
#include "arrange/half_bits.h"
#include "arrange/move_problem.h"
#include "core/descriptor.h"
#include "core/message.h"

typedef struct pad_problem {
    clq_gather_problem gather;   /* first: the variants see this */
    clqnn_pad_mode mode;
    int64_t begin[CLQNN_MAX_RANK], x_extent[CLQNN_MAX_RANK];
} pad_problem;

static int64_t source(const clq_gather_problem *gather, int d, int64_t index)
{
    const pad_problem *problem = (const pad_problem *)(const void *)gather;
    const int64_t at = index - problem->begin[d], extent = problem->x_extent[d];
    if (at >= 0 && at < extent) return at;
    if (problem->mode == CLQNN_PAD_CONSTANT) return GATHER_CONSTANT;
    if (problem->mode == CLQNN_PAD_EDGE) return at < 0 ? 0 : extent - 1;
    return at < 0 ? -at : 2 * (extent - 1) - at;
}

static clqnn_status check_pads(const clqnn_pad_desc *desc, const clq_tensor *x, const clq_tensor *y)
{
    const int64_t most = (int64_t)1 << 31;
    if ((unsigned)desc->mode > CLQNN_PAD_REFLECT) return clq_fail(CLQNN_INVALID_ARGUMENT, "mode is %d, not a clqnn_pad_mode", (int)desc->mode);
    if (y->rank != x->rank) return clq_fail(CLQNN_INVALID_SHAPE, "y.rank is %d, but x.rank is %d", (int)y->rank, (int)x->rank);
    for (int i = 0; i < x->rank; i++) {
        const int64_t begin = desc->begin[i], end = desc->end[i];
        const int64_t least = desc->mode == CLQNN_PAD_CONSTANT ? -most : 0, limit = desc->mode == CLQNN_PAD_REFLECT ? x->shape[i] - 1 : most;
        if (begin < least || begin > limit) return clq_fail(CLQNN_INVALID_SHAPE, "begin[%d] is %lld, must be in %lld..%lld", i, (long long)begin, (long long)least, (long long)limit);
        if (end < least || end > limit) return clq_fail(CLQNN_INVALID_SHAPE, "end[%d] is %lld, must be in %lld..%lld", i, (long long)end, (long long)least, (long long)limit);
        if (y->shape[i] == x->shape[i] + begin + end) continue;
        return clq_fail(CLQNN_INVALID_SHAPE, "y.shape[%d] is %lld, but x.shape[%d] and its pads make %lld", i, (long long)y->shape[i], i,
                        (long long)(x->shape[i] + begin + end));
    }
    return CLQNN_OK;
}

static clqnn_status make_constant(const clqnn_pad_desc *desc, const clq_byte_code *y, uint32_t *bits)
{
    int32_t low = INT32_MIN, high = INT32_MAX;
    const float real = desc->has_value ? desc->float_value : 0.0f;
    if (desc->has_value != 0 && desc->has_value != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "has_value is %d, must be 0 or 1", (int)desc->has_value);
    if (y->type == CLQNN_F32) return memcpy(bits, &real, sizeof real), CLQNN_OK;
    if (y->type == CLQNN_F16) return *bits = clq_half_bits(real), CLQNN_OK;
    (void)clq_type_range(y->type, &low, &high);
    const int32_t value = desc->has_value ? desc->value : y->zero_point;
    *bits = (uint32_t)value;
    if (value >= low && value <= high) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_ARGUMENT, "value is %d, must be in %d..%d for %s", (int)value, (int)low, (int)high, clqnn_type_name(y->type));
}

static clqnn_status validate(const void *given, void *problem_memory, clq_op_signature *signature)
{
    pad_problem *problem = problem_memory;
    clqnn_pad_desc desc;
    clq_tensor x, y;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_pad_desc", given, &desc, sizeof desc, sizeof desc));
    CLQ_FORWARD(clq_tensor_resolve("x", &desc.x, CLQ_TYPES_MOVED, false, &x));
    CLQ_FORWARD(clq_tensor_resolve("y", &desc.y, CLQ_TYPES_MOVED, true, &y));
    CLQ_FORWARD(clq_tensor_check_quantization("x", &desc.x, CLQ_QUANTIZED_WHOLE));
    CLQ_FORWARD(clq_tensor_check_quantization("y", &desc.y, CLQ_QUANTIZED_WHOLE));
    CLQ_FORWARD(check_pads(&desc, &x, &y));
    problem->gather.source = source;
    CLQ_FORWARD(clq_gather_fill(&problem->gather, &desc.x, &x, &desc.y, &y));
    CLQ_FORWARD(make_constant(&desc, &problem->gather.y_code, &problem->gather.constant));
    problem->mode = desc.mode;
    memcpy(problem->begin, desc.begin, sizeof problem->begin);
    memcpy(problem->x_extent, x.shape, sizeof problem->x_extent);
    signature->wanted = desc.variant;
    CLQ_FORWARD(clq_op_add_input(signature, "x", -1, &x, false));
    return clq_op_add_output(signature, "y", -1, &y);
}

const clq_op_family clq_op_pad = {
    .kind = "pad",
    .problem_size = sizeof(pad_problem),
    .validate = validate,
    .variants = {&clq_gather_rows, &clq_gather_portable},
};

clqnn_status clqnn_pad_create(clqnn_context *context, const clqnn_pad_desc *desc, clqnn_op **op)
{
    return clq_op_create(context, &clq_op_pad, desc, op);
}

clqnn_status clqnn_pad_query(clqnn_context *context, const clqnn_pad_desc *desc, clqnn_op_info *info)
{
    return clq_op_query(context, &clq_op_pad, desc, info);
}
