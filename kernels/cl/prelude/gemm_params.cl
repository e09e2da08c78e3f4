/* SPDX-License-Identifier: Apache-2.0 */
/* The contract between the host and every GEMM kernel. This text is compiled twice: in OpenCL C as part of a program, and in C by
 * host/gemm/gemm_kernel.h; 64-bit fields stand first, so that both see the same struct.
 *
 *   kernel(a, b, columns, column_sums, rows, c, params)
 *
 *   a            8-bit rows, k contiguous. The kernel multiplies a' = a ^ a_flip, read as the signedness that its variant declares.
 *   b            packed in the variant's layout, zero-padded, always signed: b' (a u8 b was shifted by 128 while packing).
 *   columns      COLUMN_TABLES int or float words a column, as planes of `columns_plane` words: see the COLUMN_ names. Padded to whole panels.
 *   column_sums  sum_k b' - k * zb', padded likewise; read only with GEMM_USE_COLUMN_SUMS.
 *   rows         pairs {zero point, scale bits}; row i of batch z stands at i * rows_row_step + z * rows_batch_step; read only with GEMM_ROW_*.
 *   c            any of the five output types.
 *   params       m = 0 is a launch that must write nothing: it makes the runtime compile. In a kernel with barriers no early return: PoCL 3.1
 *                corrupts memory on a return before a barrier, even one that all work-items take.
 *
 * A split product is kernel(a, b, columns, column_sums, rows, c, partials, params) for all parts of k, then <kernel>_join with the same arguments.
 *   partials     one block of `partial_plane` words for each part of each batch, from word `partial_offset`:
 *                block = batch * ceil(k / k_part) + part: [m][padded n] raw s32 sums of a'b', then [m] row sums of a', each over the part's own k;
 *                padded n: of the variant's layout; partial_plane = m * (padded n + 1) rounded up to a multiple of 4, so that rows can be read as int4
 *
 * A CPU variant that counts its launches is kernel(a, b, columns, column_sums, rows, c, begun, params); begun: host/device/active_wait.h.
 *
 *   acc = sum_k a'b' + columns[BASE] - zb' * sum_k a' (GEMM_USE_ROW_SUMS) - za' * column_sums (GEMM_USE_COLUMN_SUMS)
 * Intermediate sums may wrap; the final acc does not (proved by the host), and arithmetic is modulo 2^32, so acc is exact. */
#define GEMM_USE_ROW_SUMS 1     /* zb' is not 0 everywhere */
#define GEMM_USE_COLUMN_SUMS 2  /* za is per row, or b is packed by the call itself */
#define GEMM_ROW_ZERO_POINTS 4  /* za' = rows[].x + a_zero, else a_zero */
#define GEMM_ROW_SCALES 8       /* multiplier = sa[row] * sb[column] (/ c_scale for an 8-bit c), else the column's */
#define GEMM_FLOAT_BIAS 16
#define GEMM_CLAMP 32           /* float outputs; 8-bit outputs always use low and high */

#define GEMM_OUT_S8 1           /* values of clqnn_type */
#define GEMM_OUT_U8 2
#define GEMM_OUT_S32 3
#define GEMM_OUT_F32 4
#define GEMM_OUT_F16 5

#define GEMM_FLOAT_EVEN 0       /* values of clqnn_rounding */
#define GEMM_FIXED_DOUBLE 1
#define GEMM_FIXED_SINGLE 2

#define COLUMN_BASE 0           /* bias and the constant parts of the zero points' products */
#define COLUMN_ZERO 1           /* zb' */
#define COLUMN_MULTIPLIER 2     /* float bits, or a Q31 multiplier */
#define COLUMN_SHIFT 3          /* of a Q31 multiplier; positive to the left */
#define COLUMN_FLOAT_BIAS 4
#define COLUMN_TABLES 5

typedef struct gemm_params {
    clq_ulong a_offset;         /* bytes */
    clq_ulong a_row_stride;     /* bytes */
    clq_ulong a_batch_stride[2];
    clq_ulong b_offset;         /* bytes */
    clq_ulong b_batch_stride[2];/* bytes */
    clq_ulong c_offset;         /* elements, as all of c */
    clq_ulong c_row_stride;
    clq_ulong c_batch_stride[2];
    clq_ulong columns_plane;    /* words */
    clq_ulong columns_batch_stride[2]; /* words: the table of a batch's own b */
    clq_ulong column_sums_offset;      /* words */
    clq_ulong column_sums_batch_stride[2];
    clq_ulong rows_offset;      /* pairs */
    clq_ulong rows_row_step;
    clq_ulong rows_batch_step;
    clq_ulong partial_plane;    /* words of one block of partial sums of a split product */
    clq_ulong partial_offset;   /* words */
    clq_int m, n, k;
    clq_int first_batch;        /* of this launch */
    clq_int inner_batches;      /* batch z is outer z / inner_batches, inner z % inner_batches */
    clq_int a_flip;             /* 0 or 0x80808080 */
    clq_int a_zero;
    clq_int flags;
    clq_int out;                /* GEMM_OUT_* */
    clq_int rule;
    clq_int zero_point, low, high;
    clq_float c_scale;
    clq_float clamp_min, clamp_max;
    clq_int counts_begun;       /* 1: GEMM_BEGUN raises the count of begun launches */
    clq_int claims;             /* words from `begun` to this queue's claims (launch/shares.cl); 0: a group takes the unit of its own number */
    clq_int units[3];           /* of a variant with units: blocks of rows, blocks of columns, batches */
    clq_int rows_first;         /* neighbouring units are neighbouring blocks of rows (1) or of columns (0) */
    clq_int k_part;             /* k of one part of a split product, a multiple of the layout's group; else k */
} gemm_params;
