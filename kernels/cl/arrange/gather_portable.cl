/* SPDX-License-Identifier: Apache-2.0 */
/* Elements from where tables say, any device: a work-item makes one. */
__kernel void SIZED(gather_portable)(__global const uchar *x, __global const uchar *tables, __global uchar *y, OP_COUNT, const gather_params p)
{
    OP_BEGUN();
    ulong index[OP_RANK];
    index[5] = get_global_id(0);
    index[4] = get_global_id(1);
    if (index[5] >= p.extent[5] || index[4] >= p.extent[4]) return;
    ulong rest = get_global_id(2);
    for (int d = OP_RANK - 3; d > 0; d--) {
        const ulong above = rest / p.extent[d];
        index[d] = rest - above * p.extent[d];
        rest = above;
    }
    index[0] = rest;
    __global const uchar *map = tables + p.head.offset[1];
    __global const long *sources = (__global const long *)map;
    ulong from = 0, to = 0;
    bool is_constant = false;
    for (int d = 0; d < OP_RANK; d++) {
        const long source = sources[p.sources[d] + index[d]];
        is_constant = is_constant || source == GATHER_CONSTANT;
        from += (ulong)source;
        to += index[d] * p.y_stride[d];
    }
    ELEMENT element = (ELEMENT)p.fill;
    if (!is_constant) {
        element = ((__global const ELEMENT *)(x + p.head.offset[0]))[from];
        if (p.has_map) element = (ELEMENT)map[element & 255];
    }
    ((__global ELEMENT *)(y + p.head.offset[2]))[to] = element;
}
