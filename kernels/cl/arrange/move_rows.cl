/* SPDX-License-Identifier: Apache-2.0 */
/* Moves a nest whose innermost loop is contiguous in both tensors, as bytes: a work-group makes a chunk. */
__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void move_rows(__global const uchar *x, __global const uchar *map, __global uchar *y, OP_COUNT, const move_params p)
{
    OP_BEGUN();
    nest_walk w = nest_begin(&p.nest, get_group_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        __global const uchar *from = x + p.head.offset[0] + w.at[0];
        __global uchar *to = y + p.head.offset[2] + w.at[1];
        if (p.has_map) map_run(map + p.head.offset[1], from, to, run);
        else copy_run(from, to, run);
        nest_advance(&p.nest, &w, run);
    }
}
