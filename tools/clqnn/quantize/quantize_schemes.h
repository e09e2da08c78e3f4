/* SPDX-License-Identifier: Apache-2.0 */
/* The schemes: a tensor of floats becomes codes, on the device. */
#ifndef CLQ_QUANTIZE_SCHEMES_H
#define CLQ_QUANTIZE_SCHEMES_H

#include "quantized_tensor.h"

/* Affine codes, by the plan's codes, granularity and method. `quantized` is filled, or left empty with a message. */
clqnn_status clq_quantize_affine(clqnn_context *context, const clq_quantize_plan *plan, const clq_float_tensor *tensor, clq_quantized_tensor *quantized,
                                 char message[CLQ_QUANTIZE_MESSAGE]);

/* Those of training: twn, xnor, bnn, dorefa and wrpn. */
clqnn_status clq_quantize_trained(clqnn_context *context, const clq_quantize_plan *plan, const clq_float_tensor *tensor, clq_quantized_tensor *quantized,
                                  char message[CLQ_QUANTIZE_MESSAGE]);

/* What both end with: takes the steps' failure or success to `quantized` and `message`. */
clqnn_status clq_quantize_end(clqnn_status status, const clq_float_tensor *tensor, clq_quantized_tensor *quantized, char message[CLQ_QUANTIZE_MESSAGE]);

#endif
