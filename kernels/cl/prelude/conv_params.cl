/* SPDX-License-Identifier: Apache-2.0 */
/* The contract between the host and every convolution kernel. Compiled twice, like prelude/gemm_params, which stands before it; 64-bit fields first.
 *
 *   kernel(x, w, constants, residual, y, params), and with begun between y and params where the variant counts its launches
 *
 *   x            8-bit; the kernel multiplies x' = x ^ a_flip, read as the signedness that its variant declares.
 *   w            packed in the variant's layout, zero-padded, always signed: w' (u8 weights were shifted by 128 while packing).
 *   constants    words: first the COLUMN_ tables of prelude/gemm_params, one entry an output channel (all groups in a row, not padded between groups);
 *                then tap_sums[tap][columns_plane] from word `tap_sums_offset`: sum over the group's input channels of w' - group_in * zw';
 *                then the 256 bytes of the table, from byte `table_offset`. A plane has at least 64 words more than output channels, all zero.
 *   residual     8-bit, read only with CONV_RESIDUAL; may be y itself: element for element, before it is written.
 *   y            any of the five output types.
 *   params       product.m = 0 is a launch that must write nothing: it makes the runtime compile. No return before a barrier.
 *
 * Strides count elements; dimension 0 is depth, 1 rows, 2 pixels of a row; a convolution of fewer dimensions has extents of 1 in the outer ones.
 * The address of x at image n, position d, h, w, channel c is x_offset + n * x_batch_stride + d * x_step[0] + h * x_step[1] + w * x_step[2] + c * x_channel_step.
 *
 *   acc = sum over present taps of x'w' + columns[BASE] - zw' * (sum over present taps of x') (GEMM_USE_ROW_SUMS) + za' * (sum over absent taps of tap_sums)
 *
 * where za' = product.a_zero. A tap is absent where it falls outside of x or, in a transposed convolution, between its pixels; a kernel may instead read an
 * absent tap as x' = za' and count it as present: the sum is the same. Intermediate sums may wrap. */
#define CONV_TABLE 1            /* q = table[q as u8] */
#define CONV_RESIDUAL 2         /* q = clamp(rne((sq * (q - zq) + sr * (r - zr)) / ss) + zs), after the table */
#define CONV_TRANSPOSED 4
#define CONV_CHANNELS_LAST 8    /* x, y and the residual, where there is one, have a channel step of 1 */
#define CONV_SMALL_MULTIPLIERS 16 /* rule FLOAT_EVEN to 8 bits, every multiplier below 1 */
#define CONV_RESIDUAL_SIGNED 32 /* r is s8 */

typedef struct conv_params {
    gemm_params product;        /* Of the epilogue (columns_plane, flags [GEMM_USE_ROW_SUMS, GEMM_FLOAT_BIAS, GEMM_CLAMP], out, rule, zero_point, low, high,
                                 * clamp_min, clamp_max); counts_begun, claims, units and rows_first, a_flip and a_zero as in a GEMM. m: output pixels of all images, n: output channels,
                                 * k: taps * group_in. The rest is 0 */
    clq_ulong x_offset;         /* bytes */
    clq_ulong x_batch_stride, x_step[3], x_channel_step;
    clq_ulong y_offset;         /* elements of y's type, as all of y */
    clq_ulong y_batch_stride, y_step[3], y_channel_step;
    clq_ulong residual_offset;
    clq_ulong residual_batch_stride, residual_step[3], residual_channel_step;
    clq_ulong tap_sums_offset;  /* words in constants */
    clq_ulong table_offset;     /* bytes in constants */
    clq_int batch;              /* images */
    clq_int groups, group_in, group_out; /* channels of one group */
    clq_int input[3], output[3], window[3], taps; /* window: extents of the kernel */
    clq_int stride[3], dilation[3], pad[3]; /* pad: at the beginning; what is missing at the end follows from the extents */
    clq_int flags;              /* CONV_* */
    clq_int pad_word;           /* za as x stores it (before a_flip), in each of four bytes */
    clq_int q_zero, r_zero, sum_zero; /* zq, zr, zs */
    clq_int sum_low, sum_high;
    clq_float q_scale, r_scale, sum_scale; /* sq, sr, ss: each in 2^-100 .. 2^100 */
} conv_params;
