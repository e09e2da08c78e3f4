/* SPDX-License-Identifier: Apache-2.0 */
/* Floats by integers with groups on GPUs: for few rows a work-group shares out the k of a panel and adds up in local memory, in a fixed order; for more, tiles
 * of a and of weights made floats stand in local memory. */
#define SLICES 8          /* of k, with PANEL work-items each */
#define FEW_ROWS 4        /* rows of a work-group of the first kernel */
#define UNIT 32           /* packed rows that a slice takes at a time, and steps of k of a tile */
#define TILE 64           /* rows and columns of a tile; a work-item makes four by four */
#define LINE (UNIT + 1)   /* of a's tile: work-items of a column read different banks */

static inline float four_float(uint codes, int i, group_terms terms)
{
    return (float)((int)(codes >> (8 * i) & 255u) - terms.minus) - terms.zero;
}

/* sums[row] += rows of a times packed rows first .. last of a column. */
static inline void add_rows(const mixed_params *p, __global const uchar *a, ulong a_first, uint row, __global const uchar *packed, int panel, int lane,
                            int first, int last, float *sums)
{
    __global const uint *words = group_words(p, packed, panel);
    for (int k = first, group = first / p->group_rows; k < last; group++) {
        const int stop = (int)min((long)last, ((long)group + 1) * p->group_rows);
        const group_terms terms = group_load(p, packed, panel, group, lane);
        float part[FEW_ROWS] = {0.0f};
        for (; k < stop; k += 4) {
            const uint codes = group_four(words, k, lane, p->code_bits);
            for (int i = 0; i < 4 && k + i < p->k; i++) {
                const float x = four_float(codes, i, terms), weight = p->has_offsets ? terms.scale * x - terms.offset : x;
                for (uint r = 0; r < FEW_ROWS; r++) {
                    const ulong from = a_first + min(row + r, (uint)p->m - 1) * p->a_row + (ulong)(k + i) * p->a_column;
                    part[r] = fma(mixed_load(a, from, p->a_type), weight, part[r]);
                }
            }
        }
        for (uint r = 0; r < FEW_ROWS; r++) sums[r] = fma(p->has_offsets ? 1.0f : terms.scale, part[r], sums[r]);
    }
}

__kernel __attribute__((reqd_work_group_size(PANEL, SLICES, 1))) void gemm_weights_slices(__global const uchar *a, __global const uchar *b, __global const uchar *tables,
                                                                                         __global const uchar *residual, __global uchar *c,
                                                                                         __global const uchar *row_scales, OP_COUNT, const mixed_params p)
{
    __local float shared[SLICES][FEW_ROWS][PANEL];
    OP_BEGUN();
    const uint outer = get_group_id(2) / max(p.inner_batches, 1), inner = get_group_id(2) % max(p.inner_batches, 1);
    __global const uchar *packed = b + p.head.offset[1] + outer * p.b_batch[0] + inner * p.b_batch[1];
    const int lane = get_local_id(0), slice = get_local_id(1), panel = get_group_id(0);
    const uint row = get_group_id(1) * FEW_ROWS, column = panel * PANEL + lane;
    float sums[FEW_ROWS] = {0.0f};
    if (row < (uint)p.m && panel * PANEL < p.n) {
        const ulong a_first = outer * p.a_batch[0] + inner * p.a_batch[1];
        for (int first = slice * UNIT; first < p.packed_rows; first += SLICES * UNIT) {
            add_rows(&p, a + p.head.offset[0], a_first, row, packed, panel, lane, first, min(first + UNIT, p.packed_rows), sums);
        }
    }
    for (int r = 0; r < FEW_ROWS; r++) shared[slice][r][lane] = sums[r];
    barrier(CLK_LOCAL_MEM_FENCE); /* slice r reads what every slice wrote of row r */
    if (slice >= FEW_ROWS || row + slice >= (uint)p.m || column >= (uint)p.n) return;
    float sum = 0.0f;
    for (int other = 0; other < SLICES; other++) sum += shared[other][slice][lane];
    sum *= group_row_scale(&p, row_scales, get_group_id(2) * p.m + row + slice);
    mixed_store(&p, (__global const float *)(tables + p.head.offset[2]), residual + p.head.offset[3], c + p.head.offset[4], sum, column,
                outer * p.residual_batch[0] + inner * p.residual_batch[1] + (row + slice) * p.residual_row + column,
                outer * p.c_batch[0] + inner * p.c_batch[1] + (row + slice) * p.c_row + column);
}

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
