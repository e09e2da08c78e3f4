/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_bound.h"

#include "core/message.h"

/* Range of x - zero point over a type and the zero points in use. */
typedef struct range {
    int64_t low, high;
} range;

static range centred_range(clqnn_type type, const clqnn_quantization *quantization)
{
    const int64_t low = type == CLQNN_S8 ? -128 : 0, high = type == CLQNN_S8 ? 127 : 255;
    const int64_t count = quantization->zero_point_count ? quantization->zero_point_count : 1;
    range r = {INT64_MAX, INT64_MIN};
    for (int64_t i = 0; i < count; i++) {
        const int64_t zero = clq_zero_point_at(quantization, i);
        if (low - zero < r.low) r.low = low - zero;
        if (high - zero > r.high) r.high = high - zero;
    }
    return r;
}

/* A dynamic u8 zero point may be anything in its type; a dynamic s8 one is 0 and its range symmetric. */
static range a_range(const clq_gemm_spec *spec)
{
    if (spec->problem.dynamic == CLQNN_STATIC) return centred_range(spec->problem.a_integer, &spec->desc.a.quantization);
    return spec->problem.a_integer == CLQNN_U8 ? (range){-255, 255} : (range){-127, 127};
}

static int64_t magnitude(int64_t x)
{
    return x < 0 ? -x : x;
}

static int64_t larger(int64_t x, int64_t y)
{
    return x > y ? x : y;
}

static int64_t bias_at(const clq_gemm_spec *spec, int64_t column)
{
    return spec->desc.bias && spec->desc.bias_type == CLQNN_S32 ? ((const int32_t *)spec->desc.bias)[column] : 0;
}

/* a in [low, high] with low <= 0 <= high; b's column has these sums of its positive and negative parts. */
static int64_t column_bound(range a, int64_t positive, int64_t negative, int64_t bias)
{
    const int64_t most = positive * a.high - negative * a.low + bias;
    const int64_t least = positive * a.low - negative * a.high + bias;
    return larger(magnitude(most), magnitude(least));
}

clqnn_status clq_gemm_bound(const clq_gemm_spec *spec, const clq_column_facts *columns, int64_t matrices, int64_t *bound)
{
    const clq_gemm_problem *problem = &spec->problem;
    const range a = a_range(spec);
    const range b = centred_range(problem->b.type, &spec->desc.b.quantization);
    const int64_t term = larger(larger(a.high * b.high, a.low * b.low), larger(-a.low * b.high, -b.low * a.high));
    *bound = 0;
    int64_t worst_column = 0;
    for (int64_t i = 0; i < (columns ? matrices : 1) * problem->n; i++) {
        const int64_t bias = bias_at(spec, i % problem->n);
        const int64_t here = columns ? column_bound(a, columns[i].positive, columns[i].negative, bias) : term * problem->k + magnitude(bias);
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
