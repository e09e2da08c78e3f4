/* SPDX-License-Identifier: Apache-2.0 */
/* A validated convolution: what the descriptor means, without pointers to the caller's arrays. What selection sees. Spatial arrays always have three entries,
 * depth, rows, pixels; a convolution of fewer dimensions has extents 1, stride 1, dilation 1 and no padding in the outer ones. */
#ifndef CLQ_CONV_PROBLEM_H
#define CLQ_CONV_PROBLEM_H

#include <stdbool.h>
#include <stdint.h>

#include "clqnn/conv.h"

typedef struct clq_conv_image {
    clqnn_type type;             /* NONE: absent */
    int64_t batch_stride;        /* elements, as all strides */
    int64_t step[3];
    int64_t channel_step;        /* 1: channels last */
} clq_conv_image;

/* What packed weights are made of; o counts all output channels, i the input channels of o's group. */
typedef struct clq_conv_shape {
    int64_t groups, group_out, group_in;
    int64_t kernel[3];
} clq_conv_shape;

typedef struct clq_conv_problem {
    clq_conv_shape weights;
    int64_t batch;               /* images */
    int64_t in_channels, out_channels;
    int64_t input[3], output[3];
    int64_t stride[3], dilation[3], pad[3], pad_end[3];
    bool transposed;
    clq_conv_image x, y, residual;
    clqnn_type weight_type;
    bool weight_zero_nonzero;    /* some zw' (weights as s8) is not 0: the kernel needs sums of x' */
    bool float_bias, clamp, table;
    bool row_scales;             /* each call brings a scale for each output pixel */
    bool small_multipliers;      /* 8-bit y under FLOAT_EVEN with every multiplier below 1 */
    clqnn_rounding rounding;
} clq_conv_problem;

static inline int64_t clq_conv_taps(const clq_conv_shape *shape)
{
    return shape->kernel[0] * shape->kernel[1] * shape->kernel[2];
}

/* Pixels of one output image. */
static inline int64_t clq_conv_pixels(const clq_conv_problem *problem)
{
    return problem->output[0] * problem->output[1] * problem->output[2];
}

/* Products of the whole convolution. */
static inline double clq_conv_products(const clq_conv_problem *problem)
{
    return (double)problem->batch * (double)clq_conv_pixels(problem) * (double)problem->out_channels * (double)problem->weights.group_in
           * (double)clq_conv_taps(&problem->weights);
}

#endif
