/* SPDX-License-Identifier: Apache-2.0 */
/* Floats by integers with groups, any device: a work-item makes ROWS elements of one column. */
#define ROWS 4

__kernel void gemm_weights_portable(__global const uchar *a, __global const uchar *b, __global const uchar *tables, __global const uchar *residual,
                                    __global uchar *c, __global const uchar *row_scales, OP_COUNT, const mixed_params p)
{
    OP_BEGUN();
    const uint column = get_global_id(0), row = get_global_id(1) * ROWS, outer = get_global_id(2) / max(p.inner_batches, 1),
               inner = get_global_id(2) % max(p.inner_batches, 1);
    if (column >= (uint)p.n || row >= (uint)p.m) return;
    const uint rows = min((uint)ROWS, (uint)p.m - row);
    const int panel = column / PANEL, lane = column % PANEL;
    const ulong a_first = outer * p.a_batch[0] + inner * p.a_batch[1];
    __global const uchar *packed = b + p.head.offset[1] + outer * p.b_batch[0] + inner * p.b_batch[1];
    __global const uint *words = group_words(&p, packed, panel);
    float sums[ROWS] = {0.0f};
    for (int first = 0, group = 0; first < p.k; first += p.group_rows, group++) {
        const group_terms terms = group_load(&p, packed, panel, group, lane);
        for (int k = first; k < min(p.k, first + p.group_rows); k++) {
            const float weight = group_weight(terms, group_code(words, k, lane, p.code_bits));
            for (uint i = 0; i < ROWS; i++) {
                const ulong from = a_first + (row + min(i, rows - 1)) * p.a_row + k * p.a_column;
                sums[i] = fma(mixed_load(a + p.head.offset[0], from, p.a_type), weight, sums[i]);
            }
        }
    }
    const ulong c_first = outer * p.c_batch[0] + inner * p.c_batch[1] + column;
    const ulong residual_first = outer * p.residual_batch[0] + inner * p.residual_batch[1] + column;
    for (uint i = 0; i < rows; i++) {
        const float scale = group_row_scale(&p, row_scales, get_global_id(2) * p.m + row + i);
        mixed_store(&p, (__global const float *)(tables + p.head.offset[2]), residual + p.head.offset[3], c + p.head.offset[4], sums[i] * scale, column,
                    residual_first + (row + i) * p.residual_row, c_first + (row + i) * p.c_row);
    }
}
