/* SPDX-License-Identifier: Apache-2.0 */
/* Conversions element by element (after convert/convert_real). A work-item's chunk is an even number of elements, so that
 * each byte of an s4 or u4 y has one writer. */
static inline void store_real(__global uchar *y, ulong place, float real, float scale, int zero, const convert_params *p)
{
    const int type = p->y_type;
    if (is_float_type(type)) {
        store_float(y, place, type, real, p->f8_overflow);
    } else {
        store_integer(y, place, type, quantize_real(real, scale, zero, p->low, p->high));
    }
}

/* Elements of a run that have the same blocks: part of the innermost loop. */
typedef struct convert_part {
    ulong x, y;              /* places of the first element */
    ulong x_value, y_value;  /* and numbers of its values */
    uint count;
} convert_part;

/* Elements from `index` on that have the same block. */
static inline uint block_left(ulong index, ulong step, ulong block, uint run)
{
    return block && step ? (uint)min((ulong)run, block - index % block) : run;
}

/* The part that begins `done` elements after w's place and ends at `run` or before. */
static inline convert_part next_part(const convert_params *p, const nest_walk *w, const ulong *step, uint done, uint run)
{
    const ulong axis_x = w->at[CONVERT_X_AXIS] + done * step[CONVERT_X_AXIS], axis_y = w->at[CONVERT_Y_AXIS] + done * step[CONVERT_Y_AXIS];
    convert_part part;
    part.count = block_left(axis_x, step[CONVERT_X_AXIS], p->x_block, block_left(axis_y, step[CONVERT_Y_AXIS], p->y_block, run - done));
    part.x = w->at[CONVERT_X] + done * step[CONVERT_X];
    part.y = w->at[CONVERT_Y] + done * step[CONVERT_Y];
    part.x_value = w->at[CONVERT_X_VALUE] + done * step[CONVERT_X_VALUE] + (p->x_block ? axis_x / p->x_block * p->x_block_step : 0);
    part.y_value = w->at[CONVERT_Y_VALUE] + done * step[CONVERT_Y_VALUE] + (p->y_block ? axis_y / p->y_block * p->y_block_step : 0);
    return part;
}

/* The buffers, moved to where their regions begin. */
typedef struct convert_buffers {
    __global const uchar *x;
    __global const int *x_values, *y_values;
    __global uchar *y;
} convert_buffers;

#define CONVERT_BUFFERS(p) \
    {x + (p).head.offset[0], (__global const int *)(x_values + (p).head.offset[1]), (__global const int *)(y_values + (p).head.offset[2]), y + (p).head.offset[3]}

/* Elements `begin` .. `end` of a part, one by one. */
static void convert_few(const convert_params *p, const convert_buffers *b, const convert_part *part, const ulong *step, uint begin, uint end)
{
    for (uint i = begin; i < end; i++) {
        const ulong from = part->x_value + i * step[CONVERT_X_VALUE], to = part->y_value + i * step[CONVERT_Y_VALUE];
        const float real = load_real(b->x, part->x + i * step[CONVERT_X], p->x_type, as_float(b->x_values[from]), b->x_values[p->x_plane + from]);
        store_real(b->y, part->y + i * step[CONVERT_Y], real, as_float(b->y_values[to]), b->y_values[p->y_plane + to], p);
    }
}
