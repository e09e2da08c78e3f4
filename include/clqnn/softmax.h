/* SPDX-License-Identifier: Apache-2.0 */
/* Softmax and log-softmax over one axis of an 8-bit tensor. With m the largest x of the line and d = m - x, which lies in 0 .. 255:
 *
 *     e[d] = rne(2^31 * exp(-sx * d))       256 integers, made on the host from the float64 function
 *     s    = sum of e[d] over the line      an exact 64-bit integer
 *     softmax       y = clamp(rne((float)e[d] / ((float)s * sy)) + zy)
 *     log-softmax   y = clamp(rne(-(sx * (float)d + l) / sy) + zy),    l = (float)t * 2^-40 with t = floor(2^40 * ln(s / 2^31)) as docs/numerics.md computes it
 *
 * Conversions, products, sums and divisions round once each to binary32, in the written order. The sum is an integer, so no order of summation shows, and the
 * result is within 1 of the float64 function.
 *
 * Softmax under CLQNN_FIXED_* is TFLite's reference kernel for 8 bits; both rules give the same. In integers, the steps of docs/numerics.md:
 *     e[d] = exp(-rescale(d) / 2^26) in units of 2^-31, 0 where -d < diff_min;   s = sum of e[d] / 2^12, each to the nearest
 *     y    = clamp(e[d] * (1 / s) in units of 1/256) + the type's lowest value
 * with rescale by multiplier and shift. TFLite derives them from scale and beta, and from them diff_min:
 *     multiplier * 2^(shift - 31) = (double)beta * (double)sx * 2^26, at most 2^31 - 1;   diff_min = -floor(31 * 2^26 / 2^shift)
 * Inputs: x. Outputs: y, which may be the very region of x where both have the same strides. */
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
    clqnn_rounding rounding; /* CLQNN_FIXED_*: softmax alone; y's scale must be 1/256, its zero point its type's lowest value; x's scale is not used */
    int32_t multiplier;      /* CLQNN_FIXED_*: Q31, 0 or more */
    int32_t shift;           /* CLQNN_FIXED_*: 0 .. 30, to the left */
    int32_t diff_min;        /* CLQNN_FIXED_*: 0 or less; elements further below the largest count as 0 */
} clqnn_softmax_desc;

/* Validates, selects a variant and builds or loads its program. Blocks. On failure *op is NULL and nothing is left behind. CLQNN_OVERFLOW where the fixed-point sum
 * of a line could leave 32 bits: beyond 4095 elements. */
CLQNN_API clqnn_status clqnn_softmax_create(clqnn_context *context, const clqnn_softmax_desc *desc, clqnn_op **op);

/* Answers as clqnn_softmax_create would, through the same code, without building or allocating on the device. */
CLQNN_API clqnn_status clqnn_softmax_query(clqnn_context *context, const clqnn_softmax_desc *desc, clqnn_op_info *info);

#ifdef __cplusplus
}
#endif
#endif
