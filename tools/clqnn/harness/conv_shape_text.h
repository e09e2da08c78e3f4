/* SPDX-License-Identifier: Apache-2.0 */
/* Shapes of convolutions as text, in the underscore form of the field's shape files:
 *
 *     mb1_ic64_ih56_iw56_oc64_kh3_kw3_sh1_sw1_ph1_pw1_g1
 *
 * A part is a name and a number, in any order: mb images, g groups, ic and oc channels; i extents of the input, k of the kernel, s strides, d
 * dilations (1: none), p pads, a output padding, each for d, h or w; t1: transposed. Absent: mb, g, s, d 1; p, a 0; w like h and h like d where only
 * the outer one is given. Pads that differ: ph0:1 is none before and one behind. Dimensions: three with id or kd, two with ih or kh, else one. Short
 * form: 56x56x64:oc64:k3x3:s1:p1:d1:g1:mb1, the input's extents and channels first, one number for all dimensions or one each. */
#ifndef CLQ_CONV_SHAPE_H
#define CLQ_CONV_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "clqnn/conv.h"

/* As the fields of clqnn_conv_desc, with nothing left to a default. */
typedef struct clq_conv_shape {
    int32_t spatial_rank;
    bool transposed;
    int64_t batch, groups, in_channels, out_channels;
    int64_t input[CLQNN_MAX_SPATIAL], kernel[CLQNN_MAX_SPATIAL], stride[CLQNN_MAX_SPATIAL], dilation[CLQNN_MAX_SPATIAL];
    int64_t pad_begin[CLQNN_MAX_SPATIAL], pad_end[CLQNN_MAX_SPATIAL], output_padding[CLQNN_MAX_SPATIAL];
} clq_conv_shape;

/* False, with the reason in `message`, for anything else; numbers are below 2^31, those that count something at least 1. */
bool clq_conv_shape_parse(const char *text, clq_conv_shape *shape, char *message, size_t size);

/* The canonical text, without what is the default (but strides and pads). Returns `text`. */
const char *clq_conv_shape_print(const clq_conv_shape *shape, char *text, size_t size);

/* The shape's fields of a descriptor. */
void clq_conv_shape_describe(const clq_conv_shape *shape, clqnn_conv_desc *desc);

/* Extents of the output, 0 where it has none; and products of all extents, in pixels. */
int64_t clq_conv_shape_output(const clq_conv_shape *shape, int32_t dimension);
int64_t clq_conv_shape_pixels(const clq_conv_shape *shape, const int64_t *extents);
int64_t clq_conv_shape_output_pixels(const clq_conv_shape *shape);

/* Multiply-adds. */
double clq_conv_shape_macs(const clq_conv_shape *shape);

#endif
