/* SPDX-License-Identifier: Apache-2.0 */
/* The contract between the host and every kernel of a convolution of floats, compiled on both sides as mixed/mixed_params.cl is, which comes before it.
 *
 *   kernel(x, weights, tables, residual, y, begun, params)
 *
 *   x, residual, y   strides in elements; spatial arrays are depth, rows, pixels
 *   weights          matrices of taps * group_in rows, tap by tap, in the variant's layout: one a group of output channels; one of all channels where a
 *                    group has one input channel
 *   tables           as of a product, a column an output channel; 16 may be read from any channel on */
typedef struct conv_mixed_params {
    op_head head;
    mixed_params sum;                        /* what follows a sum: types, scale, bias, activation, clamp; block_rows and block_columns */
    clq_ulong x_batch, x_step[3], x_channel;
    clq_ulong y_batch, y_pixel, y_channel;
    clq_ulong residual_batch, residual_pixel, residual_channel;
    clq_ulong matrix;                        /* elements from a packed matrix to the next */
    clq_int matrix_columns;                  /* output channels of each */
    clq_int groups, group_in, group_out;
    clq_int pixels, taps;                    /* of an output image, of a window */
    clq_int input[3], output[3], window[3], stride[3], dilation[3], pad[3];
    clq_int transposed;
    clq_int run;                             /* panels, or lines, of a work-item */
    clq_int joined_taps;                     /* taps of a line and their channels lie side by side in x, and are few */
    clq_int pitch;                           /* floats of a line in local memory */
} conv_mixed_params;
