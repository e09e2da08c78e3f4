/* SPDX-License-Identifier: Apache-2.0 */
/* Scales and zero points from device memory as the planes that the conversions read, each within what these can work with; the padding is of 1 and 0. A
 * work-item makes 16 of each. */
#define LEAST_QUANTIZING_SCALE 0x1p-125f

__kernel void convert_values(__global const uchar *scales, __global const uchar *zeros, __global uchar *values, OP_COUNT, const convert_values_params p)
{
    OP_BEGUN();
    __global const float *scale = (__global const float *)(scales + p.head.offset[0]);
    __global const int *zero = (__global const int *)(zeros + p.head.offset[1]);
    __global int *to = (__global int *)(values + p.head.offset[2]);
    const ulong begin = get_global_id(0) * 16, end = min(begin + 16, p.plane);
    for (ulong i = begin; i < end; i++) {
        const float given = i < p.count ? scale[i] : 1.0f;
        const float usable = given >= LEAST_QUANTIZING_SCALE ? min(given, FLT_MAX) : LEAST_QUANTIZING_SCALE; /* NaN is in no order */
        to[i] = as_int(usable);
        to[p.plane + i] = i < p.count ? clamp(zero[i], p.low, p.high) : 0;
    }
}
