/* SPDX-License-Identifier: Apache-2.0 */
/* Operators that move elements: concat, split, pad, transpose. Elements are copied; where an 8-bit input and its output are quantized differently, each is
 * requantized on the way: y = clamp(rne((sx * (x - zx)) / sy) + zy), each operation rounded once (docs/numerics.md).
 *
 * Types: s8, u8, s16, s32, f32, f16. Input and output have one type, but s8 and u8 may mix. Only 8-bit tensors are requantized: others must be
 * quantized alike, or not at all. No tensor has more than one scale. A layout change NCHW <-> NHWC is a transposition by {0, 2, 3, 1} or {0, 3, 1, 2}. */
#ifndef CLQNN_ARRANGE_H
#define CLQNN_ARRANGE_H

#include "clqnn/op.h"

#ifdef __cplusplus
extern "C" {
#endif

#define CLQNN_CONCAT_MAX 32   /* tensors joined or cut at once */

/* y = the inputs one after the other along the axis. Inputs: in order. Outputs: y. An input that is written into its slice of y by the operator that makes it
 * needs no concat at all. Zero-initialise, set struct_size, then set what differs from the default. */
typedef struct clqnn_concat_desc {
    size_t struct_size;
    const clqnn_tensor *inputs;  /* input_count tensors: y's shape but for the axis; read during the call */
    int32_t input_count;         /* 1 .. CLQNN_CONCAT_MAX */
    int32_t axis;                /* -rank .. rank-1 */
    clqnn_tensor y;
    const char *variant;         /* NULL: chosen by the library; else the name of one kernel variant */
} clqnn_concat_desc;

/* Validates, selects a variant and builds or loads its program. Blocks. On failure *op is NULL and nothing is left behind. */
CLQNN_API clqnn_status clqnn_concat_create(clqnn_context *context, const clqnn_concat_desc *desc, clqnn_op **op);
/* Answers as clqnn_concat_create would, through the same code, without building or allocating on the device. */
CLQNN_API clqnn_status clqnn_concat_query(clqnn_context *context, const clqnn_concat_desc *desc, clqnn_op_info *info);

/* The inverse of concat. Inputs: x. Outputs: in order. */
typedef struct clqnn_split_desc {
    size_t struct_size;
    clqnn_tensor x;
    const clqnn_tensor *outputs; /* output_count tensors, whose extents on the axis add up to x's; read during the call */
    int32_t output_count;        /* 1 .. CLQNN_CONCAT_MAX */
    int32_t axis;                /* -rank .. rank-1 */
    const char *variant;
} clqnn_split_desc;

CLQNN_API clqnn_status clqnn_split_create(clqnn_context *context, const clqnn_split_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_split_query(clqnn_context *context, const clqnn_split_desc *desc, clqnn_op_info *info);

/* What stands outside x. */
typedef enum clqnn_pad_mode {
    CLQNN_PAD_CONSTANT = 0,  /* y's zero point (bits 0 for float), or `value` */
    CLQNN_PAD_EDGE = 1,      /* the nearest element of x */
    CLQNN_PAD_REFLECT = 2    /* x mirrored at its first and last elements, which are not repeated; each pad less than the extent */
} clqnn_pad_mode;

/* y[i] = x[i - begin], or what the mode says where that lies outside x. Inputs: x. Outputs: y. */
typedef struct clqnn_pad_desc {
    size_t struct_size;
    clqnn_pad_mode mode;
    clqnn_tensor x;
    clqnn_tensor y;                    /* each extent is x's plus both pads */
    int64_t begin[CLQNN_MAX_RANK];     /* CLQNN_PAD_CONSTANT: negative ones cut elements off. Otherwise 0 or more */
    int64_t end[CLQNN_MAX_RANK];
    int32_t has_value;                 /* CLQNN_PAD_CONSTANT */
    int32_t value;                     /* integers: the element in y's type, quantized units */
    float float_value;                 /* f32 and f16 */
    const char *variant;
} clqnn_pad_desc;

CLQNN_API clqnn_status clqnn_pad_create(clqnn_context *context, const clqnn_pad_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_pad_query(clqnn_context *context, const clqnn_pad_desc *desc, clqnn_op_info *info);

/* Dimension i of y is dimension permutation[i] of x. Inputs: x. Outputs: y. */
typedef struct clqnn_transpose_desc {
    size_t struct_size;
    clqnn_tensor x, y;
    int32_t permutation[CLQNN_MAX_RANK];   /* of 0 .. rank-1 */
    const char *variant;
} clqnn_transpose_desc;

CLQNN_API clqnn_status clqnn_transpose_create(clqnn_context *context, const clqnn_transpose_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_transpose_query(clqnn_context *context, const clqnn_transpose_desc *desc, clqnn_op_info *info);

#ifdef __cplusplus
}
#endif
#endif
