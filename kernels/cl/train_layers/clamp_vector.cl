/* SPDX-License-Identifier: Apache-2.0 */
/* Clamps on a CPU: a work-group of one work-item makes a chunk, 16 elements at a time. */
INLINED float16 clamp_lanes(float16 x, float16 other, int what, float least, float most)
{
    if (what == CLAMP_BACKWARD) return other <= least || other >= most ? (float16)0.0f : x;
    float16 v = what == CLAMP_SUM ? x + other : x;
    v = v < least ? (float16)least : v;
    return v > most ? (float16)most : v;
}

INLINED float clamp_one(float x, float other, int what, float least, float most)
{
    if (what == CLAMP_BACKWARD) return other <= least || other >= most ? 0.0f : x;
    const float v = what == CLAMP_SUM ? x + other : x;
    return v < least ? least : v > most ? most : v;
}

/* All but the pointers, i and end are constants of the caller. */
INLINED void clamp_run(__global const float *x, __global const float *other, __global float *y, ulong i, ulong end, int what, float least, float most, bool streams)
{
    for (; streams && i < end && ((ulong)(y + i) & 63); i++) y[i] = clamp_one(x[i], other[i], what, least, most);
    for (; i + 16 <= end; i += 16) {
        const float16 value = clamp_lanes(LOAD16(float, x + i), what == CLAMP_FORWARD ? (float16)0.0f : LOAD16(float, other + i), what, least, most);
        if (streams) STREAM16(float, y + i, value);
        else STORE16(float, y + i, value);
    }
    for (; i < end; i++) y[i] = clamp_one(x[i], other[i], what, least, most);
}

#define RUN(what_is)                                                                            \
    case what_is:                                                                               \
        if (streams) clamp_run(from, other, to, begin, end, what_is, p.least, p.most, true);    \
        else clamp_run(from, other, to, begin, end, what_is, p.least, p.most, false);           \
        break;

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void clamp_vector(__global const uchar *x, __global const uchar *b, __global uchar *y, OP_COUNT, const clamp_params p)
{
    OP_BEGUN();
    const ulong begin = get_group_id(0) * p.chunk, end = min(p.count, begin + p.chunk);
    __global const float *from = (__global const float *)(x + p.head.offset[0]), *other = (__global const float *)(b + p.head.offset[1]);
    __global float *to = (__global float *)(y + p.head.offset[2]);
    const bool streams = p.streams && (ulong)to != (ulong)from;
    switch (p.what) {
        RUN(CLAMP_FORWARD)
        RUN(CLAMP_SUM)
        RUN(CLAMP_BACKWARD)
    }
}
#undef RUN
