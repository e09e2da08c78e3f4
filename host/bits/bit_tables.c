/* SPDX-License-Identifier: Apache-2.0 */
#include "bits/bit_tables.h"

int32_t clq_bit_table_kind(int32_t mode, bool ternary)
{
    if (mode == BITS_XOR) return BIT_TABLE_XOR;
    if (mode == BITS_T2T2) return BIT_TABLE_T2T2;
    if (mode == BITS_B1T2) return BIT_TABLE_B1T2;
    return ternary ? BIT_TABLE_AT2 : BIT_TABLE_AND;
}

static uint32_t count(uint32_t bits)
{
    uint32_t ones = 0;
    for (; bits; bits >>= 1) ones += bits & 1u;
    return ones;
}

/* x, b: four bits each. */
static uint32_t entry(int32_t kind, uint32_t x, uint32_t b)
{
    const uint32_t both = x & b & 3u; /* of two values: those that are counted */
    if (kind == BIT_TABLE_XOR) return count(x ^ b);
    if (kind == BIT_TABLE_AND) return count(x & b);
    if (kind == BIT_TABLE_T2T2) return 2 + count(both) - 2 * count((x ^ b) >> 2 & both);
    if (kind == BIT_TABLE_B1T2) return count((x ^ b >> 2) & b & 3u);
    return 2 + count(both) - 2 * count(b >> 2 & both);
}

void clq_bit_table_fill(int32_t kind, unsigned char table[BIT_TABLE_BYTES])
{
    for (uint32_t rows = 0; rows < 256; rows++) {
        for (uint32_t b = 0; b < 16; b++) table[rows * 16 + b] = (unsigned char)(entry(kind, rows & 15, b) + 16 * entry(kind, rows >> 4, b));
    }
}
