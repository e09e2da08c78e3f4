/* SPDX-License-Identifier: Apache-2.0 */
/* What a clqnn_conv_desc means: extents with their defaults in, and where the elements of its tensors lie. */
#ifndef CLQNN_REFERENCE_CONV_SHAPE_H
#define CLQNN_REFERENCE_CONV_SHAPE_H

#include "clqnn/conv.h"

/* Always three spatial dimensions; those that the descriptor lacks are outer ones of extent 1. */
typedef struct clq_reference_conv_shape {
    int64_t batch, groups, group_in, group_out;
    int64_t input[3], kernel[3], stride[3], dilation[3], pad[3], output[3];
} clq_reference_conv_shape;

/* Element (n, pixel, channel), pixel in row-major order, is element  n * batch_step + pixel * pixel_step + channel * channel_step. */
typedef struct clq_reference_image {
    int64_t batch_step, pixel_step, channel_step;
} clq_reference_image;

/* `desc` has its defaults filled in by this. CLQNN_INVALID_SHAPE if there is no output; CLQNN_INVALID_ARGUMENT for a rank that is not 1, 2 or 3. */
clqnn_status clq_reference_resolve_conv(const clqnn_conv_desc *desc, clq_reference_conv_shape *shape);

clq_reference_image clq_reference_resolve_image(const clqnn_conv_tensor *tensor, int64_t pixels, int64_t channels);

int64_t clq_reference_pixels(const int64_t extents[3]);

/* The element of weight_data that is weight (o, tap, i): o of all output channels, i of o's group. */
int64_t clq_reference_weight_index(const clqnn_conv_desc *desc, const clq_reference_conv_shape *shape, int64_t o, int64_t tap, int64_t i);

#endif
