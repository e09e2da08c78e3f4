/* SPDX-License-Identifier: Apache-2.0 */
/* Scales and zero points of ranges, any device: a work-item a slot. */
__kernel void range_parameters(__global const uchar *ranges, __global uchar *scales, __global uchar *zeros, OP_COUNT, const range_parameters_params p)
{
    OP_BEGUN();
    const ulong slot = get_global_id(0);
    if (slot >= p.slots) return;
    __global const float *range = (__global const float *)(ranges + p.head.offset[0]) + 2 * slot;
    const scale_and_zero made = range_to_parameters(range[0], range[1], p.least, p.most, p.is_symmetric);
    ((__global float *)(scales + p.head.offset[1]))[slot] = made.scale;
    ((__global int *)(zeros + p.head.offset[2]))[slot] = made.zero;
}
