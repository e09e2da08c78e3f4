/* SPDX-License-Identifier: Apache-2.0 */
/* Bits by bits, any device and any mix of types: a work-item makes 32 columns of one row. b is packed, or read in place. */
#if LANES != 1
#error "LANES must be 1"
#endif

/* Adds the products of one group of 32 values to the sums of `columns` columns. */
static inline void multiply_group(const bits_params *p, __global const uint *a, __global const uint *b, uint columns, uint *sums)
{
    if (p->mode == BITS_AND) {
        for (int i = 0; i < p->a_planes; i++) {
            for (int j = 0; j < p->b_planes; j++) {
                const uint weight = (uint)(p->a_weights[i] * p->b_weights[j]);
                for (uint lane = 0; lane < columns; lane++) sums[lane] += weight * popcount(a[i] & b[j * p->b_plane + lane * p->b_column]);
            }
        }
        return;
    }
    for (uint lane = 0; lane < columns; lane++) {
        __global const uint *column = b + lane * p->b_column;
        if (p->mode == BITS_XOR) {
            sums[lane] += popcount(a[0] ^ column[0]);
        } else if (p->mode == BITS_B1T2) {
            sums[lane] += popcount((a[0] ^ column[p->b_plane]) & column[0]);
        } else if (p->mode == BITS_T2B1) {
            sums[lane] += popcount((a[1] ^ column[0]) & a[0]);
        } else {
            const uint both = a[0] & column[0];
            sums[lane] += popcount(both) - 2u * popcount((a[1] ^ column[p->b_plane]) & both);
        }
    }
}

/* What is counted of b itself, where it is in place. */
static inline void add_column_sums(const bits_params *p, __global const uint *b, uint columns, uint *bases)
{
    for (int j = 0; j < p->b_planes; j++) {
        for (uint lane = 0; lane < columns; lane++) bases[lane] += (uint)p->column_weights[j] * popcount(b[j * p->b_plane + lane * p->b_column]);
    }
}

__kernel void gemm_bits_portable(__global const uchar *a, __global const uchar *b, __global const uchar *bases, __global const uchar *tables,
                                 __global const uchar *residual, __global const uchar *row_scales, __global uchar *c, OP_COUNT, const bits_params p)
{
    OP_BEGUN();
    const uint row = get_global_id(0), column = get_global_id(1) * 32;
    if (row >= (uint)p.m || column >= (uint)p.n) return;
    const bits_place place = bits_place_batch(&p, get_global_id(2));
    const uint columns = min(32u, (uint)p.n - column);
    __global const uint *a_words = (__global const uint *)(a + p.head.offset[0]) + place.a + row * p.a_row;
    __global const uint *b_words = (__global const uint *)(b + p.head.offset[1]) + place.b + column / 32 * p.b_panel;
    __global const uint *column_bases = (__global const uint *)(bases + p.head.offset[2]) + place.base + column;
    uint sums[32], totals[32], row_sum = 0;
    for (uint lane = 0; lane < 32; lane++) {
        sums[lane] = 0;
        totals[lane] = column_bases[lane];
    }
    for (int group = 0; group < p.groups; group++) {
        multiply_group(&p, a_words, b_words, columns, sums);
        if (p.has_column_sums) add_column_sums(&p, b_words, columns, totals);
        for (int i = 0; p.has_row_sums && i < p.a_planes; i++) row_sum += (uint)p.row_weights[i] * popcount(a_words[i]);
        a_words += p.a_planes;
        b_words += p.b_group;
    }
    gemm_bits_finish(&p, &place, (__global const int *)(tables + p.head.offset[3]), residual + p.head.offset[4],
                     (__global const float *)(row_scales + p.head.offset[5]), c + p.head.offset[6], (const int *)sums, (const int *)totals, (int)row_sum, row, column);
}
