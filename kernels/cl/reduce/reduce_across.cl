/* SPDX-License-Identifier: Apache-2.0 */
/* Extremes and their indices where the innermost kept elements are contiguous in x and y, LANES of them at a time: a work-group makes a chunk of y, and reads x in the
 * order in which it lies. The last lanes of a run overlap the ones before; what is less than LANES is made element by element. */
typedef char NAMED(lane_chars) __attribute__((ext_vector_type(LANES)));
typedef int NAMED(lane_ints) __attribute__((ext_vector_type(LANES)));
typedef int NAMED(lane_ints_anywhere) __attribute__((ext_vector_type(LANES), aligned(4)));

/* LANES elements of y from `at` on; w: a walk of the reduced elements. */
static void NAMED(reduce_lanes)(const reduce_params *p, nest_walk w, __global const uchar *x, __global const uchar *map, __global uchar *y, ulong at)
{
    const bool is_least = p->kind == REDUCE_MIN || p->kind == REDUCE_ARGMIN, is_index = p->kind >= REDUCE_ARGMAX, is_last = p->select_last;
    const NAMED(lane_bytes) flip = (NAMED(lane_bytes))(uchar)(p->flip ^ (is_least ? 255 : 0)); /* the smallest is the largest of the complements */
    const ulong step = p->reduced.stride[0][OP_RANK - 1];
    NAMED(lane_bytes) best = NAMED(load_bytes)(x + w.at[0]) ^ flip;
    NAMED(lane_ints) index = 0;
    int number = 0;
    while (w.left) {
        const uint run = nest_run(&p->reduced, &w);
        __global const uchar *from = x + w.at[0];
        for (uint i = 0; i < run; i++, from += step, number++) {
            const NAMED(lane_bytes) value = NAMED(load_bytes)(from) ^ flip;
            if (is_index) {
                const NAMED(lane_chars) is_better = is_last ? value >= best : value > best;
                index = __builtin_convertvector(is_better, NAMED(lane_ints)) ? (NAMED(lane_ints))number : index;
            }
            best = NAMED(larger_bytes)(best, value);
        }
        nest_advance(&p->reduced, &w, run);
    }
    if (is_index) {
        *(__global NAMED(lane_ints_anywhere) *)((__global int *)y + at) = index;
        return;
    }
    for (int i = 0; i < LANES; i++) {
        const reduce_state state = {0, best[i] ^ (is_least ? 255 : 0), 0};
        reduce_store(p, &state, map, y, at + (ulong)i);
    }
}

static void reduce_element_of(const reduce_params *p, nest_walk w, __global const uchar *x, __global const uchar *map, __global uchar *y, ulong at)
{
    const bool is_least = p->kind == REDUCE_MIN || p->kind == REDUCE_ARGMIN;
    reduce_state state = reduce_start(p);
    int number = 0;
    while (w.left) {
        const uint run = nest_run(&p->reduced, &w);
        for (uint i = 0; i < run; i++, number++) {
            const int value = x[w.at[0] + i * p->reduced.stride[0][OP_RANK - 1]] ^ p->flip;
            const bool is_better = is_least ? value < state.extreme : value > state.extreme;
            if (!is_better && !(p->select_last && value == state.extreme)) continue;
            state.extreme = value;
            state.index = number;
        }
        nest_advance(&p->reduced, &w, run);
    }
    reduce_store(p, &state, map, y, at);
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void reduce_across(__global const uchar *x, __global const uchar *map, __global uchar *y, OP_COUNT,
                                                                           const reduce_params p)
{
    OP_BEGUN();
    nest_walk w = nest_begin(&p.kept, get_group_id(0));
    if (w.left == 0) return;
    const nest_walk first = nest_begin(&p.reduced, 0);
    map += p.head.offset[1];
    y += p.head.offset[2];
    while (w.left) {
        const uint run = nest_run(&p.kept, &w);
        __global const uchar *from = x + p.head.offset[0] + w.at[0];
        for (uint i = 0; run >= LANES && i < run; i += LANES) {
            const uint at = min(i, run - LANES);
            NAMED(reduce_lanes)(&p, first, from + at, map, y, w.at[1] + at);
        }
        for (uint i = 0; run < LANES && i < run; i++) reduce_element_of(&p, first, from + i, map, y, w.at[1] + i);
        nest_advance(&p.kept, &w, run);
    }
}
