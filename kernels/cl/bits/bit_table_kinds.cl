/* SPDX-License-Identifier: Apache-2.0 */
/* What an entry of a table of pairs (tile/bit_pairs_avx2.cl) counts, of four bits of a row (x) and four of a column of b, cut as in the layout
 * bits_nibbles_n32. Compiled on both sides.
 *
 *     XOR    popcount(x ^ b)                                      4 values a step
 *     AND    popcount(x & b)                                      4 values a step
 *     T2T2   the product's sum + 2, of two values; x as b is      2 values a step
 *     B1T2   popcount((x ^ sign_b) & nonzero_b), x two bits       2 values a step
 *     AT2    sum of x * b + 2, x two bits that count 0 or 1       2 values a step */
#define BIT_TABLE_XOR 0
#define BIT_TABLE_AND 1
#define BIT_TABLE_T2T2 2
#define BIT_TABLE_B1T2 3
#define BIT_TABLE_AT2 4
#define BIT_TABLE_OFFSET(kind) ((kind) == BIT_TABLE_T2T2 || (kind) == BIT_TABLE_AT2 ? 2 : 0)
#define BIT_TABLE_GROUP_STEPS(kind) ((kind) >= BIT_TABLE_T2T2 ? 16 : 8)
#define BIT_TABLE_BYTES 4096
