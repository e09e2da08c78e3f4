/* SPDX-License-Identifier: Apache-2.0 */
/* A convolution of any kind, with its data, run through the library: what the harnesses of integers, floats and bits share. Public headers only. */
#ifndef CLQ_CONVOLUTION_RUN_H
#define CLQ_CONVOLUTION_RUN_H

#include "conv_shape_text.h"
#include "host_bytes.h"
#include "verify_hold.h"

typedef struct clq_convolution_call {
    const clqnn_conv_desc *desc;  /* complete but for `weights` and `variant` */
    const clq_conv_shape *shape;
    size_t weight_bytes;          /* of desc->weight_data */
    bool packed, sub_buffers, wait_list;   /* as of clq_conv_case */
    bool residual_in_y;           /* y is its own residual, whose bytes are `residual`'s; else a residual with data is a buffer of its own */
    clq_host_bytes x, residual, row_scales;   /* data NULL: not given */
    clq_host_bytes y;             /* size and offset only */
    const unsigned char *written; /* y.size flags: 1 for each byte that belongs to an element of y */
    const void *problem;          /* whose this is: */
    void (*compare)(const void *problem, const unsigned char *got, unsigned char poison, clq_verify_result *result);
} clq_convolution_call;

/* As clq_product_run. */
void clq_convolution_run(clqnn_context *context, const clq_convolution_call *call, const char *variant, clq_verify_result *result);

/* conv_weights_check.c: packs desc->weight_data, `weight_bytes` of them, for desc->variant, serialises it, reads the blob back and unpacks the copy, which must equal
 * the weights. The caller releases *weights, which came from the blob. false: result says what went wrong. */
bool clq_conv_weights_round_trip(clqnn_context *context, const clqnn_conv_desc *desc, size_t weight_bytes, clqnn_conv_weights **weights, clq_verify_result *result);

#endif
