/* SPDX-License-Identifier: Apache-2.0 */
/* From what tile/bit_pairs_avx2.cl counts to sums of 32 bits. */
#define BLOCK_PANELS 16
#define MOST_STEPS 1056 /* of a part of k: a multiple of 3 groups of either length, at most PAIR_STEPS */

/* sums[row][32] of one panel += weight * (counted - offset), or = begin[row] + that. */
static inline void add_counted(const ushort *counted, int rows, uint weight, uint offset, const uint *begin, __local uint *sums)
{
    for (int row = 0; row < rows; row++, counted += 32, sums += 32) {
        const ushort16 odd = vload16(1, counted), even = vload16(0, counted) - (odd << (ushort16)8);
        const uint16 low = (convert_uint16(even) - offset) * weight, high = (convert_uint16(odd) - offset) * weight;
        vstore16((begin ? (uint16)begin[row] : vload16(0, sums)) + low, 0, sums);
        vstore16((begin ? (uint16)begin[row] : vload16(1, sums)) + high, 1, sums);
    }
}

/* The same of one part of k, whose indices stand ready, and of one plane of b. */
static inline void count_panel(int kind, int rows, __local const ushort *indices, __global const uchar *b, int triples, __global const uchar *table,
                               uint weight, const uint *begin, __local uint *sums)
{
    ushort counted[PAIR_ROWS * 32];
    const int pairs = (rows + 1) / 2;
    for (int i = 0; i < 4 * pairs; i++) vstore16((ushort16)0, i, counted);
    bit_pairs(pairs, indices, b, triples, table, counted);
    add_counted(counted, rows, weight, (uint)(BIT_TABLE_OFFSET(kind) * 3 * triples), begin, sums);
}

/* Groups of k that are taken at a time, of `groups`: a multiple of 3. */
static inline int part_groups(int kind, int groups)
{
    const int most = MOST_STEPS / BIT_TABLE_GROUP_STEPS(kind) / 3 * 3, parts = max((groups + most - 1) / most, 1);
    return max(((groups + parts - 1) / parts + 2) / 3 * 3, 3); /* no groups, too, are one part */
}
