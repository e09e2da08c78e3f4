/* SPDX-License-Identifier: Apache-2.0 */
/* y = table[x] with AVX2: 16 shuffles of 16 entries each by the low half of a byte, and the upper half's bits choose. A shuffle gives 0
 * where the index's top bit is set, so that its fellow needs no choice but an or. A work-group of one work-item makes a chunk of y.
 * Buffers: x, the table's 256 bytes, y. After lanes/x86_lines. */
X86_TWO(shuffle_bytes, "vpshufb")   /* of first by second */
X86_TWO(add_bytes_limited, "vpaddusb")

/* mask's top bits choose the second. */
INLINED line choose_bytes(line mask, line first, line second)
{
    line result;
    __asm__("vpblendvb %3, %2, %1, %0" : "=x"(result) : "x"(first), "x"(second), "x"(mask));
    return result;
}

typedef struct table_lines {
    line part[16];   /* 16 entries, twice */
} table_lines;

/* The entries from 64 * quarter on, by indices that are negative outside of their sixteen. */
INLINED line look_up_quarter(const table_lines *t, int quarter, line i0, line i1, line i2, line i3)
{
    const line *part = t->part + 4 * quarter;
    return (shuffle_bytes(part[0], i0) | shuffle_bytes(part[1], i1)) | (shuffle_bytes(part[2], i2) | shuffle_bytes(part[3], i3));
}

INLINED line look_up(line x, const table_lines *t)
{
    const line inside = x & 0x3f3f3f3fu, far = 0x70707070u;
    const line i0 = add_bytes_limited(inside, far), i1 = add_bytes_limited(inside ^ 0x10101010u, far);
    const line i2 = add_bytes_limited(inside ^ 0x20202020u, far), i3 = add_bytes_limited(inside ^ 0x30303030u, far);
    const line odd = x << 1; /* bit 6 on top */
    const line lower = choose_bytes(odd, look_up_quarter(t, 0, i0, i1, i2, i3), look_up_quarter(t, 1, i0, i1, i2, i3));
    const line upper = choose_bytes(odd, look_up_quarter(t, 2, i0, i1, i2, i3), look_up_quarter(t, 3, i0, i1, i2, i3));
    return choose_bytes(x, lower, upper);
}

/* The whole lines of begin .. end; returns where they end. */
static __attribute__((noinline)) uint table_run(__global const uchar *x, __global const uchar *table, __global uchar *y, uint begin, uint end, bool streams)
{
    table_lines t;
    for (int i = 0; i < 16; i++) {
        const uint4 entries = *(__global const uint4 *)(table + 16 * i);
        t.part[i] = (line)(entries, entries);
    }
    uint i = begin;
    for (; i + LINE_BYTES <= end; i += LINE_BYTES) store_line(y + i, look_up(load_line(x + i), &t), streams);
    return i;
}

/* Fewer bytes than a line, or bytes apart. */
static void table_few(__global const uchar *x, __global const uchar *table, __global uchar *y, ulong step_x, ulong step_y, uint begin, uint end)
{
    for (uint i = begin; i < end; i++) y[i * step_y] = table[x[i * step_x]];
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void table_avx2(__global const uchar *x, __global const uchar *table, __global uchar *y, OP_COUNT,
                                                                       const table_params p)
{
    OP_BEGUN();
    const ulong step_x = p.nest.stride[0][OP_RANK - 1], step_y = p.nest.stride[1][OP_RANK - 1];
    const bool is_plain = step_x == 1 && step_y == 1;
    __global const uchar *entries = table + p.head.offset[1];
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        __global const uchar *row_x = x + p.head.offset[0] + w.at[0];
        __global uchar *row_y = y + p.head.offset[2] + w.at[1];
        const uint begin = !is_plain ? run : p.streams ? min(run, (uint)(-(ulong)row_y & (LINE_BYTES - 1))) : 0; /* where can be streamed to */
        table_few(row_x, entries, row_y, step_x, step_y, 0, begin);
        const uint end = run - begin < LINE_BYTES ? begin : table_run(row_x, entries, row_y, begin, run, p.streams != 0);
        table_few(row_x, entries, row_y, step_x, step_y, end, run);
        nest_advance(&p.nest, &w, run);
    }
}
