/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of sums become the result, any device: a work-item makes an element, part after part. */
__kernel void train_join(__global const uchar *workspace, __global const uchar *bias, __global uchar *result, OP_COUNT, const train_join_params p)
{
    OP_BEGUN();
    const ulong j = get_global_id(0), i = get_global_id(1);
    if (i >= p.rows || j >= p.columns) return;
    __global const float *from = (__global const float *)(workspace + p.head.offset[0]) + i * p.row + j * p.column;
    __global float *to = (__global float *)(result + p.head.offset[2]) + i * p.result_row + j;
    float sum = from[0];
    for (int part = 1; part < p.parts; part++) sum += from[part * p.part_stride];
    if (p.has_bias) sum += ((__global const float *)(bias + p.head.offset[1]))[j];
    *to = p.adds ? sum + *to : sum;
}
