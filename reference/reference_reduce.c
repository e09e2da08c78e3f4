/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn_reference_reduce, clqnn_reference_argmax: for each element of y, all elements of x that share its index on the axes that are kept. */
#include <stddef.h>

#include "clqnn/reference.h"
#include "clqnn/reference_shape.h"
#include "tensor_place.h"

/* x's axes split in two: extents of 1 in `kept` where an axis is reduced, and the other way round. */
typedef struct reduction {
    int64_t kept[CLQNN_MAX_RANK], reduced[CLQNN_MAX_RANK];
    int is_reduced[CLQNN_MAX_RANK];
    int64_t count;       /* elements of a reduction */
} reduction;

static reduction split_axes(const clq_place *x, const int32_t *axes, int32_t axis_count)
{
    reduction r = {.count = 1};
    for (int32_t i = 0; i < x->rank; i++) {
        r.is_reduced[i] = axis_count == 0;
        for (int32_t a = 0; a < axis_count; a++) r.is_reduced[i] |= clq_place_axis(x, axes[a]) == i;
        r.kept[i] = r.is_reduced[i] ? 1 : x->shape[i];
        r.reduced[i] = r.is_reduced[i] ? x->shape[i] : 1;
        r.count *= r.reduced[i];
    }
    return r;
}

/* Where the element of y for an index of kept axes lies: y has x's rank, or the kept axes only. */
static int64_t place_in_y(const clq_place *y, const clq_place *x, const reduction *r, const int64_t *kept)
{
    int64_t offset = 0;
    int32_t dimension = 0;
    if (y->rank == x->rank) return clq_place_offset(y, kept);
    for (int32_t i = 0; i < x->rank; i++) {
        if (!r->is_reduced[i]) offset += kept[i] * y->strides[dimension++];
    }
    return offset;
}

static int32_t finish(const clqnn_reduce_desc *desc, const clq_place *x, const clq_place *y, int64_t sum, int64_t count)
{
    const int32_t acc = (int32_t)sum, zero = y->zero_point;
    if (desc->rounding == CLQNN_FIXED_DOUBLE) return clqnn_reference_requantize_fixed_double(acc, desc->multiplier, desc->shift, zero, y->low, y->high);
    if (desc->rounding == CLQNN_FIXED_SINGLE) return clqnn_reference_requantize_fixed_single(acc, desc->multiplier, desc->shift, zero, y->low, y->high);
    const float divisor = desc->kind == CLQNN_REDUCE_MEAN ? y->scale * (float)count : y->scale;
    const float multiplier = x->scale / divisor;
    return clqnn_reference_requantize_float_even(acc, multiplier, zero, y->low, y->high);
}

clqnn_status clqnn_reference_reduce(const clqnn_reduce_desc *desc, const void *x_data, void *y_data)
{
    if (!desc || !x_data || !y_data) return CLQNN_INVALID_ARGUMENT;
    const clq_place x = clq_place_make(&desc->x), y = clq_place_make(&desc->y);
    const reduction r = split_axes(&x, desc->axes, desc->axis_count);
    int64_t kept[CLQNN_MAX_RANK] = {0}, inner[CLQNN_MAX_RANK] = {0};
    do {
        int64_t sum = 0;
        int32_t largest = INT32_MIN, smallest = INT32_MAX;
        do {
            const int32_t value = clq_place_load(&x, x_data, clq_place_offset(&x, kept) + clq_place_offset(&x, inner));
            sum += value - x.zero_point;
            if (value > largest) largest = value;
            if (value < smallest) smallest = value;
        } while (clq_place_next(x.rank, r.reduced, inner));
        int32_t value = 0;
        if (desc->kind == CLQNN_REDUCE_MAX) {
            value = clq_place_requantize(&x, &y, largest);
        } else if (desc->kind == CLQNN_REDUCE_MIN) {
            value = clq_place_requantize(&x, &y, smallest);
        } else {
            value = finish(desc, &x, &y, sum, r.count);
        }
        clq_place_store(&y, y_data, place_in_y(&y, &x, &r, kept), value);
    } while (clq_place_next(x.rank, r.kept, kept));
    return CLQNN_OK;
}

clqnn_status clqnn_reference_argmax(const clqnn_argmax_desc *desc, const void *x_data, void *y_data)
{
    if (!desc || !x_data || !y_data) return CLQNN_INVALID_ARGUMENT;
    const clq_place x = clq_place_make(&desc->x), y = clq_place_make(&desc->y);
    const int32_t axis = clq_place_axis(&x, desc->axis);
    const reduction r = split_axes(&x, &axis, 1);
    int64_t kept[CLQNN_MAX_RANK] = {0};
    do {
        int32_t best = 0, best_value = 0;
        for (int64_t i = 0; i < x.shape[axis]; i++) {
            const int32_t value = clq_place_load(&x, x_data, clq_place_offset(&x, kept) + i * x.strides[axis]);
            const int is_better = desc->is_min ? value < best_value : value > best_value;
            if (i == 0 || is_better || (desc->select_last && value == best_value)) {
                best = (int32_t)i;
                best_value = value;
            }
        }
        clq_place_store(&y, y_data, place_in_y(&y, &x, &r, kept), best);
    } while (clq_place_next(x.rank, r.kept, kept));
    return CLQNN_OK;
}
