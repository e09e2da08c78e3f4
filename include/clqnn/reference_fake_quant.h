/* SPDX-License-Identifier: Apache-2.0 */
/* The operators of clqnn/fake_quant.h as plain scalar C. Library: libclqnn_reference. No OpenCL. */
#ifndef CLQNN_REFERENCE_FAKE_QUANT_H
#define CLQNN_REFERENCE_FAKE_QUANT_H

#include "clqnn/fake_quant.h"

#ifdef __cplusplus
extern "C" {
#endif

/* On host memory laid out as the descriptors say, which must be ones that the library accepts; `variant` is not read. scales: the scheme's first input behind x, f32;
 * others: its second, s32 zero points or count, or f32 thresholds. What a scheme does not have may be NULL. */

/* mask: NULL without saves_mask. */
CLQNN_API clqnn_status clqnn_reference_fake_quant(const clqnn_fake_quant_desc *desc, const void *x, const float *scales, const void *others, void *y, uint8_t *mask);

CLQNN_API clqnn_status clqnn_reference_fake_quant_measure(const clqnn_fake_quant_measure_desc *desc, const void *x, float *scales, float *thresholds);

/* dscales: NULL where there are none. CLQNN_OUT_OF_MEMORY where memory is short. */
CLQNN_API clqnn_status clqnn_reference_fake_quant_backward(const clqnn_fake_quant_backward_desc *desc, const void *dy, const void *x, const float *scales, const void *others, void *dx,
                                                           float *dscales);

/* The tanh of these operators: docs/numerics.md. Within 4 units in the last place of the real one; NaN gives 0. */
CLQNN_API float clqnn_reference_fake_tanh(float x);

#ifdef __cplusplus
}
#endif
#endif
