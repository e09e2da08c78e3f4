/* SPDX-License-Identifier: Apache-2.0 */
/* The products of clqnn/train.h on the host, in binary64, with what a right result may be. Slow and obvious, independent of the kernels. Library:
 * libclqnn_reference. */
#ifndef CLQNN_REFERENCE_TRAIN_H
#define CLQNN_REFERENCE_TRAIN_H

#include "clqnn/reference_float.h"
#include "clqnn/train.h"

#ifdef __cplusplus
extern "C" {
#endif

/* c as dense [m][n]; a, b, bias (NULL without) and `before`, what c held (NULL without `adds`), are laid out as the descriptor says, which must be one that
 * clqnn_train_gemm_create accepts; `variant` is not read. */
CLQNN_API clqnn_status clqnn_reference_train_gemm(const clqnn_train_gemm_desc *desc, const float *a, const float *b, const float *bias, const float *before,
                                                  clqnn_reference_bounded *c);

/* The descriptor's inputs and outputs in their order; `bias` is NULL without has_bias and by weight, `dbias` but by weight with has_bias. */
CLQNN_API clqnn_status clqnn_reference_train_conv(const clqnn_train_conv_desc *desc, const float *first, const float *second, const float *bias,
                                                  clqnn_reference_bounded *result, clqnn_reference_bounded *dbias);

#ifdef __cplusplus
}
#endif
#endif
