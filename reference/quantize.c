/* SPDX-License-Identifier: Apache-2.0 */
/* From float to a quantized value, and the parameters of dynamic quantization.
 *
 * Every step is one binary32 operation, rounded to nearest even, in the written order. The division is a division: x * (1 / scale) is another function.
 *
 * Dynamic parameters, over the values that are not NaN, with lowest = min(0, min x) and highest = max(0, max x):
 *   u8 (ONNX DynamicQuantizeLinear)  scale = (highest - lowest) / 255;  zero_point = rne(clamp(0 - lowest / scale, 0, 255))
 *   s8 (symmetric, narrow)           scale = max(-lowest, highest) / 127;  zero_point = 0; quantize then clamps to [-127, 127]
 * A scale below the smallest normal number (a range of zero width, no value at all, or a range too narrow to divide) becomes scale 1, zero point 0.
 * An infinite value, or a range beyond the largest float, makes the scale infinite and the zero point 0: every element then quantizes to the zero
 * point, and what is dequantized with that scale is 0 * infinity, NaN. */
#include <float.h>
#include <math.h>

#include "clqnn/reference.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

int32_t clqnn_reference_quantize(float x, float scale, int32_t zero_point, int32_t low, int32_t high)
{
    const float quotient = x / scale;
    const float rounded = isnan(quotient) ? 0.0f : rintf(quotient);
    const double shifted = (double)rounded + (double)zero_point; /* exact wherever it lies within the range */
    if (shifted <= (double)low) return low;
    if (shifted >= (double)high) return high;
    return (int32_t)shifted;
}

void clqnn_reference_dynamic_parameters(const float *x, int64_t count, clqnn_type type, float *scale, int32_t *zero_point)
{
    float lowest = 0.0f, highest = 0.0f;
    for (int64_t i = 0; i < count; i++) { /* comparisons with NaN are false */
        if (x[i] < lowest) lowest = x[i];
        if (x[i] > highest) highest = x[i];
    }

    *zero_point = 0;
    if (type == CLQNN_S8) {
        const float largest = -lowest > highest ? -lowest : highest;
        *scale = largest / 127.0f;
    } else {
        const float width = highest - lowest;
        *scale = width / 255.0f;
    }
    if (*scale < FLT_MIN) {
        *scale = 1.0f;
    } else if (type != CLQNN_S8) {
        const float quotient = lowest / *scale;
        const float wanted = 0.0f - quotient;
        /* A NaN, -infinity / infinity, is in no order with 0 and ends as 0. */
        *zero_point = !(wanted > 0.0f) ? 0 : wanted > 255.0f ? 255 : (int32_t)rintf(wanted);
    }
}
