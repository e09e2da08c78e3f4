/* SPDX-License-Identifier: Apache-2.0 */
/* clq_divide(a, b): the correctly rounded quotient of positive finite normal floats, on devices whose own division may be off by 2.5 ulp.
 * fma gives the exact remainder of a candidate; a neighbour with a smaller one is nearer. A quotient of two floats is never half way
 * between two floats, so the nearest is unique. DIVIDE_IS_EXACT: the device's division is correctly rounded already. */
#ifndef DIVIDE_IS_EXACT
#error "DIVIDE_IS_EXACT must be 0 or 1"
#endif

static inline float clq_divide(float a, float b)
{
    float quotient = a / b;
#if !DIVIDE_IS_EXACT
    for (int step = 0; step < 3; step++) {
        const float remainder = fma(-quotient, b, a);
        const float neighbour = as_float(as_int(quotient) + (remainder > 0.0f ? 1 : -1));
        const float other = fma(-neighbour, b, a);
        if (remainder == 0.0f || !(fabs(other) < fabs(remainder))) break;
        quotient = neighbour;
    }
#endif
    return quotient;
}
