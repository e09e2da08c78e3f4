/* SPDX-License-Identifier: Apache-2.0 */
/* GEMM in plain 16-wide vectors for CPUs without a better variant: no asm, no local memory. b in i16_n16k2, read as 32-bit words of two k.
 * A work-group makes 4 rows of a block of panels. Both factors of each product fit 16 bits, which compilers turn into their 16-bit multiply. */
#if LANES != 16
#error "LANES must be 16: the columns of a panel"
#endif
#define ROWS 4

/* acc[i] = sum_k a'b' of 4 rows and 16 columns. */
inline void vec16_tile(__global const uchar *const *a, __global const int *b, int k, int flip, int16 *acc)
{
    int16 sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
    for (int i = 0; i + 2 <= k; i += 2) {
        const int16 pair = vload16(0, b + (ulong)i * 8);
        const int16 even = (pair << 16) >> 16, odd = pair >> 16;
        sum0 += even * (a[0][i] ^ flip) + odd * (a[0][i + 1] ^ flip);
        sum1 += even * (a[1][i] ^ flip) + odd * (a[1][i + 1] ^ flip);
        sum2 += even * (a[2][i] ^ flip) + odd * (a[2][i + 1] ^ flip);
        sum3 += even * (a[3][i] ^ flip) + odd * (a[3][i + 1] ^ flip);
    }
    if (k & 1) {
        const int16 even = (vload16(0, b + (ulong)(k - 1) * 8) << 16) >> 16;
        sum0 += even * (a[0][k - 1] ^ flip);
        sum1 += even * (a[1][k - 1] ^ flip);
        sum2 += even * (a[2][k - 1] ^ flip);
        sum3 += even * (a[3][k - 1] ^ flip);
    }
    acc[0] = sum0, acc[1] = sum1, acc[2] = sum2, acc[3] = sum3;
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void gemm_i8_vec16(GEMM_BUFFERS, GEMM_COUNT, const gemm_params p)
{
    if (p.m == 0) return; /* the launch that warms a program */
    GEMM_BEGUN();
    GEMM_ENTER((int)get_group_id(2));
    const int row = (int)get_group_id(0) * ROWS, height = min(ROWS, p.m - row);
    const int panels = (p.n + LANES - 1) / LANES, block = (panels + (int)get_num_groups(1) - 1) / (int)get_num_groups(1);
    const int panel_first = (int)get_group_id(1) * block, panel_end = min(panel_first + block, panels);
    const int flip = p.a_flip & 255;
    __global const uchar *a_row[ROWS]; /* rows behind the last repeat it; their sums are not stored */
    int row_sum[ROWS] = {0};
    for (int i = 0; i < ROWS; i++) {
        a_row[i] = a + (ulong)(row + min(i, height - 1)) * p.a_row_stride;
        if (p.flags & GEMM_USE_ROW_SUMS)
            for (int k = 0; k < p.k; k++) row_sum[i] += a_row[i][k] ^ flip;
    }
    for (int panel = panel_first; panel < panel_end; panel++) {
        const int n = panel * LANES;
        int16 acc[ROWS];
        vec16_tile(a_row, (__global const int *)(b + (ulong)panel * (ulong)((p.k + 1) / 2) * 64), p.k, flip, acc);
        const column_terms t = load_columns(&p, columns, column_sums, n);
        for (int i = 0; i < height; i++) {
            const row_terms r = load_row(&p, rows, row + i);
            store_lanes(&p, &t, &r, acc[i], row_sum[i], c_buffer, c_start + (ulong)(row + i) * p.c_row_stride + n, p.n - n);
        }
    }
}
