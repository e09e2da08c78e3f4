/* SPDX-License-Identifier: Apache-2.0 */
/* b: [panel of 5 columns][group of 7 k][5][7] s8; a' is signed. */
__kernel void gemm_odd_3x5(GEMM_BUFFERS, const gemm_params p)
{
    const int n = (int)get_global_id(0) * 5, first_row = (int)get_global_id(1) * 3, batch = (int)get_global_id(2);
    if (n >= p.n || first_row >= p.m) return;
    GEMM_ENTER(batch);
    const int groups = (p.k + 6) / 7;
    __global const char *panel = b + (ulong)(n / 5) * groups * 35;
    for (int row = first_row; row < min(first_row + 3, p.m); row++) {
        __global const uchar *a_row = a + (ulong)row * p.a_row_stride;
        const row_terms r = load_row(&p, rows, row);
        for (int column = 0; column < min(5, p.n - n); column++) {
            int acc = 0, row_sum = 0;
            for (int k = 0; k < p.k; k++) {
                const int value = as_char((uchar)(a_row[k] ^ (p.a_flip & 255)));
                acc += value * panel[(k / 7 * 5 + column) * 7 + k % 7];
                row_sum += value;
            }
            const column_terms t = load_columns(&p, columns, column_sums, n + column);
            store_lanes(&p, &t, &r, acc, row_sum, c_buffer, c_start + (ulong)row * p.c_row_stride + n + column, 1);
        }
    }
}
