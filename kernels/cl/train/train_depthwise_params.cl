/* SPDX-License-Identifier: Apache-2.0 */
/* Scalars of the depthwise convolutions in training on CPUs, one result a channel; compiled on both sides as op/op_params is. After
 * train/train_window_params, whose grids these are: forward and by data pixel q of a grid reads source q * step + origin + tap * spacing. By weight pixels
 * are y's and the source is x. */
#define DEPTHWISE_MOST_TAPS 64

typedef struct train_depthwise_params {
    op_head head;                    /* forward and by data: source, weights [tap][row], bias (the source again), target. By weight: x, dy, the workspace */
    clq_ulong source_image, target_image;
    clq_int source[2], grid[2], step[2], origin[2], spacing[2], taps[2];
    clq_int target_width, place[2], place_step[2];
    clq_int channels, row;           /* row: channels padded to whole panels */
    clq_int lines;                   /* of a work-group; by weight of all images */
    clq_int all_lines;               /* by weight */
    clq_int has_bias;
    clq_int unused;
} train_depthwise_params;
