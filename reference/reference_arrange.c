/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn_reference_concat, _split, _pad and _transpose: element by element. */
#include <stddef.h>
#include <string.h>

#include "clqnn/reference.h"
#include "clqnn/reference_shape.h"
#include "tensor_place.h"

/* y[y_offset] = x[x_offset]: bytes where nothing is requantized. */
static void move_element(const clq_place *x, const void *x_data, int64_t x_offset, const clq_place *y, void *y_data, int64_t y_offset)
{
    const size_t size = clq_place_element_size(x->type);
    if (size == 1) {
        clq_place_store(y, y_data, y_offset, clq_place_requantize(x, y, clq_place_load(x, x_data, x_offset)));
    } else {
        memcpy((unsigned char *)y_data + (size_t)y_offset * size, (const unsigned char *)x_data + (size_t)x_offset * size, size);
    }
}

/* All of `part`, which is the slice of `whole` that begins at `first` on the axis. */
static void move_slice(const clq_place *part, const clq_place *whole, int32_t axis, int64_t first, const void *from, void *to, int is_concat)
{
    int64_t index[CLQNN_MAX_RANK] = {0};
    do {
        const int64_t in_part = clq_place_offset(part, index), in_whole = clq_place_offset(whole, index) + first * whole->strides[axis];
        if (is_concat) {
            move_element(part, from, in_part, whole, to, in_whole);
        } else {
            move_element(whole, from, in_whole, part, to, in_part);
        }
    } while (clq_place_next(part->rank, part->shape, index));
}

clqnn_status clqnn_reference_concat(const clqnn_concat_desc *desc, const void *const *inputs, void *y_data)
{
    if (!desc || !inputs || !y_data) return CLQNN_INVALID_ARGUMENT;
    const clq_place y = clq_place_make(&desc->y);
    const int32_t axis = clq_place_axis(&y, desc->axis);
    int64_t first = 0;
    for (int32_t i = 0; i < desc->input_count; i++) {
        const clq_place x = clq_place_make(&desc->inputs[i]);
        move_slice(&x, &y, axis, first, inputs[i], y_data, 1);
        first += x.shape[axis];
    }
    return CLQNN_OK;
}

clqnn_status clqnn_reference_split(const clqnn_split_desc *desc, const void *x_data, void *const *outputs)
{
    if (!desc || !x_data || !outputs) return CLQNN_INVALID_ARGUMENT;
    const clq_place x = clq_place_make(&desc->x);
    const int32_t axis = clq_place_axis(&x, desc->axis);
    int64_t first = 0;
    for (int32_t i = 0; i < desc->output_count; i++) {
        const clq_place y = clq_place_make(&desc->outputs[i]);
        move_slice(&y, &x, axis, first, x_data, outputs[i], 0);
        first += y.shape[axis];
    }
    return CLQNN_OK;
}

/* Index of x for a position beside it. -1: none, the constant stands there. */
static int64_t source_index(clqnn_pad_mode mode, int64_t at, int64_t extent)
{
    if (at >= 0 && at < extent) return at;
    if (mode == CLQNN_PAD_CONSTANT) return -1;
    if (mode == CLQNN_PAD_EDGE) return at < 0 ? 0 : extent - 1;
    return at < 0 ? -at : 2 * (extent - 1) - at;
}

static void store_constant(const clqnn_pad_desc *desc, const clq_place *y, void *y_data, int64_t offset)
{
    const float real = desc->has_value ? desc->float_value : 0.0f;
    if (y->type == CLQNN_F32) {
        ((float *)y_data)[offset] = real;
    } else if (y->type == CLQNN_F16) {
        ((uint16_t *)y_data)[offset] = clqnn_reference_f32_to_f16(real);
    } else {
        clq_place_store(y, y_data, offset, desc->has_value ? desc->value : y->zero_point);
    }
}

clqnn_status clqnn_reference_pad(const clqnn_pad_desc *desc, const void *x_data, void *y_data)
{
    if (!desc || !x_data || !y_data) return CLQNN_INVALID_ARGUMENT;
    const clq_place x = clq_place_make(&desc->x), y = clq_place_make(&desc->y);
    int64_t index[CLQNN_MAX_RANK] = {0};
    do {
        int64_t from = 0;
        int is_constant = 0;
        for (int32_t i = 0; i < x.rank; i++) {
            const int64_t at = source_index(desc->mode, index[i] - desc->begin[i], x.shape[i]);
            is_constant |= at < 0;
            from += at * x.strides[i];
        }
        const int64_t to = clq_place_offset(&y, index);
        if (is_constant) {
            store_constant(desc, &y, y_data, to);
        } else {
            move_element(&x, x_data, from, &y, y_data, to);
        }
    } while (clq_place_next(y.rank, y.shape, index));
    return CLQNN_OK;
}

clqnn_status clqnn_reference_transpose(const clqnn_transpose_desc *desc, const void *x_data, void *y_data)
{
    if (!desc || !x_data || !y_data) return CLQNN_INVALID_ARGUMENT;
    const clq_place x = clq_place_make(&desc->x), y = clq_place_make(&desc->y);
    int64_t index[CLQNN_MAX_RANK] = {0};
    do {
        int64_t from = 0;
        for (int32_t i = 0; i < x.rank; i++) from += index[i] * x.strides[desc->permutation[i]];
        move_element(&x, x_data, from, &y, y_data, clq_place_offset(&y, index));
    } while (clq_place_next(y.rank, y.shape, index));
    return CLQNN_OK;
}
