/* SPDX-License-Identifier: Apache-2.0 */
/* Elements from where tables say, on a CPU: a work-group makes rows of the last dimension. */
static inline void SIZED(fill_elements)(ELEMENT value, __global ELEMENT *to, ulong step, ulong count)
{
    if (sizeof(ELEMENT) == 1 && step == 1) {
        fill_run((uchar)value, (__global uchar *)to, count);
        return;
    }
    for (ulong i = 0; i < count; i++) to[i * step] = value;
}

/* A row that is one piece of x between constants. */
static inline void SIZED(gather_run)(const gather_params *p, __global const ELEMENT *from, __global const uchar *map, __global ELEMENT *to)
{
    const ulong length = p->run_end - p->run_begin, size = sizeof(ELEMENT);
    SIZED(fill_elements)((ELEMENT)p->fill, to, 1, p->run_begin);
    if (p->has_map) map_run(map, (__global const uchar *)from, (__global uchar *)(to + p->run_begin), length);
    else copy_run((__global const uchar *)from, (__global uchar *)(to + p->run_begin), length * size);
    SIZED(fill_elements)((ELEMENT)p->fill, to + p->run_end, 1, p->extent[OP_RANK - 1] - p->run_end);
}

static inline void SIZED(gather_each)(const gather_params *p, __global const ELEMENT *from, __global const uchar *map, __global const long *sources, __global ELEMENT *to)
{
    const ulong step = p->y_stride[OP_RANK - 1];
    for (ulong i = 0; i < p->extent[OP_RANK - 1]; i++) {
        const long source = sources[i];
        ELEMENT element = (ELEMENT)p->fill;
        if (source != GATHER_CONSTANT) element = p->has_map ? (ELEMENT)map[from[source] & 255] : from[source];
        to[i * step] = element;
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void SIZED(gather_rows)(__global const uchar *x, __global const uchar *tables, __global uchar *y, OP_COUNT,
                                                                               const gather_params p)
{
    OP_BEGUN();
    __global const uchar *map = tables + p.head.offset[1];
    __global const long *sources = (__global const long *)map;
    ulong row = get_group_id(0) * p.chunk;
    const ulong end = min(row + p.chunk, p.rows);
    ulong index[OP_RANK] = {0, 0, 0, 0, 0, 0}, rest = row;
    for (int d = OP_RANK - 2; d >= 0 && row < end; d--) {
        const ulong above = rest / p.extent[d];
        index[d] = rest - above * p.extent[d];
        rest = above;
    }
    for (; row < end; row++) {
        ulong from = 0, to = 0;
        bool is_constant = false;
        for (int d = 0; d < OP_RANK - 1; d++) {
            const long source = sources[p.sources[d] + index[d]];
            is_constant = is_constant || source == GATHER_CONSTANT;
            from += (ulong)source;
            to += index[d] * p.y_stride[d];
        }
        __global ELEMENT *row_y = (__global ELEMENT *)(y + p.head.offset[2]) + to;
        __global const ELEMENT *row_x = (__global const ELEMENT *)(x + p.head.offset[0]) + (is_constant ? 0 : from);
        if (is_constant) SIZED(fill_elements)((ELEMENT)p.fill, row_y, p.y_stride[OP_RANK - 1], p.extent[OP_RANK - 1]);
        else if (p.is_run) SIZED(gather_run)(&p, row_x + sources[p.sources[OP_RANK - 1] + p.run_begin], map, row_y);
        else SIZED(gather_each)(&p, row_x, map, sources + p.sources[OP_RANK - 1], row_y);
        for (int d = OP_RANK - 2; d >= 0 && ++index[d] == p.extent[d]; d--) index[d] = 0;
    }
}
