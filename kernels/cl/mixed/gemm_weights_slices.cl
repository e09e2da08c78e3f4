/* SPDX-License-Identifier: Apache-2.0 */
/* Floats by integers with groups with few rows, on GPUs: a work-group shares out the k of a panel in SLICES and adds up in local memory, in a fixed order. Each
 * packed word is read once for ROWS rows of c. */
#ifndef ROWS
#error "ROWS must be defined"
#endif
#define SLICES 8          /* of k, with PANEL work-items each */
#define UNIT 32           /* packed rows that a slice takes at a time */

/* sums += rows of a, `lines` from packed row `first` on, times packed rows first .. last - 1 of a column. */
static inline void add_rows(const mixed_params *p, __local const float *lines, __global const uchar *packed, int panel, int lane, int first, int last, float *sums)
{
    __global const uint *words = group_words(p, packed, panel);
    for (int k = first, group = first / p->group_rows; k < last; group++) {
        const int stop = (int)min((long)last, ((long)group + 1) * p->group_rows);
        const group_terms terms = group_load(p, packed, panel, group, lane);
        float part[ROWS] = {0.0f};
        for (; k < stop; k += 4) {
            const uint codes = group_four(words, k, lane, p->code_bits);
            for (int i = 0; i < 4; i++) {
                const float x = four_float(codes, i, terms), weight = p->has_offsets ? terms.scale * x - terms.offset : x;
                #pragma unroll
                for (int r = 0; r < ROWS; r++) part[r] = fma(lines[(k - first + i) * ROWS + r], weight, part[r]);
            }
        }
        #pragma unroll
        for (int r = 0; r < ROWS; r++) sums[r] = fma(p->has_offsets ? 1.0f : terms.scale, part[r], sums[r]);
    }
}

__kernel __attribute__((reqd_work_group_size(PANEL, SLICES, 1))) void gemm_weights_slices(__global const uchar *a, __global const uchar *b, __global const uchar *tables,
                                                                                         __global const uchar *residual, __global uchar *c,
                                                                                         __global const uchar *row_scales, OP_COUNT, const mixed_params p)
{
    __local float shared[SLICES * ROWS * PANEL];   /* first rows of a, [slice][k][row], at last sums, [slice][row][column] */
    OP_BEGUN();
    const uint outer = get_group_id(2) / max(p.inner_batches, 1), inner = get_group_id(2) % max(p.inner_batches, 1);
    __global const uchar *packed = b + p.head.offset[1] + outer * p.b_batch[0] + inner * p.b_batch[1];
    const int lane = get_local_id(0), slice = get_local_id(1), panel = get_group_id(0);
    const uint row = get_group_id(1) * ROWS, column = panel * PANEL + lane;
    float sums[ROWS] = {0.0f};
    __local float *lines = shared + slice * UNIT * ROWS;
    const ulong a_first = outer * p.a_batch[0] + inner * p.a_batch[1];
    for (int begin = 0; begin < p.packed_rows; begin += SLICES * UNIT) {
        const int first = begin + slice * UNIT;
        for (int i = lane; i < UNIT * ROWS; i += PANEL) {
            const int k = first + i % UNIT;
            const uint r = row + i / UNIT;
            const bool is_there = k < p.k && r < (uint)p.m;
            lines[i % UNIT * ROWS + i / UNIT] = is_there ? mixed_load(a + p.head.offset[0], a_first + r * p.a_row + (ulong)k * p.a_column, p.a_type) : 0.0f;
        }
        barrier(CLK_LOCAL_MEM_FENCE); /* a slice reads what its items have written */
        if (panel * PANEL < p.n) add_rows(&p, lines, packed, panel, lane, first, min(first + UNIT, p.packed_rows), sums);
        barrier(CLK_LOCAL_MEM_FENCE); /* before the next rows of a, or the sums, overwrite these */
    }
    for (int r = 0; r < ROWS; r++) shared[(slice * ROWS + r) * PANEL + lane] = sums[r];
    barrier(CLK_LOCAL_MEM_FENCE); /* slice r reads what every slice wrote of rows r, r + SLICES .. */
    for (uint r = slice; r < ROWS && row + r < (uint)p.m && column < (uint)p.n; r += SLICES) {
        float sum = 0.0f;
        for (int other = 0; other < SLICES; other++) sum += shared[(other * ROWS + r) * PANEL + lane];
        sum *= group_row_scale(&p, row_scales, get_group_id(2) * p.m + row + r);
        mixed_store(&p, (__global const float *)(tables + p.head.offset[2]), residual + p.head.offset[3], c + p.head.offset[4], sum, column,
                    outer * p.residual_batch[0] + inner * p.residual_batch[1] + (row + r) * p.residual_row + column,
                    outer * p.c_batch[0] + inner * p.c_batch[1] + (row + r) * p.c_row + column);
    }
}
