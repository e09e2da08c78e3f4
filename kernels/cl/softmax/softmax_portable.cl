/* SPDX-License-Identifier: Apache-2.0 */
/* Softmax on any device: a work-item makes a line. */
static inline void softmax_line(const softmax_params *p, __global const uchar *tables, __global const uchar *x, __global uchar *y)
{
    __global const uint *exponentials = (__global const uint *)tables, *terms = (__global const uint *)(tables + p->terms);
    int largest = 0;
    ulong sum = 0;
    for (int i = 0; i < p->length; i++) largest = max(largest, x[(ulong)i * p->x_step] ^ p->x_flip);
    for (int i = 0; i < p->length; i++) sum += terms[largest - (x[(ulong)i * p->x_step] ^ p->x_flip)];
    if (p->is_fixed) {
        const softmax_factor factor = softmax_fixed_factor((uint)sum);
        for (int i = 0; i < p->length; i++) {
            y[(ulong)i * p->y_step] = (uchar)(softmax_fixed_element(factor, exponentials[largest - (x[(ulong)i * p->x_step] ^ p->x_flip)]) ^ p->y_flip);
        }
        return;
    }
    const float shared = softmax_shared(p, sum, tables);
    for (int i = 0; i < p->length; i++) {
        const int d = largest - (x[(ulong)i * p->x_step] ^ p->x_flip);
        y[(ulong)i * p->y_step] = (uchar)(softmax_element(p, shared, exponentials, d) ^ p->y_flip);
    }
}

__kernel void softmax_portable(__global const uchar *x, __global const uchar *tables, __global uchar *y, OP_COUNT, const softmax_params p)
{
    OP_BEGUN();
    nest_walk w = nest_begin(&p.lines, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.lines, &w);
        for (uint i = 0; i < run; i++) {
            softmax_line(&p, tables + p.head.offset[1], x + p.head.offset[0] + w.at[0] + i * p.lines.stride[0][OP_RANK - 1],
                         y + p.head.offset[2] + w.at[1] + i * p.lines.stride[1][OP_RANK - 1]);
        }
        nest_advance(&p.lines, &w, run);
    }
}
