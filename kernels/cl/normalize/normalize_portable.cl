/* SPDX-License-Identifier: Apache-2.0 */
/* Layer normalization on any device: a work-item makes a line. */
static inline void normalize_line(const normalize_params *p, __global const float *weights, __global const uchar *x, __global uchar *y)
{
    ulong sum = 0, squares = 0;
    for (int i = 0; i < p->length; i++) {
        const uint q = x[(ulong)i * p->x_step] ^ p->x_flip;
        sum += q;
        squares += q * q;
    }
    const normalize_line_terms terms = normalize_terms(p, sum, squares);
    for (int i = 0; i < p->length; i++) {
        const int q = x[(ulong)i * p->x_step] ^ p->x_flip;
        y[(ulong)i * p->y_step] = (uchar)(normalize_element(p, &terms, q, weights[i], weights[p->length + i]) ^ p->y_flip);
    }
}

__kernel void normalize_portable(__global const uchar *x, __global const uchar *tables, __global uchar *y, OP_COUNT, const normalize_params p)
{
    OP_BEGUN();
    nest_walk w = nest_begin(&p.lines, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.lines, &w);
        for (uint i = 0; i < run; i++) {
            normalize_line(&p, (__global const float *)(tables + p.head.offset[1]), x + p.head.offset[0] + w.at[0] + i * p.lines.stride[0][OP_RANK - 1],
                           y + p.head.offset[2] + w.at[1] + i * p.lines.stride[1][OP_RANK - 1]);
        }
        nest_advance(&p.lines, &w, run);
    }
}
