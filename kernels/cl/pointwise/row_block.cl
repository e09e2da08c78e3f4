/* SPDX-License-Identifier: Apache-2.0 */
/* Several rows of a nest at once, for kernels whose work on a row is short. */

/* Rows, beginning with the one at w's place, of which `run` elements are each and which w's chunk holds whole; at least 1. */
static inline uint nest_rows(const op_nest *nest, const nest_walk *w, uint run)
{
    if (run != nest->extent[OP_RANK - 1]) return 1;
    return (uint)min(w->left / run, nest->extent[OP_RANK - 2] - w->index[OP_RANK - 2]);
}

/* Passes over `rows` rows of `run` elements; another one is left in the same loop. */
static inline void nest_skip_rows(const op_nest *nest, nest_walk *w, uint run, uint rows)
{
    w->left -= (ulong)rows * run;
    w->index[OP_RANK - 2] += rows;
    for (int operand = 0; operand < WALK_OPERANDS; operand++) w->at[operand] += rows * nest->stride[operand][OP_RANK - 2];
}
