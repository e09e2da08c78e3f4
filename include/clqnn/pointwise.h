/* SPDX-License-Identifier: Apache-2.0 */
/* Element by element: sums, differences, products, extremes, and functions by table. Plans are clqnn_op's. */
#ifndef CLQNN_POINTWISE_H
#define CLQNN_POINTWISE_H

#include "clqnn/op.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Two inputs ---- */

typedef enum clqnn_binary_kind {
    CLQNN_ADD = 0,
    CLQNN_SUB = 1,
    CLQNN_MUL = 2,
    CLQNN_MIN = 3,
    CLQNN_MAX = 4
} clqnn_binary_kind;

/* Q31 multiplier (not negative) and shift (-31 .. 30, positive to the left) of a fixed-point rescaling. */
typedef struct clqnn_fixed {
    int32_t multiplier;
    int32_t shift;
} clqnn_fixed;

/* CLQNN_FLOAT_EVEN:
 *     y = clamp(rne((sa * (a - za) op sb * (b - zb)) / sy) + zy)       every operation rounded once to binary32, the division a division
 * CLQNN_FIXED_* (add, sub, mul), rescale being the rule's, as in docs/numerics.md:
 *     add, sub   y = clamp(rescale(rescale((a - za) << left_shift, a) +- rescale((b - zb) << left_shift, b), y) + zy)
 *     mul        y = clamp(rescale((a - za) * (b - zb), y) + zy)
 * min and max compare the dequantized values; with three equal quantizations that is the comparison of the integers.
 *
 * Inputs of the call: a, b; output: y. y may be the very region of a or b where that one has y's shape, strides and type size.
 * Zero-initialise, set struct_size to sizeof(clqnn_binary_desc), then set what differs from the default. */
typedef struct clqnn_binary_desc {
    size_t struct_size;
    clqnn_binary_kind kind;
    clqnn_tensor a, b, y;           /* s8, u8; whole-tensor quantization; a and b broadcast to y's shape as in ONNX */
    clqnn_rounding rounding;
    clqnn_fixed a_fixed, b_fixed, y_fixed;   /* CLQNN_FIXED_*: scales are then not used; a_fixed and b_fixed not by mul */
    int32_t left_shift;             /* CLQNN_FIXED_* add and sub: 0 .. 22; TFLite's 20 for 8 bits */
    int32_t has_clamp;              /* 1: y is limited to clamp_min .. clamp_max, in quantized units */
    int32_t clamp_min, clamp_max;
    const char *variant;            /* NULL: chosen by the library; else the name of one variant, or CLQNN_UNSUPPORTED with its reason */
} clqnn_binary_desc;

CLQNN_API clqnn_status clqnn_binary_create(clqnn_context *context, const clqnn_binary_desc *desc, clqnn_op **op);

/* Answers as clqnn_binary_create would, through the same code, without building or allocating on the device. */
CLQNN_API clqnn_status clqnn_binary_query(clqnn_context *context, const clqnn_binary_desc *desc, clqnn_op_info *info);

/* ---- Functions by table ---- */

/* y = table[x as u8]. The entries are given, or
 *     table[q] = clamp(rne(f(sx * (q - zx)) / sy) + zy)      f in binary64 of the binary32 product, rounded once to binary32, then quantized as ever
 * computed on the host: the same bytes for every device.
 *
 * Input of the call: x; output: y, which may be the very region of x where strides are equal. */
typedef struct clqnn_table_desc {
    size_t struct_size;
    clqnn_tensor x, y;              /* s8, u8; of one shape; whole-tensor quantization */
    clqnn_function function;
    float alpha, beta;              /* finite; only where the function has them */
    int32_t has_clamp;              /* 1: the entries are limited to clamp_min .. clamp_max, in quantized units of y */
    int32_t clamp_min, clamp_max;
    const uint8_t *table;           /* NULL, or 256 entries (bytes of y's type) by the unsigned value of x's byte: function, quantizations and clamp are
                                       then not used. Read during the call */
    int64_t table_length;           /* of `table`: 256 */
    const char *variant;
} clqnn_table_desc;

CLQNN_API clqnn_status clqnn_table_create(clqnn_context *context, const clqnn_table_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_table_query(clqnn_context *context, const clqnn_table_desc *desc, clqnn_op_info *info);

/* The 256 entries that a plan of this descriptor would use, for a fused epilogue or an engine's own. Needs no device; shapes are not read. */
CLQNN_API clqnn_status clqnn_make_table(const clqnn_table_desc *desc, uint8_t table[256]);

#ifdef __cplusplus
}
#endif
#endif
