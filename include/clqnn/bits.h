/* SPDX-License-Identifier: Apache-2.0 */
/* Values of less than 8 bits as bit planes: their layout, and the operators between them and other types. Products of them: clqnn/gemm.h and clqnn/conv.h.
 *
 * Layout. The last dimension (k of a matrix's rows, the channels of a pixel) is cut into groups of 32 values. A group is `bits` consecutive 32-bit words,
 * plane 0 first; value i of the group is bit i of each word. The last group is filled up with neutral bits (below): a dense row of n values takes
 * ceil(n / 32) * bits words. Strides and leading dimensions count values and are multiples of 32; rows begin at whole words. The layout is stable.
 *
 *     type       bits  value of a code                                   planes                                    neutral
 *     b1           1   +1 for bit 0, -1 for bit 1                        the sign                                  0
 *     t2           2   -1, 0, +1                                         nonzero; sign, set only where nonzero     0
 *     pu1..pu8   1..8  q                                                 the bits of q, low first                  0
 *     ps2..ps8   2..8  q, two's complement                               the bits of q, low first                  0
 *     po1..po8   1..8  2 q - (2^bits - 1): -1, +1; -3, -1, 1, 3; ...     the bits of the unsigned q, low first     0
 *
 * Neutral bits are part of the layout: what packs writes them as 0, and what reads may rely on it. The real value is scale * value, for pu and ps
 * scale * (value - zero_point). DoReFa's levels of k bits are pu_k with scale 1 / (2^k - 1) for activations in [0, 1], and po_k with the same scale for
 * weights in [-1, 1]. docs/numerics.md, "Bits". */
#ifndef CLQNN_BITS_H
#define CLQNN_BITS_H

#include "clqnn/op.h"

#ifdef __cplusplus
extern "C" {
#endif

/* From f32, f16, bf16, s8, u8, s4, u4 to bit planes. real is as in clqnn/convert.h.
 *
 *     b1          -1 where real < threshold, else +1 (NaN: +1)
 *     t2          +1 where real > threshold, -1 where real < -threshold, else 0 (NaN: 0)
 *     pu, ps      clamp(rne(real / sy) + zy), the division correctly rounded (NaN: zy)
 *     po          q = clamp(rne((real / sy + (2^bits - 1)) / 2)), each operation rounded once (NaN: value +1, that is q = 2^(bits - 1))
 *
 * Both tensors have one shape; y is dense or has strides that are multiples of 32 but for the last dimension's, which is 1. Quantizations are for the whole
 * tensor. Input of the call: x; output: y. Zero-initialise, set struct_size to sizeof(clqnn_pack_bits_desc), then set what differs from the default. */
typedef struct clqnn_pack_bits_desc {
    size_t struct_size;
    clqnn_tensor x, y;
    const float *thresholds;     /* b1, t2: 1 value, or one for each index of the last dimension; finite, of t2 not negative; read during the call */
    int64_t threshold_count;     /* 0: the threshold is 0 */
    const char *variant;         /* NULL: chosen by the library; else the name of one variant, or CLQNN_UNSUPPORTED with its reason */
} clqnn_pack_bits_desc;

CLQNN_API clqnn_status clqnn_pack_bits_create(clqnn_context *context, const clqnn_pack_bits_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_pack_bits_query(clqnn_context *context, const clqnn_pack_bits_desc *desc, clqnn_op_info *info);

/* From bit planes to f32, f16, bf16, s8, u8, s4, u4: real = sx * (value - zx), then as in clqnn/convert.h. Input of the call: x; output: y. */
typedef struct clqnn_unpack_bits_desc {
    size_t struct_size;
    clqnn_tensor x, y;
    const char *variant;
} clqnn_unpack_bits_desc;

CLQNN_API clqnn_status clqnn_unpack_bits_create(clqnn_context *context, const clqnn_unpack_bits_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_unpack_bits_query(clqnn_context *context, const clqnn_unpack_bits_desc *desc, clqnn_op_info *info);

/* XNOR-Net's K map: the mean magnitude of the input under each window of a convolution, which scales its binary result (`has_row_scales` of the products).
 *
 *     y[n][p] = sum_{tap, c} |x[n][p * stride + tap * dilation - pad_begin][c]| / (taps * channels)
 *
 * x is f32 or f16, channels last; y is f32, [n][output rows][output columns]. Positions outside count as 0. The order of the sums is defined, so that the
 * result is the same on every device: docs/numerics.md, "Bits". Source: Rastegari et al., XNOR-Net, arXiv 1603.05279, section 3.2. */
typedef struct clqnn_window_mean_desc {
    size_t struct_size;
    clqnn_tensor x, y;              /* ranks 4 and 3 */
    int64_t kernel[2];              /* each 1 or more */
    int64_t stride[2], dilation[2]; /* 0 means 1 */
    int64_t pad_begin[2], pad_end[2];
    const char *variant;
} clqnn_window_mean_desc;

CLQNN_API clqnn_status clqnn_window_mean_create(clqnn_context *context, const clqnn_window_mean_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_window_mean_query(clqnn_context *context, const clqnn_window_mean_desc *desc, clqnn_op_info *info);

#ifdef __cplusplus
}
#endif
#endif
