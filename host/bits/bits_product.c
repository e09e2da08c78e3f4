/* SPDX-License-Identifier: Apache-2.0 */
#include "bits/bits_product.h"

#include "bits/bits_problem.h"

static bool is_ternary(const clq_bit_form *form)
{
    return form->planes == 2 && form->low == -1;
}

/* The shortest of the forms that hold. */
static int32_t mode_of(const clq_bit_form *a, const clq_bit_form *b, bool and_only)
{
    if (and_only) return BITS_AND;
    if (a->is_sign && b->is_sign) return BITS_XOR;
    if (is_ternary(a) && is_ternary(b)) return BITS_T2T2;
    if (a->is_sign && is_ternary(b)) return BITS_B1T2;
    if (is_ternary(a) && b->is_sign) return BITS_T2B1;
    return BITS_AND;
}

clq_bits_product clq_bits_product_of(const clq_bit_form *a, int32_t a_lambda, const clq_bit_form *b, bool and_only)
{
    clq_bits_product product = {.mode = mode_of(a, b, and_only), .alpha_a = a->alpha, .lambda_a = a_lambda};
    product.sign = (a->is_sign && a->alpha > 0) != (b->is_sign && b->alpha > 0) ? -1 : 1; /* po1's bit 1 is +1 */
    product.factor = product.mode == BITS_AND ? a->alpha * b->alpha : product.mode == BITS_T2T2 ? 1 : -2 * product.sign;
    if (product.mode == BITS_T2B1) product.row_weights[0] = 1;
    if (product.mode == BITS_B1T2) product.column_weights[0] = product.sign;
    for (int32_t i = 0; i < CLQ_MOST_PLANES && product.mode == BITS_AND; i++) {
        product.row_weights[i] = a->weights[i];
        product.column_weights[i] = b->alpha * a_lambda * b->weights[i];
    }
    return product;
}

int32_t clq_bits_lambda(const clq_bit_form *form, int32_t zero_point)
{
    return form->lambda - zero_point;
}

int32_t clq_bits_row_factor(const clq_bits_product *product, int32_t b_lambda)
{
    return product->mode == BITS_AND ? product->alpha_a * b_lambda : product->mode == BITS_T2B1 ? product->sign : 0;
}

int32_t clq_bits_k_term(const clq_bits_product *product, int32_t b_lambda)
{
    return product->mode == BITS_AND ? product->lambda_a * b_lambda : product->mode == BITS_XOR ? product->sign : 0;
}

int64_t clq_bits_column_term(const clq_bits_product *product, const clq_bit_form *b, const clq_column_facts *facts)
{
    if (product->mode == BITS_AND) return (int64_t)b->alpha * product->lambda_a * facts->sum;
    return product->mode == BITS_B1T2 ? product->sign * (facts->positive + facts->negative) : 0;
}

bool clq_bits_has_column_term(const clq_bits_product *product)
{
    for (int32_t i = 0; i < CLQ_MOST_PLANES; i++) {
        if (product->column_weights[i]) return true;
    }
    return false;
}

/* Which of 32 values are above 0: codes compared with a constant, from the top plane down. */
static uint32_t above_zero(const clq_bit_form *form, const uint32_t *words, int32_t lambda)
{
    if (form->alpha < 0) return ~words[0];                                 /* b1 */
    const int32_t top = form->planes - 1;
    const bool is_signed = form->weights[top] < 0;
    const int32_t limit = form->alpha == 1 ? -lambda : (1 << top) - 1;      /* above 0 is a code above this */
    const uint32_t bits = (uint32_t)limit ^ (is_signed ? UINT32_C(1) << top : 0);
    uint32_t above = 0, equal = UINT32_MAX;
    for (int32_t plane = top; plane >= 0; plane--) {
        const uint32_t word = is_signed && plane == top ? ~words[plane] : words[plane];
        if (bits >> plane & 1) {
            equal &= word;
        } else {
            above |= equal & word;
            equal &= ~word;
        }
    }
    return above;
}

/* The sum of the values that a mask picks. */
static int64_t sum_of(const clq_bit_form *form, const uint32_t *words, int32_t lambda, uint32_t mask)
{
    int64_t sum = (int64_t)lambda * __builtin_popcount(mask);
    for (int32_t plane = 0; plane < form->planes; plane++) sum += (int64_t)form->alpha * form->weights[plane] * __builtin_popcount(words[plane] & mask);
    return sum;
}

void clq_bits_add_facts(const clq_bit_shape *shape, const clq_bit_form *form, const void *row, int32_t zero_point, clq_column_facts *facts)
{
    const int32_t lambda = clq_bits_lambda(form, zero_point);
    for (int64_t group = 0; group * CLQ_WORD_VALUES < shape->k; group++) {
        const int64_t left = shape->k - group * CLQ_WORD_VALUES;
        const uint32_t present = left >= CLQ_WORD_VALUES ? UINT32_MAX : (UINT32_C(1) << left) - 1;
        uint32_t words[CLQ_MOST_PLANES] = {0};
        for (int32_t plane = 0; plane < form->planes; plane++) words[plane] = clq_bit_word(shape, row, group, plane);
        const uint32_t above = above_zero(form, words, lambda) & present;
        for (int32_t plane = 0; plane < form->planes; plane++) facts->sum += (int64_t)form->weights[plane] * __builtin_popcount(words[plane]);
        facts->positive += sum_of(form, words, lambda, above);
        facts->negative -= sum_of(form, words, lambda, present & ~above);
    }
}
