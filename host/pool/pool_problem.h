/* SPDX-License-Identifier: Apache-2.0 */
/* A pooling, validated: what the variants see. Spatial axes are always three; those not there have extent 1. */
#ifndef CLQ_POOL_PROBLEM_H
#define CLQ_POOL_PROBLEM_H

#include "arrange/byte_map.h"
#include "clqnn/pool.h"
#include "op/op_family.h"
#include "pool/pool_params.cl"

typedef struct clq_pool_axis {
    int64_t input, output, kernel, stride, dilation, pad_begin, pad_end;
    int64_t x_stride, y_stride;      /* elements */
} clq_pool_axis;

/* Taps of one window on one axis. */
typedef struct clq_pool_window {
    int64_t first;                   /* index of the first tap inside */
    int64_t inside, padded;          /* taps inside the image, inside the padded image */
} clq_pool_window;

typedef struct clq_pool_problem {
    clqnn_pool_desc desc;            /* a copy, valid during the call */
    clq_tensor x, y;
    clq_pool_axis axes[POOL_AXES];
    int64_t batch, channels;
    int64_t x_batch_stride, x_channel_stride, y_batch_stride, y_channel_stride;
    clq_byte_code x_code, y_code;
    int32_t low, high;
} clq_pool_problem;

/* What a descriptor says without its tensors; and its spatial axes, which become the last ones of three, without strides. */
clqnn_status clq_pool_check_enumerators(const clqnn_pool_desc *desc);
clqnn_status clq_pool_make_axes(const clqnn_pool_desc *desc, clq_pool_axis axes[POOL_AXES]);

clq_pool_window clq_pool_window_at(const clq_pool_axis *axis, int64_t output);

/* Everything of the params but the geometry of the vector kernels, and the tables that they point into. */
clqnn_status clq_pool_fill(const clq_pool_problem *problem, clq_op_recipe *recipe, pool_params *params, uint64_t *tables);

/* Bytes of x and y. */
double clq_pool_bytes(const clq_pool_problem *problem);

extern const clq_op_variant clq_pool_portable, clq_pool_vector, clq_pool_planes, clq_pool_bands;
extern const clq_op_program clq_pool_vector_program;

#endif
