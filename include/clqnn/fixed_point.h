/* SPDX-License-Identifier: Apache-2.0 */
/* From real factors to the integers that CLQNN_FIXED_* rules take: a multiplier in units of 2^-31 and a shift, positive to the left, so that
 *
 *     real = multiplier * 2^(shift - 31)       within 2^(shift - 32)
 *
 * These are TFLite's integers, so that an engine which takes its factors from a .tflite model gets TFLite's results. The factor of a product or a convolution is
 * (double)sx * (double)sw[channel] / (double)sy where w is scaled per channel, and (double)(sx * sw) / (double)sy, the product in binary32, where it has one scale.
 * docs/numerics.md has the factors of the other operators. Host only: no context, no device. Thread-safe. */
#ifndef CLQNN_FIXED_POINT_H
#define CLQNN_FIXED_POINT_H

#include <stdint.h>

#include "clqnn/export.h"
#include "clqnn/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* 2^30 <= *multiplier < 2^31, to the nearest with ties upwards, and shift -31 .. 30; or 0 and 0 for a real of 0, and for one so small that the shift would be
 * less: it rescales every accumulator to 0. CLQNN_INVALID_QUANTIZATION for a real that is negative, NaN or rounds to 2^30 or more; outputs are then left alone. */
CLQNN_API clqnn_status clqnn_fixed_multiplier(double real, int32_t *multiplier, int32_t *shift);

/* Divides a factor by count (1 or more), cutting off what is below the multiplier's last bit, as TFLite's MEAN does with sx / sy and the number of elements.
 * multiplier 0 or more, shift -31 .. 30. */
CLQNN_API clqnn_status clqnn_fixed_divide(int64_t count, int32_t *multiplier, int32_t *shift);

#ifdef __cplusplus
}
#endif
#endif
