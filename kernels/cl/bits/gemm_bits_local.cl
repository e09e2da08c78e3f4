/* SPDX-License-Identifier: Apache-2.0 */
/* Bits by bits on GPUs: a work-group of 256 makes 64 x 64 of c, through tiles of words in local memory; an item counts for 4 x 4 of them in registers. Any
 * mix of types, any shape; b is packed, or read in place. Words that do not exist are 0: no form of counting sees them.
 *
 * Group (x, y, z): columns 64 x .., rows 64 y .., batch z. Item i counts for columns i % 16 + 16 j, rows i / 16 * 4 + j. */

/* tile[word][row]: `words` words of each row, from word `first` of a's rows on. Neighbouring items read neighbouring words. */
static inline void load_a(const bits_params *p, __local uint *tile, __global const uint *a, int first_row, int first, int words)
{
    for (uint i = get_local_id(0); i < TILE * DEPTH; i += ITEMS) {
        const int word = (int)(i % DEPTH), row = (int)(i / DEPTH);
        tile[word * STRIDE + row] = word < words && first_row + row < p->m ? a[(ulong)(first_row + row) * p->a_row + (ulong)(first + word)] : 0;
    }
}

/* The same of b's columns: word (group - first_group) * planes + plane. Neighbouring items read what lies side by side, packed or in place. */
static inline void load_b(const bits_params *p, __local uint *tile, __global const uint *b, int first_column, int first_group, int words)
{
    const bool in_place = p->b_column != 1;
    for (uint i = get_local_id(0); i < TILE * DEPTH; i += ITEMS) {
        const int word = (int)(in_place ? i % DEPTH : i / TILE), column = (int)(in_place ? i / DEPTH : i % TILE);
        const int j = first_column + column, group = first_group + word / p->b_planes, plane = word % p->b_planes;
        const ulong from = (ulong)(j / 32) * p->b_panel + (ulong)(j % 32) * p->b_column + (ulong)group * p->b_group + (ulong)plane * p->b_plane;
        tile[word * STRIDE + column] = word < words && j < p->n ? b[from] : 0;
    }
}

__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1)))
void gemm_bits_local(__global const uchar *a, __global const uchar *b, __global const uchar *bases, __global const uchar *tables, __global const uchar *residual,
                     __global const uchar *row_scales, __global uchar *c, OP_COUNT, const bits_params p)
{
    __local uint memory[TILE * STRIDE], row_sums[TILE], column_sums[TILE];
    __local uint *a_tile = memory, *b_tile = memory + DEPTH * STRIDE;
    OP_BEGUN();
    const int first_row = (int)get_group_id(1) * TILE, first_column = (int)get_group_id(0) * TILE, item = (int)get_local_id(0);
    const int x = item % 16, y = item / 16 * PER_ITEM, planes = max(max(p.a_planes, p.b_planes), 1), step = DEPTH / planes;
    const bits_place place = bits_place_batch(&p, get_group_id(2));
    __global const uint *a_words = (__global const uint *)(a + p.head.offset[0]) + place.a, *b_words = (__global const uint *)(b + p.head.offset[1]) + place.b;
    uint sums[PER_ITEM][PER_ITEM], row_sum = 0, column_sum = 0;
    const word_form form = {p.mode, p.a_planes, p.b_planes, p.a_weights, p.b_weights};
    FOR_SUMS sums[i][j] = 0;
    for (int group = 0; group < p.groups; group += step) {
        const int groups = min(step, p.groups - group);
        load_a(&p, a_tile, a_words, first_row, group * p.a_planes, groups * p.a_planes);
        load_b(&p, b_tile, b_words, first_column, group, groups * p.b_planes);
        barrier(CLK_LOCAL_MEM_FENCE); /* all items read what all have written */
        if (p.mode == BITS_AND) multiply_planes(&form, a_tile + y, b_tile + x, groups, sums);
        else multiply_signs(&form, a_tile + y, b_tile + x, groups, sums);
        if (p.has_row_sums && item < TILE) row_sum += weigh(a_tile + item, groups * p.a_planes, p.a_planes, p.row_weights);
        if (p.has_column_sums && item >= ITEMS - TILE) column_sum += weigh(b_tile + item - (ITEMS - TILE), groups * p.b_planes, p.b_planes, p.column_weights);
        barrier(CLK_LOCAL_MEM_FENCE); /* before the next tiles overwrite these */
    }
    FOR_SUMS memory[(y + i) * STRIDE + x + 16 * j] = sums[i][j];
    if (item < TILE) row_sums[item] = row_sum;
    if (item >= ITEMS - TILE) column_sums[item - (ITEMS - TILE)] = column_sum;
    barrier(CLK_LOCAL_MEM_FENCE); /* all items store what all have counted */

    __global const int *table = (__global const int *)(tables + p.head.offset[3]);
    __global const uint *base = (__global const uint *)(bases + p.head.offset[2]) + place.base;
    __global const float *scales = (__global const float *)(row_scales + p.head.offset[5]);
    __global const uchar *residuals = residual + p.head.offset[4];
    __global uchar *c_bytes = c + p.head.offset[6];
    if (p.epilogue.out_planes) {
        /* 32 columns of a row make a word of each plane. */
        const int row = item / 2, part = item % 2 * 32, column = first_column + part;
        int totals[32];
        if (item < 2 * TILE && first_row + row < p.m && column < p.n) {
            for (int lane = 0; lane < 32; lane++) {
                totals[lane] = gemm_bits_total(&p, table, (int)memory[row * STRIDE + part + lane], (int)(base[column + lane] + column_sums[part + lane]),
                                               (int)row_sums[row], (uint)(column + lane));
            }
            bits_store_panel(&p.epilogue, table, totals, (uint)column, 1.0f, residuals, 0, c_bytes, place.c + (ulong)(first_row + row) * p.c_row);
        }
    } else {
        for (int i = item; i < TILE * TILE; i += ITEMS) {
            const int row = i / TILE, part = i % TILE, column = first_column + part;
            if (first_row + row >= p.m || column >= p.n) continue;
            const int total = gemm_bits_total(&p, table, (int)memory[row * STRIDE + part], (int)(base[column] + column_sums[part]), (int)row_sums[row], (uint)column);
            (void)bits_store_part(&p.epilogue, table, total, (uint)column, 1, gemm_bits_row_scale(&p, &place, scales, (uint)(first_row + row)), residuals,
                                  place.residual + (ulong)(first_row + row) * p.residual_row, c_bytes, place.c + (ulong)(first_row + row) * p.c_row);
        }
    }
}
