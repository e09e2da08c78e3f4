/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of elements: before the loops of pointwise/binary_vector and pointwise/binary_lines. */

/* Rows whose elements lie side by side in y, and in a and b unless one of them does not move along a row; then there is one row. */
typedef struct binary_rows {
    __global const uchar *a, *b;
    __global uchar *y;
    ulong a_step, b_step, y_step;   /* from row to row */
    uint count, length;
} binary_rows;
