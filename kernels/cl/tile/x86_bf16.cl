/* SPDX-License-Identifier: Apache-2.0 */
/* A step of a tile by AVX-512's vdpbf16ps: a value is two bfloat16 of a row, a vector those of 16 columns; fma(a0, b0, fma(a1, b1, sum)) with denormal factors,
 * sums and results taken as 0. Slot of mixed/mixed_tile, after op/vector_memory. */
typedef uint tile_value;
typedef uint16_anywhere tile_vector;

INLINED float16 dot_pairs(float16 sum, uint value, uint16 weight)
{
    const uint16 pairs = value;
    __asm__("vdpbf16ps %2, %1, %0" : "+v"(sum) : "v"(pairs), "v"(weight));
    return sum;
}

#define TILE_STEP(sum, value, weight) dot_pairs(sum, value, weight)
