/* SPDX-License-Identifier: Apache-2.0 */
/* Bits by bits on CPUs whose vectors count ones: a lane is a column, a row's word meets 32 columns at once. b in bits_n32. A work-group makes p.block[0]
 * rows of one panel, TILE_ROWS at a time in registers; rows behind the last repeat it, and are not stored. */
#if LANES != 16
#error "LANES must be 16: half the columns of a panel"
#endif

static int lanes_row_sum(const bits_params *p, __global const uint *a)
{
    uint sum = 0;
    for (int word = 0; word < p->groups * p->a_planes; word += p->a_planes) {
        for (int i = 0; i < p->a_planes; i++) sum += (uint)p->row_weights[i] * popcount(a[word + i]);
    }
    return (int)sum;
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void gemm_bits_lanes(__global const uchar *a, __global const uchar *b, __global const uchar *bases, __global const uchar *tables, 
                     __global const uchar *residual, __global const uchar *row_scales, __global uchar *c, OP_COUNT, const bits_params p)
{
    if (p.m == 0) return;
    OP_BEGUN();
    const int column = get_group_id(0) * 32, first_row = get_group_id(1) * p.block[0], rows = min(p.block[0], p.m - first_row);
    const bits_place place = bits_place_batch(&p, get_group_id(2));
    __global const uint *a_rows = (__global const uint *)(a + p.head.offset[0]) + place.a + first_row * p.a_row;
    __global const uint *panel = (__global const uint *)(b + p.head.offset[1]) + place.b + get_group_id(0) * p.b_panel;
    __global const int *column_bases = (__global const int *)(bases + p.head.offset[2]) + place.base + column;
    const int16 base[2] = {vload16(0, column_bases), vload16(1, column_bases)};
    const lanes_product product = {p.mode, p.groups, p.a_planes, p.b_planes, p.a_row, p.b_group, p.b_plane, p.a_weights, p.b_weights};
    for (int i = 0; i < rows; i += TILE_ROWS) {
        const int height = min(rows - i, TILE_ROWS);
        __global const uint *tile = a_rows + i * p.a_row;
        uint16 totals[TILE_ROWS * 2];
        lanes_tile(&product, tile, height, panel, totals);
        for (int j = 0; j < height; j++) {
            const int16 sums[2] = {as_int16(totals[2 * j]), as_int16(totals[2 * j + 1])};
            const int row_sum = p.has_row_sums ? lanes_row_sum(&p, tile + j * p.a_row) : 0;
            gemm_bits_finish(&p, &place, (__global const int *)(tables + p.head.offset[3]), residual + p.head.offset[4],
                             (__global const float *)(row_scales + p.head.offset[5]), c + p.head.offset[6], sums, base, row_sum, first_row + i + j, column);
        }
    }
}
