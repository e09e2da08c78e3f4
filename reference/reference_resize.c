/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn_reference_resize: the position of every output pixel, from the formulas of clqnn/resize.h. */
#include <float.h>
#include <math.h>
#include <stddef.h>

#include "clqnn/reference.h"
#include "clqnn/reference_shape.h"
#include "tensor_place.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

static float position_of(const clqnn_resize_desc *desc, float given_scale, int64_t i, int64_t input, int64_t output)
{
    const float scale = given_scale != 0.0f ? given_scale : (float)output / (float)input;
    if (desc->coordinates == CLQNN_RESIZE_ASYMMETRIC) return (float)i / scale;
    if (desc->coordinates == CLQNN_RESIZE_HALF_PIXEL) {
        const float quotient = ((float)i + 0.5f) / scale;
        return quotient - 0.5f;
    }
    if (output == 1) return 0.0f;
    const float product = (float)i * (float)(input - 1);
    return product / (float)(output - 1);
}

static int64_t limit(float position, int64_t input)
{
    return position <= 0.0f ? 0 : position >= (float)(input - 1) ? input - 1 : (int64_t)position;
}

int64_t clqnn_reference_resize_nearest(const clqnn_resize_desc *desc, int32_t axis, int64_t i, int64_t input, int64_t output)
{
    const float position = position_of(desc, desc->scale[axis], i, input, output);
    const float below = floorf(position);
    const int is_tie = position - below == 0.5f, is_upper = position - below > 0.5f;
    switch (desc->nearest) {
    case CLQNN_NEAREST_FLOOR: return limit(below, input);
    case CLQNN_NEAREST_CEIL: return limit(ceilf(position), input);
    case CLQNN_NEAREST_ROUND_PREFER_CEIL: return limit(is_tie || is_upper ? below + 1.0f : below, input);
    case CLQNN_NEAREST_ROUND_PREFER_FLOOR: break;
    }
    return limit(is_upper ? below + 1.0f : below, input);
}

/* Two neighbours on one axis and their weights, which add up to 2^11, or to 2^10 under the fixed rules. */
typedef struct neighbours {
    int64_t index[2];
    int32_t weight[2];
} neighbours;

static neighbours neighbours_of(const clqnn_resize_desc *desc, int32_t axis, int64_t i, int64_t input, int64_t output)
{
    const float last = (float)(input - 1);
    float position = position_of(desc, desc->scale[axis], i, input, output);
    neighbours n;
    if (!(position > 0.0f)) position = 0.0f;
    if (position > last) position = last;
    n.index[0] = (int64_t)floorf(position);
    n.index[1] = n.index[0] + 1 < input ? n.index[0] + 1 : input - 1;
    n.weight[1] = (int32_t)rintf((position - floorf(position)) * 2048.0f);
    n.weight[0] = 2048 - n.weight[1];
    return n;
}

/* TFLite's integer positions, in units of 2^-10. */
static neighbours fixed_neighbours_of(const clqnn_resize_desc *desc, int64_t i, int64_t input, int64_t output)
{
    int64_t step = (1024 * input + output / 2) / output;
    if (desc->coordinates == CLQNN_RESIZE_ALIGN_CORNERS && output > 1) step = (1024 * (input - 1) + (output - 1) / 2) / (output - 1);
    int64_t position = i * step;
    neighbours n;
    if (desc->coordinates == CLQNN_RESIZE_HALF_PIXEL) position = i * step + step / 2 - 512;
    if (position < 0) position = 0;
    if (position > 1024 * (input - 1)) position = 1024 * (input - 1);
    n.index[0] = position / 1024;
    n.index[1] = n.index[0] + 1 < input ? n.index[0] + 1 : input - 1;
    n.weight[1] = (int32_t)(position % 1024);
    n.weight[0] = 1024 - n.weight[1];
    return n;
}

/* sum / 2^20 to the nearest; ties up, or away from zero. */
static int32_t fixed_average(int32_t sum, clqnn_rounding rounding)
{
    const int32_t one = 1 << 20, magnitude = ((sum < 0 ? -sum : sum) + one / 2) / one;
    if (sum >= 0) return magnitude;
    return rounding == CLQNN_FIXED_SINGLE && (-sum) % one == one / 2 ? 1 - magnitude : -magnitude;
}

static int32_t fixed_interpolate(const clq_place *x, const void *data, clqnn_rounding rounding, int64_t base, const int64_t strides[2], const neighbours at[2])
{
    int32_t sum = 0;
    for (int i = 0; i < 4; i++) {
        const int v = i / 2, h = i % 2;
        sum += clq_place_load(x, data, base + at[0].index[v] * strides[0] + at[1].index[h] * strides[1]) * at[0].weight[v] * at[1].weight[h];
    }
    return fixed_average(sum, rounding);
}

static int32_t interpolate(const clq_place *x, const void *data, const clq_place *y, int64_t base, const int64_t strides[2], const neighbours at[2])
{
    int32_t acc = 0;
    for (int v = 0; v < 2; v++) {
        for (int h = 0; h < 2; h++) {
            const int32_t q = clq_place_load(x, data, base + at[0].index[v] * strides[0] + at[1].index[h] * strides[1]);
            acc += (q - x->zero_point) * at[0].weight[v] * at[1].weight[h];
        }
    }
    const float multiplier = x->scale / (y->scale * 4194304.0f);
    return clqnn_reference_requantize_float_even(acc, multiplier, y->zero_point, y->low, y->high);
}

clqnn_status clqnn_reference_resize(const clqnn_resize_desc *desc, const void *x_data, void *y_data)
{
    if (!desc || !x_data || !y_data) return CLQNN_INVALID_ARGUMENT;
    const clq_place x = clq_place_make(&desc->x), y = clq_place_make(&desc->y);
    const int32_t height = desc->layout == CLQNN_CHANNELS_LAST ? 1 : 2, channel = desc->layout == CLQNN_CHANNELS_LAST ? 3 : 1;
    const int64_t strides[2] = {x.strides[height], x.strides[height + 1]};
    int64_t index[CLQNN_MAX_RANK] = {0};
    do {
        const int64_t base = index[0] * x.strides[0] + index[channel] * x.strides[channel];
        int32_t value = 0;
        if (desc->mode == CLQNN_RESIZE_NEAREST) {
            const int64_t row = clqnn_reference_resize_nearest(desc, 0, index[height], x.shape[height], y.shape[height]);
            const int64_t column = clqnn_reference_resize_nearest(desc, 1, index[height + 1], x.shape[height + 1], y.shape[height + 1]);
            value = clq_place_requantize(&x, &y, clq_place_load(&x, x_data, base + row * strides[0] + column * strides[1]));
        } else if (desc->rounding != CLQNN_FLOAT_EVEN) {
            const neighbours at[2] = {fixed_neighbours_of(desc, index[height], x.shape[height], y.shape[height]),
                                      fixed_neighbours_of(desc, index[height + 1], x.shape[height + 1], y.shape[height + 1])};
            value = fixed_interpolate(&x, x_data, desc->rounding, base, strides, at);
        } else {
            const neighbours at[2] = {neighbours_of(desc, 0, index[height], x.shape[height], y.shape[height]),
                                      neighbours_of(desc, 1, index[height + 1], x.shape[height + 1], y.shape[height + 1])};
            value = interpolate(&x, x_data, &y, base, strides, at);
        }
        clq_place_store(&y, y_data, clq_place_offset(&y, index), value);
    } while (clq_place_next(y.rank, y.shape, index));
    return CLQNN_OK;
}
