/* SPDX-License-Identifier: Apache-2.0 */
/* One float of any storage type, widened exactly, and its inverse, rounded once to nearest even. */
static inline float mixed_load(__global const uchar *x, ulong place, int type)
{
    if (type == MIXED_F32) return ((__global const float *)x)[place];
    if (type == MIXED_F16) return vload_half(place, (__global const half *)x);
    return as_float((uint)((__global const ushort *)x)[place] << 16); /* bf16 */
}

static inline ushort round_to_bf16(float x)
{
    const uint bits = as_uint(x);
    if ((bits & 0x7fffffffu) > 0x7f800000u) return (ushort)(bits >> 16 | 0x40u); /* NaN stays one */
    return (ushort)((bits + 0x7fffu + (bits >> 16 & 1u)) >> 16);
}

static inline void mixed_store_float(__global uchar *y, ulong place, int type, float x)
{
    if (type == MIXED_F32) ((__global float *)y)[place] = x;
    else if (type == MIXED_F16) vstore_half_rte(x, place, (__global half *)y);
    else ((__global ushort *)y)[place] = round_to_bf16(x);
}
