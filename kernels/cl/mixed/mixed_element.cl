/* SPDX-License-Identifier: Apache-2.0 */
/* One float of any storage type, widened exactly, and its inverse, rounded once to nearest even. After prelude/float_types. */
static inline float mixed_load(__global const uchar *x, ulong place, int type)
{
    if (type == MIXED_F32) return ((__global const float *)x)[place];
    if (type == MIXED_F16) return vload_half(place, (__global const half *)x);
    if (type == MIXED_BF16) return widen_bf16(((__global const ushort *)x)[place]);
    return type == MIXED_F8E4M3 ? widen_f8e4m3(x[place]) : widen_f8e5m2(x[place]);
}

/* Bytes of an element. */
static inline uint mixed_size(int type)
{
    return type == MIXED_F32 ? 4 : type == MIXED_F16 || type == MIXED_BF16 ? 2 : 1;
}

static inline void mixed_store_float(__global uchar *y, ulong place, int type, float x)
{
    if (type == MIXED_F32) ((__global float *)y)[place] = x;
    else if (type == MIXED_F16) vstore_half_rte(x, place, (__global half *)y);
    else ((__global ushort *)y)[place] = narrow_bf16(x);
}
