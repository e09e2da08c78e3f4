// SPDX-License-Identifier: Apache-2.0
// The integers of softmax under CLQNN_FIXED_* against gemmlowp's functions: exponentials over all of Q5.26's negative half in steps, reciprocals over (0, 1) in steps.
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <limits>

#include <gemmlowp/fixedpoint/fixedpoint.h>

#include "clqnn/reference_shape.h"

namespace {

using Q0 = gemmlowp::FixedPoint<std::int32_t, 0>;
using Q5 = gemmlowp::FixedPoint<std::int32_t, 5>;

const std::int32_t lowest = std::numeric_limits<std::int32_t>::min();
const std::int32_t highest = std::numeric_limits<std::int32_t>::max();

bool same_exponential(std::int64_t a)
{
    const std::int32_t raw = static_cast<std::int32_t>(a < lowest ? lowest : a);
    const std::int32_t expected = gemmlowp::exp_on_negative_values(Q5::FromRaw(raw)).raw(), got = clqnn_reference_exp_q31(raw);
    if (got != expected) std::printf("exp of %" PRId32 ": expected %" PRId32 ", got %" PRId32 "\n", raw, expected, got);
    return got == expected;
}

bool same_reciprocal(std::int64_t x)
{
    const std::int32_t raw = static_cast<std::int32_t>(x > highest ? highest : x);
    const std::int32_t expected = gemmlowp::one_over_one_plus_x_for_x_in_0_1(Q0::FromRaw(raw)).raw(), got = clqnn_reference_reciprocal_q31(raw);
    if (got != expected) std::printf("reciprocal of %" PRId32 ": expected %" PRId32 ", got %" PRId32 "\n", raw, expected, got);
    return got == expected;
}

} // namespace

int main()
{
    long compared = 0;
    for (std::int64_t i = 0; i <= std::int64_t{1} << 31; i += 1021, compared += 2) {
        if (!same_exponential(-i) || !same_reciprocal(i)) return 1;
    }
    for (std::int64_t quarters = 0; quarters < 128; quarters++) {
        for (std::int64_t near = -3; near <= 3; near++, compared += 2) {
            const std::int64_t i = quarters * (1 << 24) + near;
            if (i >= 0 && (!same_exponential(-i) || !same_reciprocal(i))) return 1;
        }
    }
    if (!same_exponential(lowest) || !same_reciprocal(highest)) return 1;
    std::printf("%ld results equal gemmlowp's\n", compared);
    return compared > 4000000 ? 0 : 1;
}
