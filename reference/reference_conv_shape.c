/* SPDX-License-Identifier: Apache-2.0 */
#include "reference_conv_shape.h"

#include "bit_planes.h"

static int64_t or_one(int64_t value)
{
    return value == 0 ? 1 : value;
}

int64_t clq_reference_pixels(const int64_t extents[3])
{
    return extents[0] * extents[1] * extents[2];
}

clqnn_status clq_reference_resolve_conv(const clqnn_conv_desc *desc, clq_reference_conv_shape *shape)
{
    const int rank = desc->spatial_rank == 0 ? 2 : desc->spatial_rank;
    if (rank < 1 || rank > 3) return CLQNN_INVALID_ARGUMENT;
    *shape = (clq_reference_conv_shape){.batch = or_one(desc->batch), .groups = or_one(desc->groups)};
    if (shape->groups < 1 || desc->in_channels < 1 || desc->out_channels < 1 || shape->batch < 1) return CLQNN_INVALID_SHAPE;
    if (desc->in_channels % shape->groups || desc->out_channels % shape->groups) return CLQNN_INVALID_SHAPE;
    shape->group_in = desc->in_channels / shape->groups;
    shape->group_out = desc->out_channels / shape->groups;
    for (int dimension = 0; dimension < 3; dimension++) {
        const int given = dimension - (3 - rank); /* the descriptor's index; negative for a dimension that it lacks */
        shape->input[dimension] = given < 0 ? 1 : desc->input[given];
        shape->kernel[dimension] = given < 0 ? 1 : desc->kernel[given];
        shape->stride[dimension] = given < 0 ? 1 : or_one(desc->stride[given]);
        shape->dilation[dimension] = given < 0 ? 1 : or_one(desc->dilation[given]);
        shape->pad[dimension] = given < 0 ? 0 : desc->pad_begin[given];
        if (shape->input[dimension] < 1 || shape->kernel[dimension] < 1 || shape->stride[dimension] < 1 || shape->dilation[dimension] < 1) {
            return CLQNN_INVALID_SHAPE;
        }
        const int64_t pads = given < 0 ? 0 : desc->pad_begin[given] + desc->pad_end[given];
        const int64_t extent = (shape->kernel[dimension] - 1) * shape->dilation[dimension] + 1;
        const int64_t room = shape->input[dimension] + pads - extent;
        if (desc->transposed) {
            const int64_t extra = given < 0 ? 0 : desc->output_padding[given];
            shape->output[dimension] = (shape->input[dimension] - 1) * shape->stride[dimension] - pads + extent + extra;
        } else {
            shape->output[dimension] = room < 0 ? 0 : room / shape->stride[dimension] + 1;
        }
        if (shape->output[dimension] < 1) return CLQNN_INVALID_SHAPE;
    }
    return CLQNN_OK;
}

clq_reference_image clq_reference_resolve_image(const clqnn_conv_tensor *tensor, int64_t pixels, int64_t channels)
{
    const int last = tensor->layout == CLQNN_CHANNELS_LAST;
    const int64_t step = tensor->pixel_stride ? tensor->pixel_stride : last ? clq_reference_row_values(tensor->type, channels) : pixels;
    const int64_t dense = step * (last ? pixels : channels);
    return (clq_reference_image){
        .batch_step = tensor->batch_stride ? tensor->batch_stride : dense,
        .pixel_step = last ? step : 1,
        .channel_step = last ? 1 : step,
    };
}

int64_t clq_reference_weight_index(const clqnn_conv_desc *desc, const clq_reference_conv_shape *shape, int64_t o, int64_t tap, int64_t i)
{
    const int64_t taps = clq_reference_pixels(shape->kernel);
    if (desc->weight_layout == CLQNN_WEIGHTS_OHWI) return (o * taps + tap) * clq_reference_row_values(desc->weight_type, shape->group_in) + i;
    if (!desc->transposed) return (o * shape->group_in + i) * taps + tap;
    const int64_t group = o / shape->group_out;
    return ((group * shape->group_in + i) * shape->group_out + o % shape->group_out) * taps + tap;
}
