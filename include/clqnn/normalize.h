/* SPDX-License-Identifier: Apache-2.0 */
/* Layer normalization of an 8-bit tensor over its last dimensions, from `axis` on: n elements a line. Exact integers, d = x - zx:
 *
 *     s = sum of d,   v = n * (sum of d * d) - s * s        n^2 times the variance, in units of sx
 * then in binary32, each operation rounded once, in this order:
 *     r = 1 / sqrt((float)v + e),   e = (float)(epsilon * n^2 / sx^2), the double result rounded once, on the host
 *     f = ((float)(n * d - s) * r) * gamma + beta           (two products, one sum; no fma)
 *     y = clamp(rne(f / sy) + zy)
 *
 * Inputs: x. Outputs: y, which may be the very region of x where both have the same strides. */
#ifndef CLQNN_NORMALIZE_H
#define CLQNN_NORMALIZE_H

#include "clqnn/op.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Zero-initialise, set struct_size to sizeof(clqnn_layer_norm_desc), then set what differs from the default. */
typedef struct clqnn_layer_norm_desc {
    size_t struct_size;
    clqnn_tensor x, y;       /* s8 or u8 each; the same shape */
    int32_t axis;            /* -rank .. rank-1: the first dimension of a line, which is at most 2^20 elements; dimensions from there on must be evenly spaced */
    float epsilon;           /* positive; 0 means 1e-5 */
    const float *gamma;      /* n finite values on the host, or NULL for 1; read during the call */
    const float *beta;       /* n finite values on the host, or NULL for 0 */
    const char *variant;     /* NULL: chosen by the library; else the name of one kernel variant */
} clqnn_layer_norm_desc;

/* Validates, selects a variant and builds or loads its program. Blocks. On failure *op is NULL and nothing is left behind. */
CLQNN_API clqnn_status clqnn_layer_norm_create(clqnn_context *context, const clqnn_layer_norm_desc *desc, clqnn_op **op);

/* Answers as clqnn_layer_norm_create would, through the same code, without building or allocating on the device. */
CLQNN_API clqnn_status clqnn_layer_norm_query(clqnn_context *context, const clqnn_layer_norm_desc *desc, clqnn_op_info *info);

#ifdef __cplusplus
}
#endif
#endif
