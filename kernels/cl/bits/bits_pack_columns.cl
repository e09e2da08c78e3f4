/* SPDX-License-Identifier: Apache-2.0 */
/* Packs a b of each call into panels of 32 columns, and adds what each column counts to its base. A work-item packs one column of one matrix; neighbouring
 * items write neighbouring words. */
__kernel void bits_pack_columns(__global const uchar *b, __global const uchar *bases, __global uchar *packed, __global uchar *packed_bases, OP_COUNT,
                                const bits_pack_params p)
{
    OP_BEGUN();
    const uint column = get_global_id(0), matrix = get_global_id(1);
    if (column >= (uint)p.columns) return;
    const uint outer = matrix / max(p.inner_matrices, 1), inner = matrix % max(p.inner_matrices, 1);
    const bool is_real = column < (uint)p.n;
    __global const uint *from = (__global const uint *)(b + p.head.offset[0]) + outer * p.from_batch[0] + inner * p.from_batch[1] + (is_real ? column : 0) * p.from_column;
    __global uint *to = (__global uint *)(packed + p.head.offset[2]) + matrix * p.to_batch + column / 32 * p.to_panel + column % 32;
    uint sum = is_real ? ((__global const uint *)(bases + p.head.offset[1]))[column] : 0;
    for (int group = 0; group < p.groups; group++) {
        for (int plane = 0; plane < p.planes; plane++) {
            const uint word = is_real ? from[group * p.planes + plane] : 0;
            sum += (uint)p.column_weights[plane] * popcount(word);
            to[group * p.to_group + plane * p.to_plane] = word;
        }
    }
    ((__global uint *)(packed_bases + p.head.offset[3]))[matrix * p.bases_plane + column] = sum;
}
