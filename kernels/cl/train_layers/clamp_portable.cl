/* SPDX-License-Identifier: Apache-2.0 */
/* Clamps, any device. */
__kernel void clamp_portable(__global const uchar *x, __global const uchar *b, __global uchar *y, OP_COUNT, const clamp_params p)
{
    OP_BEGUN();
    const ulong first = get_group_id(0) * LAYER_GROUP * LAYER_EACH + get_local_id(0);
    __global const float *from = (__global const float *)(x + p.head.offset[0]), *other = (__global const float *)(b + p.head.offset[1]);
    __global float *to = (__global float *)(y + p.head.offset[2]);
    for (int k = 0; k < LAYER_EACH; k++) {
        const ulong i = first + k * LAYER_GROUP;
        if (i >= p.count) return;
        float v = from[i];
        if (p.what == CLAMP_BACKWARD) {
            to[i] = other[i] <= p.least || other[i] >= p.most ? 0.0f : v;
            continue;
        }
        if (p.what == CLAMP_SUM) v += other[i];
        to[i] = v < p.least ? p.least : v > p.most ? p.most : v;
    }
}
