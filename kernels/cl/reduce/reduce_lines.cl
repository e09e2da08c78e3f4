/* SPDX-License-Identifier: Apache-2.0 */
/* Reductions whose innermost elements are contiguous in x, LANES bytes at a time: a work-group makes a chunk of y. */

/* Where the extreme stands in a line that holds it. */
static inline uint find_byte(__global const uchar *line, uint count, uchar byte, bool last)
{
    uint at = last ? count - 1 : 0;
    while (line[at] != byte) at = last ? at - 1 : at + 1;
    return at;
}

static inline void reduce_line(const reduce_params *p, reduce_state *state, __global const uchar *line, uint count, uint index)
{
    if (p->kind <= REDUCE_SUM) {
        state->sum += NAMED(sum_of_line)(line, count, (uchar)p->flip);
        return;
    }
    const bool is_least = p->kind == REDUCE_MIN || p->kind == REDUCE_ARGMIN;
    const uchar mask = is_least ? 255 : 0; /* the smallest is the largest of the complements */
    const uchar found = NAMED(largest_of_line)(line, count, (uchar)p->flip ^ mask) ^ mask;
    const bool is_better = is_least ? found < state->extreme : found > state->extreme;
    if (!is_better && !(p->select_last && found == state->extreme)) return;
    state->extreme = found;
    if (p->kind >= REDUCE_ARGMAX) state->index = (int)(index + find_byte(line, count, found ^ (uchar)p->flip, p->select_last));
}

static inline reduce_state reduce_element(const reduce_params *p, nest_walk w, __global const uchar *x)
{
    reduce_state state = reduce_start(p);
    uint index = 0;
    while (w.left) {
        const uint run = nest_run(&p->reduced, &w);
        reduce_line(p, &state, x + w.at[0], run, index);
        index += run;
        nest_advance(&p->reduced, &w, run);
    }
    return state;
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void reduce_lines(__global const uchar *x, __global const uchar *map, __global uchar *y, OP_COUNT,
                                                                          const reduce_params p)
{
    OP_BEGUN();
    nest_walk w = nest_begin(&p.kept, get_group_id(0));
    if (w.left == 0) return;
    const nest_walk first = nest_begin(&p.reduced, 0);
    while (w.left) {
        const uint run = nest_run(&p.kept, &w);
        for (uint i = 0; i < run; i++) {
            const reduce_state state = reduce_element(&p, first, x + p.head.offset[0] + w.at[0] + i * p.kept.stride[0][OP_RANK - 1]);
            reduce_store(&p, &state, map + p.head.offset[1], y + p.head.offset[2], w.at[1] + i * p.kept.stride[1][OP_RANK - 1]);
        }
        nest_advance(&p.kept, &w, run);
    }
}
