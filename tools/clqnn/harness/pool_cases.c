/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "clqnn/reference_shape.h"
#include "shape_case.h"

/* A window on one axis, tried until it fits: dilated ones with pads may miss every pixel. */
static void random_axis(clq_random *random, clqnn_pool_desc *desc, int i)
{
    desc->kernel[i] = clq_random_range(random, 1, clq_random_range(random, 0, 3) ? 3 : 8);
    desc->stride[i] = clq_random_range(random, 0, 4);
    desc->dilation[i] = clq_random_range(random, 0, 3) ? 0 : clq_random_range(random, 1, 3);
    desc->pad_begin[i] = clq_random_range(random, 0, desc->kernel[i] - 1);
    desc->pad_end[i] = clq_random_range(random, 0, desc->kernel[i] - 1);
}

static void random_windows(clq_random *random, clqnn_pool_desc *desc, int rank)
{
    int64_t output[CLQNN_POOL_MAX_SPATIAL];
    desc->is_global = clq_random_range(random, 0, 4) == 0;
    for (int tries = 0; tries < 50 && !desc->is_global; tries++) {
        for (int i = 0; i < rank; i++) random_axis(random, desc, i);
        desc->ceil_mode = (int32_t)clq_random_range(random, 0, 1);
        if (clqnn_pool_output_shape(desc, output) == CLQNN_OK) return;
    }
    desc->is_global = 1;
}

static void make(clq_random *random, const char *variant, clq_shape_case *test)
{
    clqnn_pool_desc *desc = &test->desc.pool;
    clq_op_image *x = &test->inputs[0], *y = &test->expected[0];
    const int rank = (int)clq_random_range(random, 1, 3);
    int64_t output[CLQNN_POOL_MAX_SPATIAL] = {1, 1, 1};
    *desc = (clqnn_pool_desc){.struct_size = sizeof *desc, .variant = variant, .spatial_rank = rank == 2 ? (int32_t)clq_random_range(random, 0, 1) * 2 : rank};
    desc->kind = (clqnn_pool_kind)clq_random_range(random, 0, 1);
    desc->layout = clq_random_range(random, 0, 2) ? CLQNN_CHANNELS_LAST : CLQNN_CHANNELS_FIRST;
    const int first = desc->layout == CLQNN_CHANNELS_LAST ? 1 : 2, channel = first == 1 ? rank + 1 : 1;
    int64_t most = 20000;
    x->tensor = (clqnn_tensor){.type = clq_shape_byte_type(random), .rank = rank + 2};
    x->tensor.shape[channel] = clq_shape_extent(random, most);
    most /= x->tensor.shape[channel];
    for (int i = rank - 1; i >= 0; i--) {
        x->tensor.shape[first + i] = clq_shape_extent(random, most);
        most /= x->tensor.shape[first + i];
    }
    x->tensor.shape[0] = clq_random_range(random, 1, most < 3 ? most : 3);
    desc->x = x->tensor;
    random_windows(random, desc, rank);
    y->tensor = x->tensor;
    (void)clqnn_pool_output_shape(desc, output);
    for (int i = 0; i < rank; i++) y->tensor.shape[first + i] = output[i];
    clq_shape_strides(random, &x->tensor);
    clq_shape_strides(random, &y->tensor);
    const bool is_average = desc->kind == CLQNN_POOL_AVERAGE;
    desc->rounding = is_average && clq_random_range(random, 0, 2) == 0 ? CLQNN_AVERAGE_HALF_AWAY : CLQNN_AVERAGE_FLOAT_EVEN;
    desc->count_include_pad = is_average && desc->rounding == CLQNN_AVERAGE_FLOAT_EVEN && clq_random_range(random, 0, 1);
    clq_shape_quantize(random, x, y, 0.05f, desc->rounding == CLQNN_AVERAGE_HALF_AWAY || clq_random_range(random, 0, 2) == 0);
    desc->has_clamp = clq_random_range(random, 0, 3) == 0;
    desc->clamp_min = (int32_t)clq_random_range(random, -200, 60);
    desc->clamp_max = (int32_t)clq_random_range(random, desc->clamp_min < 0 ? 0 : desc->clamp_min, 300);
    desc->x = x->tensor;
    desc->y = y->tensor;
    (void)snprintf(test->text, sizeof test->text, "kind %d layout %d axes %d global %d kernel %d,%d,%d stride %d,%d,%d rounding %d", (int)desc->kind, (int)desc->layout, rank,
                   (int)desc->is_global, (int)desc->kernel[0], (int)desc->kernel[1], (int)desc->kernel[2], (int)desc->stride[0], (int)desc->stride[1], (int)desc->stride[2],
                   (int)desc->rounding);
}

static clqnn_status create(clqnn_context *context, const clq_shape_case *test, clqnn_op **op)
{
    return clqnn_pool_create(context, &test->desc.pool, op);
}

static clqnn_status reference(const clq_shape_case *test)
{
    return clqnn_reference_pool(&test->desc.pool, clq_op_image_data(&test->inputs[0]), clq_op_image_data(&test->expected[0]));
}

const clq_shape_family clq_shape_pool = {"pool", make, create, reference};

/* Maxima of bits. */
static void make_bits(clq_random *random, const char *variant, clq_shape_case *test)
{
    static const clqnn_type types[] = {CLQNN_B1, CLQNN_PU1, CLQNN_PO1};
    clqnn_pool_desc *desc = &test->desc.pool;
    clqnn_tensor *x = &test->inputs[0].tensor, *y = &test->expected[0].tensor;
    const int rank = (int)clq_random_range(random, 1, 3);
    int64_t output[CLQNN_POOL_MAX_SPATIAL] = {1, 1, 1}, most = 800;
    *desc = (clqnn_pool_desc){.struct_size = sizeof *desc, .variant = variant, .spatial_rank = rank};
    *x = (clqnn_tensor){.type = types[clq_random_range(random, 0, 2)], .rank = rank + 2, .shape = {clq_random_range(random, 1, 3)}};
    for (int i = 0; i < rank; i++) {
        x->shape[1 + i] = clq_shape_extent(random, most);
        most /= x->shape[1 + i];
    }
    x->shape[1 + rank] = clq_random_range(random, 0, 2) ? clq_shape_extent(random, 300) : clq_random_range(random, 1, 600);
    desc->x = *x;
    random_windows(random, desc, rank);
    *y = *x;
    (void)clqnn_pool_output_shape(desc, output);
    for (int i = 0; i < rank; i++) y->shape[1 + i] = output[i];
    clq_shape_strides(random, x);
    clq_shape_strides(random, y);
    desc->x = *x;
    desc->y = *y;
    (void)snprintf(test->text, sizeof test->text, "%s axes %d channels %d global %d kernel %d,%d,%d stride %d,%d,%d", clqnn_type_name(x->type), rank, (int)x->shape[1 + rank],
                   (int)desc->is_global, (int)desc->kernel[0], (int)desc->kernel[1], (int)desc->kernel[2], (int)desc->stride[0], (int)desc->stride[1], (int)desc->stride[2]);
}

const clq_shape_family clq_shape_pool_bits = {"pool_bits", make_bits, create, reference};
