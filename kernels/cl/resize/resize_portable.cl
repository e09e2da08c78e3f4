/* SPDX-License-Identifier: Apache-2.0 */
/* Bilinear resizing, any device: a work-item makes one element. Neighbours are channels, or columns where channels stand first. */
__kernel void resize_portable(__global const uchar *restrict x, __global const uchar *restrict tables, __global uchar *restrict y, OP_COUNT, const resize_params p)
{
    OP_BEGUN();
    const uint inner = p.channels_last ? (uint)p.channels : (uint)p.width, middle = p.channels_last ? (uint)p.width : (uint)p.height;
    if (get_global_id(0) >= inner || get_global_id(1) >= middle) return;
    const uint rest = (uint)get_global_id(2), last = p.channels_last ? (uint)p.height : (uint)p.channels, image = rest / last, other = rest - image * last;
    const uint channel = p.channels_last ? (uint)get_global_id(0) : other, column = p.channels_last ? (uint)get_global_id(1) : (uint)get_global_id(0);
    const uint row = p.channels_last ? other : (uint)get_global_id(1);
    __global const int *words = (__global const int *)(tables + p.head.offset[1]);
    __global const int *v = words + p.neighbours[0] + row * 3, *h = words + p.neighbours[1] + column * 3;
    __global const uchar *from = x + p.head.offset[0] + image * p.x_stride[RESIZE_N] + channel * p.x_stride[RESIZE_C];
    int sums[2];
    for (int i = 0; i < 2; i++) {
        __global const uchar *line = from + (ulong)v[i] * p.x_stride[RESIZE_H];
        sums[i] = (line[(ulong)h[0] * p.x_stride[RESIZE_W]] ^ p.flip) * (RESIZE_ONE - h[2]) + (line[(ulong)h[1] * p.x_stride[RESIZE_W]] ^ p.flip) * h[2];
    }
    const int acc = sums[0] * (RESIZE_ONE - v[2]) + sums[1] * v[2] - p.x_zero * (RESIZE_ONE * RESIZE_ONE);
    int value = 0;
    if (p.fixed) value = ((acc + (1 << (RESIZE_SHIFT - 1)) + (p.fixed == RESIZE_TIES_AWAY ? acc >> 31 : 0)) >> RESIZE_SHIFT) + p.y_zero;
    else value = clamp((int)rint(clamp((float)acc * p.multiplier, -1000.0f, 1000.0f)) + p.y_zero, p.low, p.high);
    y[p.head.offset[2] + image * p.y_stride[RESIZE_N] + channel * p.y_stride[RESIZE_C] + row * p.y_stride[RESIZE_H] + column * p.y_stride[RESIZE_W]] =
        (uchar)(value ^ p.flip);
}
