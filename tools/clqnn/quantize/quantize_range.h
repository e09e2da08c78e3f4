/* SPDX-License-Identifier: Apache-2.0 */
/* From a tensor to its range, scales and zero points, on the device: for weights and activations. */
#ifndef CLQ_QUANTIZE_RANGE_H
#define CLQ_QUANTIZE_RANGE_H

#include "quantize_device.h"
#include "quantize_plan.h"

typedef struct clq_range_request {
    clqnn_tensor tensor;
    clqnn_granularity granularity;
    int64_t slots;
    int64_t samples;                 /* the tensor is so many one after the other, cut along shape[0]; 1 where it has none */
    clqnn_codes codes;
    int32_t is_symmetric;
    clq_quantize_method method;
} clq_range_request;

typedef struct clq_range_result {
    clqnn_region ranges;             /* f32 [slots][2] */
    clqnn_region scales;             /* f32 [slots] */
    clqnn_region zero_points;        /* s32 [slots] */
} clq_range_result;

/* `x` holds the tensor. A moving average takes each sample as a call of its own; every other method takes all at once. */
clq_range_result clq_range_steps(clq_device_steps *steps, const clq_range_request *request, clqnn_region x);

#endif
