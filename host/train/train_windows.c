/* SPDX-License-Identifier: Apache-2.0 */
#include "train/train_windows.h"

static int64_t ceiling(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

clq_train_axis clq_train_axis_forward(const clq_train_conv_problem *p, int d)
{
    return (clq_train_axis){.grid = p->output[d], .step = p->stride[d], .origin = -p->pad[d], .reach = (p->kernel[d] - 1) * p->dilation[d] + 1,
                            .place_step = 1,
                            .tap_next = 1, .taps = p->kernel[d], .spacing = p->dilation[d]};
}

static int64_t common_divisor(int64_t a, int64_t b)
{
    return b == 0 ? a : common_divisor(b, a % b);
}

/* Pixel r + q * stride of dx is read by tap t of the window at (r + q * stride + pad - t * dilation) / stride, where that is whole. */
clq_train_axis clq_train_axis_by_data(const clq_train_conv_problem *p, int d, int64_t place)
{
    const int64_t stride = p->stride[d], dilation = p->dilation[d], next = stride / common_divisor(stride, dilation);
    clq_train_axis axis = {.grid = place < p->input[d] ? ceiling(p->input[d] - place, stride) : 0, .step = 1, .reach = 1, .place = place,
                           .place_step = stride, .spacing = 1};
    int64_t first = 0;
    while (first < next && (place + p->pad[d] - first * dilation) % stride) first++;
    if (first >= next || first >= p->kernel[d]) return axis;
    axis.taps = (p->kernel[d] - 1 - first) / next + 1;
    axis.tap_first = first + (axis.taps - 1) * next;
    axis.tap_next = -next;
    axis.origin = (place + p->pad[d] - axis.tap_first * dilation) / stride;
    axis.spacing = next * dilation / stride;
    axis.reach = (axis.taps - 1) * axis.spacing + 1;
    return axis;
}

typedef struct rectangle_search {
    const clq_train_shape *shape;
    const clq_train_axis *axes;
    int64_t channels, images;          /* images: of all groups */
    int64_t units;
    clq_train_clocks clocks;
    const void *context;
} rectangle_search;

static int64_t copied(const rectangle_search *s, int64_t rows, int64_t columns)
{
    return ((rows - 1) * s->axes[0].step + s->axes[0].reach) * ((columns - 1) * s->axes[1].step + s->axes[1].reach) * s->channels;
}

static bool fits(const rectangle_search *s, int64_t rows, int64_t columns)
{
    const int64_t limit = s->shape->image_floats, height = (rows - 1) * s->axes[0].step + s->axes[0].reach,
        width = (columns - 1) * s->axes[1].step + s->axes[1].reach;
    return rows * columns <= s->shape->most_pixels && s->channels <= limit && height <= limit && width <= limit / height
        && s->channels <= limit / (height * width);
}

/* Of all images: whole rectangles, and those at the ends of rows and columns. */
static double clocks_of(const rectangle_search *s, int64_t rows, int64_t columns)
{
    const int64_t down = s->axes[0].grid / rows, across = s->axes[1].grid / columns, last_rows = s->axes[0].grid % rows,
        last_columns = s->axes[1].grid % columns;
    double sum = (double)(down * across) * s->clocks(s->context, rows * columns, copied(s, rows, columns));
    if (last_rows) sum += (double)across * s->clocks(s->context, last_rows * columns, copied(s, last_rows, columns));
    if (last_columns) sum += (double)down * s->clocks(s->context, rows * last_columns, copied(s, rows, last_columns));
    if (last_rows && last_columns) sum += s->clocks(s->context, last_rows * last_columns, copied(s, last_rows, last_columns));
    const int64_t blocks = ceiling(s->axes[0].grid, rows) * ceiling(s->axes[1].grid, columns) * s->images;
    const double idle = s->units ? (double)(ceiling(blocks, s->units) * s->units) / (double)blocks : 1.0;
    return idle * (double)s->images * sum;
}

/* The next larger extent that cuts a grid into fewer pieces. */
static int64_t next_extent(int64_t grid, int64_t extent)
{
    const int64_t pieces = ceiling(grid, extent);
    return pieces == 1 ? grid + 1 : ceiling(grid, pieces - 1);
}

static void set_grid(const clq_train_axis axes[2], const int64_t block[2], train_grid *grid)
{
    for (int d = 0; d < 2; d++) {
        grid->grid[d] = (clq_int)axes[d].grid;
        grid->step[d] = (clq_int)axes[d].step;
        grid->origin[d] = (clq_int)axes[d].origin;
        grid->reach[d] = (clq_int)axes[d].reach;
        grid->block[d] = (clq_int)block[d];
    }
    grid->blocks_across = (clq_int)ceiling(axes[1].grid, block[1]);
    grid->blocks = (clq_int)(ceiling(axes[0].grid, block[0]) * grid->blocks_across);
}

bool clq_train_choose_rectangle(const clq_train_shape *shape, const clq_train_conv_problem *problem, const clq_train_axis axes[2], clq_train_clocks clocks,
                                const void *context,
                                int64_t units, train_grid *grid, double *all_clocks)
{
    const bool by_data = problem->kind == CLQNN_TRAIN_BY_DATA;
    const int64_t channels = by_data ? problem->output_channels : problem->channels, *source = by_data ? problem->output : problem->input;
    const rectangle_search search = {shape, axes, channels / problem->groups, problem->batch * problem->groups, units, clocks, context};
    int64_t best[2] = {0, 0};
    *grid = (train_grid){.source = {(clq_int)source[0], (clq_int)source[1]}, .source_channels = (clq_int)channels, .group_source = (clq_int)search.channels,
                         .groups = (clq_int)problem->groups};
    for (int64_t rows = 1; rows <= axes[0].grid && fits(&search, rows, 1); rows = next_extent(axes[0].grid, rows)) {
        for (int64_t columns = 1; columns <= axes[1].grid && fits(&search, rows, columns); columns = next_extent(axes[1].grid, columns)) {
            const double sum = clocks_of(&search, rows, columns);
            if (best[0] && sum >= *all_clocks) continue;
            *all_clocks = sum;
            best[0] = rows;
            best[1] = columns;
        }
    }
    if (!best[0] || ceiling(axes[0].grid, best[0]) * ceiling(axes[1].grid, best[1]) > INT32_MAX / problem->batch) return false;
    set_grid(axes, best, grid);
    return true;
}
