/* SPDX-License-Identifier: Apache-2.0 */
/* Reductions on any device: a work-item makes a chunk of y, element by element. */
static inline void reduce_value(const reduce_params *p, reduce_state *state, int value, uint index)
{
    const bool is_least = p->kind == REDUCE_MIN || p->kind == REDUCE_ARGMIN;
    const bool is_better = is_least ? value < state->extreme : value > state->extreme;
    state->sum += (uint)value;
    if (is_better || (p->select_last && value == state->extreme)) {
        state->extreme = value;
        state->index = (int)index;
    }
}

static inline reduce_state reduce_all(const reduce_params *p, nest_walk w, __global const uchar *x)
{
    const ulong step = p->reduced.stride[0][OP_RANK - 1];
    reduce_state state = reduce_start(p);
    uint index = 0;
    while (w.left) {
        const uint run = nest_run(&p->reduced, &w);
        __global const uchar *row = x + w.at[0];
        for (uint i = 0; i < run; i++) reduce_value(p, &state, row[i * step] ^ p->flip, index + i);
        index += run;
        nest_advance(&p->reduced, &w, run);
    }
    return state;
}

__kernel void reduce_portable(__global const uchar *x, __global const uchar *map, __global uchar *y, OP_COUNT, const reduce_params p)
{
    OP_BEGUN();
    nest_walk w = nest_begin(&p.kept, get_global_id(0));
    if (w.left == 0) return;
    const nest_walk first = nest_begin(&p.reduced, 0);
    while (w.left) {
        const uint run = nest_run(&p.kept, &w);
        for (uint i = 0; i < run; i++) {
            const reduce_state state = reduce_all(&p, first, x + p.head.offset[0] + w.at[0] + i * p.kept.stride[0][OP_RANK - 1]);
            reduce_store(&p, &state, map + p.head.offset[1], y + p.head.offset[2], w.at[1] + i * p.kept.stride[1][OP_RANK - 1]);
        }
        nest_advance(&p.kept, &w, run);
    }
}
