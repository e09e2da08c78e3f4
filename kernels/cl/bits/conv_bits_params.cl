/* SPDX-License-Identifier: Apache-2.0 */
/* The contract between the host and every kernel of a convolution of bits, compiled on both sides as bits/bits_params.cl is, which comes before it and whose
 * modes, planes and epilogue these are.
 *
 *   kernel(x, weights, bases, tables, residual, row_scales, y, begun, params)
 *
 *   x            pixels of words: word `group * x_planes + plane` holds a plane of 32 channels; spatial arrays are depth, rows, pixels
 *   weights      output channel o, word w of a tap, plane p at word o / 32 * w_panel + o % 32 + (tap * tap_words + w) * w_word + p * w_plane
 *   bases        planes of columns_plane words, s32: [0][o] is bias and constants of output channel o; with has_edges [1 + tap][o] is what a tap that meets
 *                words of 0 adds and a tap outside the image must not
 *   tables       as of a product, a column an output channel
 *   row_scales   f32, one an output pixel, images behind each other
 *   y            elements, or words of planes
 *
 *   acc[pixel][o] = factor * s + tables[ZERO][o] * r + bases[0][o] - sum of bases[1 + tap][o] over the taps outside the image      modulo 2^32
 *
 *   s, r as in bits/bits_params.cl, over the words of all taps; outside the image x's words are 0. */
typedef struct conv_bits_params {
    op_head head;
    bits_epilogue epilogue;                  /* n is out_channels */
    clq_ulong x_batch, x_step[3];            /* words */
    clq_ulong w_panel, w_word, w_plane;      /* words */
    clq_ulong y_batch, y_pixel;              /* elements; of a y of planes words */
    clq_ulong residual_batch, residual_pixel;
    clq_ulong own_table;                     /* bytes before a variant's own table, in the buffer of tables */
    clq_int groups, group_in, group_out;
    clq_int tap_words;                       /* groups of 32 input channels of a tap */
    clq_int pixels, taps;                    /* of an output image, of a window */
    clq_int input[3], output[3], window[3], stride[3], dilation[3], pad[3];
    clq_int transposed;
    clq_int mode, factor;
    clq_int x_planes, w_planes;
    clq_int x_weights[BITS_PLANES], w_weights[BITS_PLANES], row_weights[BITS_PLANES];
    clq_int has_row_sums, has_edges;
    clq_int skips_outside;                   /* taps outside add nothing: words of 0 may be left out */
    clq_int block[3];                        /* a variant's own */
} conv_bits_params;
