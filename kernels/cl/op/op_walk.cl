/* SPDX-License-Identifier: Apache-2.0 */
/* WALK_OPERANDS: the operands whose places are kept; 3 unless the program says otherwise.
 *
 * How a work-item walks its chunk of a nest: it divides once, for the first element, and then goes from row to row by additions.
 *
 *   nest_walk w = nest_begin(&p.nest, chunk);                the chunk's number; w.left is 0 if there is nothing to do
 *   while (w.left) {
 *       const uint run = nest_run(&p.nest, &w);               elements of the innermost loop from w.at[operand] on
 *       ...
 *       nest_advance(&p.nest, &w, run);
 *   } */
#ifndef WALK_OPERANDS
#define WALK_OPERANDS 3
#endif

#define OP_COUNT volatile __global int *begun
#define OP_BEGUN() \
    if (p.head.counts_begun && get_group_id(0) == 0 && get_group_id(1) == 0 && get_group_id(2) == 0) atomic_inc(begun + 16)

typedef struct nest_walk {
    ulong left;              /* elements of the chunk to come */
    ulong at[WALK_OPERANDS]; /* elements from each operand's first */
    ulong index[OP_RANK];
} nest_walk;

static inline nest_walk nest_begin(const op_nest *nest, ulong chunk)
{
    nest_walk w = {0, {0}, {0}};
    ulong flat = chunk * nest->chunk;
    if (flat >= nest->count) return w;
    w.left = min(nest->chunk, nest->count - flat);
    for (int d = OP_RANK - 1; d >= 0; d--) {
        const ulong extent = nest->extent[d];
        if (extent == 1) continue;
        const ulong quotient = nest->count >> 32 ? flat / extent : (ulong)((uint)flat / (uint)extent); /* short divisions are much cheaper */
        const ulong index = flat - quotient * extent;
        w.index[d] = index;
        for (int operand = 0; operand < WALK_OPERANDS; operand++) w.at[operand] += index * nest->stride[operand][d];
        flat = quotient;
    }
    return w;
}

static inline uint nest_run(const op_nest *nest, const nest_walk *w)
{
    return (uint)min(w->left, nest->extent[OP_RANK - 1] - w->index[OP_RANK - 1]);
}

static inline void nest_advance(const op_nest *nest, nest_walk *w, uint run)
{
    w->left -= run;
    if (w->left == 0) return;
    /* More is left, so the row is at its end. */
    for (int operand = 0; operand < WALK_OPERANDS; operand++) w->at[operand] -= w->index[OP_RANK - 1] * nest->stride[operand][OP_RANK - 1];
    w->index[OP_RANK - 1] = 0;
    for (int d = OP_RANK - 2; d >= 0; d--) {
        const bool is_whole = w->index[d] + 1 == nest->extent[d];
        for (int operand = 0; operand < WALK_OPERANDS; operand++) {
            w->at[operand] += is_whole ? -(w->index[d] * nest->stride[operand][d]) : nest->stride[operand][d];
        }
        w->index[d] = is_whole ? 0 : w->index[d] + 1;
        if (!is_whole) return;
    }
}
