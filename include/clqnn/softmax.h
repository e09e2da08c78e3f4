/* SPDX-License-Identifier: Apache-2.0 */
/* Softmax and log-softmax over one axis of an 8-bit tensor. With m the largest x of the line and d = m - x, which lies in 0 .. 255:
 *
 *     e[d] = rne(2^31 * exp(-sx * d))       256 integers, made on the host from the float64 function
 *     s    = sum of e[d] over the line      an exact 64-bit integer
 *     softmax       y = clamp(rne((float)e[d] / ((float)s * sy)) + zy)
 *     log-softmax   y = clamp(rne(-(sx * (float)d + l) / sy) + zy),    l = (float)t * 2^-40 with t = floor(2^40 * ln(s / 2^31)) as docs/numerics.md computes it
 *
 * Conversions, products, sums and divisions round once each to binary32, in the written order. The sum is an integer, so no order of summation shows, and the
 * result is within 1 of the float64 function. Inputs: x. Outputs: y, which may be the very region of x where both have the same strides. */
#ifndef CLQNN_SOFTMAX_H
#define CLQNN_SOFTMAX_H

#include "clqnn/op.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Zero-initialise, set struct_size to sizeof(clqnn_softmax_desc), then set what differs from the default. */
typedef struct clqnn_softmax_desc {
    size_t struct_size;
    clqnn_tensor x, y;       /* s8 or u8 each; the same shape. A y whose scale is beyond 2^32 is refused */
    int32_t axis;            /* -rank .. rank-1 */
    int32_t is_log;          /* 1: log-softmax */
    const char *variant;     /* NULL: chosen by the library; else the name of one kernel variant */
} clqnn_softmax_desc;

/* Validates, selects a variant and builds or loads its program. Blocks. On failure *op is NULL and nothing is left behind. */
CLQNN_API clqnn_status clqnn_softmax_create(clqnn_context *context, const clqnn_softmax_desc *desc, clqnn_op **op);

/* Answers as clqnn_softmax_create would, through the same code, without building or allocating on the device. */
CLQNN_API clqnn_status clqnn_softmax_query(clqnn_context *context, const clqnn_softmax_desc *desc, clqnn_op_info *info);

#ifdef __cplusplus
}
#endif
#endif
