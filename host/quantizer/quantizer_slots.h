/* SPDX-License-Identifier: Apache-2.0 */
/* Where the slots of a dense tensor lie, and the range of codes. Pure. */
#ifndef CLQ_QUANTIZER_SLOTS_H
#define CLQ_QUANTIZER_SLOTS_H

#include "clqnn/quantizer.h"
#include "op/op_tensor.h"

/* Element k of slot s stands at begin + k / run * row_step + k % run * step, with
 * begin = s / inner / groups * outer_step + s / inner % groups * group_step + s % inner.
 * A slot has `elements` of them; where slots are groups, the last of an axis has `last_elements`. */
typedef struct clq_slots {
    int64_t count;
    int64_t elements, last_elements;
    int64_t run, step, row_step;
    int64_t inner, groups, group_step, outer_step;
} clq_slots;

/* Of a tensor whose shape has been checked. */
clqnn_status clq_slots_resolve(const char *name, const clqnn_tensor *tensor, clqnn_granularity granularity, clq_slots *slots);

/* Checks bits and flags; their least and largest code. */
clqnn_status clq_codes_resolve(const clqnn_codes *codes, int32_t *least, int32_t *most);

/* Dense words, for a signature. */
clq_tensor clq_words(clqnn_type type, int64_t count);

/* 1 .. 2^31 - 1. */
clqnn_status clq_slots_check_count(int64_t slots);

#endif
