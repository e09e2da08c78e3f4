/* SPDX-License-Identifier: Apache-2.0 */
/* A run of elements, and what is not a whole vector of it: before the loops of pointwise/binary_vector and pointwise/binary_avx512. */

/* A run whose elements lie side by side in y, and in a and b unless one of them does not move. */
typedef struct binary_row {
    __global const uchar *a, *b;
    __global uchar *y;
    bool a_moves, b_moves;
} binary_row;

static void binary_few(const binary_params *p, const binary_row *row, uint begin, uint end)
{
    for (uint i = begin; i < end; i++) row->y[i] = binary_byte(p, row->a[row->a_moves ? i : 0], row->b[row->b_moves ? i : 0]);
}
