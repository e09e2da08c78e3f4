/* SPDX-License-Identifier: Apache-2.0 */
/* f16, bf16, f8e4m3 and f8e5m2 <-> float, as docs/numerics.md ("Float types") says: bit for bit the same on every device, since all rounding is done in
 * integers. Codes are unsigned integers of the type's width. For one element, and with FLOAT_TYPES for vectors:
 *
 *     float  widen_bf16(ushort x)        widen_f16(ushort x)       widen_f8e4m3(uchar x)             widen_f8e5m2(uchar x)
 *     ushort narrow_bf16(float x)        narrow_f16(float x)       narrow_f8e4m3(float x, int rule)  narrow_f8e5m2(float x, int rule)
 *     uint   bf16_bits(float x)          f16_bits(float x)         f8e4m3_bits(float x, int rule)    f8e5m2_bits(float x, int rule)   the same, each in a word
 *
 *     FLOAT_TYPES(16, _x16)              the same of 16 elements, with names that end in _x16: float16 widen_bf16_x16(ushort16 x) ...
 *
 * rule: 0 saturates, 1 overflows to infinity or NaN (clqnn_f8_overflow). f16 is here for code that needs no memory operand; vload_half and vstore_half_rte
 * give the same. */

/* To a type with FRACTION bits of fraction whose exponents are SHIFTED less than float's. `most` is the largest code that a number may become, `quiet` the
 * code of the first quiet NaN, `payload` the bits of NaN's payload that are kept.
 * The significand with its leading one is shifted right, further where the result is subnormal, and rounded to nearest even; for what is normal the exponent
 * less one is added, and the leading one makes up for it. Shifts of 25 and more leave nothing. A carry out of the fraction raises the exponent. */
#define FLOAT_NARROW(N, NAME, FRACTION, SHIFTED)                                                                                         \
    static inline __attribute__((always_inline)) uint##N NAME(float##N value, uint##N most, uint quiet, uint payload)                    \
    {                                                                                                                                    \
        const uint##N bits = as_uint##N(value), magnitude = bits & 0x7fffffffu;                                                          \
        const int##N exponent = convert_int##N(magnitude >> 23u) - SHIFTED;                                                              \
        const uint##N significand = (magnitude & 0x7fffffu) | 0x800000u;                                                                 \
        const uint##N shift = convert_uint##N(clamp((int##N)(24 - FRACTION) - exponent, (int##N)(23 - FRACTION), (int##N)25));           \
        const uint##N half_less = ((uint##N)1u << (shift - 1u)) - 1u;                                                                    \
        const uint##N base = convert_uint##N(max(exponent - 1, (int##N)0)) << (uint)FRACTION;                                            \
        const uint##N code = min(base + ((significand + half_less + (significand >> shift & 1u)) >> shift), most);                       \
        const uint##N nan = quiet | (magnitude >> (uint)(23 - FRACTION) & payload);                                                      \
        return magnitude > (uint##N)0x7f800000u ? nan : code;                                                                            \
    }

/* From such a type: `code` has no sign. What is subnormal is first read with the exponent of the smallest normal number, which is then subtracted: exact,
 * and a normal float or 0. Codes from `special` on are the infinity and NaN. */
#define FLOAT_WIDEN(N, NAME, FRACTION, SHIFTED)                                                                                          \
    static inline __attribute__((always_inline)) uint##N NAME(uint##N code, uint##N special)                                             \
    {                                                                                                                                    \
        const uint##N normal = (code << (uint)(23 - FRACTION)) + ((uint)SHIFTED << 23);                                                  \
        const uint##N subnormal = as_uint##N(as_float##N(normal + (1u << 23)) - as_float((SHIFTED + 1u) << 23));                         \
        const uint##N number = code < (uint##N)(1u << FRACTION) ? subnormal : normal;                                                    \
        return code >= (uint##N)special ? normal | 0x7f800000u | (code > special ? (uint##N)0x400000u : (uint##N)0u) : number;           \
    }

#define FLOAT_TYPES(N, SUFFIX)                                                                                                           \
    FLOAT_NARROW(N, narrow_fraction10##SUFFIX, 10, 112)                                                                                  \
    FLOAT_NARROW(N, narrow_fraction3##SUFFIX, 3, 120)                                                                                    \
    FLOAT_NARROW(N, narrow_fraction2##SUFFIX, 2, 112)                                                                                    \
    FLOAT_WIDEN(N, widen_fraction10##SUFFIX, 10, 112)                                                                                    \
    FLOAT_WIDEN(N, widen_fraction3##SUFFIX, 3, 120)                                                                                      \
    FLOAT_TYPES_OF(N, SUFFIX)

#define FLOAT_TYPES_OF(N, SUFFIX)                                                                                                        \
    static inline __attribute__((always_inline)) float##N widen_bf16##SUFFIX(ushort##N x)                                                \
    {                                                                                                                                    \
        return as_float##N(convert_uint##N(x) << 16u);                                                                                   \
    }                                                                                                                                    \
    static inline __attribute__((always_inline)) uint##N bf16_bits##SUFFIX(float##N x)                                                   \
    {                                                                                                                                    \
        const uint##N bits = as_uint##N(x), nearest = bits + 0x7fffu + (bits >> 16u & 1u);                                               \
        return ((bits & 0x7fffffffu) > (uint##N)0x7f800000u ? bits | 0x400000u : nearest) >> 16u;                                        \
    }                                                                                                                                    \
    static inline __attribute__((always_inline)) ushort##N narrow_bf16##SUFFIX(float##N x)                                               \
    {                                                                                                                                    \
        return convert_ushort##N(bf16_bits##SUFFIX(x));                                                                                  \
    }                                                                                                                                    \
    static inline __attribute__((always_inline)) float##N widen_f16##SUFFIX(ushort##N x)                                                 \
    {                                                                                                                                    \
        const uint##N code = convert_uint##N(x);                                                                                         \
        return as_float##N(widen_fraction10##SUFFIX(code & 0x7fffu, (uint##N)0x7c00u) | (code & 0x8000u) << 16u);                        \
    }                                                                                                                                    \
    static inline __attribute__((always_inline)) uint##N f16_bits##SUFFIX(float##N x)                                                    \
    {                                                                                                                                    \
        return narrow_fraction10##SUFFIX(x, (uint##N)0x7c00u, 0x7e00u, 0x3ffu) | (as_uint##N(x) >> 16u & 0x8000u);                       \
    }                                                                                                                                    \
    static inline __attribute__((always_inline)) ushort##N narrow_f16##SUFFIX(float##N x)                                                \
    {                                                                                                                                    \
        return convert_ushort##N(f16_bits##SUFFIX(x));                                                                                   \
    }                                                                                                                                    \
    static inline __attribute__((always_inline)) float##N widen_f8e4m3##SUFFIX(uchar##N x)                                               \
    {                                                                                                                                    \
        const uint##N code = convert_uint##N(x), magnitude = code & 0x7fu;                                                               \
        const uint##N number = widen_fraction3##SUFFIX(magnitude, (uint##N)0x80u);                                                       \
        return as_float##N((magnitude == (uint##N)0x7fu ? (uint##N)0x7fc00000u : number) | (code & 0x80u) << 24u);                       \
    }                                                                                                                                    \
    static inline __attribute__((always_inline)) uint##N f8e4m3_bits##SUFFIX(float##N x, int rule)                                       \
    {                                                                                                                                    \
        return narrow_fraction3##SUFFIX(x, (uint##N)(0x7eu + rule), 0x7fu, 0u) | (as_uint##N(x) >> 24u & 0x80u);                         \
    }                                                                                                                                    \
    static inline __attribute__((always_inline)) uchar##N narrow_f8e4m3##SUFFIX(float##N x, int rule)                                    \
    {                                                                                                                                    \
        return convert_uchar##N(f8e4m3_bits##SUFFIX(x, rule));                                                                           \
    }                                                                                                                                    \
    static inline __attribute__((always_inline)) float##N widen_f8e5m2##SUFFIX(uchar##N x)                                               \
    {                                                                                                                                    \
        return widen_f16##SUFFIX(convert_ushort##N(x) << (ushort##N)8); /* the upper half of an f16 */                                   \
    }                                                                                                                                    \
    static inline __attribute__((always_inline)) uint##N f8e5m2_bits##SUFFIX(float##N x, int rule)                                       \
    {                                                                                                                                    \
        return narrow_fraction2##SUFFIX(x, (uint##N)(0x7bu + rule), 0x7eu, 3u) | (as_uint##N(x) >> 24u & 0x80u);                         \
    }                                                                                                                                    \
    static inline __attribute__((always_inline)) uchar##N narrow_f8e5m2##SUFFIX(float##N x, int rule)                                    \
    {                                                                                                                                    \
        return convert_uchar##N(f8e5m2_bits##SUFFIX(x, rule));                                                                           \
    }

FLOAT_TYPES(, )
