/* SPDX-License-Identifier: Apache-2.0 */
/* The GEMM that runs anywhere: plain OpenCL C 1.2, no local memory, no alignment. A work-item makes 1 row x LANES columns.
 * b: [panel][k group][LANES columns][4 k]; a' is unsigned. */
#if LANES != 4
#error "LANES must be 4: the columns of a panel"
#endif

__kernel void gemm_i8_portable(GEMM_BUFFERS, const gemm_params p)
{
    const int panel = (int)get_global_id(0), row = (int)get_global_id(1), batch = (int)get_global_id(2);
    const int n = panel * LANES;
    if (n >= p.n || row >= p.m) return;
    GEMM_ENTER(batch);
    const int groups = (p.k + 3) / 4;
    const int flip = p.a_flip & 255;
    __global const uchar *a_row = a + (ulong)row * p.a_row_stride;
    __global const char *b_panel = b + (ulong)panel * (ulong)groups * (LANES * 4);
    int4 acc = 0;
    int row_sum = 0;
    for (int group = 0; group < groups; group++) {
        for (int i = 0; i < min(4, p.k - group * 4); i++) {
            const int value = a_row[group * 4 + i] ^ flip;
            __global const char *weights = b_panel + group * (LANES * 4) + i;
            acc += value * (int4)(weights[0], weights[4], weights[8], weights[12]);
            row_sum += value;
        }
    }
    const column_terms t = load_columns(&p, columns, column_sums, n);
    const row_terms r = load_row(&p, rows, row);
    store_lanes(&p, &t, &r, acc, row_sum, c_buffer, c_start + (ulong)row * p.c_row_stride + n, p.n - n);
}
