/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a pooling: where the windows of each axis begin and how many taps they have, so that kernels neither divide nor look at borders. */
#include <string.h>

#include "pool/pool_problem.h"

#define MAP_WORDS 64      /* the byte map stands first */
#define WINDOW_WORDS 3

static int64_t quotient_up(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

clq_pool_window clq_pool_window_at(const clq_pool_axis *axis, int64_t output)
{
    const int64_t start = output * axis->stride - axis->pad_begin;
    const int64_t first = start < 0 ? quotient_up(-start, axis->dilation) : 0;
    const int64_t to_end = axis->input > start ? quotient_up(axis->input - start, axis->dilation) : 0;
    const int64_t to_padding = axis->input + axis->pad_end > start ? quotient_up(axis->input + axis->pad_end - start, axis->dilation) : 0;
    const int64_t stop = to_end < axis->kernel ? to_end : axis->kernel;
    return (clq_pool_window){
        .first = start + first * axis->dilation,
        .inside = stop > first ? stop - first : 0,
        .padded = to_padding < axis->kernel ? to_padding : axis->kernel,
    };
}

static clqnn_status fill_tables(const clq_pool_problem *problem, clq_op_recipe *recipe, pool_params *params, uint64_t *tables)
{
    size_t words = MAP_WORDS;
    for (int i = 0; i < POOL_AXES; i++) {
        params->windows[i] = words;
        words += (size_t)problem->axes[i].output * WINDOW_WORDS;
    }
    int32_t *data = clq_op_add_table(recipe, words * sizeof *data, tables);
    if (!data) return CLQNN_OUT_OF_MEMORY;
    clq_byte_map_fill(&problem->x_code, &problem->y_code, true, (uint8_t *)data);
    for (int i = 0; i < POOL_AXES; i++) {
        int32_t *window = data + params->windows[i];
        for (int64_t o = 0; o < problem->axes[i].output; o++, window += WINDOW_WORDS) {
            const clq_pool_window w = clq_pool_window_at(&problem->axes[i], o);
            window[0] = (int32_t)w.first;
            window[1] = (int32_t)w.inside;
            window[2] = (int32_t)w.padded;
        }
    }
    return CLQNN_OK;
}

clqnn_status clq_pool_fill(const clq_pool_problem *problem, clq_op_recipe *recipe, pool_params *params, uint64_t *tables)
{
    const clqnn_pool_desc *desc = &problem->desc;
    const int32_t flip = desc->x.type == CLQNN_S8 ? 128 : 0;
    *params = (pool_params){
        .x_stride = {(clq_ulong)problem->x_batch_stride, (clq_ulong)problem->x_channel_stride},
        .y_stride = {(clq_ulong)problem->y_batch_stride, (clq_ulong)problem->y_channel_stride},
        .batch = (clq_int)problem->batch,
        .channels = (clq_int)problem->channels,
        .is_max = desc->kind == CLQNN_POOL_MAX,
        .has_map = !clq_byte_code_equal(&problem->x_code, &problem->y_code),
        .half_away = desc->rounding == CLQNN_AVERAGE_HALF_AWAY,
        .include_pad = desc->count_include_pad,
        .channels_last = desc->layout == CLQNN_CHANNELS_LAST,
        .flip = flip,
        .x_zero = problem->x_code.zero_point + flip,
        .y_zero = problem->y_code.zero_point + flip,
        .low = problem->low + flip,
        .high = problem->high + flip,
        .x_scale = problem->x_code.scale,
        .y_scale = problem->y_code.scale,
    };
    int64_t volume = 1;
    for (int i = 0; i < POOL_AXES; i++) {
        const clq_pool_axis *axis = &problem->axes[i];
        params->x_stride[POOL_S + i] = (clq_ulong)axis->x_stride;
        params->y_stride[POOL_S + i] = (clq_ulong)axis->y_stride;
        params->tap_step[i] = (clq_ulong)(axis->x_stride * axis->dilation);
        params->output[i] = (clq_int)axis->output;
        volume = volume > INT32_MAX / axis->kernel ? 0 : volume * axis->kernel;
    }
    params->full_count = (clq_int)volume; /* 0 where no window can be whole */
    const float divisor = problem->y_code.scale * (float)(volume ? volume : 1);
    params->multiplier = problem->x_code.scale / divisor;
    return fill_tables(problem, recipe, params, tables);
}

double clq_pool_bytes(const clq_pool_problem *problem)
{
    return (double)problem->x.count + (double)problem->y.count;
}
