/* SPDX-License-Identifier: Apache-2.0 */
/* f16, bf16, f8e4m3 and f8e5m2 <-> float, as docs/numerics.md ("Float types") says: bit for bit the same on every device that rounds float additions to
 * nearest, whether or not it flushes subnormals. Codes are unsigned integers of the type's width. For one element, and with FLOAT_TYPES for vectors:
 *
 *     float  widen_bf16(ushort x)        widen_f16(ushort x)       widen_f8e4m3(uchar x)             widen_f8e5m2(uchar x)
 *     ushort narrow_bf16(float x)        narrow_f16(float x)       narrow_f8e4m3(float x, int rule)  narrow_f8e5m2(float x, int rule)
 *     uint   bf16_bits(float x)          f16_bits(float x)         f8e4m3_bits(float x, int rule)    f8e5m2_bits(float x, int rule)   the same, each in a word
 *
 *     FLOAT_TYPES(16, _x16)              the same of 16 elements, with names that end in _x16: float16 widen_bf16_x16(ushort16 x) ...
 *
 * rule: 0 saturates, 1 overflows to infinity or NaN (clqnn_f8_overflow). f16 is here for code that needs no memory operand; vload_half and vstore_half_rte
 * give the same. */

/* To a type with FRACTION bits of fraction whose exponents are SHIFTED less than float's; no sign. `most` is the largest code that a number may become,
 * `quiet` the code of the first quiet NaN, `payload` the bits of NaN's payload that are kept.
 * What stays normal is rounded to nearest even as an integer: exponent and fraction are one number, so that a carry raises the exponent. What becomes
 * subnormal is added to a power of two whose last place is the smallest subnormal; float's own subnormals are far below half of that, flushed or not. */
#define FLOAT_NARROW(N, NAME, FRACTION, SHIFTED)                                                                                         \
    static inline __attribute__((always_inline)) int##N NAME(float##N value, int most, int quiet, int payload)                           \
    {                                                                                                                                    \
        const int##N magnitude = as_int##N(value) & 0x7fffffff, odd = magnitude >> (23 - FRACTION) & 1;                                  \
        const int##N normal = (magnitude + odd + ((1 << (22 - FRACTION)) - 1 - (SHIFTED << 23))) >> (23 - FRACTION);                     \
        const int unit = (SHIFTED + 24 - FRACTION) << 23;                                                                                \
        const int##N subnormal = as_int##N(as_float##N(magnitude) + as_float(unit)) - unit;                                              \
        const int##N code = magnitude < (int##N)((SHIFTED + 1) << 23) ? subnormal : normal;                                              \
        const int##N nan = quiet | (magnitude >> (23 - FRACTION) & payload);                                                             \
        return magnitude > (int##N)0x7f800000 ? nan : min(code, (int##N)most);                                                           \
    }

/* From such a type: `code` has no sign. What is subnormal is first read with the exponent of the smallest normal number, which is then subtracted: exact,
 * and a normal float or 0. Codes from `special` on are the infinity and NaN. */
#define FLOAT_WIDEN(N, NAME, FRACTION, SHIFTED)                                                                                          \
    static inline __attribute__((always_inline)) int##N NAME(int##N code, int special)                                                   \
    {                                                                                                                                    \
        const int##N normal = (code << (23 - FRACTION)) + (SHIFTED << 23);                                                               \
        const int##N subnormal = as_int##N(as_float##N(normal + (1 << 23)) - as_float((SHIFTED + 1) << 23));                             \
        const int##N number = code < (int##N)(1 << FRACTION) ? subnormal : normal;                                                       \
        return code < (int##N)special ? number : normal | (code > (int##N)special ? (int##N)0x7fc00000 : (int##N)0x7f800000);            \
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
        const int##N code = convert_int##N(x);                                                                                           \
        return as_float##N(widen_fraction10##SUFFIX(code & 0x7fff, 0x7c00) | (code & 0x8000) << 16);                                     \
    }                                                                                                                                    \
    static inline __attribute__((always_inline)) uint##N f16_bits##SUFFIX(float##N x)                                                    \
    {                                                                                                                                    \
        return as_uint##N(narrow_fraction10##SUFFIX(x, 0x7c00, 0x7e00, 0x3ff) | (as_int##N(x) >> 16 & 0x8000));                         \
    }                                                                                                                                    \
    static inline __attribute__((always_inline)) ushort##N narrow_f16##SUFFIX(float##N x)                                                \
    {                                                                                                                                    \
        return convert_ushort##N(f16_bits##SUFFIX(x));                                                                                   \
    }                                                                                                                                    \
    static inline __attribute__((always_inline)) float##N widen_f8e4m3##SUFFIX(uchar##N x)                                               \
    {                                                                                                                                    \
        const int##N code = convert_int##N(x), magnitude = code & 0x7f;                                                                  \
        const int##N number = widen_fraction3##SUFFIX(magnitude, 0x80);                                                                  \
        return as_float##N((magnitude == (int##N)0x7f ? (int##N)0x7fc00000 : number) | (code & 0x80) << 24);                             \
    }                                                                                                                                    \
    static inline __attribute__((always_inline)) uint##N f8e4m3_bits##SUFFIX(float##N x, int rule)                                       \
    {                                                                                                                                    \
        return as_uint##N(narrow_fraction3##SUFFIX(x, 0x7e + rule, 0x7f, 0) | (as_int##N(x) >> 24 & 0x80));                             \
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
        return as_uint##N(narrow_fraction2##SUFFIX(x, 0x7b + rule, 0x7e, 0) | (as_int##N(x) >> 24 & 0x80));                             \
    }                                                                                                                                    \
    static inline __attribute__((always_inline)) uchar##N narrow_f8e5m2##SUFFIX(float##N x, int rule)                                    \
    {                                                                                                                                    \
        return convert_uchar##N(f8e5m2_bits##SUFFIX(x, rule));                                                                           \
    }

FLOAT_TYPES(, )
