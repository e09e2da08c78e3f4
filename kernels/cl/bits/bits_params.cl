/* SPDX-License-Identifier: Apache-2.0 */
/* The contract between the host and every kernel of a product of bits, compiled on both sides as op/op_params.cl is. Words have 32 bits.
 *
 *   kernel(a, b, bases, tables, residual, row_scales, c, begun, params)
 *
 *   a            rows of k values in planes, word `group * a_planes + plane` of a row
 *   b            column j, group g, plane p at word j / 32 * b_panel + j % 32 * b_column + g * b_group + p * b_plane: packed, or in place
 *   bases        s32, one a column and matrix: bias, constants and the sums over q_b
 *   tables       planes of `gemm.columns_plane` words: those of COLUMN_TABLES (COLUMN_ZERO: what the row's sum is multiplied by), then the two below;
 *                padded with zeros to whole blocks of 64 columns, as bases are
 *   residual     f32 or f16, may be c        row_scales   f32, m a batch
 *   c            elements, or rows of planes: strides in elements, of planes in words
 *
 *   acc[i][j] = factor * s + tables[ZERO][j] * r + bases[j]        modulo 2^32; exact at the end (proved by the host)
 *
 *   s, over all groups of k:   BITS_XOR     popcount(a ^ b)
 *                              BITS_T2T2    popcount(n) - 2 popcount((sign_a ^ sign_b) & n), n = nonzero_a & nonzero_b
 *                              BITS_B1T2    popcount((a ^ sign_b) & nonzero_b)        BITS_T2B1   popcount((sign_a ^ b) & nonzero_a)
 *                              BITS_AND     sum over planes of a_weights[i] * b_weights[j] * popcount(a_i & b_j)
 *   r, with has_row_sums:      sum over planes of row_weights[i] * popcount(a_i)
 *   has_column_sums: b is in place, and the sum over planes of column_weights[j] * popcount(b_j) is part of bases[j], but not counted yet. */
#define BITS_XOR 0
#define BITS_T2T2 1
#define BITS_B1T2 2
#define BITS_T2B1 3
#define BITS_AND 4

#define BITS_PLANES 8
#define BITS_OUT_B1 18                       /* the number of clqnn_type */
#define COLUMN_THRESHOLD COLUMN_TABLES       /* c is b1: +1 where acc >= threshold, or with a direction below 0 acc <= threshold */
#define COLUMN_DIRECTION (COLUMN_TABLES + 1)
#define BITS_COLUMN_TABLES (COLUMN_TABLES + 2)

/* What turns totals into c. Of `gemm` are read: n, columns_plane, flags (of GEMM_FLOAT_BIAS, GEMM_CLAMP), out (any clqnn_type), rule, zero_point, low, high,
 * clamp_min, clamp_max. */
typedef struct bits_epilogue {
    gemm_params gemm;
    clq_int out_planes;                      /* of a c of bit planes; else 0 */
    clq_int residual_type;                   /* GEMM_OUT_F32, GEMM_OUT_F16; 0: there is none */
    clq_int has_row_scales;
    clq_int unused;
} bits_epilogue;

typedef struct bits_params {
    op_head head;
    bits_epilogue epilogue;
    clq_ulong a_row, a_batch[2];             /* words */
    clq_ulong b_panel, b_column, b_group, b_plane, b_batch[2];
    clq_ulong base_batch[2];
    clq_ulong c_row, c_batch[2];             /* elements; of a c of planes words */
    clq_ulong residual_row, residual_batch[2];
    clq_ulong row_scale_batch[2];
    clq_ulong own_table;                     /* bytes before a variant's own table, in the buffer of tables */
    clq_int m, n, k;
    clq_int groups;                          /* of 32 values of k */
    clq_int inner_batches;
    clq_int mode;
    clq_int a_planes, b_planes;
    clq_int a_weights[BITS_PLANES], b_weights[BITS_PLANES];
    clq_int factor;
    clq_int has_row_sums, has_column_sums;
    clq_int row_weights[BITS_PLANES], column_weights[BITS_PLANES];
    clq_int block[3];                        /* a variant's own */
} bits_params;
