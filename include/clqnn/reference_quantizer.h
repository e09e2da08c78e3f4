/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn/quantizer.h as plain scalar C. Library: libclqnn_reference. No OpenCL. */
#ifndef CLQNN_REFERENCE_QUANTIZER_H
#define CLQNN_REFERENCE_QUANTIZER_H

#include "clqnn/quantizer.h"

#ifdef __cplusplus
extern "C" {
#endif

/* All on host memory laid out as the descriptors say, which must be such as the operators accept; `variant` is not read. Regions hold what those of the
 * operators' calls hold. */
CLQNN_API clqnn_status clqnn_reference_statistics(const clqnn_statistics_desc *desc, const void *x, clqnn_slot_statistics *state);
CLQNN_API clqnn_status clqnn_reference_histogram(const clqnn_histogram_desc *desc, const void *x, const clqnn_slot_statistics *state, uint32_t *counts);

/* `counts` is read by the methods that need a histogram. */
CLQNN_API clqnn_status clqnn_reference_range(const clqnn_range_desc *desc, const clqnn_slot_statistics *state, const uint32_t *counts, float *ranges);
CLQNN_API clqnn_status clqnn_reference_range_parameters(const clqnn_range_parameters_desc *desc, const float *ranges, float *scales, int32_t *zero_points);
CLQNN_API clqnn_status clqnn_reference_quantize_by(const clqnn_quantize_by_desc *desc, const void *x, const float *scales, const int32_t *zero_points, void *y);

#ifdef __cplusplus
}
#endif
#endif
