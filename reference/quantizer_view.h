/* SPDX-License-Identifier: Apache-2.0 */
/* Slots and codes of the quantizers, element by element. */
#ifndef CLQNN_REFERENCE_QUANTIZER_VIEW_H
#define CLQNN_REFERENCE_QUANTIZER_VIEW_H

#include "clqnn/quantizer.h"

/* How many slots, and the slot of the element at position `flat` of a dense tensor of that shape. */
int64_t clq_reference_slot_count(const clqnn_tensor *tensor, clqnn_granularity granularity);
int64_t clq_reference_slot_of(const clqnn_tensor *tensor, clqnn_granularity granularity, int64_t flat);

/* The positions of a slot's elements, in order. The caller frees them; NULL where memory is short. */
int64_t *clq_reference_slot_places(const clqnn_tensor *tensor, clqnn_granularity granularity, int64_t slot, int64_t *count);

void clq_reference_code_range(const clqnn_codes *codes, int32_t *least, int32_t *most);

/* What a histogram of a slot with a finite element spans. */
void clq_reference_histogram_span(const clqnn_slot_statistics *state, int32_t is_magnitude, float *low, float *high);

/* Scale and zero point of a range. */
void clq_reference_parameters(float low, float high, int32_t least, int32_t most, int32_t is_symmetric, float *scale, int32_t *zero_point);

#endif
