/* SPDX-License-Identifier: Apache-2.0 */
/* Scale and unscale on a CPU (after convert/convert_float_lanes): a work-group of one work-item makes a chunk of y, 16 elements at a time where x and y are
 * contiguous, and knows at its end the largest product, as bits. */
#define AHEAD 2048   /* bytes of x that are asked for before they are read */

typedef struct scale_run {
    __global const uchar *x;
    __global uchar *y;          /* both at the run's first element */
    uint end;
    float factor;
} scale_run;

/* Sixteens from element `i` on; returns where they end. All but r, i and largest are constants of the caller. */
INLINED uint scale_sixteens(const scale_run *r, uint i, int16 *largest, int x_type, int y_type, bool streams)
{
    __global const uchar *x = r->x;
    __global uchar *y = r->y;
    const uint end = r->end;
    const float factor = r->factor;
    int16 most = *largest;
    float16 value;
    for (; i + 16 <= end; i += 16) {
        __builtin_prefetch((const void *)(ulong)(x + bytes_of_type(x_type) * (ulong)i + AHEAD), 0, 2);
        load_floats(x, x_type, i, 1, &value);
        value *= factor;
        most = max(most, as_int16(value) & 0x7fffffff); /* as integers NaN is above infinity */
        store_floats(y, y_type, i, 1, &value, 0, streams);
    }
    *largest = most;
    return i;
}

#define TO(x_type, y_type) \
    case y_type: return streams ? scale_sixteens(r, begin, largest, x_type, y_type, true) : scale_sixteens(r, begin, largest, x_type, y_type, false);
#define FROM(x_type)                                                                                                              \
    static __attribute__((noinline)) uint from_##x_type(const scale_run *r, uint begin, int16 *largest, int type, bool streams)  \
    {                                                                                                                             \
        switch (type) {                                                                                                           \
            TO(x_type, CONVERT_F32)                                                                                               \
            TO(x_type, CONVERT_F16)                                                                                               \
            TO(x_type, CONVERT_BF16)                                                                                              \
        }                                                                                                                         \
        return begin;                                                                                                             \
    }
FROM(CONVERT_F32)
FROM(CONVERT_F16)
FROM(CONVERT_BF16)

static uint scale_all(const scale_run *r, uint begin, int16 *largest, int x_type, int y_type, bool streams)
{
    if (x_type == CONVERT_F32) return from_CONVERT_F32(r, begin, largest, y_type, streams);
    return x_type == CONVERT_F16 ? from_CONVERT_F16(r, begin, largest, y_type, streams) : from_CONVERT_BF16(r, begin, largest, y_type, streams);
}

/* Elements begin .. end, one by one; returns their largest product, as bits. */
static int scale_few(const loss_scale_params *p, const scale_run *r, ulong x_step, ulong y_step, uint begin, uint end)
{
    int largest = 0;
    for (uint i = begin; i < end; i++) {
        const float product = load_float(r->x, i * x_step, p->x_type) * r->factor;
        store_float(r->y, i * y_step, p->y_type, product, 0);
        largest = max(largest, as_int(product) & 0x7fffffff);
    }
    return largest;
}

static int largest_lane(int16 all)
{
    const int8 eight = max(all.lo, all.hi);
    const int4 four = max(eight.lo, eight.hi);
    const int2 two = max(four.lo, four.hi);
    return max(two.x, two.y);
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void loss_scale_vector(__global const uchar *x, __global const uchar *s, __global uchar *y, __global uchar *flag,
                                                                              OP_COUNT, const loss_scale_params p)
{
    OP_BEGUN();
    if (p.nest.count == 0) return; /* s may not be there */
    const float scale = *(__global const float *)(s + p.head.offset[1]), factor = p.unscales ? clq_divide(1.0f, scale) : scale;
    const ulong x_step = p.nest.stride[LOSS_SCALE_X][OP_RANK - 1], y_step = p.nest.stride[LOSS_SCALE_Y][OP_RANK - 1];
    const uint x_size = bytes_of_type(p.x_type), y_size = bytes_of_type(p.y_type);
    const bool is_plain = x_step == 1 && y_step == 1, streams = p.streams != 0;
    int16 lanes = 0;
    int largest = 0;
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        const scale_run r = {x + p.head.offset[0] + w.at[LOSS_SCALE_X] * x_size, y + p.head.offset[2] + w.at[LOSS_SCALE_Y] * y_size, run, factor};
        const uint ahead = streams ? (uint)(-(ulong)r.y & (16 * y_size - 1)) / y_size : 0; /* until y's address allows streaming of whole vectors */
        const uint begin = is_plain ? min(run, ahead) : run;
        largest = max(largest, scale_few(&p, &r, x_step, y_step, 0, begin));
        largest = max(largest, scale_few(&p, &r, x_step, y_step, scale_all(&r, begin, &lanes, p.x_type, p.y_type, streams), run));
        nest_advance(&p.nest, &w, run);
    }
    if (p.unscales && max(largest, largest_lane(lanes)) >= p.limit) atomic_or((volatile __global int *)(flag + p.head.offset[3]), 1);
}
