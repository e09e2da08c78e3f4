/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn_reference_pool: for each element of y, all taps of its window, those outside the image left out. */
#include <stddef.h>

#include "bit_planes.h"
#include "clqnn/reference.h"
#include "clqnn/reference_shape.h"
#include "tensor_place.h"

/* One spatial axis: the descriptor's fields with their defaults. */
typedef struct pool_axis {
    int64_t input, kernel, stride, dilation, begin, end;
    int32_t dimension;   /* of the tensors */
} pool_axis;

/* What the taps of one window add up to. */
typedef struct window {
    int64_t sum;         /* of the taps as stored */
    int64_t inside;      /* taps inside the image */
    int64_t padded;      /* taps inside the padded image */
    int32_t largest;
} window;

static pool_axis axis_of(const clqnn_pool_desc *desc, int32_t i)
{
    const int32_t dimension = desc->layout == CLQNN_CHANNELS_LAST ? 1 + i : 2 + i;
    const int64_t input = desc->x.shape[dimension];
    if (desc->is_global) return (pool_axis){.input = input, .kernel = input, .stride = 1, .dilation = 1, .dimension = dimension};
    return (pool_axis){
        .input = input,
        .kernel = desc->kernel[i],
        .stride = desc->stride[i] ? desc->stride[i] : 1,
        .dilation = desc->dilation[i] ? desc->dilation[i] : 1,
        .begin = desc->pad_begin[i],
        .end = desc->pad_end[i],
        .dimension = dimension,
    };
}

/* Of bits a dense row of channels takes whole groups. */
static clq_place place_of(const clqnn_tensor *tensor)
{
    clq_place place = clq_place_make(tensor);
    int has_strides = 0;
    for (int32_t i = 0; i < tensor->rank; i++) has_strides |= tensor->strides[i] != 0;
    if (has_strides || clq_reference_plane_bits(tensor->type) == 0) return place;
    int64_t step = clq_reference_row_values(tensor->type, tensor->shape[tensor->rank - 1]);
    for (int32_t i = tensor->rank - 2; i >= 0; i--) {
        place.strides[i] = step;
        step *= tensor->shape[i];
    }
    return place;
}

static int32_t load(const clq_place *place, const void *data, int64_t offset)
{
    return clq_reference_plane_bits(place->type) ? clq_reference_load_plane(place->type, data, offset) : clq_place_load(place, data, offset);
}

/* The first value of a row of bits clears the row's words before. */
static void store(const clq_place *place, void *data, const int64_t *index, int32_t value)
{
    const int64_t offset = clq_place_offset(place, index);
    if (clq_reference_plane_bits(place->type) == 0) {
        clq_place_store(place, data, offset, value);
        return;
    }
    if (index[place->rank - 1] == 0) clq_reference_clear_planes(place->type, data, offset, place->shape[place->rank - 1]);
    clq_reference_store_plane(place->type, data, offset, value);
}

static window look(const clq_place *x, const void *data, const pool_axis *axes, int32_t rank, const int64_t *output)
{
    window w = {.largest = INT32_MIN};
    int64_t kernel[3], tap[3] = {0};
    for (int32_t i = 0; i < rank; i++) kernel[i] = axes[i].kernel;
    do {
        int64_t index[CLQNN_MAX_RANK];
        int is_inside = 1, is_padded = 1;
        for (int32_t i = 0; i < x->rank; i++) index[i] = output[i];
        for (int32_t i = 0; i < rank; i++) {
            const pool_axis *a = &axes[i];
            const int64_t at = output[a->dimension] * a->stride + tap[i] * a->dilation - a->begin;
            is_inside &= at >= 0 && at < a->input;
            is_padded &= at < a->input + a->end;
            index[a->dimension] = at;
        }
        w.padded += is_padded;
        if (!is_inside) continue;
        const int32_t value = load(x, data, clq_place_offset(x, index));
        w.inside++;
        w.sum += value;
        if (value > w.largest) w.largest = value;
    } while (clq_place_next(rank, kernel, tap));
    return w;
}

static int32_t average(const clqnn_pool_desc *desc, const clq_place *x, const clq_place *y, const window *w)
{
    if (desc->rounding == CLQNN_AVERAGE_HALF_AWAY) {
        const int64_t half = w->inside / 2;
        return (int32_t)((w->sum > 0 ? w->sum + half : w->sum - half) / w->inside);
    }
    const int64_t count = desc->count_include_pad ? w->padded : w->inside;
    const float divisor = y->scale * (float)count;
    const float multiplier = x->scale / divisor;
    const int32_t acc = (int32_t)(w->sum - w->inside * x->zero_point);
    return clqnn_reference_requantize_float_even(acc, multiplier, y->zero_point, y->low, y->high);
}

clqnn_status clqnn_reference_pool(const clqnn_pool_desc *desc, const void *x_data, void *y_data)
{
    if (!desc || !x_data || !y_data) return CLQNN_INVALID_ARGUMENT;
    const clq_place x = place_of(&desc->x), y = place_of(&desc->y);
    const int32_t rank = x.rank - 2;
    pool_axis axes[3];
    int64_t index[CLQNN_MAX_RANK] = {0};
    if (rank < 1 || rank > 3) return CLQNN_INVALID_SHAPE;
    for (int32_t i = 0; i < rank; i++) axes[i] = axis_of(desc, i);
    do {
        const window w = look(&x, x_data, axes, rank, index);
        int32_t value = desc->kind == CLQNN_POOL_MAX ? clq_place_requantize(&x, &y, w.largest) : average(desc, &x, &y, &w);
        if (desc->has_clamp && value < desc->clamp_min) value = desc->clamp_min;
        if (desc->has_clamp && value > desc->clamp_max) value = desc->clamp_max;
        store(&y, y_data, index, value);
    } while (clq_place_next(y.rank, y.shape, index));
    return CLQNN_OK;
}
