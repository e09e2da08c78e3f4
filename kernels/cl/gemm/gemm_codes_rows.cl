/* SPDX-License-Identifier: Apache-2.0 */
/* b1 and t2 weights by up to 8 rows, any device: a work-group of 256 makes ROWS rows x 32 columns and splits k among its items, so that the two bits of a
 * weight are read once, in lines of 128 bytes. b: t2_n32k16, a word for 16 k of a column, code = weight + 1; a' is signed, and its sum is taken off.
 * Group (x, y, z): columns 32x .., rows 8y .., batch z. Item (lane, slice) = (id % 32, id / 32) sums column `lane` over the groups of 16 k slice, slice + 8,
 * ...; items of the first 8 lanes also sum a row of a'. Needs dot/row_words. */
#if LANES != 1
#error "LANES must be 1: the columns that an item stores"
#endif
#define ROWS 8
#define PANEL 32
#define SLICES 8
#define ITEMS (PANEL * SLICES)
#if ITEMS != PANEL * ROWS
#error "an item makes one output, so there must be as many"
#endif

/* Sums of one column's words, of the groups that are this slice's. */
static inline void sum_words(const gemm_params *p, __global const uchar *a, __global const uint *words, int row_count, uint slice, int *sums)
{
    const int groups = (p->k + 15) / 16;
    const uint flip = (uint)p->a_flip;
    for (int group = (int)slice; group < groups; group += SLICES) {
        const uint word = words[(ulong)group * PANEL];
        #pragma unroll
        for (int row = 0; row < ROWS; row++) {
            if (row >= row_count) continue;
            __global const uchar *line = a + (ulong)row * p->a_row_stride;
            #pragma unroll
            for (int field = 0; field < 4; field++) {
                const int k = 16 * group + 4 * field;
                if (k < p->k) sums[row] = dot4(row_word(line, k, p->k, flip), (word >> (2 * field)) & 0x03030303u, sums[row]);
            }
        }
    }
}

/* A slice's part of the sum of one row of a'. */
static inline int sum_bytes(const gemm_params *p, __global const uchar *row, uint slice)
{
    int sum = 0;
    for (int k = 4 * (int)slice; k < p->k; k += 4 * SLICES) sum = add_bytes(row_word(row, k, p->k, (uint)p->a_flip), sum);
    return sum;
}

__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1))) void gemm_codes_rows(GEMM_BUFFERS, const gemm_params p)
{
    __local int totals[SLICES * ROWS * PANEL], row_sums[SLICES * ROWS];
    const uint item = get_local_id(0), lane = item % PANEL, slice = item / PANEL;
    const int first_row = (int)get_group_id(1) * ROWS, row_count = min(ROWS, p.m - first_row);
    GEMM_ENTER((int)get_group_id(2));
    __global const uchar *block = a + (ulong)first_row * p.a_row_stride;
    __global const uint *words = (__global const uint *)b + (ulong)get_group_id(0) * (ulong)((p.k + 15) / 16) * PANEL + lane;
    int sums[ROWS] = {0};
    sum_words(&p, block, words, row_count, slice, sums);
    #pragma unroll
    for (int row = 0; row < ROWS; row++) totals[(slice * ROWS + row) * PANEL + lane] = sums[row];
    if (lane < ROWS) row_sums[slice * ROWS + lane] = (int)lane < row_count ? sum_bytes(&p, block + (ulong)lane * p.a_row_stride, slice) : 0;
    barrier(CLK_LOCAL_MEM_FENCE); /* all sums are there */

    const int line = (int)slice, row = first_row + line, n = (int)get_group_id(0) * PANEL + (int)lane; /* an output an item: line = slice */
    if (line >= row_count || n >= p.n) return;
    int total = 0, row_sum = 0;
    for (int i = 0; i < SLICES; i++) {
        total += totals[(i * ROWS + line) * PANEL + (int)lane];
        row_sum += row_sums[i * ROWS + line];
    }
    const column_terms t = load_columns(&p, columns, column_sums, n);
    const row_terms r = load_row(&p, rows, row);
    store_lanes(&p, &t, &r, total - row_sum, row_sum, c_buffer, c_start + (ulong)row * p.c_row_stride + n, 1);
}
