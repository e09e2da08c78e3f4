/* SPDX-License-Identifier: Apache-2.0 */
/* Sixteen integers of 4 bits, and sixteen reals as integers, on a CPU whose division is correctly rounded (after op/vector_memory). */
#define MAGIC 12582912.0f   /* 1.5 * 2^23: adding it rounds |x| <= 2^22 to the nearest even integer, which then stands in the low bits */

typedef ulong ulong_anywhere __attribute__((aligned(1)));
typedef uint2 uint2_anywhere __attribute__((aligned(1)));

/* Sixteen nibbles, the first in the low bits of the first byte, in the upper bits of a word each. */
INLINED int16 load_nibbles(__global const uchar *bytes)
{
    const uint2 words = *(__global const uint2_anywhere *)bytes;
    const uint8 shift = (uint8)(28, 24, 20, 16, 12, 8, 4, 0);
    return as_int16((uint16)((uint8)words.x << shift, (uint8)words.y << shift));
}

/* Their codes, of 4 or more bits, in that order. */
INLINED void store_nibbles(__global uchar *bytes, uchar16 codes)
{
    const ushort8 pairs = as_ushort8(codes & (uchar)15); /* the first in the lower byte */
    *(__global ulong_anywhere *)bytes = as_ulong(convert_uchar8((pairs | pairs >> (ushort)4) & (ushort)255));
}

/* Without the zero point, in the lower 16 bits (the upper ones are MAGIC's). NaN becomes 0. The limits are integers, so that they can be
 * applied before the rounding. */
INLINED int16 quantize_sixteen(float16 real, float16 scale, float16 low, float16 high)
{
    const float16 quotient = (real == real ? real : 0.0f) / scale; /* may be infinite */
    const float16 lifted = quotient > low ? quotient : low;
    return as_int16((lifted < high ? lifted : high) + MAGIC);
}
