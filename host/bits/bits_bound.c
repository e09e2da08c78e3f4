/* SPDX-License-Identifier: Apache-2.0 */
#include "bits/bits_bound.h"

#include <stdlib.h>

#include "bits/bits_product.h"
#include "core/checked.h"
#include "core/message.h"

clq_range clq_bits_range(const clq_bit_form *form, const clqnn_quantization *quantization)
{
    clq_range range = {form->low, form->high};
    for (int64_t i = 0; i < quantization->zero_point_count; i++) {
        const int64_t zero = clq_zero_point_at(quantization, i);
        if (form->low - zero < range.low || i == 0) range.low = form->low - zero;
        if (form->high - zero > range.high || i == 0) range.high = form->high - zero;
    }
    return range;
}

clqnn_status clq_bits_bound(const clq_bits_problem *problem, const clq_column_facts *columns, int64_t matrices, int64_t *bound)
{
    const clqnn_gemm_desc *desc = problem->desc;
    const clq_range a = clq_bits_range(&problem->a_form, &desc->a.quantization), b = clq_bits_range(&problem->b_form, &desc->b.quantization);
    const int64_t term = clq_largest_product(a, b);
    int64_t worst_column = 0;
    *bound = 0;
    for (int64_t i = 0; i < (columns ? matrices : 1) * problem->n; i++) {
        const int64_t bias = desc->bias && desc->bias_type == CLQNN_S32 ? ((const int32_t *)desc->bias)[i % problem->n] : 0;
        const int64_t here = columns ? clq_column_bound(a, &columns[i], bias) : term * problem->k + (bias < 0 ? -bias : bias);
        if (here <= *bound) continue;
        *bound = here;
        worst_column = i % problem->n;
    }
    if (*bound <= INT32_MAX) return CLQNN_OK;
    return clq_fail(CLQNN_OVERFLOW, "k is %lld: with these %s |accumulator| of column %lld can reach %lld, beyond 2147483647", (long long)problem->k,
                    columns ? "weights" : "types, zero points and bias", (long long)worst_column, (long long)*bound);
}

void clq_bits_stored_batches(const clq_bits_problem *problem, int64_t batch[2])
{
    for (int i = 0; i < 2; i++) batch[i] = problem->b.batch_stride[i] ? problem->batch[i] : 1;
}

clqnn_status clq_bits_column_facts(const clq_bits_problem *problem, clq_column_facts **columns)
{
    const clq_gemm_matrix *b = &problem->b;
    const int64_t n = problem->n, row_bytes = b->leading_dimension / 8 * problem->shape.planes;
    int64_t batch[2];
    clq_bits_stored_batches(problem, batch);
    uint64_t count = 0;
    const bool fits = clq_multiply((uint64_t)(batch[0] * batch[1]), (uint64_t)n, &count) && count <= SIZE_MAX / sizeof **columns / 2;
    *columns = fits ? calloc(count ? (size_t)count : 1, sizeof **columns) : NULL;
    if (!*columns) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for the sums of %lld weight columns", (long long)n);
    for (int64_t i = 0; i < (int64_t)count; i++) {
        const int64_t matrix = i / n, first = matrix / batch[1] * b->batch_stride[0] + matrix % batch[1] * b->batch_stride[1];
        const unsigned char *row = (const unsigned char *)problem->desc->b_data + first / 8 * problem->shape.planes + i % n * row_bytes;
        clq_bits_add_facts(&problem->shape, &problem->b_form, row, clq_zero_point_at(&problem->desc->b.quantization, i % n), *columns + i);
    }
    return CLQNN_OK;
}
