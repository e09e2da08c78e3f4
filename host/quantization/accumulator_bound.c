/* SPDX-License-Identifier: Apache-2.0 */
#include "quantization/accumulator_bound.h"

static int64_t magnitude(int64_t x)
{
    return x < 0 ? -x : x;
}

static int64_t larger(int64_t x, int64_t y)
{
    return x > y ? x : y;
}

clq_range clq_centred_range(clqnn_type type, const clqnn_quantization *quantization)
{
    const int64_t low = clq_type_low(type), high = clq_type_high(type);
    const int64_t count = quantization->zero_point_count ? quantization->zero_point_count : 1;
    clq_range r = {INT64_MAX, INT64_MIN};
    for (int64_t i = 0; i < count; i++) {
        const int64_t zero = clq_zero_point_at(quantization, i);
        if (low - zero < r.low) r.low = low - zero;
        if (high - zero > r.high) r.high = high - zero;
    }
    return r;
}

int64_t clq_largest_product(clq_range a, clq_range b)
{
    return larger(larger(a.high * b.high, a.low * b.low), larger(-a.low * b.high, -b.low * a.high));
}

int64_t clq_column_bound(clq_range a, const clq_column_facts *facts, int64_t bias)
{
    const int64_t most = facts->positive * a.high - facts->negative * a.low + bias;
    const int64_t least = facts->positive * a.low - facts->negative * a.high + bias;
    return larger(magnitude(most), magnitude(least));
}
