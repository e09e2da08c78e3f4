/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_bound.h"

#include "core/message.h"

/* A dynamic u8 zero point may be anything in its type; a dynamic s8 one is 0 and its range symmetric. */
static clq_range a_range(const clq_gemm_spec *spec)
{
    if (spec->problem.dynamic == CLQNN_STATIC) return clq_centred_range(spec->problem.a_integer, &spec->desc.a.quantization);
    return spec->problem.a_integer == CLQNN_U8 ? (clq_range){-255, 255} : (clq_range){-127, 127};
}

static int64_t bias_at(const clq_gemm_spec *spec, int64_t column)
{
    return spec->desc.bias && spec->desc.bias_type == CLQNN_S32 ? ((const int32_t *)spec->desc.bias)[column] : 0;
}

clqnn_status clq_gemm_bound(const clq_gemm_spec *spec, const clq_column_facts *columns, int64_t matrices, int64_t *bound)
{
    const clq_gemm_problem *problem = &spec->problem;
    const clq_range a = a_range(spec);
    const clq_range b = clq_centred_range(problem->b.type, &spec->desc.b.quantization);
    const int64_t term = clq_largest_product(a, b);
    *bound = 0;
    int64_t worst_column = 0;
    for (int64_t i = 0; i < (columns ? matrices : 1) * problem->n; i++) {
        const int64_t bias = bias_at(spec, i % problem->n);
        const int64_t here = columns ? clq_column_bound(a, &columns[i], bias) : term * problem->k + (bias < 0 ? -bias : bias);
        if (here <= *bound) continue;
        *bound = here;
        worst_column = i % problem->n;
    }
    if (*bound <= INT32_MAX) return CLQNN_OK;
    if (columns) {
        return clq_fail(CLQNN_OVERFLOW, "k is %lld: with these weights |accumulator| of column %lld can reach %lld, beyond 2147483647", (long long)problem->k,
                        (long long)worst_column, (long long)*bound);
    }
    return clq_fail(CLQNN_OVERFLOW, "k is %lld: |accumulator| can reach %lld, beyond 2147483647; these types, zero points and bias allow k up to %lld when b is not constant",
                    (long long)problem->k, (long long)*bound, (long long)((INT32_MAX - (*bound - term * problem->k)) / term));
}
