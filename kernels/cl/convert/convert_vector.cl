/* SPDX-License-Identifier: Apache-2.0 */
/* Conversions on a CPU (with convert/convert_float_lanes and convert/convert_integer_lanes before it): a work-group of one work-item makes a chunk of y, 16
 * elements at a time where x and y are contiguous and the values are constant or contiguous too. The device's division is correctly
 * rounded. */
/* What a run needs of the params, read once: the compiler cannot know that y does not overlap them. */
typedef struct convert_run_state {
    __global const uchar *x;
    __global uchar *y;
    __global const int *x_values, *y_values;   /* those of the run's first element; zero points a plane behind */
    ulong x_plane, y_plane;
    ulong x_place, y_place;
    int x_type, y_type;
    int f8_overflow;
    bool x_varies, y_varies, streams;
    float low, high;
    float16 x_scale, x_zero, y_scale, y_low, y_high;   /* where they do not vary; limits less the zero point */
    short16 y_zero;
} convert_run_state;

/* Integers as floats; s32 is rounded, the others are exact. */
INLINED void load_integers(const convert_run_state *r, ulong place, int number, float16 *value)
{
    __global const uchar *x = r->x;
    if (r->x_type == CONVERT_U8) EACH(value[v] = convert_float16(LOAD16(uchar, x + place + 16 * v)))
    else if (r->x_type == CONVERT_S8) EACH(value[v] = convert_float16(LOAD16(char, x + place + 16 * v)))
    else if (r->x_type == CONVERT_S16) EACH(value[v] = convert_float16(LOAD16(short, x + 2 * (place + 16 * v))))
    else if (r->x_type == CONVERT_S32) EACH(value[v] = convert_float16(LOAD16(int, x + 4 * (place + 16 * v))))
    else if (r->x_type == CONVERT_U4) EACH(value[v] = convert_float16(as_int16(as_uint16(load_nibbles(x + place / 2 + 8 * v)) >> 28)))
    else EACH(value[v] = convert_float16(load_nibbles(x + place / 2 + 8 * v) >> 28))
}

INLINED void store_integers(const convert_run_state *r, ulong place, int number, const int16 *q, const short16 *zero)
{
    __global uchar *y = r->y;
    if (r->y_type == CONVERT_S16) {
        EACH(store_shorts(y, place + 16 * v, convert_short16(q[v]) + zero[v], r->streams))
    } else if (!is_nibble_type(r->y_type)) {
        if (r->streams) EACH(STREAM16(uchar, y + place + 16 * v, convert_uchar16(q[v]) + convert_uchar16(zero[v])))
        else EACH(STORE16(uchar, y + place + 16 * v, convert_uchar16(q[v]) + convert_uchar16(zero[v])))
    } else {
        EACH(store_nibbles(y + place / 2 + 8 * v, convert_uchar16(q[v]) + convert_uchar16(zero[v])))
    }
}

/* bf16 and the 8-bit floats by calls, so that their constants take no registers from the others. */
static __attribute__((noinline)) void load_small_floats(const convert_run_state *r, ulong place, int number, float16 *value)
{
    for (int v = 0; v < number; v++) load_floats(r->x, r->x_type, place + 16 * v, 1, value + v);
}

static __attribute__((noinline)) void store_small_floats(const convert_run_state *r, ulong place, int number, const float16 *value)
{
    for (int v = 0; v < number; v++) store_floats(r->y, r->y_type, place + 16 * v, 1, value + v, r->f8_overflow, r->streams);
}

/* Elements i .. i + 16 * number of the run. */
INLINED void convert_vectors(const convert_run_state *r, uint i, int number)
{
    float16 real[4], small[4];
    int16 q[4];
    short16 zeros[4];
    const ulong from = r->x_place + i, to = r->y_place + i;
    if (r->x_type == CONVERT_F32) {
        EACH(real[v] = LOAD16(float, r->x + 4 * (from + 16 * v)))
    } else if (r->x_type == CONVERT_F16) {
        EACH(real[v] = load_halves(r->x, from + 16 * v))
    } else if (is_float_type(r->x_type)) {
        load_small_floats(r, from, number, small);
        EACH(real[v] = small[v])
    } else {
        load_integers(r, from, number, real);
        if (!r->x_varies) EACH(real[v] = r->x_scale * (real[v] - r->x_zero))
        else EACH(real[v] = as_float16(LOAD16(int, r->x_values + i + 16 * v)) * (real[v] - convert_float16(LOAD16(int, r->x_values + r->x_plane + i + 16 * v))))
    }
    if (r->y_type == CONVERT_F32) {
        if (r->streams) EACH(STREAM16(float, r->y + 4 * (to + 16 * v), real[v]))
        else EACH(STORE16(float, r->y + 4 * (to + 16 * v), real[v]))
    } else if (r->y_type == CONVERT_F16) {
        EACH(store_shorts(r->y, to + 16 * v, round_to_halves(real[v]), r->streams))
    } else if (is_float_type(r->y_type)) {
        EACH(small[v] = real[v])
        store_small_floats(r, to, number, small);
    } else {
        if (!r->y_varies) EACH(zeros[v] = r->y_zero; q[v] = quantize_sixteen(real[v], r->y_scale, r->y_low, r->y_high))
        else EACH(const int16 zero = LOAD16(int, r->y_values + r->y_plane + i + 16 * v);
                  q[v] = quantize_sixteen(real[v], as_float16(LOAD16(int, r->y_values + i + 16 * v)), r->low - convert_float16(zero),
                                          r->high - convert_float16(zero));
                  zeros[v] = convert_short16(zero))
        store_integers(r, to, number, q, zeros);
    }
}

/* What convert_lines does of `count` elements from `begin` on. */
static inline uint lines_of_run(const convert_run_state *r, uint begin, uint count)
{
    if (is_nibble_type(r->x_type)) return 0;
    const ulong to = r->y_place + begin;
    const line_conversion lines = {r->x + (r->x_place + begin) * bytes_of_type(r->x_type),
                                   r->y + (is_nibble_type(r->y_type) ? to / 2 : to * bytes_of_type(r->y_type)),
                                   r->x_type, r->y_type, r->x_scale.s0, r->y_scale.s0, r->x_values[r->x_plane], r->y_values[r->y_plane],
                                   (int)r->low, (int)r->high, r->streams};
    return r->y_varies ? convert_lines_each(&lines, r->y_values + begin, r->y_plane, count) : convert_lines(&lines, count);
}

/* The whole sixteens of begin .. end; returns where they end. A function of its own, so that its constants stay in registers. */
static __attribute__((noinline)) uint convert_run(const convert_params *params, const convert_buffers *b, const convert_part *part, const ulong *step, uint begin, uint end)
{
    convert_run_state r = {b->x, b->y, b->x_values + part->x_value, b->y_values + part->y_value, params->x_plane, params->y_plane, part->x, part->y,
                           params->x_type, params->y_type, params->f8_overflow, step[CONVERT_X_VALUE] != 0, step[CONVERT_Y_VALUE] != 0, params->streams != 0, (float)params->low,
                           (float)params->high, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0};
    r.x_scale = as_float(r.x_values[0]);
    r.x_zero = (float)r.x_values[r.x_plane];
    r.y_scale = as_float(r.y_values[0]);
    r.y_zero = (short)r.y_values[r.y_plane];
    r.y_low = r.low - (float)r.y_values[r.y_plane];
    r.y_high = r.high - (float)r.y_values[r.y_plane];
    uint i = begin;
    if (!r.x_varies) i += lines_of_run(&r, begin, end - begin);
    for (; i + 64 <= end; i += 64) convert_vectors(&r, i, 4);
    for (; i + 16 <= end; i += 16) convert_vectors(&r, i, 1);
    return i;
}

/* Elements until y's address allows streaming of whole vectors, or a nibble begins a byte. */
static inline uint elements_ahead(const convert_params *p, const convert_buffers *b, const convert_part *part)
{
    const int type = p->y_type;
    const uint size = bytes_of_type(type);
    if (is_nibble_type(type)) return (uint)(part->y & 1);
    if (p->streams == 0) return is_nibble_type(p->x_type) ? (uint)(part->x & 1) : 0;
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
            const bool is_whole = !is_nibble_type(p.x_type) || ((part.x + begin) & 1) == 0; /* x's nibbles begin a byte too */
            convert_few(&p, &buffers, &part, step, 0, begin);
            const uint end = is_whole ? convert_run(&p, &buffers, &part, step, begin, part.count) : begin;
            convert_few(&p, &buffers, &part, step, end, part.count);
            done += part.count;
        }
        nest_advance(&p.nest, &w, run);
    }
}
