/* SPDX-License-Identifier: Apache-2.0 */
/* One element of a float type, after prelude/float_types. Places count elements. */
static inline bool is_float_type(int type)
{
    return type == CONVERT_F32 || type == CONVERT_F16 || type >= CONVERT_BF16;
}

/* Bytes of an element of any type; 1 for two nibbles. */
static inline uint bytes_of_type(int type)
{
    return type == CONVERT_F32 || type == CONVERT_S32 ? 4 : type == CONVERT_F16 || type == CONVERT_BF16 || type == CONVERT_S16 ? 2 : 1;
}

static inline float load_float(__global const uchar *x, ulong place, int type)
{
    if (type == CONVERT_F32) return ((__global const float *)x)[place];
    if (type == CONVERT_F16) return vload_half(place, (__global const half *)x);
    if (type == CONVERT_BF16) return widen_bf16(((__global const ushort *)x)[place]);
    return type == CONVERT_F8E4M3 ? widen_f8e4m3(x[place]) : widen_f8e5m2(x[place]);
}

static inline void store_float(__global uchar *y, ulong place, int type, float value, int f8_overflow)
{
    if (type == CONVERT_F32) ((__global float *)y)[place] = value;
    else if (type == CONVERT_F16) vstore_half_rte(value, place, (__global half *)y);
    else if (type == CONVERT_BF16) ((__global ushort *)y)[place] = narrow_bf16(value);
    else y[place] = type == CONVERT_F8E4M3 ? narrow_f8e4m3(value, f8_overflow) : narrow_f8e5m2(value, f8_overflow);
}
