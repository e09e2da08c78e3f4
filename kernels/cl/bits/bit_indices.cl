/* SPDX-License-Identifier: Apache-2.0 */
/* Where a pair of rows looks into its table (tile/bit_pairs_avx2.cl), for each step of a group: 16 times the first row's four bits and 256 times the next's.
 *
 *   group_indices(kind, x, y, indices)   x, y: words of the two rows; of T2T2 both planes of each
 *
 * Writes 8 indices, or 16 where a step is two values. */
static inline void group_indices(int kind, uint2 x, uint2 y, __local ushort *indices)
{
    const uint4 bits = (uint4)(0, 2, 4, 6), two = 0x03030303u;
    if (kind < BIT_TABLE_T2T2) {
        const uint low = 0x0f0f0f0fu, high = 0xf0f0f0f0u;
        const uint2 pair = (uint2)((x.s0 & low) | (y.s0 & low) << 4, (x.s0 >> 4 & low) | (y.s0 & high));
        vstore8(convert_ushort8(as_uchar8(pair)) << (ushort8)4, 0, indices);
        return;
    }
    uint4 first = (uint4)x.s0 >> bits & two, next = (uint4)y.s0 >> bits & two;
    if (kind == BIT_TABLE_T2T2) {
        first |= ((uint4)x.s1 >> bits & two) << 2u;
        next |= ((uint4)y.s1 >> bits & two) << 2u;
    }
    vstore16(convert_ushort16(as_uchar16(first | next << 4u)) << (ushort16)4, 0, indices);
}
