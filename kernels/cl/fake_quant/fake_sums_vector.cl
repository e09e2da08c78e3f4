/* SPDX-License-Identifier: Apache-2.0 */
/* Sums over slots on a CPU (after fake_quant/fake_lanes and fake_quant/fake_terms), in the order of docs/numerics.md: a work-group of one work-item makes a block's,
 * sixteen elements of the block at a time, wherever its runs begin and end. */
typedef struct fake_gathered {
    float x[FAKE_SUM_LANES], dy[FAKE_SUM_LANES];
    uint count;                     /* of elements that wait for the rest of their sixteen */
} fake_gathered;

INLINED void fake_add(const fake_sums_params *p, const fake_values *v, fake_sums *sums, float16 x, float16 dy)
{
    fake_sums t;
    switch (p->kind) {
    case FAKE_SUM_MAGNITUDE: fake_terms(FAKE_SUM_MAGNITUDE, v, x, dy, &t); break;
    case FAKE_MAX_MAGNITUDE: fake_terms(FAKE_MAX_MAGNITUDE, v, x, dy, &t); break;
    case FAKE_MAX_TANH: fake_terms(FAKE_MAX_TANH, v, x, dy, &t); break;
    case FAKE_SUM_ABOVE: fake_terms(FAKE_SUM_ABOVE, v, x, dy, &t); break;
    case FAKE_SUM_CLIP: fake_terms(FAKE_SUM_CLIP, v, x, dy, &t); break;
    case FAKE_SUM_SCALES: fake_terms(FAKE_SUM_SCALES, v, x, dy, &t); break;
    default: fake_terms(FAKE_SUM_STEP, v, x, dy, &t); break;
    }
    sums->first = fake_join(fake_is_max(p->kind), sums->first, t.first);
    sums->second += t.second;
}

static void fake_add_gathered(const fake_sums_params *p, const fake_values *v, fake_sums *sums, fake_gathered *g)
{
    for (uint i = g->count; i < FAKE_SUM_LANES; i++) g->x[i] = g->dy[i] = 0.0f;
    fake_add(p, v, sums, *(float16_anywhere *)g->x, *(float16_anywhere *)g->dy);
    g->count = 0;
}

/* Whole sixteens of `count` neighbouring f32, which begin in lane 0; returns how many elements. `kind` is a constant of the caller. */
INLINED uint fake_add_plain(const fake_values *v, fake_sums *sums, __global const uchar *x, __global const uchar *dy, uint count, int kind)
{
    const bool is_max = fake_is_max(kind), has_second = kind == FAKE_SUM_ABOVE || kind == FAKE_SUM_SCALES;
    fake_sums all = *sums;
    uint i = 0;
    for (; i + 16 <= count; i += 16) {
        fake_ask(x + 4 * i);
        const float16 given = kind >= FAKE_SUM_STEP ? LOAD16(float, dy + 4 * i) : (float16)0.0f;
        if (kind >= FAKE_SUM_STEP) fake_ask(dy + 4 * i);
        fake_sums t;
        fake_terms(kind, v, LOAD16(float, x + 4 * i), given, &t);
        all.first = fake_join(is_max, all.first, t.first);
        if (has_second) all.second += t.second;
    }
    *sums = all;
    return i;
}

#define SUMS_OF(name, kind)                                                                                                                       \
    static __attribute__((noinline)) uint name(const fake_values *v, fake_sums *sums, __global const uchar *x, __global const uchar *dy, uint count) \
    {                                                                                                                                             \
        return fake_add_plain(v, sums, x, dy, count, kind);                                                                                       \
    }
SUMS_OF(fake_add_magnitudes, FAKE_SUM_MAGNITUDE)
SUMS_OF(fake_add_most, FAKE_MAX_MAGNITUDE)
SUMS_OF(fake_add_tanh, FAKE_MAX_TANH)
SUMS_OF(fake_add_above, FAKE_SUM_ABOVE)
SUMS_OF(fake_add_step, FAKE_SUM_STEP)
SUMS_OF(fake_add_clip, FAKE_SUM_CLIP)
SUMS_OF(fake_add_scales, FAKE_SUM_SCALES)

static uint fake_add_run(int kind, const fake_values *v, fake_sums *sums, __global const uchar *x, __global const uchar *dy, uint count)
{
    switch (kind) {
    case FAKE_SUM_MAGNITUDE: return fake_add_magnitudes(v, sums, x, dy, count);
    case FAKE_MAX_MAGNITUDE: return fake_add_most(v, sums, x, dy, count);
    case FAKE_MAX_TANH: return fake_add_tanh(v, sums, x, dy, count);
    case FAKE_SUM_ABOVE: return fake_add_above(v, sums, x, dy, count);
    case FAKE_SUM_CLIP: return fake_add_clip(v, sums, x, dy, count);
    case FAKE_SUM_SCALES: return fake_add_scales(v, sums, x, dy, count);
    default: return fake_add_step(v, sums, x, dy, count);
    }
}

INLINED float fake_fold(bool is_max, float16 lanes)
{
    const float8 eight = is_max ? fmax(lanes.lo, lanes.hi) : lanes.lo + lanes.hi;
    const float4 four = is_max ? fmax(eight.lo, eight.hi) : eight.lo + eight.hi;
    const float2 two = is_max ? fmax(four.lo, four.hi) : four.lo + four.hi;
    return is_max ? fmax(two.x, two.y) : two.x + two.y;
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void fake_sums_vector(__global const uchar *x, __global const uchar *scales, __global const uchar *others,
                                                                              __global uchar *partial, __global const uchar *dy, OP_COUNT, const fake_sums_params p)
{
    OP_BEGUN();
    if (p.kept.count == 0) return;
    const ulong slot = get_group_id(0) / p.blocks, block = get_group_id(0) - slot * p.blocks;
    const bool has_dy = p.kind >= FAKE_SUM_STEP;
    const nest_walk first = nest_begin(&p.kept, slot);
    const ulong x_step = p.reduced.stride[0][OP_RANK - 1], dy_step = p.reduced.stride[1][OP_RANK - 1];
    const fake_values v = fake_values_from(&p.rule, (__global const int *)(scales + p.head.offset[1]), (__global const int *)(others + p.head.offset[2]), slot, 0, 16);
    fake_sums sums = {0.0f, 0.0f};
    const bool is_plain = p.x_type == CONVERT_F32 && x_step == 1 && (!has_dy || (p.dy_type == CONVERT_F32 && dy_step == 1));
    fake_gathered g;
    g.count = 0;
    nest_walk w = nest_begin(&p.reduced, block);
    while (w.left) {
        const uint run = nest_run(&p.reduced, &w);
        const ulong x_first = first.at[0] + w.at[0], dy_first = first.at[1] + w.at[1];
        uint i = 0;
        while (i < run) {
            if (g.count == 0 && run - i >= 16 && is_plain) {
                i += fake_add_run(p.kind, &v, &sums, x + p.head.offset[0] + 4 * (x_first + i), dy + p.head.offset[4] + 4 * (dy_first + i), run - i);
                continue;
            }
            if (g.count == 0 && run - i >= 16) {
                const float16 dy_lanes = has_dy ? fake_load(dy + p.head.offset[4], p.dy_type, dy_first + i * dy_step, dy_step, 16) : (float16)0.0f;
                fake_add(&p, &v, &sums, fake_load(x + p.head.offset[0], p.x_type, x_first + i * x_step, x_step, 16), dy_lanes);
                i += 16;
                continue;
            }
            g.x[g.count] = load_float(x + p.head.offset[0], x_first + i * x_step, p.x_type);
            g.dy[g.count] = has_dy ? load_float(dy + p.head.offset[4], dy_first + i * dy_step, p.dy_type) : 0.0f;
            i++;
            if (++g.count == 16) fake_add_gathered(&p, &v, &sums, &g);
        }
        nest_advance(&p.reduced, &w, run);
    }
    if (g.count) fake_add_gathered(&p, &v, &sums, &g);
    __global float *result = (__global float *)(partial + p.head.offset[3]) + slot * p.blocks + block;
    result[0] = fake_fold(fake_is_max(p.kind), sums.first);
    result[p.rule.slots * p.blocks] = fake_fold(false, sums.second);
}
