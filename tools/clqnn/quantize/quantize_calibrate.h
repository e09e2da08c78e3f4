/* SPDX-License-Identifier: Apache-2.0 */
/* Ranges of activations. */
#ifndef CLQ_QUANTIZE_CALIBRATE_H
#define CLQ_QUANTIZE_CALIBRATE_H

#include "quantize_file.h"
#include "quantize_report.h"

/* Reads plan->calibrate, whose tensors are named as layers and have samples as first dimension, and adds LAYER.activation.range, .scale and .zero_point to
 * `file`. On failure nothing is said but `message`. */
clqnn_status clq_quantize_calibrate(clqnn_context *context, const clq_quantize_plan *plan, clq_quantize_file *file, clq_output *output,
                                    clq_quantize_totals *totals, char message[CLQ_QUANTIZE_MESSAGE]);

#endif
