/* SPDX-License-Identifier: Apache-2.0 */
/* Factors with which short arithmetic gives a rule's results for all pairs of bytes: binary_rescaled_params has the formulas. The rules
 * round several times and differ near ties only; there a small change of a factor or of the term puts every pair on its rule's side,
 * unless the scales make many exact ties. Then two terms are found between which all of those pairs lie: where both give the same y, it is
 * the rule's. Pure. */
#ifndef CLQ_BINARY_FIT_H
#define CLQ_BINARY_FIT_H

#include <stdbool.h>

#include "pointwise/binary_rule.h"

typedef struct clq_binary_fit {
    int32_t a_factor, b_factor, shift;     /* sums */
    int32_t terms[2];
    float factor, offsets[2];              /* products */
    bool offset_takes_sign;
    bool is_exact;                         /* both terms, or offsets, are equal */
} clq_binary_fit;

/* False where the results are so far apart that the arithmetic's words are too short. `results` by clq_binary_fill_results. */
bool clq_binary_fit_sum(const clqnn_binary_desc *desc, const binary_params *scalars, const uint8_t *results, clq_binary_fit *fit);
bool clq_binary_fit_product(const clqnn_binary_desc *desc, const binary_params *scalars, const uint8_t *results, clq_binary_fit *fit);

#endif
