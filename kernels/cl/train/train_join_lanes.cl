/* SPDX-License-Identifier: Apache-2.0 */
/* The parts become dw and dbias: a work-item joins one term of 16 output channels. */
__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void train_join_lanes(__global const uchar *parts, __global uchar *dw, __global uchar *dbias, OP_COUNT, const train_lanes_params p)
{
    OP_BEGUN();
    if (p.groups == 0) return;
    const int term = get_group_id(0), panel = get_group_id(1), group = get_group_id(2), lanes = min(16, p.group_out - 16 * panel);
    __global const float *from = (__global const float *)(parts + p.head.offset[0]) + ((ulong)group * (p.terms + 1) + term) * 16 * p.panels + 16 * panel;
    float16 sum = *(__global const float16 *)from;
    for (int part = 1; part < p.parts; part++) sum += *(__global const float16 *)(from + part * p.part_stride);
    float few[16] __attribute__((aligned(64)));
    *(float16 *)few = sum;
    const ulong first = (ulong)group * p.group_out + 16 * panel;
    for (int lane = 0; lane < lanes; lane++) {
        if (term < p.terms) ((__global float *)(dw + p.head.offset[1]))[(first + lane) * p.terms + term] = few[lane];
        else ((__global float *)(dbias + p.head.offset[2]))[first + lane] = few[lane];
    }
}
