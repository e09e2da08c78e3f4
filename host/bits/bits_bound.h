/* SPDX-License-Identifier: Apache-2.0 */
/* The proof that no accumulator of a product of bits overflows. */
#ifndef CLQ_BITS_BOUND_H
#define CLQ_BITS_BOUND_H

#include "bits/bits_problem.h"

/* `columns`: what is known of constant weights, n for each of `matrices`; NULL: anything that b's type allows. CLQNN_OVERFLOW beyond 32 bits. */
clqnn_status clq_bits_bound(const clq_bits_problem *problem, const clq_column_facts *columns, int64_t matrices, int64_t *bound);

/* The range of value - zero point of a type of bit planes, over all of the zero points. */
clq_range clq_bits_range(const clq_bit_form *form, const clqnn_quantization *quantization);

/* Facts of b_data, malloc'ed: n for each stored matrix. */
clqnn_status clq_bits_column_facts(const clq_bits_problem *problem, clq_column_facts **columns);

/* Matrices of b that are stored: 1 in a broadcast dimension. */
void clq_bits_stored_batches(const clq_bits_problem *problem, int64_t batch[2]);

#endif
