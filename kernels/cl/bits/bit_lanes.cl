/* SPDX-License-Identifier: Apache-2.0 */
/* Between 32 lanes and the 32 bits of a word, on a CPU (after op/vector_memory): a vector holds half a group. */
#define LOW_BITS (int16)(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768)

/* The word whose bits are the lanes of masks of 0 and -1: each lane keeps a bit of its own, and all are joined. */
INLINED uint bits_of_masks(int16 low, int16 high)
{
    const int16 bits = (low & LOW_BITS) | (high & (LOW_BITS << 16));
    const int8 eight = bits.lo | bits.hi;
    const int4 four = eight.lo | eight.hi;
    const int2 two = four.lo | four.hi;
    return as_uint(two.x | two.y);
}

/* Masks of half `half_number` of a word. */
INLINED int16 masks_of_bits(uint word, int half_number)
{
    const int16 bits = half_number ? LOW_BITS << 16 : LOW_BITS;
    return (as_int(word) & bits) != 0;
}
