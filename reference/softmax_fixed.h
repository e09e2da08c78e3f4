/* SPDX-License-Identifier: Apache-2.0 */
/* Softmax under CLQNN_FIXED_*: a table by the distance from the line's largest, its terms of the sum, and a result from both. */
#ifndef CLQ_SOFTMAX_FIXED_H
#define CLQ_SOFTMAX_FIXED_H

#include "clqnn/softmax.h"

/* Q31; 0 beyond diff_min. */
void clq_softmax_fixed_table(const clqnn_softmax_desc *desc, int32_t table[256]);

/* In units of 2^-19. */
int32_t clq_softmax_fixed_term(int32_t exponential);

/* In units of 1/256, 0 .. 255; the sum is 2^19 .. 2^31 - 1. */
int32_t clq_softmax_fixed_element(int32_t exponential, uint64_t sum);

#endif
