/* SPDX-License-Identifier: Apache-2.0 */
/* Bits by bits on AVX2, b in bits_nibbles_n32. A work-group makes p.block[0] rows (at most 10) of p.block[1] panels: for each part of k and each plane of a,
 * its rows become indices once, and then every panel's part of b meets all of them. p.block[2] is the kind of table, which lies at p.own_table. */
#if LANES != 16
#error "LANES must be 16: half the columns of a panel"
#endif
typedef struct bit_buffers {
    __global const uint *a;       /* the batch's matrices and tables, from their begin on */
    __global const uchar *b;
    __global const int *bases, *tables;
    __global const uchar *residual;
    __global const float *row_scales;
    __global uchar *c;
    __global const uchar *table;
} bit_buffers;

/* Of the block's rows, over all of k: r of bits_params.cl, and what b1's counting of a t2 row needs besides: its negative values. */
static void count_rows(const bits_params *p, __global const uint *a, int rows, int *row_sums, uint *begin)
{
    for (int row = 0; row < rows; row++, a += p->a_row) {
        uint sum = 0, negative = 0;
        for (int word = 0; word < p->groups * p->a_planes; word += p->a_planes) {
            for (int i = 0; p->has_row_sums && i < p->a_planes; i++) sum += (uint)p->row_weights[i] * popcount(a[word + i]);
            if (p->mode == BITS_T2B1) negative += popcount(a[word + 1]);
        }
        row_sums[row] = (int)sum;
        begin[row] = negative;
    }
}

/* Of `groups` groups of one plane (of T2T2 both); filled up to whole triples. A row that is not there is one of zeros. */
static void make_indices(const bits_params *p, __global const uint *a, int rows, int groups, __local ushort *indices)
{
    const int kind = p->block[2], group_steps = BIT_TABLE_GROUP_STEPS(kind), second = kind == BIT_TABLE_T2T2;
    for (int row = 0; row < rows; row += 2, indices += PAIR_STEPS) {
        __global const uint *x = a + row * p->a_row, *y = row + 1 < rows ? x + p->a_row : x;
        const uint there = row + 1 < rows ? 0xffffffffu : 0;
        for (int group = 0, word = 0; group < groups; group++, word += p->a_planes) {
            group_indices(kind, (uint2)(x[word], x[word + second]), (uint2)(y[word], y[word + second]) & there, indices + group * group_steps);
        }
        for (int i = 0; i < 2; i++) indices[groups * group_steps + i] = 0;
    }
}

static void finish_panel(const bits_params *p, const bits_place *place, const bit_buffers *at, __local const uint *sums, const int *row_sums, int row, int rows,
                         int column)
{
    const int16 base[2] = {vload16(0, at->bases + column), vload16(1, at->bases + column)};
    for (int i = 0; i < rows; i++, sums += 32) {
        const int16 sum[2] = {as_int16(vload16(0, sums)), as_int16(vload16(1, sums))};
        gemm_bits_finish(p, place, at->tables, at->residual, at->row_scales, at->c, sum, base, row_sums[i], row + i, column);
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void gemm_bits_avx2(__global const uchar *a, __global const uchar *b, __global const uchar *bases, __global const uchar *tables, __global const uchar *residual,
                    __global const uchar *row_scales, __global uchar *c, OP_COUNT, const bits_params p)
{
    __local ushort indices[PAIR_ROWS / 2 * PAIR_STEPS] __attribute__((aligned(64)));
    __local uint sums[BLOCK_PANELS * PAIR_ROWS * 32] __attribute__((aligned(64)));
    if (p.m == 0) return;
    OP_BEGUN();
    const int row = get_group_id(0) * p.block[0], rows = min(p.block[0], p.m - row), first_panel = get_group_id(1) * p.block[1];
    const int panels = min(p.block[1], (p.n - 1) / 32 + 1 - first_panel), kind = p.block[2], group_steps = BIT_TABLE_GROUP_STEPS(kind);
    const int a_passes = kind == BIT_TABLE_T2T2 ? 1 : p.a_planes, b_passes = kind >= BIT_TABLE_T2T2 ? 1 : p.b_planes;
    const int part = part_groups(kind, p.groups);
    const bits_place place = bits_place_batch(&p, get_group_id(2));
    const bit_buffers at = {(__global const uint *)(a + p.head.offset[0]) + place.a + row * p.a_row, b + p.head.offset[1] + place.b * 4,
                            (__global const int *)(bases + p.head.offset[2]) + place.base, (__global const int *)(tables + p.head.offset[3]),
                            residual + p.head.offset[4], (__global const float *)(row_scales + p.head.offset[5]), c + p.head.offset[6], tables + p.own_table};
    int row_sums[PAIR_ROWS];
    uint begin[PAIR_ROWS];
    for (int i = 0; i < PAIR_ROWS; i++) row_sums[i] = begin[i] = 0;
    if (p.has_row_sums || p.mode == BITS_T2B1) count_rows(&p, at.a, rows, row_sums, begin);
    for (int group = 0; group == 0 || group < p.groups; group += part) {
        const int groups = min(part, p.groups - group), triples = (groups * group_steps + 2) / 3;
        for (int i = 0; i < a_passes; i++) {
            const bool is_last = group + part >= p.groups && i + 1 == a_passes;
            make_indices(&p, at.a + group * p.a_planes + i, rows, groups, indices);
            for (int panel = 0; panel < panels; panel++) {
                __global const uchar *b_panel = at.b + (ulong)(first_panel + panel) * p.b_panel * 4;
                __local uint *panel_sums = sums + panel * PAIR_ROWS * 32;
                for (int j = 0; j < b_passes; j++) {
                    count_panel(kind, rows, indices, b_panel + j * p.b_plane * 4 + (ulong)group * group_steps * 32, triples, at.table,
                                (uint)(p.a_weights[i] * p.b_weights[j]), group == 0 && i == 0 && j == 0 ? begin : 0, panel_sums);
                }
                if (is_last) finish_panel(&p, &place, &at, panel_sums, row_sums, row, rows, (first_panel + panel) * 32);
            }
        }
    }
}
