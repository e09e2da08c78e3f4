/* SPDX-License-Identifier: Apache-2.0 */
/* From one float type to another on a CPU (after convert/convert_float_lanes): a work-group of one work-item makes a chunk of y, 16 elements at a time where x
 * and y are contiguous. Each pair of types has a loop of its own, whose constants stay in registers. */
#define AHEAD 2048   /* bytes of x that are asked for before they are read */

typedef struct float_run {
    __global const uchar *x;
    __global uchar *y;          /* both at the run's first element */
    uint end;
    int f8_overflow;
} float_run;

/* Sixteens from element `i` on; returns where they end. All but r and i are constants of the caller. */
INLINED uint convert_sixteens(const float_run *r, uint i, int x_type, int y_type, bool streams)
{
    const uint wide = 64 / bytes_of_type(x_type);
    __global const uchar *x = r->x;
    __global uchar *y = r->y;
    const uint end = r->end;
    const int rule = r->f8_overflow;
    float16 value[4];
    for (; i + wide <= end; i += wide) { /* a cache line of x */
        __builtin_prefetch((const void *)(ulong)(x + bytes_of_type(x_type) * (ulong)i + AHEAD), 0, 2);
        _Pragma("unroll") for (uint part = 0; part < wide; part += 16) {
            load_floats(x, x_type, i + part, 1, value);
            store_floats(y, y_type, i + part, 1, value, rule, streams);
        }
    }
    for (; i + 16 <= end; i += 16) {
        load_floats(x, x_type, i, 1, value);
        store_floats(y, y_type, i, 1, value, rule, streams);
    }
    return i;
}

#define TO(x_type, y_type) \
    case y_type: return streams ? convert_sixteens(r, begin, x_type, y_type, true) : convert_sixteens(r, begin, x_type, y_type, false);
#define FROM(x_type)                                                                                              \
    static __attribute__((noinline)) uint from_##x_type(const float_run *r, uint begin, int type, bool streams)  \
    {                                                                                                             \
        switch (type) {                                                                                           \
            TO(x_type, CONVERT_F32)                                                                               \
            TO(x_type, CONVERT_F16)                                                                               \
            TO(x_type, CONVERT_BF16)                                                                              \
            TO(x_type, CONVERT_F8E4M3)                                                                            \
            TO(x_type, CONVERT_F8E5M2)                                                                            \
        }                                                                                                         \
        return begin;                                                                                             \
    }
#define FROM_EACH(M) M(CONVERT_F32) M(CONVERT_F16) M(CONVERT_BF16) M(CONVERT_F8E4M3) M(CONVERT_F8E5M2)
FROM_EACH(FROM)

static uint convert_run(const float_run *r, uint begin, int x_type, int y_type, bool streams)
{
    switch (x_type) {
#define CALL(type) case type: return from_##type(r, begin, y_type, streams);
    FROM_EACH(CALL)
#undef CALL
    }
    return begin;
}

/* Elements begin .. end, one by one. */
static void convert_few(const convert_params *p, const float_run *r, ulong x_step, ulong y_step, uint begin, uint end)
{
    for (uint i = begin; i < end; i++) store_float(r->y, i * y_step, p->y_type, load_float(r->x, i * x_step, p->x_type), p->f8_overflow);
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void convert_float_vector(__global const uchar *x, __global uchar *y, OP_COUNT, const convert_params p)
{
    OP_BEGUN();
    const ulong x_step = p.nest.stride[CONVERT_X][OP_RANK - 1], y_step = p.nest.stride[CONVERT_Y][OP_RANK - 1];
    const uint x_size = bytes_of_type(p.x_type), y_size = bytes_of_type(p.y_type);
    const bool is_plain = x_step == 1 && y_step == 1, streams = p.streams != 0;
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        const float_run r = {x + p.head.offset[0] + w.at[CONVERT_X] * x_size, y + p.head.offset[1] + w.at[CONVERT_Y] * y_size, run, p.f8_overflow};
        const uint ahead = streams ? (uint)(-(ulong)r.y & (16 * y_size - 1)) / y_size : 0; /* until y's address allows streaming of whole vectors */
        const uint begin = is_plain ? min(run, ahead) : run;
        convert_few(&p, &r, x_step, y_step, 0, begin);
        convert_few(&p, &r, x_step, y_step, convert_run(&r, begin, p.x_type, p.y_type, streams), run);
        nest_advance(&p.nest, &w, run);
    }
}
