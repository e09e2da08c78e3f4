/* SPDX-License-Identifier: Apache-2.0 */
/* How CPU kernels see a convolution in training: grids, the taps that their pixels read, and rectangles. Pure. */
#ifndef CLQ_TRAIN_WINDOWS_H
#define CLQ_TRAIN_WINDOWS_H

#include "train/train_problem.h"
#include "train/train_window_params.cl"

#define CLQ_TRAIN_MOST_STRIDE 8   /* by data: phases of a dimension */

/* What a row's kernels are compiled with. */
typedef struct clq_train_shape {
    int32_t tile_rows, tile_panels, weight_rows;
    int32_t image_floats, most_pixels;
    double products_a_clock;          /* of a core, at best */
} clq_train_shape;

/* One dimension of a grid. Taps are in the order of the source pixels that they read, which are `spacing` apart. */
typedef struct clq_train_axis {
    int64_t grid, step, origin, reach, place, place_step, tap_first, tap_next, taps, spacing;
} clq_train_axis;

clq_train_axis clq_train_axis_forward(const clq_train_conv_problem *problem, int d);

/* Pixels place, place + stride, ... of dx; grid 0 where there are none, taps 0 where no window holds any. */
clq_train_axis clq_train_axis_by_data(const clq_train_conv_problem *problem, int d, int64_t place);

/* Clocks of a rectangle of that many pixels. */
typedef double (*clq_train_clocks)(const void *context, int64_t pixels, int64_t image_floats);

/* The rectangle of least clocks for all images, idle cores counted where units is not 0, and the grid's fields but for source_image. False where none fits. */
bool clq_train_choose_rectangle(const clq_train_shape *shape, const clq_train_conv_problem *problem, const clq_train_axis axes[2], clq_train_clocks clocks,
                                const void *context,
                                int64_t units, train_grid *grid, double *all_clocks);

#endif
