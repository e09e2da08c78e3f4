/* SPDX-License-Identifier: Apache-2.0 */
#include "op/op_tensor.h"

#include <float.h>
#include <stdio.h>
#include <string.h>

#include "core/checked.h"

#define LARGEST_STRIDE ((int64_t)1 << 48)
#define KNOWN_TYPES 18

clqnn_status clq_tensor_check_type(const char *name, clqnn_type type, uint32_t types)
{
    if ((unsigned)type < 32 && types >> type & 1u) return CLQNN_OK;
    char expected[96] = "";
    for (int i = 1; i < KNOWN_TYPES; i++) {
        if (!(types >> i & 1u)) continue;
        const size_t used = strlen(expected);
        (void)snprintf(expected + used, sizeof expected - used, "%s%s", used ? ", " : "", clqnn_type_name((clqnn_type)i));
    }
    const char *known = clqnn_type_name(type);
    return clq_fail(CLQNN_INVALID_ARGUMENT, "%s.type is %s (%d), must be one of %s", name, known ? known : "unknown", (int)type, expected);
}

static clqnn_status check_shape(const char *name, const clqnn_tensor *given, clq_tensor *tensor)
{
    if (given->rank < 0 || given->rank > CLQNN_MAX_RANK) {
        return clq_fail(CLQNN_INVALID_SHAPE, "%s.rank is %d, must be in 0..%d", name, (int)given->rank, CLQNN_MAX_RANK);
    }
    *tensor = (clq_tensor){.type = given->type, .rank = given->rank, .count = 1};
    for (int i = 0; i < given->rank; i++) {
        const int64_t extent = given->shape[i];
        if (extent == 0) return clq_fail(CLQNN_INVALID_SHAPE, "%s.shape[%d] is 0: the tensor is empty", name, i);
        if (extent < 0 || extent > INT32_MAX) return clq_fail(CLQNN_INVALID_SHAPE, "%s.shape[%d] is %lld, must be in 1..2147483647", name, i, (long long)extent);
        tensor->shape[i] = extent;
        if (!clq_multiply_signed(tensor->count, extent, &tensor->count) || tensor->count > LARGEST_STRIDE) {
            return clq_fail(CLQNN_INVALID_SHAPE, "%s has more than 2^48 elements", name);
        }
    }
    return CLQNN_OK;
}

static void dense_strides(clq_tensor *tensor)
{
    int64_t step = 1;
    for (int i = tensor->rank - 1; i >= 0; i--) {
        tensor->strides[i] = step;
        step *= tensor->shape[i];
    }
}

/* Sorted by stride, each stride must step over all that the smaller ones cover. */
static clqnn_status check_disjoint(const char *name, const clq_tensor *tensor)
{
    bool done[CLQNN_MAX_RANK] = {false};
    int64_t covered = 1;
    for (;;) {
        int least = -1;
        for (int i = 0; i < tensor->rank; i++) {
            if (!done[i] && tensor->shape[i] > 1 && (least < 0 || tensor->strides[i] < tensor->strides[least])) least = i;
        }
        if (least < 0) return CLQNN_OK;
        if (tensor->strides[least] < covered) {
            return clq_fail(CLQNN_INVALID_SHAPE, "%s overlaps itself: strides[%d] is %lld, steps over %lld elements", name, least, (long long)tensor->strides[least],
                            (long long)covered);
        }
        covered += (tensor->shape[least] - 1) * tensor->strides[least];
        done[least] = true;
    }
}

static clqnn_status check_strides(const char *name, const clqnn_tensor *given, clq_tensor *tensor)
{
    bool any = false, dense = true;
    dense_strides(tensor);
    for (int i = 0; i < tensor->rank; i++) any = any || given->strides[i] != 0;
    tensor->span = 1;
    for (int i = 0; i < tensor->rank; i++) {
        const int64_t stride = any ? given->strides[i] : tensor->strides[i];
        int64_t reach = 0;
        if (stride < 0 || stride > LARGEST_STRIDE) return clq_fail(CLQNN_INVALID_SHAPE, "%s.strides[%d] is %lld, must be in 0..2^48", name, i, (long long)stride);
        dense = dense && (tensor->shape[i] == 1 || stride == tensor->strides[i]);
        tensor->strides[i] = stride;
        if (!clq_multiply_signed(tensor->shape[i] - 1, stride, &reach) || reach > LARGEST_STRIDE || tensor->span > LARGEST_STRIDE - reach) {
            return clq_fail(CLQNN_INVALID_SHAPE, "%s is too large: its strides reach beyond 2^48 elements", name);
        }
        tensor->span += reach;
    }
    tensor->is_dense = dense;
    return CLQNN_OK;
}

clqnn_status clq_tensor_resolve(const char *name, const clqnn_tensor *given, uint32_t types, bool is_result, clq_tensor *tensor)
{
    CLQ_FORWARD(clq_tensor_check_type(name, given->type, types));
    CLQ_FORWARD(check_shape(name, given, tensor));
    CLQ_FORWARD(check_strides(name, given, tensor));
    if (clqnn_type_bits(tensor->type) < 8 && !tensor->is_dense) {
        return clq_fail(CLQNN_INVALID_SHAPE, "%s has strides, but a tensor of %s must be dense", name, clqnn_type_name(tensor->type));
    }
    return is_result ? check_disjoint(name, tensor) : CLQNN_OK;
}

clqnn_status clq_tensor_check_same_shape(const char *a_name, const clq_tensor *a, const char *b_name, const clq_tensor *b)
{
    if (a->rank != b->rank) return clq_fail(CLQNN_INVALID_SHAPE, "%s.rank is %d, but %s.rank is %d", b_name, (int)b->rank, a_name, (int)a->rank);
    for (int i = 0; i < a->rank; i++) {
        if (a->shape[i] == b->shape[i]) continue;
        return clq_fail(CLQNN_INVALID_SHAPE, "%s.shape[%d] is %lld, but %s.shape[%d] is %lld", b_name, i, (long long)b->shape[i], a_name, i, (long long)a->shape[i]);
    }
    return CLQNN_OK;
}

uint64_t clq_tensor_bytes(const clq_tensor *tensor)
{
    return ((uint64_t)tensor->span * clqnn_type_bits(tensor->type) + 7) / 8;
}

bool clq_type_range(clqnn_type type, int32_t *low, int32_t *high)
{
    const bool is_signed = type == CLQNN_S4 || type == CLQNN_S8 || type == CLQNN_S16;
    if (!is_signed && type != CLQNN_U4 && type != CLQNN_U8) return false;
    const int32_t values = 1 << clqnn_type_bits(type);
    *low = is_signed ? -values / 2 : 0;
    *high = *low + values - 1;
    return true;
}

float clq_quantization_scale(const clqnn_quantization *quantization, int64_t index)
{
    if (quantization->scale_count == 0) return 1.0f;
    return quantization->scales[quantization->scale_count == 1 ? 0 : index];
}

int32_t clq_quantization_zero_point(const clqnn_quantization *quantization, int64_t index)
{
    if (quantization->zero_point_count == 0) return 0;
    return quantization->zero_points[quantization->zero_point_count == 1 ? 0 : index];
}

clqnn_status clq_tensor_axis(const char *name, int32_t given, int32_t rank, int32_t *axis)
{
    *axis = given < 0 ? given + rank : given;
    if (*axis >= 0 && *axis < rank) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is %d, must be in %d..%d for rank %d", name, (int)given, -(int)rank, (int)rank - 1, (int)rank);
}

/* How many values an axis or blocks take; 1 where neither applies. */
static clqnn_status values_of(const char *name, const clqnn_tensor *given, int64_t *values)
{
    char field[32];
    int32_t axis = 0;
    (void)snprintf(field, sizeof field, "%s.axis", name);
    if (given->block < 0) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s.block is %lld, must not be negative", name, (long long)given->block);
    CLQ_FORWARD(clq_tensor_axis(field, given->axis, given->rank, &axis));
    *values = given->shape[axis];
    if (given->block == 0) return CLQNN_OK;
    *values = 1;
    for (int i = 0; i < given->rank; i++) *values *= i == axis ? (given->shape[i] - 1) / given->block + 1 : given->shape[i];
    return CLQNN_OK;
}

static clqnn_status check_count(const char *name, const char *field, int64_t count, int64_t values, const void *data)
{
    if (count != 0 && count != 1 && count != values) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s.%s is %lld, must be 0, 1 or %lld", name, field, (long long)count, (long long)values);
    }
    if (count && !data) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s.%s is %lld, but its array is NULL", name, field, (long long)count);
    return CLQNN_OK;
}

clqnn_status clq_tensor_check_quantization(const char *name, const clqnn_tensor *given, clq_quantized most)
{
    const clqnn_quantization *q = &given->quantization;
    int64_t values = 1;
    if (most == CLQ_QUANTIZED_NOT && (q->scale_count || q->zero_point_count)) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s.quantization is given, but %s is %s", name, name, clqnn_type_name(given->type));
    }
    if (most == CLQ_QUANTIZED_AXIS && (q->scale_count > 1 || q->zero_point_count > 1 || given->block)) CLQ_FORWARD(values_of(name, given, &values));
    CLQ_FORWARD(check_count(name, "scale_count", q->scale_count, values, q->scales));
    CLQ_FORWARD(check_count(name, "zero_point_count", q->zero_point_count, values, q->zero_points));
    for (int64_t i = 0; i < q->scale_count; i++) {
        if (!(q->scales[i] >= FLT_MIN && q->scales[i] <= FLT_MAX)) {
            return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s.scales[%lld] is %g, must be positive, finite and normal", name, (long long)i, (double)q->scales[i]);
        }
    }
    int32_t low = 0, high = 0; /* s32 */
    (void)clq_type_range(given->type, &low, &high);
    for (int64_t i = 0; i < q->zero_point_count; i++) {
        if (q->zero_points[i] < low || q->zero_points[i] > high) {
            return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s.zero_points[%lld] is %d, must be in %d..%d for %s", name, (long long)i, (int)q->zero_points[i], (int)low,
                            (int)high, clqnn_type_name(given->type));
        }
    }
    return CLQNN_OK;
}

bool clq_tensor_same_layout(const clq_tensor *a, const clq_tensor *b)
{
    if (a->rank != b->rank || clqnn_type_bits(a->type) != clqnn_type_bits(b->type)) return false;
    for (int i = 0; i < a->rank; i++) {
        if (a->shape[i] != b->shape[i] || (a->shape[i] > 1 && a->strides[i] != b->strides[i])) return false;
    }
    return true;
}

clqnn_status clq_tensor_broadcast_shape(const clq_tensor *a, const clq_tensor *b, int32_t *rank, int64_t shape[CLQNN_MAX_RANK])
{
    *rank = a->rank > b->rank ? a->rank : b->rank;
    for (int i = 0; i < *rank; i++) {
        const int from_a = i - (*rank - a->rank), from_b = i - (*rank - b->rank);
        const int64_t extent_a = from_a < 0 ? 1 : a->shape[from_a], extent_b = from_b < 0 ? 1 : b->shape[from_b];
        if (extent_a != extent_b && extent_a != 1 && extent_b != 1) {
            return clq_fail(CLQNN_INVALID_SHAPE, "a.shape[%d] is %lld and b.shape[%d] is %lld: they do not broadcast", from_a, (long long)extent_a, from_b,
                            (long long)extent_b);
        }
        shape[i] = extent_a == 1 ? extent_b : extent_a;
    }
    return CLQNN_OK;
}
