/* SPDX-License-Identifier: Apache-2.0 */
/* Pooling in one, two or three dimensions. Window p of a channel holds the taps x[p * stride + tap * dilation - pad_begin] that lie inside the image.
 *
 *     CLQNN_POOL_MAX       m = max of the taps;             y = m, or rne((sx * (m - zx)) / sy) + zy where x and y are quantized differently
 *     CLQNN_POOL_AVERAGE   acc = sum of (tap - zx), exact;  y = rne((float)acc * (sx / (sy * count))) + zy
 *
 * then y is clamped. count is the number of taps inside the image, or with count_include_pad inside the padded image. Each float operation rounds once, in
 * the written order (docs/numerics.md). Padding never wins a maximum and counts as real 0 in an average.
 *
 * Maxima of bits (b1, pu1, po1; clqnn/bits.h) are made word by word: channels last, x and y quantized alike, no clamp. The minimum of b1 is the maximum of the
 * same bits as po1, and the other way round.
 *
 * Inputs: x. Outputs: y. */
#ifndef CLQNN_POOL_H
#define CLQNN_POOL_H

#include "clqnn/op.h"

#ifdef __cplusplus
extern "C" {
#endif

#define CLQNN_POOL_MAX_SPATIAL 3

typedef enum clqnn_pool_kind { CLQNN_POOL_MAX = 0, CLQNN_POOL_AVERAGE = 1 } clqnn_pool_kind;

/* How an average becomes an integer. */
typedef enum clqnn_average_rounding {
    CLQNN_AVERAGE_FLOAT_EVEN = 0,  /* as above; ONNX */
    CLQNN_AVERAGE_HALF_AWAY = 1    /* TFLite: the sum of the taps as stored, divided by count, to the nearest integer, ties away from zero. x and y must be
                                      quantized alike, and count_include_pad must be 0 */
} clqnn_average_rounding;

/* Zero-initialise, set struct_size to sizeof(clqnn_pool_desc), then set what differs from the default. Spatial arrays run from the outermost dimension to
 * the innermost; only the first spatial_rank entries are read. */
typedef struct clqnn_pool_desc {
    size_t struct_size;
    clqnn_pool_kind kind;
    int32_t spatial_rank;                         /* 1, 2 or 3; 0 means 2 */
    clqnn_layout layout;                          /* of both tensors: [n, spatial.., c] or [n, c, spatial..] */
    clqnn_tensor x, y;                            /* s8 or u8, of a maximum b1, pu1 or po1 too, the same type; rank spatial_rank + 2; any strides, so that either may be a slice of channels */
    int32_t is_global;                            /* 1: the window is the image; kernel, stride, dilation and pads are not read */
    int64_t kernel[CLQNN_POOL_MAX_SPATIAL];       /* each 1 or more */
    int64_t stride[CLQNN_POOL_MAX_SPATIAL];       /* 0 means 1 */
    int64_t dilation[CLQNN_POOL_MAX_SPATIAL];     /* 0 means 1 */
    int64_t pad_begin[CLQNN_POOL_MAX_SPATIAL];    /* 0 or more; every window must see a pixel */
    int64_t pad_end[CLQNN_POOL_MAX_SPATIAL];
    int32_t ceil_mode;                            /* 1: a last window that begins inside the image or its leading padding counts, even where it ends beyond pad_end */
    int32_t count_include_pad;                    /* averages only */
    clqnn_average_rounding rounding;              /* averages only */
    int32_t has_clamp;                            /* 1: y is limited to [clamp_min, clamp_max], quantized units */
    int32_t clamp_min, clamp_max;
    const char *variant;                          /* NULL: chosen by the library; else the name of one kernel variant, or CLQNN_UNSUPPORTED with its reason */
} clqnn_pool_desc;

/* Extents of the output: spatial_rank values, each (input + pads - extent) / stride + 1 with extent = (kernel - 1) * dilation + 1, rounded down, or up in
 * ceil_mode where the last window then begins before input + pad_begin. y of the descriptor is not read. CLQNN_INVALID_SHAPE where there is none. */
CLQNN_API clqnn_status clqnn_pool_output_shape(const clqnn_pool_desc *desc, int64_t output[CLQNN_POOL_MAX_SPATIAL]);

/* Validates, selects a variant and builds or loads its program. Blocks. On failure *op is NULL and nothing is left behind. */
CLQNN_API clqnn_status clqnn_pool_create(clqnn_context *context, const clqnn_pool_desc *desc, clqnn_op **op);

/* Answers as clqnn_pool_create would, through the same code, without building or allocating on the device. */
CLQNN_API clqnn_status clqnn_pool_query(clqnn_context *context, const clqnn_pool_desc *desc, clqnn_op_info *info);

#ifdef __cplusplus
}
#endif
#endif
