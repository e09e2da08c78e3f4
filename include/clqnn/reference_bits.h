/* SPDX-License-Identifier: Apache-2.0 */
/* Products of bits (clqnn/bits.h) as plain scalar C: every value is decoded to an integer by the definition of its layout, multiplied and summed. Slow and
 * obvious, independent of the kernels. Library: libclqnn_reference. No OpenCL. */
#ifndef CLQNN_REFERENCE_BITS_H
#define CLQNN_REFERENCE_BITS_H

#include <stdint.h>

#include "clqnn/conv.h"
#include "clqnn/gemm.h"

#ifdef __cplusplus
extern "C" {
#endif

/* As clqnn_reference_gemm, with what only products of bits have: `residual`, laid out as desc->residual says (NULL where there is none; it may be c itself),
 * and `row_scales`, m values a batch, dense (NULL where desc->has_row_scales is 0). The whole words of each row of a c of bit planes are written. */
CLQNN_API clqnn_status clqnn_reference_gemm_bits(const clqnn_gemm_desc *desc, const void *a, const void *b, const void *residual, const float *row_scales, void *c,
                                                 int32_t *accumulators);

/* As clqnn_reference_conv, with `row_scales`: a value for each output pixel of each image, dense (NULL where desc->has_row_scales is 0). */
CLQNN_API clqnn_status clqnn_reference_conv_bits(const clqnn_conv_desc *desc, const void *x, const void *residual, const float *row_scales, void *y,
                                                 int32_t *accumulators);

#ifdef __cplusplus
}
#endif
#endif
