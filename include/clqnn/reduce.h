/* SPDX-License-Identifier: Apache-2.0 */
/* Reductions over axes, and the index of an extreme.
 *
 *     CLQNN_REDUCE_SUM    acc = sum of (x - zx), exact;  y = clamp(rne((float)acc * (sx / sy)) + zy)
 *     CLQNN_REDUCE_MEAN   the same with                  sx / (sy * count) for the multiplier
 *     CLQNN_REDUCE_MAX, CLQNN_REDUCE_MIN                 y = the extreme, or rne((sx * (m - zx)) / sy) + zy where x and y are quantized differently
 *     argmax, argmin      y = index along the axis of the largest or smallest x; of equals the first, or the last with select_last
 *
 * Each float operation rounds once, in the written order (docs/numerics.md). Inputs: x. Outputs: y. */
#ifndef CLQNN_REDUCE_H
#define CLQNN_REDUCE_H

#include "clqnn/op.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum clqnn_reduce_kind { CLQNN_REDUCE_MEAN = 0, CLQNN_REDUCE_SUM = 1, CLQNN_REDUCE_MAX = 2, CLQNN_REDUCE_MIN = 3 } clqnn_reduce_kind;

/* Zero-initialise, set struct_size to sizeof(clqnn_reduce_desc), then set what differs from the default. */
typedef struct clqnn_reduce_desc {
    size_t struct_size;
    clqnn_reduce_kind kind;
    clqnn_tensor x;                      /* s8 or u8 */
    clqnn_tensor y;                      /* x's type; x's rank with extents of 1 on the reduced axes, or the shape without them */
    int32_t axes[CLQNN_MAX_RANK];        /* each in -rank .. rank-1, no two the same */
    int32_t axis_count;                  /* 0: all axes */
    clqnn_rounding rounding;             /* mean and sum: CLQNN_FLOAT_EVEN as above, or one of CLQNN_FIXED_* applied to acc */
    int32_t multiplier, shift;           /* CLQNN_FIXED_*: Q31 and shift; they include the division by the count; no scale is used */
    const char *variant;                 /* NULL: chosen by the library; else the name of one kernel variant */
} clqnn_reduce_desc;

/* Validates, selects a variant and builds or loads its program. Blocks. On failure *op is NULL and nothing is left behind. CLQNN_OVERFLOW where a sum of so
 * many elements could leave 32 bits. */
CLQNN_API clqnn_status clqnn_reduce_create(clqnn_context *context, const clqnn_reduce_desc *desc, clqnn_op **op);

/* Answers as clqnn_reduce_create would, through the same code, without building or allocating on the device. */
CLQNN_API clqnn_status clqnn_reduce_query(clqnn_context *context, const clqnn_reduce_desc *desc, clqnn_op_info *info);

/* Zero-initialise, set struct_size to sizeof(clqnn_argmax_desc), then set what differs from the default. */
typedef struct clqnn_argmax_desc {
    size_t struct_size;
    clqnn_tensor x;                      /* s8 or u8; its quantization is not read: scales are positive */
    clqnn_tensor y;                      /* s32; x's rank with an extent of 1 on the axis, or the shape without it */
    int32_t axis;                        /* -rank .. rank-1 */
    int32_t is_min;                      /* 1: of the smallest */
    int32_t select_last;                 /* 1: of equals the last */
    const char *variant;
} clqnn_argmax_desc;

CLQNN_API clqnn_status clqnn_argmax_create(clqnn_context *context, const clqnn_argmax_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_argmax_query(clqnn_context *context, const clqnn_argmax_desc *desc, clqnn_op_info *info);

#ifdef __cplusplus
}
#endif
#endif
