/* SPDX-License-Identifier: Apache-2.0 */
#include "op/op_planes.h"

#include <float.h>
#include <stdio.h>
#include <string.h>

#include "core/message.h"

#define WORD_BYTES 4

int clq_planes_kind(clqnn_type type)
{
    if (type == CLQNN_B1) return CLQ_PLANES_B1;
    if (type == CLQNN_T2) return CLQ_PLANES_T2;
    if (type >= CLQNN_PU1 && type <= CLQNN_PU8) return CLQ_PLANES_PU;
    if (type >= CLQNN_PS2 && type <= CLQNN_PS8) return CLQ_PLANES_PS;
    return type >= CLQNN_PO1 && type <= CLQNN_PO8 ? CLQ_PLANES_PO : 0;
}

static clqnn_status check_type(const char *name, clqnn_type type, int kinds)
{
    static const char *const names[] = {"b1", "t2", "pu1..pu8", "ps2..ps8", "po1..po8"};
    char expected[64] = "";
    if (clq_planes_kind(type) & kinds) return CLQNN_OK;
    for (int i = 0; i < (int)(sizeof names / sizeof names[0]); i++) {
        const size_t used = strlen(expected);
        if (kinds >> i & 1) (void)snprintf(expected + used, sizeof expected - used, "%s%s", used ? ", " : "", names[i]);
    }
    const char *known = clqnn_type_name(type);
    return clq_fail(CLQNN_INVALID_ARGUMENT, "%s.type is %s (%d), must be one of %s", name, known ? known : "unknown", (int)type, expected);
}

static int64_t whole_groups(int64_t values)
{
    return (values + CLQ_PLANES_GROUP - 1) / CLQ_PLANES_GROUP * CLQ_PLANES_GROUP;
}

static clqnn_status check_strides(const char *name, const clqnn_tensor *given)
{
    const int last = given->rank - 1;
    bool any = false;
    for (int i = 0; i <= last; i++) any = any || given->strides[i] != 0;
    if (any && given->strides[last] != 1) {
        return clq_fail(CLQNN_INVALID_SHAPE, "%s.strides[%d] is %lld, must be 1: values of the last dimension share words", name, last, (long long)given->strides[last]);
    }
    for (int i = 0; i < last; i++) {
        if (given->strides[i] % CLQ_PLANES_GROUP == 0) continue;
        return clq_fail(CLQNN_INVALID_SHAPE, "%s.strides[%d] is %lld, must be a multiple of 32: rows begin at whole words", name, i, (long long)given->strides[i]);
    }
    return CLQNN_OK;
}

/* Bytes stand in for values, and whole groups for the last dimension. */
clqnn_status clq_planes_resolve(const char *name, const clqnn_tensor *given, int kinds, bool is_result, clq_tensor *tensor)
{
    CLQ_FORWARD(check_type(name, given->type, kinds));
    if (given->rank < 1 || given->rank > CLQNN_MAX_RANK) {
        return clq_fail(CLQNN_INVALID_SHAPE, "%s.rank is %d, must be in 1..%d", name, (int)given->rank, CLQNN_MAX_RANK);
    }
    const int last = given->rank - 1;
    clqnn_tensor groups = *given;
    groups.type = CLQNN_U8;
    if (given->shape[last] > 0 && given->shape[last] <= INT32_MAX - CLQ_PLANES_GROUP) groups.shape[last] = whole_groups(given->shape[last]);
    CLQ_FORWARD(clq_tensor_resolve(name, &groups, CLQ_TYPE_BIT(CLQNN_U8), is_result, tensor));
    CLQ_FORWARD(check_strides(name, given));
    tensor->type = given->type;
    tensor->count = tensor->count / groups.shape[last] * given->shape[last];
    tensor->shape[last] = given->shape[last];
    return CLQNN_OK;
}

void clq_planes_range(clqnn_type type, int32_t *low, int32_t *high)
{
    const int32_t codes = 1 << clqnn_type_bits(type);
    *low = clq_planes_kind(type) == CLQ_PLANES_PS ? -codes / 2 : 0;
    *high = *low + codes - 1;
}

clqnn_status clq_planes_check_quantization(const char *name, const clqnn_tensor *given)
{
    const clqnn_quantization *q = &given->quantization;
    const bool is_affine = (clq_planes_kind(given->type) & (CLQ_PLANES_PU | CLQ_PLANES_PS)) != 0;
    int32_t low = 0, high = 0;
    if (q->scale_count != 0 && q->scale_count != 1) return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s.scale_count is %lld, must be 0 or 1", name, (long long)q->scale_count);
    if (q->zero_point_count != 0 && (q->zero_point_count != 1 || !is_affine)) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s.zero_point_count is %lld, must be %s for %s", name, (long long)q->zero_point_count, is_affine ? "0 or 1" : "0",
                        clqnn_type_name(given->type));
    }
    if (q->scale_count && !q->scales) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s.scale_count is 1, but its array is NULL", name);
    if (q->zero_point_count && !q->zero_points) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s.zero_point_count is 1, but its array is NULL", name);
    if (q->scale_count && !(q->scales[0] >= FLT_MIN && q->scales[0] <= FLT_MAX)) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s.scales[0] is %g, must be positive, finite and normal", name, (double)q->scales[0]);
    }
    clq_planes_range(given->type, &low, &high);
    if (q->zero_point_count && (q->zero_points[0] < low || q->zero_points[0] > high)) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s.zero_points[0] is %d, must be in %d..%d for %s", name, (int)q->zero_points[0], (int)low, (int)high,
                        clqnn_type_name(given->type));
    }
    return CLQNN_OK;
}

int64_t clq_planes_groups(const clq_tensor *tensor)
{
    return whole_groups(tensor->shape[tensor->rank - 1]) / CLQ_PLANES_GROUP;
}

static clq_tensor with_whole_groups(const clq_tensor *tensor)
{
    clq_tensor whole = *tensor;
    whole.shape[whole.rank - 1] = whole_groups(whole.shape[whole.rank - 1]);
    return whole;
}

static void align_last(clq_op_signature *signature)
{
    signature->operands[signature->input_count + signature->output_count - 1].alignment = WORD_BYTES;
}

clqnn_status clq_planes_add_input(clq_op_signature *signature, const char *name, const clq_tensor *tensor)
{
    const clq_tensor whole = with_whole_groups(tensor);
    CLQ_FORWARD(clq_op_add_input(signature, name, -1, &whole, false));
    align_last(signature);
    return CLQNN_OK;
}

clqnn_status clq_planes_add_output(clq_op_signature *signature, const char *name, const clq_tensor *tensor)
{
    const clq_tensor whole = with_whole_groups(tensor);
    CLQ_FORWARD(clq_op_add_output(signature, name, -1, &whole));
    align_last(signature);
    return CLQNN_OK;
}
