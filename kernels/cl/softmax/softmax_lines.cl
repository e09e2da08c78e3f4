/* SPDX-License-Identifier: Apache-2.0 */
/* Softmax of contiguous lines on a CPU: a work-group makes a chunk of lines. A result depends on d alone, so a long line looks its bytes up in 256 results. */
#define SOFTMAX_SHORT 48        /* lines for which 256 results would be more work */

static inline ulong line_sum(__global const uint *terms, __global const uchar *x, uint count, uint largest, uint flip)
{
    ulong sums[4] = {0, 0, 0, 0};
    uint i = 0;
    for (; i + 4 <= count; i += 4) {
        #pragma unroll
        for (uint k = 0; k < 4; k++) sums[k] += terms[largest - (x[i + k] ^ flip)];
    }
    for (; i < count; i++) sums[0] += terms[largest - (x[i] ^ flip)];
    return sums[0] + sums[1] + sums[2] + sums[3];
}

/* 256 results by the byte of x, those beyond the largest never used. */
static inline void float_results(const softmax_params *p, __global const uchar *tables, ulong sum, uint largest, uchar *results)
{
    __global const uint *exponentials = (__global const uint *)tables;
    const float shared = softmax_shared(p, sum, tables);
    for (uint q = 0; q < 256; q++) {
        const uint d = largest >= q ? largest - q : 0;
        results[q] = (uchar)(softmax_element(p, shared, exponentials, (int)d) ^ p->y_flip);
    }
}

static inline void fixed_results(const softmax_params *p, __global const uchar *tables, ulong sum, uint largest, uchar *results)
{
    __global const uint *exponentials = (__global const uint *)tables;
    const softmax_factor factor = softmax_fixed_factor((uint)sum);
    for (uint q = 0; q < 256; q++) {
        const uint d = largest >= q ? largest - q : 0;
        results[q] = (uchar)(softmax_fixed_element(factor, exponentials[d]) ^ p->y_flip);
    }
}

static inline void softmax_short_line(const softmax_params *p, __global const uchar *tables, ulong sum, uint largest, __global const uchar *x, __global uchar *y)
{
    __global const uint *exponentials = (__global const uint *)tables;
    const uint count = (uint)p->length, flip = (uint)p->x_flip;
    if (p->is_fixed) {
        const softmax_factor factor = softmax_fixed_factor((uint)sum);
        for (uint i = 0; i < count; i++) y[i] = (uchar)(softmax_fixed_element(factor, exponentials[largest - (x[i] ^ flip)]) ^ p->y_flip);
    } else {
        const float shared = softmax_shared(p, sum, tables);
        for (uint i = 0; i < count; i++) y[i] = (uchar)(softmax_element(p, shared, exponentials, (int)(largest - (x[i] ^ flip))) ^ p->y_flip);
    }
}

static inline void softmax_line(const softmax_params *p, __global const uchar *tables, __global const uchar *x, __global uchar *y)
{
    const uint count = (uint)p->length, largest = NAMED(largest_of_line)(x, count, (uchar)p->x_flip), flip = (uint)p->x_flip;
    const ulong sum = line_sum((__global const uint *)(tables + p->terms), x, count, largest, flip);
    uchar results[256];
    if (count < SOFTMAX_SHORT) {
        softmax_short_line(p, tables, sum, largest, x, y);
        return;
    }
    if (p->is_fixed) fixed_results(p, tables, sum, largest, results);
    else float_results(p, tables, sum, largest, results);
    for (uint i = 0; i < count; i++) y[i] = results[x[i] ^ flip];
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void softmax_lines(__global const uchar *x, __global const uchar *tables, __global uchar *y, OP_COUNT,
                                                                           const softmax_params p)
{
    OP_BEGUN();
    nest_walk w = nest_begin(&p.lines, get_group_id(0));
    while (w.left) {
        const uint run = nest_run(&p.lines, &w);
        for (uint i = 0; i < run; i++) {
            softmax_line(&p, tables + p.head.offset[1], x + p.head.offset[0] + w.at[0] + i * p.lines.stride[0][OP_RANK - 1],
                         y + p.head.offset[2] + w.at[1] + i * p.lines.stride[1][OP_RANK - 1]);
        }
        nest_advance(&p.lines, &w, run);
    }
}
