/* SPDX-License-Identifier: Apache-2.0 */
/* What is done to the float weights of a network before or while it is quantized: batch norms folded in, channels equalised, biases quantized and corrected.
 * Host memory, no device. Weights are row-major [channels][elements]: OHWI, OIHW and fully connected [out][in] are that. Sums are binary64. */
#ifndef CLQNN_FOLD_H
#define CLQNN_FOLD_H

#include "clqnn/types.h"
#include "clqnn/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* y = gamma (w x + bias - mean) / sqrt(variance + epsilon) + beta as one product, per channel, in place:
 *     f = gamma / sqrt(variance + epsilon);  w *= f;  bias = (bias - mean) f + beta          (Krishnamoorthi, arXiv 1806.08342, section 3.2.2)
 * gamma NULL: 1; beta NULL: 0. CLQNN_INVALID_ARGUMENT, with nothing written, where a variance + epsilon is not positive or a result not finite. */
typedef struct clqnn_batch_norm_fold {
    float *weights;              /* [channels][elements] */
    float *bias;                 /* [channels]; of a layer without one: zeros before */
    int64_t channels, elements;
    const float *gamma, *beta, *mean, *variance;   /* [channels] */
    float epsilon;
} clqnn_batch_norm_fold;
CLQNN_API clqnn_status clqnn_fold_batch_norm(const clqnn_batch_norm_fold *fold);

/* q[i] = rne(bias[i] / (input_scale * weight_scales[i])), the product rounded to binary32 as GEMM and convolution do, limited to s32. `saturated` (NULL is
 * allowed): how many were limited. scale_count is 1 or `channels`. CLQNN_INVALID_ARGUMENT where a bias is not finite, CLQNN_INVALID_QUANTIZATION where a scale
 * or product is not positive, finite and normal. */
CLQNN_API clqnn_status clqnn_quantize_bias(const float *bias, int64_t channels, float input_scale, const float *weight_scales, int64_t scale_count, int32_t *q,
                                           int64_t *saturated);

/* bias[c] -= sum over e of (quantized[c][e] - weights[c][e]) * mean[e]: the expected error of the quantized weights is taken off (Nagel et al., "Data-Free
 * Quantization", arXiv 1906.04721, section 4.2). `quantized`: the dequantized quantized weights. `mean`: of the input that each element of a row meets;
 * mean_count of them, which divides `elements`, repeated from the first (OHWI: the input channels; a depthwise layer: see mean_by_channel). */
typedef struct clqnn_bias_correction {
    const float *weights, *quantized;   /* [channels][elements] */
    float *bias;                        /* [channels] */
    int64_t channels, elements;
    const float *mean;
    int64_t mean_count;
    int32_t mean_by_channel;            /* 1: all elements of row c meet mean[c], mean_count is `channels` (depthwise) */
} clqnn_bias_correction;
CLQNN_API clqnn_status clqnn_correct_bias(const clqnn_bias_correction *correction);

/* Cross-layer equalization (the same paper, section 4.1): the channels between two layers with a positively homogeneous function (ReLU, none) between them are
 * scaled so that both layers' ranges of each are equal:
 *     s[c] = sqrt(r1[c] r2[c]) / r2[c];  first[c][.] /= s[c], first_bias[c] /= s[c], second[.][c][.] *= s[c]       r: the largest magnitude
 * where both ranges are positive; else s[c] = 1. The second's weights are [outer][channels][inner]: OHWI of a convolution: outer = out channels * taps, inner
 * = 1; OIHW: out channels, taps; a depthwise layer: 1, taps. In place. CLQNN_INVALID_ARGUMENT, with nothing written, where a weight is not finite. */
typedef struct clqnn_equalization {
    float *first, *first_bias;          /* [channels][elements]; [channels] or NULL */
    float *second;
    int64_t channels, elements, outer, inner;
    float *scales;                      /* [channels], written; NULL is allowed */
} clqnn_equalization;
CLQNN_API clqnn_status clqnn_equalize(const clqnn_equalization *equalization);

#ifdef __cplusplus
}
#endif
#endif
