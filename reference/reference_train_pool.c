/* SPDX-License-Identifier: Apache-2.0 */
/* Pooling in training: the formulas of clqnn/train_layers.h, window by window. */
#include <float.h>
#include <stdbool.h>
#include <string.h>

#include "clqnn/reference_train_layers.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

/* The descriptor with its defaults. */
typedef struct pool_shape {
    int64_t extent[2], output[2], kernel[2], stride[2], pad[2];
} pool_shape;

static pool_shape shape_of(const clqnn_train_pool_desc *desc)
{
    pool_shape shape = {.extent = {desc->height, desc->width}};
    for (int axis = 0; axis < 2; axis++) {
        const int64_t pads = desc->is_global ? 0 : desc->pad_begin[axis] + desc->pad_end[axis];
        shape.kernel[axis] = desc->is_global ? shape.extent[axis] : desc->kernel[axis];
        shape.stride[axis] = desc->is_global || desc->stride[axis] == 0 ? 1 : desc->stride[axis];
        shape.pad[axis] = desc->is_global ? 0 : desc->pad_begin[axis];
        shape.output[axis] = (shape.extent[axis] + pads - shape.kernel[axis]) / shape.stride[axis] + 1;
    }
    return shape;
}

/* One window: calls for each tap inside the image, in order. */
typedef struct window_walk {
    const clqnn_train_pool_desc *desc;
    pool_shape shape;
    int64_t image, out_h, out_w, channel;
    int64_t tap;              /* the next one */
} window_walk;

/* The place in x of the next tap inside the image and its number; false behind the last. */
static bool next_tap(window_walk *walk, int64_t *place, int64_t *number)
{
    const pool_shape *s = &walk->shape;
    for (; walk->tap < s->kernel[0] * s->kernel[1]; walk->tap++) {
        const int64_t h = walk->out_h * s->stride[0] - s->pad[0] + walk->tap / s->kernel[1], w = walk->out_w * s->stride[1] - s->pad[1] + walk->tap % s->kernel[1];
        if (h < 0 || h >= s->extent[0] || w < 0 || w >= s->extent[1]) continue;
        *place = ((walk->image * s->extent[0] + h) * s->extent[1] + w) * walk->desc->channels + walk->channel;
        *number = walk->tap++;
        return true;
    }
    return false;
}

static int64_t count_taps(const window_walk *window)
{
    window_walk walk = *window;
    int64_t count = 0, place, number;
    while (next_tap(&walk, &place, &number)) count++;
    return walk.desc->counts_padding ? walk.shape.kernel[0] * walk.shape.kernel[1] : count;
}

static void pool_max(const window_walk *window, const float *x, float *y, uint8_t *tap)
{
    window_walk walk = *window;
    int64_t place = 0, number = 0, winner = 0;
    float best = 0.0f;
    for (bool is_first = true; next_tap(&walk, &place, &number); is_first = false) {
        const bool is_nan = x[place] != x[place], best_is_nan = best != best;
        if (!is_first && (best_is_nan || !(is_nan || x[place] > best))) continue;
        best = x[place];
        winner = number;
    }
    *y = best;
    if (tap) *tap = (uint8_t)winner;
}

static void one_window(const window_walk *window, const void *const *inputs, void *const *outputs, int64_t y)
{
    const clqnn_train_pool_desc *desc = window->desc;
    const bool is_max = desc->kind == CLQNN_TRAIN_POOL_MAX, is_forward = desc->direction == CLQNN_LAYER_FORWARD;
    const float *from = inputs[0];
    float *to = outputs[0], sum = 0.0f;
    window_walk walk = *window;
    int64_t place = 0, number = 0;
    if (is_forward && is_max) {
        pool_max(window, from, &to[y], desc->saves_taps ? (uint8_t *)outputs[1] + y : NULL);
        return;
    }
    const float inverse = 1.0f / (float)count_taps(window);
    while (next_tap(&walk, &place, &number)) {
        if (is_forward) sum += from[place];
        else if (!is_max) to[place] += from[y] * inverse;
        else if (((const uint8_t *)inputs[1])[y] == number) to[place] += from[y];
    }
    if (is_forward) to[y] = sum * inverse;
}

/* Backward adds to each place in the order of the windows. */
clqnn_status clqnn_reference_train_pool(const clqnn_train_pool_desc *desc, const void *const *inputs, void *const *outputs)
{
    window_walk window = {.desc = desc, .shape = shape_of(desc)};
    if (desc->direction == CLQNN_LAYER_BACKWARD) memset(outputs[0], 0, (size_t)(desc->batch * desc->height * desc->width * desc->channels) * sizeof(float));
    int64_t y = 0;
    for (window.image = 0; window.image < desc->batch; window.image++) {
        for (window.out_h = 0; window.out_h < window.shape.output[0]; window.out_h++) {
            for (window.out_w = 0; window.out_w < window.shape.output[1]; window.out_w++) {
                for (window.channel = 0; window.channel < desc->channels; window.channel++) one_window(&window, inputs, outputs, y++);
            }
        }
    }
    return CLQNN_OK;
}
