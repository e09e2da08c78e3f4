/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>

#include "clqnn/reference_train_layers.h"
#include "layer_case.h"

#define MOST 40000

static int64_t output_of(const clqnn_train_pool_desc *desc, int axis)
{
    const int64_t extent = axis ? desc->width : desc->height;
    if (desc->is_global) return 1;
    return (extent + desc->pad_begin[axis] + desc->pad_end[axis] - desc->kernel[axis]) / (desc->stride[axis] ? desc->stride[axis] : 1) + 1;
}

static void draw_shape(clq_random *random, clqnn_train_pool_desc *desc)
{
    static const int64_t channels[] = {1, 3, 8, 15, 16, 17, 32, 40, 64};
    desc->channels = channels[clq_random_range(random, 0, sizeof channels / sizeof *channels - 1)];
    desc->batch = clq_random_range(random, 1, 3);
    desc->height = clq_random_range(random, 1, 16);
    desc->width = clq_random_range(random, 1, 16);
    desc->is_global = clq_random_range(random, 0, 5) == 0 && desc->height * desc->width <= 256;
    for (int axis = 0; axis < 2; axis++) {
        const int64_t extent = axis ? desc->width : desc->height;
        desc->kernel[axis] = clq_random_range(random, 1, extent < 5 ? extent : 5);
        desc->stride[axis] = clq_random_range(random, 0, 3);
        desc->pad_begin[axis] = clq_random_range(random, 0, desc->kernel[axis] - 1);
        desc->pad_end[axis] = clq_random_range(random, 0, desc->kernel[axis] - 1);
    }
}

/* Few different values, so that windows have several largest ones. */
static void make_ties(float *values, int64_t count)
{
    for (int64_t i = 0; i < count; i++) values[i] = rintf(values[i]);
}

static bool make(clq_random *random, uint64_t index, const char *variant, clq_layer_case *test)
{
    clqnn_train_pool_desc *desc = &test->desc.train_pool;
    *desc = (clqnn_train_pool_desc){.struct_size = sizeof *desc, .kind = (clqnn_train_pool_kind)(index % 2), .direction = (clqnn_layer_direction)(index / 2 % 2), .variant = variant};
    do draw_shape(random, desc);
    while (desc->batch * desc->height * desc->width * desc->channels > MOST);
    if (test->is_large && !desc->is_global) desc->batch = CLQ_LAYER_LARGE / (desc->height * desc->width * desc->channels) + 1;
    const bool is_max = desc->kind == CLQNN_TRAIN_POOL_MAX, is_forward = desc->direction == CLQNN_LAYER_FORWARD;
    const int64_t x = desc->batch * desc->height * desc->width * desc->channels, y = desc->batch * output_of(desc, 0) * output_of(desc, 1) * desc->channels;
    desc->saves_taps = is_max && is_forward && clq_random_range(random, 0, 3);
    desc->counts_padding = !is_max && clq_random_range(random, 0, 1);
    (void)snprintf(test->text, sizeof test->text, "kind %d, direction %d, %lld x %lld x %lld x %lld, kernel %lld x %lld, global %d", (int)desc->kind, (int)desc->direction,
                   (long long)desc->batch, (long long)desc->height, (long long)desc->width, (long long)desc->channels, (long long)desc->kernel[0], (long long)desc->kernel[1],
                   (int)desc->is_global);
    if (is_forward) {
        float *from = clq_layer_case_input(random, test, CLQNN_F32, x, 4.0f);
        if (!from || !clq_layer_case_output(random, test, CLQNN_F32, y, 0.0f)) return false;
        if (clq_random_range(random, 0, 1)) make_ties(from, x);
        clq_layer_spoil(random, from, x);
        return !desc->saves_taps || clq_layer_case_output(random, test, CLQNN_U8, y, 0.0f);
    }
    const int64_t taps = desc->is_global ? desc->height * desc->width : desc->kernel[0] * desc->kernel[1];
    float *gradients = clq_layer_case_input(random, test, CLQNN_F32, y, 4.0f);
    uint8_t *winners = is_max ? clq_layer_case_input(random, test, CLQNN_U8, y, 0.0f) : NULL;
    if (!gradients || (is_max && !winners) || !clq_layer_case_output(random, test, CLQNN_F32, x, 0.0f)) return false;
    for (int64_t i = 0; is_max && i < y; i++) winners[i] = (uint8_t)clq_random_range(random, 0, taps - 1);
    clq_layer_spoil(random, gradients, y);
    return true;
}

static clqnn_status create(clqnn_context *context, const clq_layer_case *test, clqnn_op **op)
{
    return clqnn_train_pool_create(context, &test->desc.train_pool, op);
}

static clqnn_status reference(const clq_layer_case *test)
{
    const void *inputs[CLQ_LAYER_INPUTS];
    void *outputs[CLQ_LAYER_OUTPUTS];
    for (uint32_t i = 0; i < test->input_count; i++) inputs[i] = clq_op_image_data(&test->inputs[i]);
    for (uint32_t i = 0; i < test->output_count; i++) outputs[i] = clq_op_image_data(&test->expected[i]);
    return clqnn_reference_train_pool(&test->desc.train_pool, inputs, outputs);
}

const clq_layer_family clq_layer_train_pool = {"train_pool", make, create, reference};
