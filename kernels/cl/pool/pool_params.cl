/* SPDX-License-Identifier: Apache-2.0 */
/* Parameters of the pooling kernels, and what a window's taps become. Compiled twice, like op/op_params: the struct in C too. Bytes are unsigned in the
 * kernels: q ^ flip, so that x_zero, y_zero, low and high are shifted by flip as well. Spatial axes are always three, outermost first. */
#define POOL_AXES 3
#define POOL_N 0                /* indices of strides: image, channel, then the axes */
#define POOL_C 1
#define POOL_S 2

/* How the float rule's or the quotient's average of `inside` taps comes from their sum in 16-bit integers, exactly (host/pool/pool_form.c):
 *
 *   t = (sum << up) + bias, q = t * multiplier >> 16 >> down
 *   has_ties: q = (t + ((q ^ odd) & 1)) * multiplier >> 16 >> down       a lower neighbour that is odd becomes the upper one, if there is a tie
 *   result = q + add, as a signed number, which is limited to low .. high where `clamps` */
#define POOL_FORMS 6

typedef struct pool_form {
    clq_int inside, padded;     /* the windows that it serves */
    clq_int up, bias, multiplier, down, add, has_ties, odd, clamps;
} pool_form;

typedef struct pool_params {
    op_head head;               /* buffers: x, y, tables */
    clq_ulong x_stride[5], y_stride[5];
    clq_ulong tap_step[POOL_AXES];  /* elements of x between taps: stride times dilation */
    clq_ulong windows[POOL_AXES];   /* words from the tables' first to each axis's windows, three words each: first tap, taps inside, taps inside padding */
    clq_ulong prefetch_ahead;   /* pool_channels: bytes from a window to the first row that the next row of y reads for the first time; pool_bands: from unit to unit */
    clq_ulong units, chunk;     /* vector kernels: rows times blocks of channels or planes; how many a work-group makes */
    clq_int batch, channels, output[POOL_AXES];
    clq_int channel_blocks, channel_block;  /* vector kernels */
    clq_int streams;            /* pool_channels: y is too large for the caches */
    clq_int slides;             /* pool_channels: averages three columns wide, a step of one */
    clq_int prefetch_rows, prefetch_columns;   /* rows of that, and pixels of each */
    clq_int is_max, has_map, half_away, include_pad, channels_last;
    clq_int flip;               /* 0x80 for s8, else 0 */
    clq_int x_zero, y_zero, low, high;
    clq_int full_count;         /* taps of a window that is cut by nothing, whose multiplier is: */
    clq_float multiplier;
    clq_float x_scale, y_scale;
    clq_int form_count;
    pool_form forms[POOL_FORMS];
    clq_int span, column_step, column_dilation; /* pool_planes: taps along a row, and the steps of windows and taps */
    clq_int width, left, line_end;              /* of x; of the padding before it; of what the windows of a row reach */
    clq_int band, bands, pitch, row_dilation;   /* pool_bands: rows of y of a unit, units of a plane, bytes from row to row of the copy */
    clq_int is_whole;                           /* one window covers each row */
    clq_int whole_begin, whole_end;             /* windows of a row that are cut by nothing */
} pool_params;
