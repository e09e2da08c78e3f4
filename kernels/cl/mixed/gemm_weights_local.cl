/* SPDX-License-Identifier: Apache-2.0 */
/* Floats by integers with groups on GPUs: tiles of a and of weights made floats stand in local memory. */
#define UNIT 32           /* steps of k of a tile */
#define TILE 64           /* rows and columns of a tile; a work-item makes four by four */
#define LINE (UNIT + 1)   /* of a's tile: work-items of a column read different banks */

/* Four packed rows of one column, of UNIT rows from `first` on. */
static inline void widen_four(const mixed_params *p, __global const uchar *packed, int column, int first, int quad, __local float (*weights)[TILE], int place)
{
    const int k = first + 4 * quad, panel = column / PANEL, lane = column % PANEL;
    const bool is_there = column < p->n && k < p->packed_rows;
    uint codes = 0;
    group_terms terms = {0.0f, 0.0f, 0.0f, 0};
    if (is_there) {
        codes = group_four(group_words(p, packed, panel), k, lane, p->code_bits);
        terms = group_load(p, packed, panel, k / p->group_rows, lane);
    }
    for (int i = 0; i < 4; i++) weights[4 * quad + i][place] = terms.scale * four_float(codes, i, terms) - terms.offset;
}

__kernel __attribute__((reqd_work_group_size(16, 16, 1))) void gemm_weights_local(__global const uchar *a, __global const uchar *b, __global const uchar *tables,
                                                                                  __global const uchar *residual, __global uchar *c,
                                                                                  __global const uchar *row_scales, OP_COUNT, const mixed_params p)
{
    __local float weights[UNIT][TILE], lines[TILE][LINE];
    OP_BEGUN();
    const uint outer = get_group_id(2) / max(p.inner_batches, 1), inner = get_group_id(2) % max(p.inner_batches, 1);
    __global const uchar *packed = b + p.head.offset[1] + outer * p.b_batch[0] + inner * p.b_batch[1];
    const int x = get_local_id(0), y = get_local_id(1), item = y * 16 + x, columns = get_group_id(0) * TILE, rows = get_group_id(1) * TILE;
    const ulong a_first = outer * p.a_batch[0] + inner * p.a_batch[1];
    float sums[4][4] = {{0.0f}};
    for (int first = 0; first < p.packed_rows; first += UNIT) {
        for (int quad = item / TILE; quad < UNIT / 4; quad += 256 / TILE) widen_four(&p, packed, columns + item % TILE, first, quad, weights, item % TILE);
        for (int line = item / UNIT; line < TILE; line += 256 / UNIT) {
            const int row = rows + line, k = first + item % UNIT;
            const bool is_there = row < p.m && k < p.k;
            lines[line][item % UNIT] = is_there ? mixed_load(a + p.head.offset[0], a_first + row * p.a_row + k * p.a_column, p.a_type) : 0.0f;
        }
        barrier(CLK_LOCAL_MEM_FENCE); /* all read what all wrote of both tiles */
        for (int k = 0; k < UNIT; k++) {
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) sums[i][j] = fma(lines[y * 4 + i][k], weights[k][x + 16 * j], sums[i][j]);
            }
        }
        barrier(CLK_LOCAL_MEM_FENCE); /* before both are written again */
    }
    for (int i = 0; i < 4; i++) {
        const int row = rows + y * 4 + i;
        if (row >= p.m) continue;
        const float scale = group_row_scale(&p, row_scales, get_group_id(2) * p.m + row);
        for (int j = 0; j < 4; j++) {
            const int column = columns + x + 16 * j;
            if (column >= p.n) continue;
            mixed_store(&p, (__global const float *)(tables + p.head.offset[2]), residual + p.head.offset[3], c + p.head.offset[4], sums[i][j] * scale, column,
                        outer * p.residual_batch[0] + inner * p.residual_batch[1] + row * p.residual_row + column,
                        outer * p.c_batch[0] + inner * p.c_batch[1] + row * p.c_row + column);
        }
    }
}
