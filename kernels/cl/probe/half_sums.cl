/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of products of halves, two side by side; the numbers are whole and below 2048. */
#pragma OPENCL EXTENSION cl_khr_fp16 : enable
static inline half2 eighths(uint bytes, int pair)
{
    return (half2)(convert_half(((int)(bytes << (24 - 8 * pair)) >> 24) / 8), convert_half(((int)(bytes << (16 - 8 * pair)) >> 24) / 8));
}

__kernel void probe_half_sums(__global const uint *a, __global const uint *b, __global int *out)
{
    const size_t i = get_global_id(0);
    half2 sums = (half2)(0.0h);
    for (int pair = 0; pair < 4; pair += 2) sums = fma(eighths(a[i], pair), eighths(b[i], pair), sums);
    out[i] = convert_int(sums.x) + convert_int(sums.y);
}
