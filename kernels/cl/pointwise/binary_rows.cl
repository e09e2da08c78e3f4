/* SPDX-License-Identifier: Apache-2.0 */
/* The kernel around the loop of pointwise/binary_vector or pointwise/binary_avx512, which define binary_run (the whole vectors of a run),
 * BINARY_WIDTH (bytes of one) and BINARY_KERNEL (the kernel's name). A work-group of one work-item makes a chunk of y. */

/* Functions of their own, each with one loop and its constants in registers. */
#define BINARY_LOOPS(name, kind) \
    static __attribute__((noinline)) uint name##_both(const binary_params *p, const binary_row *row, uint begin, uint end) \
    { \
        return binary_run(p, kind, true, true, row, begin, end); \
    } \
    static __attribute__((noinline)) uint name##_a(const binary_params *p, const binary_row *row, uint begin, uint end) \
    { \
        return binary_run(p, kind, true, false, row, begin, end); \
    } \
    static __attribute__((noinline)) uint name##_b(const binary_params *p, const binary_row *row, uint begin, uint end) \
    { \
        return binary_run(p, kind, false, true, row, begin, end); \
    } \
    static uint name(const binary_params *p, const binary_row *row, uint begin, uint end) \
    { \
        return row->a_moves && row->b_moves ? name##_both(p, row, begin, end) : row->a_moves ? name##_a(p, row, begin, end) : name##_b(p, row, begin, end); \
    }
BINARY_LOOPS(binary_add, BINARY_ADD)
BINARY_LOOPS(binary_sub, BINARY_SUB)
BINARY_LOOPS(binary_mul, BINARY_MUL)
BINARY_LOOPS(binary_min, BINARY_MIN)
BINARY_LOOPS(binary_max, BINARY_MAX)

static void binary_whole_run(const binary_params *p, const binary_row *row, uint run)
{
    const uint begin = p->streams ? min(run, (uint)(-(ulong)row->y & (BINARY_WIDTH - 1))) : 0; /* where can be streamed to */
    binary_few(p, row, 0, begin);
    const uint end = p->kind == BINARY_ADD ? binary_add(p, row, begin, run)
                     : p->kind == BINARY_SUB ? binary_sub(p, row, begin, run)
                     : p->kind == BINARY_MUL ? binary_mul(p, row, begin, run)
                     : p->kind == BINARY_MIN ? binary_min(p, row, begin, run)
                                             : binary_max(p, row, begin, run);
    binary_few(p, row, end, run);
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void BINARY_KERNEL(__global const uchar *a, __global const uchar *b, __global uchar *y, OP_COUNT,
                                                                          const binary_params p)
{
    OP_BEGUN();
    const ulong step_a = p.nest.stride[0][OP_RANK - 1], step_b = p.nest.stride[1][OP_RANK - 1], step_y = p.nest.stride[2][OP_RANK - 1];
    const bool is_plain = step_a <= 1 && step_b <= 1 && step_a + step_b > 0 && step_y == 1;
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        const binary_row row = {a + p.head.offset[0] + w.at[0], b + p.head.offset[1] + w.at[1], y + p.head.offset[2] + w.at[2], step_a != 0, step_b != 0};
        if (is_plain) binary_whole_run(&p, &row, run);
        for (uint i = 0; !is_plain && i < run; i++) row.y[i * step_y] = binary_byte(&p, row.a[i * step_a], row.b[i * step_b]);
        nest_advance(&p.nest, &w, run);
    }
}
