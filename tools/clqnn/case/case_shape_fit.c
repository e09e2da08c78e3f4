/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the tensors of a case of case_shape.h fit each other: the scalar reference trusts its descriptor. */
#include "case_shape_fit.h"

#include <inttypes.h>
#include <string.h>

enum { MOST_TAPS = 1 << 16, MOST_TERMS = INT32_MAX / 255, LONGEST_FIXED = 4095 };

static clqnn_status expect_extent(const clqnn_tensor *y, int32_t d, int64_t wanted, clq_case_report report)
{
    if (y->shape[d] == wanted) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_CORRUPT_DATA, "dimension %d of 'y' is %" PRId64 ", not %" PRId64, (int)d, y->shape[d], wanted);
}

static clqnn_status expect_rank(const clqnn_tensor *x, const clqnn_tensor *y, clq_case_report report)
{
    if (x->rank == y->rank) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'y' has %d dimensions, not %d", (int)y->rank, (int)x->rank);
}

/* One spatial axis: the extent of y, and at least one tap in each window. */
static clqnn_status fit_axis(const clqnn_pool_desc *desc, int32_t i, int32_t d, clq_case_report report)
{
    const int64_t input = desc->x.shape[d], stride = desc->stride[i] > 0 ? desc->stride[i] : 1, dilation = desc->dilation[i] > 0 ? desc->dilation[i] : 1;
    const int64_t begin = desc->pad_begin[i], padded = input + begin + desc->pad_end[i], extent = (desc->kernel[i] - 1) * dilation + 1;
    if (desc->kernel[i] < 1 || extent > padded) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "kernel is %" PRId64 " on axis %d, which does not fit", desc->kernel[i], (int)i);
    int64_t output = (padded - extent) / stride + 1;
    if (desc->ceil_mode && (padded - extent) % stride != 0 && output * stride < input + begin) output++;
    const clqnn_status status = expect_extent(&desc->y, d, output, report);
    if (status != CLQNN_OK) return status;
    for (int64_t o = 0; o < output; o++) {
        bool sees = false;
        for (int64_t k = 0; k < desc->kernel[i] && !sees; k++) {
            const int64_t at = o * stride + k * dilation - begin;
            sees = at >= 0 && at < input;
        }
        if (!sees) return clq_case_fail(report, CLQNN_UNSUPPORTED, "a window without a pixel is not in this version");
    }
    return CLQNN_OK;
}

clqnn_status clq_case_fit_pool(const clqnn_pool_desc *desc, clq_case_report report)
{
    const int32_t rank = desc->spatial_rank, first = desc->layout == CLQNN_CHANNELS_FIRST ? 2 : 1, channel = first == 2 ? 1 : rank + 1;
    int64_t taps = 1;
    clqnn_status status = expect_rank(&desc->x, &desc->y, report);
    if (status == CLQNN_OK) status = expect_extent(&desc->y, 0, desc->x.shape[0], report);
    if (status == CLQNN_OK) status = expect_extent(&desc->y, channel, desc->x.shape[channel], report);
    for (int32_t i = 0; i < rank && status == CLQNN_OK; i++) {
        if (desc->is_global) {
            status = expect_extent(&desc->y, first + i, 1, report);
            continue;
        }
        taps *= desc->kernel[i];
        if (taps > MOST_TAPS) return clq_case_fail(report, CLQNN_UNSUPPORTED, "windows of more than %d taps are not in this version", (int)MOST_TAPS);
        status = fit_axis(desc, i, first + i, report);
    }
    return status;
}

clqnn_status clq_case_fit_concat(const clqnn_concat_desc *desc, clq_case_report report)
{
    const int32_t rank = desc->y.rank, axis = desc->axis < 0 ? desc->axis + rank : desc->axis;
    int64_t total = 0;
    if (axis < 0 || axis >= rank) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "axis is %d, which is no axis of %d dimensions", (int)desc->axis, (int)rank);
    for (int32_t i = 0; i < desc->input_count; i++) {
        const clqnn_tensor *const x = &desc->inputs[i];
        clqnn_status status = expect_rank(x, &desc->y, report);
        for (int32_t d = 0; d < rank && status == CLQNN_OK; d++) {
            if (d != axis) status = expect_extent(&desc->y, d, x->shape[d], report);
        }
        if (status != CLQNN_OK) return status;
        total += x->shape[axis];
    }
    return expect_extent(&desc->y, axis, total, report);
}

clqnn_status clq_case_fit_softmax(const clqnn_softmax_desc *desc, clq_case_report report)
{
    const int32_t rank = desc->x.rank, axis = desc->axis < 0 ? desc->axis + rank : desc->axis;
    clqnn_status status = expect_rank(&desc->x, &desc->y, report);
    if (axis < 0 || axis >= rank) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "axis is %d, which is no axis of %d dimensions", (int)desc->axis, (int)rank);
    for (int32_t d = 0; d < rank && status == CLQNN_OK; d++) status = expect_extent(&desc->y, d, desc->x.shape[d], report);
    if (status != CLQNN_OK || desc->rounding == CLQNN_FLOAT_EVEN || desc->x.shape[axis] <= LONGEST_FIXED) return status;
    return clq_case_fail(report, CLQNN_UNSUPPORTED, "fixed-point sums of more than %d elements are not in this version", (int)LONGEST_FIXED);
}

clqnn_status clq_case_fit_reduce(const clqnn_reduce_desc *desc, clq_case_report report)
{
    const clqnn_tensor *const x = &desc->x, *const y = &desc->y;
    bool reduced[CLQNN_MAX_RANK] = {false};
    int32_t kept = 0;
    int64_t terms = 1;
    for (int32_t i = 0; i < desc->axis_count; i++) {
        const int32_t axis = desc->axes[i] < 0 ? desc->axes[i] + x->rank : desc->axes[i];
        if (reduced[axis]) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "axes name the axis %d twice", (int)axis);
        reduced[axis] = true;
    }
    for (int32_t d = 0; d < x->rank; d++) {
        if (desc->axis_count == 0) reduced[d] = true;
        if (reduced[d] && x->shape[d] > MOST_TERMS / terms) return clq_case_fail(report, CLQNN_UNSUPPORTED, "sums of more than %d elements are not in this version", (int)MOST_TERMS);
        if (reduced[d]) terms *= x->shape[d];
        else kept++;
    }
    if (y->rank != x->rank && y->rank != kept) {
        return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'y' has %d dimensions, not %d or %d", (int)y->rank, (int)x->rank, (int)kept);
    }
    for (int32_t d = 0, at = 0; d < x->rank; d++) {
        if (y->rank != x->rank && reduced[d]) continue;
        const clqnn_status status = expect_extent(y, at++, reduced[d] ? 1 : x->shape[d], report);
        if (status != CLQNN_OK) return status;
    }
    return CLQNN_OK;
}

clqnn_status clq_case_fit_resize(const clqnn_resize_desc *desc, clq_case_report report)
{
    const int32_t channel = desc->layout == CLQNN_CHANNELS_FIRST ? 1 : 3;
    clqnn_status status = expect_rank(&desc->x, &desc->y, report);
    if (status == CLQNN_OK && desc->x.rank != 4) return clq_case_fail(report, CLQNN_CORRUPT_DATA, "'x' has %d dimensions, not 4", (int)desc->x.rank);
    if (status == CLQNN_OK) status = expect_extent(&desc->y, 0, desc->x.shape[0], report);
    return status == CLQNN_OK ? expect_extent(&desc->y, channel, desc->x.shape[channel], report) : status;
}

clqnn_status clq_case_fit_types(const clqnn_tensor *x, const clqnn_tensor *y, bool may_mix, clq_case_report report)
{
    const bool bytes = clq_case_is_byte(x->type) && clq_case_is_byte(y->type);
    if (bytes && (may_mix || x->type == y->type)) return CLQNN_OK;
    return clq_case_fail(report, CLQNN_UNSUPPORTED, "tensors of %s and %s are not in this version", clq_case_type_name(x->type), clq_case_type_name(y->type));
}
