/* SPDX-License-Identifier: Apache-2.0 */
/* One value as a code of bit planes (after convert/convert_real): clqnn/bits.h has the formulas. */

/* Bits of a float as an integer that is ordered as the float is; -0 is +0. Devices that flush subnormals order them too. */
static inline int ordered_bits(float x)
{
    const int bits = as_int(x);
    return bits < 0 ? INT_MIN - bits : bits;
}

/* NaN stands above infinity and is never taken for a number. */
static inline uint binary_code(float real, float threshold)
{
    return (as_int(real) & 0x7fffffff) <= 0x7f800000 && ordered_bits(real) < ordered_bits(threshold) ? 1 : 0;
}

static inline uint ternary_code(float real, float threshold)
{
    const int magnitude = as_int(real) & 0x7fffffff;
    const bool is_nonzero = magnitude <= 0x7f800000 && magnitude > as_int(threshold);
    return is_nonzero ? 1 | (as_uint(real) >> 31) << 1 : 0;
}

/* q of po: clamp(rne((real / scale + high) / 2)), NaN in the upper half. */
static inline int odd_code(float real, float scale, int high)
{
    const float limit = scale * 131072.0f; /* as in quantize_real */
    if (isnan(real)) return high / 2 + 1;
    const float x = clamp(real, -limit, limit);
    const float quotient = x < 0.0f ? -clq_divide(-x, scale) : clq_divide(x, scale);
    return (int)clamp(rint((quotient + (float)high) * 0.5f), 0.0f, (float)high);
}

static inline uint pack_code(const pack_bits_params *p, float real, float threshold)
{
    if (p->kind == PACK_B1) return binary_code(real, threshold);
    if (p->kind == PACK_T2) return ternary_code(real, threshold);
    const int q = p->kind == PACK_PO ? odd_code(real, p->y_scale, p->high) : quantize_real(real, p->y_scale, p->y_zero, p->low, p->high);
    return (uint)q & ((1u << p->bits) - 1u);
}

/* A group of `count` values from `place` on, to its words. */
static inline void pack_few(const pack_bits_params *p, __global const uchar *x, ulong place, __global const float *thresholds, uint count, __global uint *words)
{
    uint plane[8] = {0, 0, 0, 0, 0, 0, 0, 0};
    for (uint i = 0; i < count; i++) {
        const float real = load_real(x, place + i * p->x_step, p->x_type, p->x_scale, p->x_zero);
        const uint code = pack_code(p, real, thresholds[p->varies ? i : 0]);
        for (int j = 0; j < 8; j++) plane[j] |= (code >> j & 1) << i;
    }
    for (int j = 0; j < p->bits; j++) words[j] = plane[j];
}
