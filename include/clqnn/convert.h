/* SPDX-License-Identifier: Apache-2.0 */
/* Between types and quantizations: quantize, dequantize, requantize, and from one float type to another. Plans are clqnn_op's. */
#ifndef CLQNN_CONVERT_H
#define CLQNN_CONVERT_H

#include "clqnn/op.h"

#ifdef __cplusplus
extern "C" {
#endif

/*     real = x                            floats: widened exactly to binary32
 *          = sx * (x - zx)                integers: the difference is exact, then rounded once to binary32 (s32 only needs that), the product once
 *     y    = clamp(rne(real / sy) + zy)   s8, u8, s16, s4, u4: the division correctly rounded; NaN gives zy, infinities the ends of the range
 *          = real                         f32; f16, bf16, f8e4m3, f8e5m2: rounded once more, to nearest even. NaN stays NaN; overflow becomes
 *                                         infinity, of the 8-bit floats what f8_overflow says (docs/numerics.md, "Float types")
 *
 * x: f32, f16, bf16, f8e4m3, f8e5m2, s8, u8, s4, u4, s16, s32; y: the same but s32. Quantizations are for the whole tensor, an axis or
 * blocks; floats have none; an s32 x has no zero points. y has x's shape. Input of the call: x; output: y,
 * which may be the very region of x where shape, strides and type sizes are equal. Zero-initialise, set struct_size to
 * sizeof(clqnn_convert_desc), then set what differs from the default. */
typedef struct clqnn_convert_desc {
    size_t struct_size;
    clqnn_tensor x, y;
    const char *variant;            /* NULL: chosen by the library; else the name of one variant, or CLQNN_UNSUPPORTED with its reason */
    clqnn_f8_overflow f8_overflow;  /* of a y of f8e4m3 or f8e5m2; not read for another */
} clqnn_convert_desc;

CLQNN_API clqnn_status clqnn_convert_create(clqnn_context *context, const clqnn_convert_desc *desc, clqnn_op **op);

/* Answers as clqnn_convert_create would, through the same code, without building or allocating on the device. */
CLQNN_API clqnn_status clqnn_convert_query(clqnn_context *context, const clqnn_convert_desc *desc, clqnn_op_info *info);

#ifdef __cplusplus
}
#endif
#endif
