/* SPDX-License-Identifier: Apache-2.0 */
/* From what one reduction found to an element of y. clqnn/reduce.h has the formulas. */
typedef struct reduce_state {
    uint sum;                   /* of unsigned bytes */
    int extreme;                /* the largest, or the smallest */
    int index;                  /* of it */
} reduce_state;

static inline reduce_state reduce_start(const reduce_params *p)
{
    const bool is_least = p->kind == REDUCE_MIN || p->kind == REDUCE_ARGMIN;
    const reduce_state state = {0, is_least ? 256 : -1, 0};
    return state;
}

static inline int reduce_sum(const reduce_params *p, uint sum)
{
    const int acc = (int)(sum - (uint)p->reduced.count * (uint)p->x_zero);
    if (p->rule != REDUCE_FLOAT_EVEN) {
        const long scaled = p->rule == REDUCE_FIXED_DOUBLE ? rescale_double(acc, p->fixed_multiplier, p->shift) : rescale_single(acc, p->fixed_multiplier, p->shift);
        return (int)clamp(scaled + p->y_zero, (long)p->low, (long)p->high);
    }
    return clamp((int)rint(clamp((float)acc * p->multiplier, -1000.0f, 1000.0f)) + p->y_zero, p->low, p->high);
}

static inline void reduce_store(const reduce_params *p, const reduce_state *state, __global const uchar *map, __global uchar *y, ulong at)
{
    if (p->kind >= REDUCE_ARGMAX) {
        ((__global int *)y)[at] = state->index;
        return;
    }
    const bool is_sum = p->kind <= REDUCE_SUM;
    const int value = is_sum ? reduce_sum(p, state->sum) : p->has_map ? (int)map[state->extreme] : state->extreme;
    y[at] = (uchar)(value ^ p->flip);
}
