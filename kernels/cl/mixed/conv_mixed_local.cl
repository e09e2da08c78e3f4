/* SPDX-License-Identifier: Apache-2.0 */
/* Convolution of floats on GPUs: a work-group of 16 x 16 makes TILE_M pixels x TILE_N output channels of a group, through tiles of TILE_K of its taps and input
 * channels in local memory, of a mixed/local_sums part. What a window sees outside the image is 0. Forward and transposed, any strides. */
#define LOADS (TILE_K * TILE_M / ITEMS)   /* elements of x that a work-item loads for a tile */

/* The output position of a pixel; one that does not exist is the last. */
static inline int3 pixel_position(const conv_mixed_params *p, int pixel)
{
    const int width = max(p->output[2], 1), height = max(p->output[1], 1), there = min(pixel, p->pixels - 1), line = there / width;
    return (int3)(line / height, line % height, there % width);
}

/* What output position `at` sees of row k of the window matrix. */
static inline float window_value(const conv_mixed_params *p, __global const uchar *x, ulong x_first, int3 at, int k)
{
    if (k >= p->taps * p->group_in) return 0.0f;
    const int tap = k / p->group_in, tap_row = tap / p->window[2];
    const int depth = tap_position(p, 0, at.x, tap_row / p->window[1]), row = tap_position(p, 1, at.y, tap_row % p->window[1]);
    const int column = tap_position(p, 2, at.z, tap % p->window[2]);
    if (depth < 0 || row < 0 || column < 0) return 0.0f;
    const ulong place = x_first + depth * p->x_step[0] + row * p->x_step[1] + column * p->x_step[2] + (ulong)(k % p->group_in) * p->x_channel;
    return mixed_load(x, place, p->sum.a_type);
}

__kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1)))
void conv_mixed_local(__global const uchar *x, __global const uchar *weights, __global const uchar *tables, __global const uchar *residual, __global uchar *y,
                      OP_COUNT, const conv_mixed_params p)
{
    __local tile_value x_tile[TILE_K * (TILE_M + TILE_PAD)] __attribute__((aligned(4))), w_tile[TILE_K * (TILE_N + TILE_PAD)] __attribute__((aligned(4)));
    OP_BEGUN();
    const int item = get_local_id(0), tile_x = item % 16, tile_y = item / 16;
    const ulong n = get_group_id(2) / max(p.groups, 1);
    const int group = get_group_id(2) % max(p.groups, 1), first_pixel = get_group_id(1) * TILE_M, first_column = get_group_id(0) * TILE_N;
    const int first_channel = group * p.group_out + first_column, columns = p.group_out - first_column, terms = p.taps * p.group_in;
    const ulong x_first = n * p.x_batch + (ulong)group * p.group_in * p.x_channel;
    const ulong w_first = (ulong)(first_channel / max(p.matrix_columns, 1)) * p.matrix + first_channel % max(p.matrix_columns, 1);
    /* neighbouring items read neighbouring elements: channels of a pixel, or pixels of a channel */
    const bool is_last = p.x_channel == 1;
    const int pixel_first = is_last ? item / TILE_K : item % TILE_M, pixel_step = is_last ? ITEMS / TILE_K : 0;
    const int k_first = is_last ? item % TILE_K : item / TILE_M, k_step = is_last ? 0 : ITEMS / TILE_M;
    int3 at[LOADS];
    float sums[ITEM_ROWS][ITEM_COLUMNS];
    #pragma unroll
    for (int i = 0; i < LOADS; i++) at[i] = pixel_position(&p, first_pixel + pixel_first + i * pixel_step);
    #pragma unroll
    for (int i = 0; i < ITEM_ROWS; i++) {
        #pragma unroll
        for (int j = 0; j < ITEM_COLUMNS; j++) sums[i][j] = 0.0f;
    }
    for (int k = 0; k < terms; k += TILE_K) {
        #pragma unroll
        for (int i = 0; i < LOADS; i++) {
            const int row = k_first + i * k_step;
            const float value = window_value(&p, x + p.head.offset[0], x_first, at[i], k + row);
            x_tile[row * (TILE_M + TILE_PAD) + pixel_first + i * pixel_step] = (tile_value)value;
        }
        for (int i = item; i < TILE_K * TILE_N; i += ITEMS) {
            const int row = i / TILE_N, column = i % TILE_N;
            const bool is_there = k + row < terms && column < columns;
            const ulong place = w_first + (ulong)(k + row) * p.matrix_columns + column;
            w_tile[row * (TILE_N + TILE_PAD) + column] = (tile_value)(is_there ? mixed_load(weights + p.head.offset[1], place, p.sum.b_type) : 0.0f);
        }
        barrier(CLK_LOCAL_MEM_FENCE); /* all items read what all have written */
        multiply_tiles(x_tile, w_tile, tile_x, tile_y, sums);
        barrier(CLK_LOCAL_MEM_FENCE); /* before the next tiles overwrite these */
    }
    #pragma unroll 1
    for (int place = 0; place < ITEM_ROWS * ITEM_COLUMNS; place++) {
        const int pixel = first_pixel + TILE_ROW(tile_y, place / ITEM_COLUMNS), column = TILE_COLUMN(tile_x, place % ITEM_COLUMNS), o = first_channel + column;
        if (pixel >= p.pixels || column >= columns) continue;
        mixed_store(&p.sum, (__global const float *)(tables + p.head.offset[2]), residual + p.head.offset[3], y + p.head.offset[4], chosen_sum(sums, place), o,
                    n * p.residual_batch + pixel * p.residual_pixel + o * p.residual_channel, n * p.y_batch + pixel * p.y_pixel + o * p.y_channel);
    }
}
