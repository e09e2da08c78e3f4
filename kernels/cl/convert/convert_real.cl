/* SPDX-License-Identifier: Apache-2.0 */
/* The real value of one element, and an integer of a real value, all types (after convert/convert_float_element): clqnn/convert.h has the formulas. */
static inline bool is_nibble_type(int type)
{
    return type == CONVERT_S4 || type == CONVERT_U4;
}

static inline float load_real(__global const uchar *x, ulong place, int type, float scale, int zero)
{
    if (is_float_type(type)) return load_float(x, place, type);
    const int nibble = x[is_nibble_type(type) ? place / 2 : 0] >> (place % 2 * 4) & 15;
    const int q = type == CONVERT_U8 ? x[place]
                  : type == CONVERT_S8 ? ((__global const char *)x)[place]
                  : type == CONVERT_S16 ? ((__global const short *)x)[place]
                  : type == CONVERT_S32 ? ((__global const int *)x)[place]
                  : type == CONVERT_U4 ? nibble
                                       : (nibble ^ 8) - 8;
    return scale * (float)(q - zero);
}

static inline int quantize_real(float real, float scale, int zero, int low, int high)
{
    const float limit = scale * 131072.0f; /* beyond any quotient that matters; infinite where the scale is huge */
    if (isnan(real)) return zero;
    const float x = clamp(real, -limit, limit);
    const float quotient = x < 0.0f ? -clq_divide(-x, scale) : clq_divide(x, scale);
    return (int)clamp(rint(quotient) + (float)zero, (float)low, (float)high);
}

/* An integer of type s8, u8, s16, s4 or u4. Both nibbles of a byte must have the same writer. */
static inline void store_integer(__global uchar *y, ulong place, int type, int q)
{
    if (type == CONVERT_S16) ((__global short *)y)[place] = (short)q;
    else if (!is_nibble_type(type)) y[place] = (uchar)q;
    else if (place % 2 == 0) y[place / 2] = (uchar)((y[place / 2] & 0xf0) | (q & 15));
    else y[place / 2] = (uchar)((y[place / 2] & 0x0f) | (q & 15) << 4);
}
