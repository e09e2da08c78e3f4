/* SPDX-License-Identifier: Apache-2.0 */
/* How the product of two types of bit planes is counted: what GEMM and convolution share. With the s and r of bits/bits_params.cl, and what is known of a
 * column of b,
 *
 *     sum_k value_a * value_b = factor * s + clq_bits_row_factor * r + clq_bits_column_term + k * clq_bits_k_term
 *
 * Derivation: docs/numerics.md, "Bits". Pure. */
#ifndef CLQ_BITS_PRODUCT_H
#define CLQ_BITS_PRODUCT_H

#include "layout/bit_layout.h"
#include "quantization/accumulator_bound.h"
#include "quantization/bit_form.h"

typedef struct clq_bits_product {
    int32_t mode;                              /* BITS_XOR .. */
    int32_t factor;
    int32_t row_weights[CLQ_MOST_PLANES];      /* of a's planes in r */
    int32_t column_weights[CLQ_MOST_PLANES];   /* of b's planes in the column term; all 0: there is none */
    int32_t alpha_a, lambda_a;
    int32_t sign;                              /* -1: one side's +1 is the other's bit of -1 */
} clq_bits_product;

/* `a_lambda`: a's, zero point included. `and_only`: the general form, for units that only AND. */
clq_bits_product clq_bits_product_of(const clq_bit_form *a, int32_t a_lambda, const clq_bit_form *b, bool and_only);

/* value = alpha * q + this */
int32_t clq_bits_lambda(const clq_bit_form *form, int32_t zero_point);

/* Of a column whose b has this lambda. */
int32_t clq_bits_row_factor(const clq_bits_product *product, int32_t b_lambda);
int32_t clq_bits_k_term(const clq_bits_product *product, int32_t b_lambda);

/* Of a column of such planes: `facts.sum` is the sum of q. */
int64_t clq_bits_column_term(const clq_bits_product *product, const clq_bit_form *b, const clq_column_facts *facts);

bool clq_bits_has_column_term(const clq_bits_product *product);

/* What is known of a row of k values, as clqnn/bits.h has it: b's column, or the weights of an output channel's tap. Adds to `facts`. */
void clq_bits_add_facts(const clq_bit_shape *shape, const clq_bit_form *form, const void *row, int32_t zero_point, clq_column_facts *facts);

#endif
