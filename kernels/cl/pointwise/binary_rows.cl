/* SPDX-License-Identifier: Apache-2.0 */
/* The kernel around the loop of pointwise/binary_vector or pointwise/binary_lines, which define binary_run (all of some rows) and
 * BINARY_WIDTH (bytes of a vector); BINARY_KERNEL is the kernel's name. A work-group of one work-item makes a chunk of y. After
 * pointwise/row_block. */

/* Functions of their own, each with one loop and its constants in registers. */
#define BINARY_LOOPS(name, kind) \
    static __attribute__((noinline)) void name##_both(const binary_params *p, const binary_rows *rows) \
    { \
        binary_run(p, kind, true, true, rows); \
    } \
    static __attribute__((noinline)) void name##_a(const binary_params *p, const binary_rows *rows) \
    { \
        binary_run(p, kind, true, false, rows); \
    } \
    static __attribute__((noinline)) void name##_b(const binary_params *p, const binary_rows *rows) \
    { \
        binary_run(p, kind, false, true, rows); \
    } \
    static void name(const binary_params *p, const binary_rows *rows, bool a_moves, bool b_moves) \
    { \
        if (a_moves && b_moves) name##_both(p, rows); \
        else if (a_moves) name##_a(p, rows); \
        else name##_b(p, rows); \
    }
BINARY_LOOPS(binary_add, BINARY_ADD)
BINARY_LOOPS(binary_sub, BINARY_SUB)
BINARY_LOOPS(binary_mul, BINARY_MUL)
BINARY_LOOPS(binary_min, BINARY_MIN)
BINARY_LOOPS(binary_max, BINARY_MAX)

static void binary_any_run(const binary_params *p, const binary_rows *rows, bool a_moves, bool b_moves)
{
    switch (p->kind) {
    case BINARY_ADD: binary_add(p, rows, a_moves, b_moves); return;
    case BINARY_SUB: binary_sub(p, rows, a_moves, b_moves); return;
    case BINARY_MUL: binary_mul(p, rows, a_moves, b_moves); return;
    case BINARY_MIN: binary_min(p, rows, a_moves, b_moves); return;
    default: binary_max(p, rows, a_moves, b_moves);
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void BINARY_KERNEL(__global const uchar *a, __global const uchar *b, __global uchar *y, OP_COUNT,
                                                                          const binary_params p)
{
    OP_BEGUN();
    const ulong step_a = p.nest.stride[0][OP_RANK - 1], step_b = p.nest.stride[1][OP_RANK - 1], step_y = p.nest.stride[2][OP_RANK - 1];
    const bool is_plain = step_a <= 1 && step_b <= 1 && step_a + step_b > 0 && step_y == 1;
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w), count = is_plain && step_a && step_b ? nest_rows(&p.nest, &w, run) : 1;
        const binary_rows rows = {a + p.head.offset[0] + w.at[0], b + p.head.offset[1] + w.at[1], y + p.head.offset[2] + w.at[2],
                                  p.nest.stride[0][OP_RANK - 2], p.nest.stride[1][OP_RANK - 2], p.nest.stride[2][OP_RANK - 2], count, run};
        if (is_plain) binary_any_run(&p, &rows, step_a != 0, step_b != 0);
        for (uint i = 0; !is_plain && i < run; i++) rows.y[i * step_y] = binary_byte(&p, rows.a[i * step_a], rows.b[i * step_b]);
        nest_skip_rows(&p.nest, &w, run, count - 1);
        nest_advance(&p.nest, &w, run);
    }
}
