/* SPDX-License-Identifier: Apache-2.0 */
/* Products for training, in f32: matrices of any orientation, and convolutions forward, by data and by weight. Unlike clqnn/gemm.h and clqnn/conv.h both
 * operands come with each call: nothing is packed ahead. Plans are clqnn_op's: inputs and outputs in the order given here, dense but for the leading
 * dimensions of matrices.
 *
 * Sums are binary32, |c - exact| <= gamma(terms + 2) * sum |terms| and what units that flush subnormals lose (docs/numerics.md, "Products in training"); in
 * one order for a shape and variant, so that calls of a plan give the same bytes. Where an input is infinite or NaN, so is what depends on it; a result whose
 * window reaches outside the image may then be NaN too. No output may overlap an input. The workspace is at most 4 MiB, or where that is more the weights
 * once, 16 channels padded. Descriptors: zero-initialise, set struct_size, then what differs from the default; CLQNN_INVALID_SHAPE or CLQNN_INVALID_ARGUMENT
 * with the field and its value. */
#ifndef CLQNN_TRAIN_H
#define CLQNN_TRAIN_H

#include "clqnn/op.h"

#ifdef __cplusplus
extern "C" {
#endif

/* c[i][j] = sum_l a'[i][l] * b'[l][j]  (+ bias[j])  (+ c[i][j] as it was)
 *
 *     a'   m x k: a is [m][lda], transposed [k][lda] with a'[i][l] = a[l][i]
 *     b'   k x n: b is [k][ldb], transposed [n][ldb] with b'[l][j] = b[j][l]
 *     c    [m][ldc]; nothing is written between its rows
 *
 * inputs a, b, and with has_bias bias, f32 of n; output c. */
typedef struct clqnn_train_gemm_desc {
    size_t struct_size;
    int64_t m, n, k;                        /* each 1..2^31-1 */
    int32_t transpose_a, transpose_b;
    int64_t lda, ldb, ldc;                  /* elements between rows as stored; 0: dense */
    int32_t has_bias;
    int32_t adds;                           /* 1: to what c holds */
    const char *variant;                    /* NULL: chosen by the library; else the name of one variant, or CLQNN_UNSUPPORTED with its reason */
} clqnn_train_gemm_desc;

CLQNN_API clqnn_status clqnn_train_gemm_create(clqnn_context *context, const clqnn_train_gemm_desc *desc, clqnn_op **op);

/* Answers as clqnn_train_gemm_create would, through the same code, without building or allocating on the device. */
CLQNN_API clqnn_status clqnn_train_gemm_query(clqnn_context *context, const clqnn_train_gemm_desc *desc, clqnn_op_info *info);

typedef enum clqnn_train_conv_kind { CLQNN_TRAIN_FORWARD = 0, CLQNN_TRAIN_BY_DATA = 1, CLQNN_TRAIN_BY_WEIGHT = 2 } clqnn_train_conv_kind;

/* x[batch][height][width][channels], w[output_channels][kernel rows][kernel columns][channels / groups],
 * y[batch][output height][output width][output_channels]; output = (input + pads - (kernel - 1) * dilation - 1) / stride + 1, rounded down. With
 * r = row * stride + tap row * dilation - pad_begin, columns likewise:
 *
 *     forward      y[n][row][column][o] = sum over taps inside the image and the group's channels of x[n][r][..][c] * w[o][tap][c]  (+ bias[o])
 *                  inputs x, w, and with has_bias bias; output y
 *     by data      dx = the sum of dy * w over all windows that hold the pixel; 0 where none does.    inputs dy, w; output dx
 *     by weight    dw = the sum of dy * x over all pixels and images; with has_bias dbias[o] = the sum of dy.
 *                  inputs x, dy; outputs dw, and with has_bias dbias
 *
 * Channels o of a group of output_channels / groups see the group of channels / groups alone; groups = channels is depthwise, each channel with
 * output_channels / channels results. */
typedef struct clqnn_train_conv_desc {
    size_t struct_size;
    clqnn_train_conv_kind kind;
    int64_t batch, height, width, channels;   /* of x, for every kind */
    int64_t output_channels;
    int64_t groups;                           /* divides both; 0 means 1 */
    int64_t kernel[2];                        /* rows, columns; each 1 or more */
    int64_t stride[2], dilation[2];           /* 0 means 1 */
    int64_t pad_begin[2], pad_end[2];         /* each below the kernel's extent */
    int32_t has_bias;                         /* not by data */
    const char *variant;                      /* as above */
} clqnn_train_conv_desc;

CLQNN_API clqnn_status clqnn_train_conv_create(clqnn_context *context, const clqnn_train_conv_desc *desc, clqnn_op **op);
CLQNN_API clqnn_status clqnn_train_conv_query(clqnn_context *context, const clqnn_train_conv_desc *desc, clqnn_op_info *info);

/* Height and width of y. The descriptor is checked as by create. */
CLQNN_API clqnn_status clqnn_train_conv_output_size(const clqnn_train_conv_desc *desc, int64_t size[2]);

#ifdef __cplusplus
}
#endif
#endif
