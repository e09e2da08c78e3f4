/* SPDX-License-Identifier: Apache-2.0 */
/* tile/x86_bf16 without the instruction. */
typedef uint tile_value;
typedef uint16_anywhere tile_vector;

INLINED float16 without_denormals(float16 x)
{
    return fabs(x) < 0x1p-126f ? as_float16(as_uint16(x) & 0x80000000u) : x;
}

INLINED float16 dot_half(float16 sum, uint16 a, uint16 b)
{
    return without_denormals(fma(without_denormals(as_float16(a)), without_denormals(as_float16(b)), without_denormals(sum)));
}

INLINED float16 dot_pairs(float16 sum, uint value, uint16 weight)
{
    const uint16 pairs = value;
    const float16 second = dot_half(sum, pairs & 0xffff0000u, weight & 0xffff0000u);
    return dot_half(second, pairs << 16u, weight << 16u);
}

#define TILE_STEP(sum, value, weight) dot_pairs(sum, value, weight)
