/* SPDX-License-Identifier: Apache-2.0 */
/* What is said about each tensor: a line, and an object of the JSON. */
#ifndef CLQ_QUANTIZE_REPORT_H
#define CLQ_QUANTIZE_REPORT_H

#include "quantized_tensor.h"
#include "report_output.h"

typedef struct clq_quantize_totals {
    size_t quantized, kept, calibrated;
    uint64_t bytes_before, bytes_after;
} clq_quantize_totals;

void clq_report_quantized(clq_output *output, const clq_quantize_plan *plan, const clq_float_tensor *tensor, const clq_quantized_tensor *quantized,
                          clq_quantize_totals *totals);

/* `reason`: why the tensor stays as it is. */
void clq_report_kept(clq_output *output, const clq_safetensors_tensor *stored, const char *reason, clq_quantize_totals *totals);

typedef struct clq_calibrated {
    int64_t samples;
    const char *method, *type;
    float low, high;          /* of the data */
    float range[2], scale;
    int32_t zero_point;
} clq_calibrated;

void clq_report_calibrated(clq_output *output, const clq_safetensors_tensor *stored, const clq_calibrated *calibrated, clq_quantize_totals *totals);

#endif
