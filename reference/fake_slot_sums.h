/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of a slot's elements in the order of docs/numerics.md, "Fake quantization". */
#ifndef CLQNN_REFERENCE_FAKE_SLOT_SUMS_H
#define CLQNN_REFERENCE_FAKE_SLOT_SUMS_H

#include "clqnn/status.h"
#include "clqnn/quantizer.h"

/* The sum of `count` terms; is_max: their maximum, none of which is negative. Frees nothing. */
float clq_reference_ordered_sum(const float *terms, int64_t count, int is_max);

/* results[slot] = the ordered sum of the terms of its elements, terms[flat] of a dense tensor of this shape. */
clqnn_status clq_reference_slot_sums(const clqnn_tensor *tensor, clqnn_granularity granularity, const float *terms, int is_max, float *results);

#endif
