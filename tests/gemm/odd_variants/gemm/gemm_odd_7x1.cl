/* SPDX-License-Identifier: Apache-2.0 */
/* b: [panel of 3 columns][k][3] s16; a' is unsigned. */
__kernel void gemm_odd_7x1(GEMM_BUFFERS, const gemm_params p)
{
    const int n = (int)get_global_id(0), first_row = (int)get_global_id(1) * 7, batch = (int)get_global_id(2);
    if (n >= p.n || first_row >= p.m) return;
    GEMM_ENTER(batch);
    __global const short *column = (__global const short *)b + (ulong)(n / 3) * p.k * 3 + n % 3;
    const column_terms t = load_columns(&p, columns, column_sums, n);
    for (int row = first_row; row < min(first_row + 7, p.m); row++) {
        __global const uchar *a_row = a + (ulong)row * p.a_row_stride;
        int acc = 0, row_sum = 0;
        for (int k = 0; k < p.k; k++) {
            const int value = a_row[k] ^ (p.a_flip & 255);
            acc += value * column[(ulong)k * 3];
            row_sum += value;
        }
        const row_terms r = load_row(&p, rows, row);
        store_lanes(&p, &t, &r, acc, row_sum, c_buffer, c_start + (ulong)row * p.c_row_stride + n, 1);
    }
}
