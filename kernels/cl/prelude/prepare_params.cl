/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of the kernels that run before a GEMM: pack_panels (b given at run time) and prepare_a (a float or transposed). Compiled twice, like
 * prelude/gemm_params. */
typedef struct pack_params {
    clq_ulong source_offset, k_stride, n_stride;         /* bytes */
    clq_ulong source_batch_stride[2];
    clq_ulong packed_offset, packed_batch_bytes;         /* bytes in the workspace */
    clq_ulong sums_offset, sums_batch_words;             /* words in the workspace */
    clq_ulong zero_points_offset;                        /* words in the plan's tables: zb' */
    clq_int n, k, padded_n, inner_batches;
    clq_int flip;                                        /* 0 or 0x80 */
    clq_int unused;
} pack_params;

typedef struct prepare_params {
    clq_ulong source_offset, row_stride, depth_stride;   /* bytes */
    clq_ulong source_batch_stride[2];
    clq_ulong ranges_offset;                             /* float pairs in the workspace */
    clq_ulong rows_offset;                               /* int pairs in the workspace */
    clq_ulong target_offset, target_row_stride;          /* bytes in the workspace */
    clq_int rows, k, slots;
    clq_int first_batch, inner_batches, per_row;
    clq_int is_half, is_signed;
} prepare_params;
