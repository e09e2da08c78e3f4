/* SPDX-License-Identifier: Apache-2.0 */
#include "pointwise/fixed_point.h"

#include "core/message.h"
#include "op/op_tensor.h"

clqnn_status clq_fixed_check(const char *name, const clqnn_fixed *fixed)
{
    if (fixed->multiplier < 0) return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s.multiplier is %d, must not be negative", name, (int)fixed->multiplier);
    if (fixed->shift < -31 || fixed->shift > 30) return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s.shift is %d, must be in -31..30", name, (int)fixed->shift);
    return CLQNN_OK;
}

/* floor(x / 2^shift), without C's implementation-defined right shift of a negative number. */
static int64_t floor_shift(int64_t x, int shift)
{
    return x >= 0 ? x >> shift : -1 - ((-1 - x) >> shift);
}

int64_t clq_fixed_rescale(clqnn_rounding rounding, int32_t x, const clqnn_fixed *fixed)
{
    if (rounding == CLQNN_FIXED_SINGLE) return floor_shift((int64_t)x * fixed->multiplier + ((int64_t)1 << (30 - fixed->shift)), 31 - fixed->shift);
    const int left = fixed->shift > 0 ? fixed->shift : 0, right = fixed->shift < 0 ? -fixed->shift : 0;
    int64_t shifted = (int64_t)x * ((int64_t)1 << left);
    shifted = shifted > INT32_MAX ? INT32_MAX : shifted < INT32_MIN ? INT32_MIN : shifted;
    const int64_t high_half = floor_shift(shifted * fixed->multiplier + ((int64_t)1 << 30), 31);
    const int64_t half_unit = ((int64_t)1 << right) / 2;
    return high_half >= 0 ? (high_half + half_unit) >> right : -((half_unit - high_half) >> right);
}

clqnn_status clq_clamp_range(clqnn_type type, int32_t has_clamp, int32_t clamp_min, int32_t clamp_max, int32_t *low, int32_t *high)
{
    (void)clq_type_range(type, low, high);
    if (has_clamp != 0 && has_clamp != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "has_clamp is %d, must be 0 or 1", (int)has_clamp);
    if (!has_clamp) return CLQNN_OK;
    if (clamp_min > *low) *low = clamp_min;
    if (clamp_max < *high) *high = clamp_max;
    if (*low <= *high) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_ARGUMENT, "clamp_min is %d and clamp_max is %d: no value of type %s lies between", (int)clamp_min, (int)clamp_max,
                    clqnn_type_name(type));
}
