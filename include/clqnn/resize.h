/* SPDX-License-Identifier: Apache-2.0 */
/* Resizing of images: nearest neighbour and linear (bilinear), as ONNX's Resize with the same names.
 *
 * The position of output index i on an axis, in binary32, each operation rounded once; scale is the descriptor's or output / input in binary32:
 *     CLQNN_RESIZE_HALF_PIXEL      (i + 0.5) / scale - 0.5
 *     CLQNN_RESIZE_ASYMMETRIC      i / scale
 *     CLQNN_RESIZE_ALIGN_CORNERS   (i * (input - 1)) / (output - 1); 0 where output is 1
 *
 * Nearest: the position rounded by `nearest`, then limited to the image.
 * Linear: the position is limited to [0, input - 1]; with i0 its floor and i1 = min(i0 + 1, input - 1), the weight of i1 is w = rne(2^11 * (position - i0)), that of
 * i0 is 2^11 - w. acc = sum over the four neighbours of (x - zx) * wy * wx, an exact integer; y = clamp(rne((float)acc * (sx / (sy * 2^22))) + zy).
 * Linear is within 1 of the float function, and equal to it where the weights are exact (factors of two).
 *
 * Linear under CLQNN_FIXED_*, TFLite's RESIZE_BILINEAR of int8, all integers, divisions rounded down:
 *     step       (2^10 * input + output / 2) / output;  ALIGN_CORNERS with output > 1: (2^10 * (input - 1) + (output - 1) / 2) / (output - 1)
 *     position   i * step;  HALF_PIXEL: i * step + step / 2 - 2^9;  then limited to [0, 2^10 * (input - 1)]
 *     i0 = position / 2^10, i1 as above, the weight of i1 is position - 2^10 * i0, that of i0 the rest to 2^10
 *     y = (sum over the four neighbours of x * wy * wx) / 2^20 to the nearest, ties away from zero (CLQNN_FIXED_DOUBLE) or up (CLQNN_FIXED_SINGLE), of x as stored
 * x and y have to be quantized alike, and `scale` be 0.
 *
 * Elements of nearest are requantized as in clqnn/arrange.h. Inputs: x. Outputs: y. */
#ifndef CLQNN_RESIZE_H
#define CLQNN_RESIZE_H

#include "clqnn/op.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum clqnn_resize_mode { CLQNN_RESIZE_NEAREST = 0, CLQNN_RESIZE_LINEAR = 1 } clqnn_resize_mode;

typedef enum clqnn_resize_coordinates { CLQNN_RESIZE_HALF_PIXEL = 0, CLQNN_RESIZE_ASYMMETRIC = 1, CLQNN_RESIZE_ALIGN_CORNERS = 2 } clqnn_resize_coordinates;

typedef enum clqnn_resize_nearest {
    CLQNN_NEAREST_ROUND_PREFER_FLOOR = 0,  /* to the nearest, ties down */
    CLQNN_NEAREST_ROUND_PREFER_CEIL = 1,   /* to the nearest, ties up */
    CLQNN_NEAREST_FLOOR = 2,
    CLQNN_NEAREST_CEIL = 3
} clqnn_resize_nearest;

/* Zero-initialise, set struct_size to sizeof(clqnn_resize_desc), then set what differs from the default. */
typedef struct clqnn_resize_desc {
    size_t struct_size;
    clqnn_resize_mode mode;
    clqnn_layout layout;                   /* of both tensors: [n, h, w, c] or [n, c, h, w] */
    clqnn_tensor x, y;                     /* s8 or u8, one type; rank 4, the same n and c */
    clqnn_resize_coordinates coordinates;
    clqnn_resize_nearest nearest;
    float scale[2];                        /* height, width; 0: output / input */
    const char *variant;                   /* NULL: chosen by the library; else the name of one kernel variant */
    clqnn_rounding rounding;               /* linear only */
} clqnn_resize_desc;

/* Validates, selects a variant and builds or loads its program. Blocks. On failure *op is NULL and nothing is left behind. */
CLQNN_API clqnn_status clqnn_resize_create(clqnn_context *context, const clqnn_resize_desc *desc, clqnn_op **op);

/* Answers as clqnn_resize_create would, through the same code, without building or allocating on the device. */
CLQNN_API clqnn_status clqnn_resize_query(clqnn_context *context, const clqnn_resize_desc *desc, clqnn_op_info *info);

#ifdef __cplusplus
}
#endif
#endif
