/* SPDX-License-Identifier: Apache-2.0 */
#include "clqnn/fixed_point.h"

#include <inttypes.h>
#include <math.h>
#include <stddef.h>

#include "core/message.h"

#define LOWEST_SHIFT (-31)
#define HIGHEST_SHIFT 30

clqnn_status clqnn_fixed_multiplier(double real, int32_t *multiplier, int32_t *shift)
{
    if (multiplier == NULL || shift == NULL) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", multiplier == NULL ? "multiplier" : "shift");
    if (!(real >= 0) || isinf(real)) return clq_fail(CLQNN_INVALID_QUANTIZATION, "real is %g, must be finite and not negative", real);
    int exponent = 0;
    const double fraction = frexp(real, &exponent);
    /* Half of 2^31 to 2^31: scaling by a power of two is exact, so the one rounding is lround's, of a double below 2^32. */
    int64_t units = llround(ldexp(fraction, 31));
    if (units == (int64_t)1 << 31) {
        units /= 2;
        exponent++;
    }
    if (exponent > HIGHEST_SHIFT) return clq_fail(CLQNN_INVALID_QUANTIZATION, "real is %g, must be below 2^%d", real, HIGHEST_SHIFT);
    const int is_nothing = units == 0 || exponent < LOWEST_SHIFT;
    *multiplier = is_nothing ? 0 : (int32_t)units;
    *shift = is_nothing ? 0 : exponent;
    return CLQNN_OK;
}

clqnn_status clqnn_fixed_divide(int64_t count, int32_t *multiplier, int32_t *shift)
{
    if (multiplier == NULL || shift == NULL) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", multiplier == NULL ? "multiplier" : "shift");
    if (count < 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "count is %" PRId64 ", must be 1 or more", count);
    if (*multiplier < 0) return clq_fail(CLQNN_INVALID_QUANTIZATION, "*multiplier is %" PRId32 ", must not be negative", *multiplier);
    if (*shift < LOWEST_SHIFT || *shift > HIGHEST_SHIFT) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "*shift is %" PRId32 ", must lie in %d .. %d", *shift, LOWEST_SHIFT, HIGHEST_SHIFT);
    }
    /* The largest power of two within count goes to the shift, as far as the shift's range allows: the quotient keeps 30 bits. At most 32 bits, so that the
     * dividend is below 2^63. */
    int32_t bits = 0;
    while (bits < 32 && bits < *shift - LOWEST_SHIFT && count >> bits > 1) bits++;
    *multiplier = (int32_t)(((int64_t)*multiplier << bits) / count);
    *shift -= bits;
    return CLQNN_OK;
}
