/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of the convolutions in training on CPUs, compiled on both sides as op/op_params is. Lengths are elements.
 *
 * Forward and by data are one kernel: pixel [q0][q1] of a grid sees taps of a source image at q * step + a tap's offset. By data the grid is one phase of dx,
 * the pixels of equal remainder by the stride, and the source is dy. By weight the grid is y's, the source x. A rectangle of the grid is made at a time, from
 * a copy of what its windows see with zeros outside the image. */
#define WINDOW_MOST_RUNS 128

typedef struct train_grid {
    clq_ulong source_image;                /* of one image */
    clq_int source[2];                     /* rows, columns */
    clq_int source_channels, group_source; /* of a pixel; of a group */
    clq_int grid[2], step[2];
    clq_int origin[2];                     /* source row and column of the lowest tap at q = 0 */
    clq_int reach[2];                      /* of all taps together */
    clq_int block[2];                      /* of a rectangle; of its copy a row is (block[1] - 1) * step[1] + reach[1] pixels */
    clq_int blocks_across, blocks;         /* of an image */
    clq_int groups;
    clq_int unused;
} train_grid;

typedef struct train_window_params {
    op_head head;                          /* buffers: source, packed weights, bias (the source again where there is none), target */
    train_grid g;
    clq_ulong target_image, packed_group;
    clq_int target_width, target_channels, group_target;
    clq_int place[2], place_step[2];       /* pixel of the target: q * place_step + place */
    clq_int runs, run_length;              /* neighbours in the copy that taps and channels read together */
    clq_int has_bias;
    clq_int run_at[WINDOW_MOST_RUNS];      /* elements from the place of a pixel's lowest tap */
} train_window_params;

/* [group][panel of 16 results][tap row][tap column][channel][16], 0 where there is no result. */
typedef struct train_pack_params {
    op_head head;                          /* buffers: w, the workspace */
    clq_ulong group_step, lane_step, tap_step, channel_step;   /* of w */
    clq_int tap_first[2], tap_next[2], taps[2];                /* those that are packed, in their order */
    clq_int window_width;
    clq_int channels, lanes;               /* of a group: terms of a tap, and results */
    clq_int panels, groups;
    clq_int unused;
} train_pack_params;

/* Parts of dw and dbias: [part][group][terms, and one for dbias][16 * panels]. */
typedef struct train_weight_params {
    op_head head;                          /* buffers: x, dy, the workspace */
    train_grid g;
    clq_ulong y_image;
    clq_int y_width, y_channels, group_out;
    clq_int window[2], dilation[2];
    clq_int panels, panels_each;           /* of a group; of a work-group */
    clq_int rectangles;                    /* of a part */
    clq_int all_rectangles;                /* of all images */
    clq_int unused;
} train_weight_params;

typedef struct train_lanes_params {
    op_head head;                          /* buffers: the workspace, dw, dbias (dw again where there is none) */
    clq_ulong part_stride;
    clq_int parts, groups, terms, panels, group_out;
    clq_int has_bias;
} train_lanes_params;
