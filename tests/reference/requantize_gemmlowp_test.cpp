// SPDX-License-Identifier: Apache-2.0
// FIXED_DOUBLE against gemmlowp's own functions: extreme and random accumulators, every shift at which the composition has no 32-bit overflow.
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <random>
#include <vector>

#include <gemmlowp/fixedpoint/fixedpoint.h>

#include "clqnn/reference.h"

namespace {

const std::int32_t lowest = std::numeric_limits<std::int32_t>::min();
const std::int32_t highest = std::numeric_limits<std::int32_t>::max();

bool shift_overflows(std::int32_t acc, int left)
{
    const std::int64_t shifted = static_cast<std::int64_t>(acc) * (std::int64_t{1} << left);
    return shifted < lowest || shifted > highest;
}

std::int32_t gemmlowp_result(std::int32_t acc, std::int32_t multiplier, int shift)
{
    const int left = shift > 0 ? shift : 0;
    const int right = shift < 0 ? -shift : 0;
    const std::int32_t shifted = static_cast<std::int32_t>(static_cast<std::int64_t>(acc) * (std::int64_t{1} << left));
    return gemmlowp::RoundingDivideByPOT(gemmlowp::SaturatingRoundingDoublingHighMul(shifted, multiplier), right);
}

} // namespace

int main()
{
    std::mt19937 random(20240601u);
    std::vector<std::int32_t> accumulators = {lowest, lowest + 1, -(1 << 30) - 1, -(1 << 30), -3, -2, -1, 0, 1, 2, 3, 1 << 30, highest - 1, highest};
    std::vector<std::int32_t> multipliers = {lowest, 0, 1, (1 << 30) - 1, 1 << 30, (1 << 30) + 1, highest - 1, highest};
    for (int i = 0; i < 300; i++) accumulators.push_back(static_cast<std::int32_t>(random()) >> (random() % 31));
    for (int i = 0; i < 60; i++) multipliers.push_back(static_cast<std::int32_t>(random() >> 1));

    long compared = 0;
    for (int shift = -31; shift <= 30; shift++) {
        for (const std::int32_t acc : accumulators) {
            if (shift > 0 && shift_overflows(acc, shift)) continue;
            for (const std::int32_t multiplier : multipliers) {
                const std::int32_t expected = gemmlowp_result(acc, multiplier, shift);
                const std::int32_t got = clqnn_reference_requantize_fixed_double(acc, multiplier, shift, 0, lowest, highest);
                compared++;
                if (got == expected) continue;
                std::printf("acc %" PRId32 " multiplier %" PRId32 " shift %d: expected %" PRId32 ", got %" PRId32 "\n", acc, multiplier, shift, expected, got);
                return 1;
            }
        }
    }
    std::printf("%ld results equal gemmlowp's\n", compared);
    return compared > 500000 ? 0 : 1;
}
