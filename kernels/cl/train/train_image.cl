/* SPDX-License-Identifier: Apache-2.0 */
/* The copy of what a rectangle's windows see. IMAGE_FLOATS: its most elements.
 *
 * What takes a local array is inlined by force: mixed/mixed_tile says why. */
#if !defined(IMAGE_FLOATS) || !defined(MOST_PIXELS)
#error "IMAGE_FLOATS and MOST_PIXELS must be defined"
#endif
#define INLINED_LOCAL static inline __attribute__((always_inline))
typedef float float4_anywhere __attribute__((ext_vector_type(4), aligned(4)));

typedef struct image_rectangle {
    int first[2], size[2];   /* of the grid */
    int width;               /* pixels of a row of the copy */
} image_rectangle;

INLINED_LOCAL image_rectangle rectangle_of(const train_grid *g, int block)
{
    image_rectangle r;
    r.first[0] = block / g->blocks_across * g->block[0];
    r.first[1] = block % g->blocks_across * g->block[1];
    for (int d = 0; d < 2; d++) r.size[d] = min(g->block[d], g->grid[d] - r.first[d]);
    r.width = (g->block[1] - 1) * g->step[1] + g->reach[1];
    return r;
}

INLINED_LOCAL void copy_floats(__local float *to, __global const float *from, int count)
{
    int i = 0;
    for (; i + 16 <= count; i += 16) *(__local float16_anywhere *)(to + i) = LOAD16(float, from + i);
    for (; i < count; i++) to[i] = from[i];
}

INLINED_LOCAL void clear_floats(__local float *to, int count)
{
    int i = 0;
    for (; i + 16 <= count; i += 16) *(__local float16_anywhere *)(to + i) = 0.0f;
    for (; i < count; i++) to[i] = 0.0f;
}

/* `source`: the image's first pixel and the group's first channel. */
INLINED_LOCAL void copy_image(const train_grid *g, const image_rectangle *r, __global const float *source, __local float *image)
{
    const int channels = g->group_source, rows = (r->size[0] - 1) * g->step[0] + g->reach[0], row = r->width * channels;
    const int first_row = g->origin[0] + r->first[0] * g->step[0], first_column = g->origin[1] + r->first[1] * g->step[1];
    const int columns = (r->size[1] - 1) * g->step[1] + g->reach[1];
    const int begin = min(max(-first_column, 0), columns), end = max(min(columns, g->source[1] - first_column), begin);
    for (int i = 0; i < rows; i++) {
        __local float *to = image + i * row;
        const bool is_inside = (uint)(first_row + i) < (uint)g->source[0];
        if (!is_inside) {
            clear_floats(to, columns * channels);
            continue;
        }
        __global const float *from = source + ((ulong)(first_row + i) * g->source[1] + first_column + begin) * g->source_channels;
        clear_floats(to, begin * channels);
        clear_floats(to + end * channels, (columns - end) * channels);
        if (channels == g->source_channels) {
            copy_floats(to + begin * channels, from, (end - begin) * channels);
            continue;
        }
        for (int j = 0; j < end - begin; j++) copy_floats(to + (begin + j) * channels, from + (ulong)j * g->source_channels, channels);
    }
}
