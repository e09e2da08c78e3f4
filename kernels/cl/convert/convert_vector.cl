/* SPDX-License-Identifier: Apache-2.0 */
/* Conversions on a CPU: a work-group of one work-item makes a chunk of y, 16 elements at a time where x and y are contiguous and the values are constant or
 * contiguous too. The device's division is correctly rounded. */
#define MAGIC 12582912.0f   /* 1.5 * 2^23: adding it rounds |x| <= 2^22 to the nearest even integer, which then stands in the low bits */
#define INLINED static inline __attribute__((always_inline))

typedef uchar8 uchar8_anywhere __attribute__((aligned(1)));

INLINED float16 values_scale(__global const int *values, ulong number, ulong step)
{
    return step ? as_float16(LOAD16(int, values + number)) : (float16)as_float(values[number]);
}

INLINED float16 values_zero(__global const int *values, ulong plane, ulong number, ulong step)
{
    return convert_float16(step ? LOAD16(int, values + plane + number) : (int16)values[plane + number]); /* exact: at most 16 bits */
}

/* Sixteen nibbles, the first in the low bits of the first byte. */
INLINED uchar16 load_nibbles(__global const uchar *bytes)
{
    const uchar8 pairs = *(__global const uchar8_anywhere *)bytes, low = pairs & (uchar)15, high = pairs >> (uchar8)4;
    return (uchar16)(low.s0, high.s0, low.s1, high.s1, low.s2, high.s2, low.s3, high.s3, low.s4, high.s4, low.s5, high.s5, low.s6, high.s6, low.s7, high.s7);
}

/* Integers as floats; s32 is rounded, the others are exact. */
INLINED float16 load_integers(__global const uchar *x, ulong place, int type)
{
    if (type == CONVERT_U8) return convert_float16(LOAD16(uchar, x + place));
    if (type == CONVERT_S8) return convert_float16(LOAD16(char, x + place));
    if (type == CONVERT_S16) return convert_float16(LOAD16(short, x + 2 * place));
    if (type == CONVERT_S32) return convert_float16(LOAD16(int, x + 4 * place));
    if (type == CONVERT_U4) return convert_float16(load_nibbles(x + place / 2));
    return convert_float16(as_char16(load_nibbles(x + place / 2) ^ (uchar)8) - (char)8);
}

/* NaN becomes the zero point. */
INLINED int16 quantize_sixteen(float16 real, float16 scale, float16 zero, float low, float high)
{
    const float16 limit = scale * 131072.0f; /* beyond any quotient that matters; infinite where the scale is huge */
    const float16 number = real == real ? real : 0.0f;
    const float16 above = number > -limit ? number : -limit;
    const float16 quotient = (above < limit ? above : limit) / scale;
    const float16 rounded = quotient + MAGIC - MAGIC;
    const float16 shifted = rounded + zero;
    const float16 lifted = shifted > low ? shifted : low;
    return convert_int16(lifted < high ? lifted : high);
}

INLINED void store_integers(__global uchar *y, ulong place, int16 q, int type, bool streams)
{
    if (type == CONVERT_S16) {
        const short16 value = convert_short16(q);
        if (streams) STREAM16(short, y + 2 * place, value);
        else STORE16(short, y + 2 * place, value);
    } else if (type < CONVERT_S4) {
        const uchar16 value = convert_uchar16(q & 255);
        if (streams) STREAM16(uchar, y + place, value);
        else STORE16(uchar, y + place, value);
    } else {
        const uchar16 value = convert_uchar16(q & 15);
        *(__global uchar8_anywhere *)(y + place / 2) = value.even | value.odd << (uchar8)4;
    }
}

/* The whole sixteens of begin .. end; returns where they end. A function of its own, so that its constants stay in registers. */
static __attribute__((noinline)) uint convert_run(const convert_params *params, const convert_buffers *b, const convert_part *part, const ulong *step, uint begin, uint end)
{
    const int x_type = params->x_type, y_type = params->y_type;
    const bool from_float = x_type == CONVERT_F32 || x_type == CONVERT_F16, to_float = y_type == CONVERT_F32 || y_type == CONVERT_F16, streams = params->streams;
    const ulong x_step = step[CONVERT_X_VALUE], y_step = step[CONVERT_Y_VALUE], x_plane = params->x_plane, y_plane = params->y_plane;
    const float low = (float)params->low, high = (float)params->high;
    const convert_part at = *part;
    const convert_buffers buffers = *b;
    float16 x_scale = values_scale(buffers.x_values, at.x_value, 0), x_zero = values_zero(buffers.x_values, x_plane, at.x_value, 0);
    float16 y_scale = values_scale(buffers.y_values, at.y_value, 0), y_zero = values_zero(buffers.y_values, y_plane, at.y_value, 0);
    uint i = begin;
    for (; i + 16 <= end; i += 16) {
        float16 real;
        if (x_step) x_scale = values_scale(buffers.x_values, at.x_value + i, 1), x_zero = values_zero(buffers.x_values, x_plane, at.x_value + i, 1);
        if (y_step) y_scale = values_scale(buffers.y_values, at.y_value + i, 1), y_zero = values_zero(buffers.y_values, y_plane, at.y_value + i, 1);
        if (x_type == CONVERT_F32) real = LOAD16(float, buffers.x + 4 * (at.x + i));
        else if (from_float) real = vload_half16(0, (__global const half *)buffers.x + at.x + i);
        else real = x_scale * (load_integers(buffers.x, at.x + i, x_type) - x_zero);
        if (!to_float) {
            store_integers(buffers.y, at.y + i, quantize_sixteen(real, y_scale, y_zero, low, high), y_type, streams);
        } else if (y_type == CONVERT_F16) {
            vstore_half16_rte(real, 0, (__global half *)buffers.y + at.y + i);
        } else if (streams) {
            STREAM16(float, buffers.y + 4 * (at.y + i), real);
        } else {
            STORE16(float, buffers.y + 4 * (at.y + i), real);
        }
    }
    return i;
}

/* Elements until y's address allows streaming of whole vectors, or a nibble begins a byte. */
static inline uint elements_ahead(const convert_params *p, const convert_buffers *b, const convert_part *part)
{
    const int type = p->y_type;
    const uint size = type == CONVERT_F32 ? 4 : type == CONVERT_F16 || type == CONVERT_S16 ? 2 : 1;
    if (type >= CONVERT_S4) return (uint)(part->y & 1);
    if (p->streams == 0) return p->x_type >= CONVERT_S4 ? (uint)(part->x & 1) : 0;
    return (uint)(-(ulong)(b->y + part->y * size) & (16 * size - 1)) / size;
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void convert_vector(__global const uchar *x, __global const uchar *x_values, __global const uchar *y_values,
                                                                           __global uchar *y, OP_COUNT, const convert_params p)
{
    OP_BEGUN();
    const convert_buffers buffers = CONVERT_BUFFERS(p);
    ulong step[WALK_OPERANDS];
    for (int operand = 0; operand < WALK_OPERANDS; operand++) step[operand] = p.nest.stride[operand][OP_RANK - 1];
    const bool is_plain = step[CONVERT_X] == 1 && step[CONVERT_Y] == 1 && step[CONVERT_X_VALUE] <= 1 && step[CONVERT_Y_VALUE] <= 1;
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        for (uint done = 0; done < run;) {
            const convert_part part = next_part(&p, &w, step, done, run);
            const uint begin = is_plain ? min(part.count, elements_ahead(&p, &buffers, &part)) : part.count;
            const bool is_whole = p.x_type < CONVERT_S4 || ((part.x + begin) & 1) == 0; /* x's nibbles begin a byte too */
            convert_few(&p, &buffers, &part, step, 0, begin);
            const uint end = is_whole ? convert_run(&p, &buffers, &part, step, begin, part.count) : begin;
            convert_few(&p, &buffers, &part, step, end, part.count);
            done += part.count;
        }
        nest_advance(&p.nest, &w, run);
    }
}
