/* SPDX-License-Identifier: Apache-2.0 */
/* Pooling on any device: a work-item makes one element of y. Neighbours are channels, or columns where channels stand first. */
__kernel void pool_portable(__global const uchar *restrict x, __global uchar *restrict y, __global const int *restrict tables, OP_COUNT, const pool_params p)
{
    OP_BEGUN();
    const uint inner = p.channels_last ? (uint)p.channels : (uint)p.output[2], middle = p.channels_last ? (uint)p.output[2] : (uint)p.output[1];
    const uint last = p.channels_last ? (uint)p.output[1] : (uint)p.output[0], first = p.channels_last ? (uint)p.output[0] : (uint)p.channels;
    if (get_global_id(0) >= inner || get_global_id(1) >= middle) return;
    const uint rest = (uint)get_global_id(2), above = rest / last, image = above / first;
    const uint low = rest - above * last, high = above - image * first;
    const uint channel = p.channels_last ? (uint)get_global_id(0) : high;
    const uint at[POOL_AXES] = {p.channels_last ? high : low, p.channels_last ? low : (uint)get_global_id(1),
                                p.channels_last ? (uint)get_global_id(1) : (uint)get_global_id(0)};
    __global const int *map_words = tables + p.head.offset[2] / 4;
    ulong from = p.head.offset[0] + image * p.x_stride[POOL_N] + channel * p.x_stride[POOL_C];
    ulong to = p.head.offset[1] + image * p.y_stride[POOL_N] + channel * p.y_stride[POOL_C];
    int taps[POOL_AXES], padded = 1;
    for (int i = 0; i < POOL_AXES; i++) {
        __global const int *window = map_words + p.windows[i] + at[i] * 3;
        from += (ulong)window[0] * p.x_stride[POOL_S + i];
        to += at[i] * p.y_stride[POOL_S + i];
        taps[i] = window[1];
        padded *= window[2];
    }
    uint sum = 0;
    int largest = 0;
    for (int d = 0; d < taps[0]; d++) {
        for (int h = 0; h < taps[1]; h++) {
            __global const uchar *row = x + from + (ulong)d * p.tap_step[0] + (ulong)h * p.tap_step[1];
            for (int w = 0; w < taps[2]; w++) {
                const int value = row[(ulong)w * p.tap_step[2]] ^ p.flip;
                sum += (uint)value;
                largest = max(largest, value);
            }
        }
    }
    const int inside = taps[0] * taps[1] * taps[2];
    const int value = p.is_max ? pool_max(&p, (__global const uchar *)map_words, largest) : pool_average(&p, sum, inside, padded);
    y[to] = (uchar)(value ^ p.flip);
}
