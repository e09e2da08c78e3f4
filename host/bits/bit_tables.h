/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of pairs of rows that kernels/cl/bits/bit_table_kinds.cl names. */
#ifndef CLQ_BIT_TABLES_H
#define CLQ_BIT_TABLES_H

#include "bits/bits_problem.h"

#include "bits/bit_table_kinds.cl"

/* The kind for a product counted as `mode` (BITS_XOR ...), b being ternary or not. */
int32_t clq_bit_table_kind(int32_t mode, bool ternary);

/* table[y << 4 | x][b]: what x and b count, and 16 times what y and b count. */
void clq_bit_table_fill(int32_t kind, unsigned char table[BIT_TABLE_BYTES]);

#endif
