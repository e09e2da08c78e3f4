/* SPDX-License-Identifier: Apache-2.0 */
/* The contract of the kernel that packs a b of each call, compiled on both sides as op/op_params.cl is. Words have 32 bits.
 *
 *   bits_pack_columns(b, bases, packed, packed_bases, begun, params)
 *
 *   b              column j of n, group g, plane p at word j * from_column + g * planes + p
 *   bases          of bits_params.cl, one matrix, without what b adds to them
 *   packed         whole panels of 32 columns: word j / 32 * to_panel + j % 32 + g * to_group + p * to_plane of its matrix
 *   packed_bases   bases_plane words a matrix */
typedef struct bits_pack_params {
    op_head head;
    clq_ulong from_column, from_batch[2];
    clq_ulong to_panel, to_group, to_plane, to_batch;
    clq_ulong bases_plane;
    clq_int n, groups, planes;
    clq_int columns;                 /* n in whole panels */
    clq_int inner_matrices;
    clq_int column_weights[8];       /* of the planes' counts in the bases */
} bits_pack_params;
