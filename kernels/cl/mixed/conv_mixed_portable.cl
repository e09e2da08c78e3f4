/* SPDX-License-Identifier: Apache-2.0 */
/* Convolution of floats, any device: a work-item makes PIXELS elements of one output channel. Taps outside the image are left out. */
#define PIXELS 4

__kernel void conv_mixed_portable(__global const uchar *x, __global const uchar *weights, __global const uchar *tables, __global const uchar *residual,
                                  __global uchar *y, OP_COUNT, const conv_mixed_params p)
{
    OP_BEGUN();
    const int o = get_global_id(0), first = get_global_id(1) * PIXELS;
    const ulong n = get_global_id(2);
    if (p.pixels == 0 || o >= p.groups * p.group_out || first >= p.pixels) return;
    const int count = min(PIXELS, p.pixels - first);
    const ulong x_first = n * p.x_batch + (ulong)(o / p.group_out) * p.group_in * p.x_channel;
    ulong weight = (ulong)(o / p.matrix_columns) * p.matrix + o % p.matrix_columns;
    float sums[PIXELS] = {0.0f};
    for (int tap = 0; tap < p.taps; tap++) {
        const int tap_row = tap / p.window[2];
        ulong from[PIXELS];
        bool inside[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            const int pixel = first + min(i, count - 1), line = pixel / p.output[2];
            const int depth = tap_position(&p, 0, line / p.output[1], tap_row / p.window[1]);
            const int row = tap_position(&p, 1, line % p.output[1], tap_row % p.window[1]);
            const int column = tap_position(&p, 2, pixel % p.output[2], tap % p.window[2]);
            inside[i] = depth >= 0 && row >= 0 && column >= 0;
            from[i] = inside[i] ? x_first + depth * p.x_step[0] + row * p.x_step[1] + column * p.x_step[2] : 0;
        }
        for (int channel = 0; channel < p.group_in; channel++, weight += p.matrix_columns) {
            const float w = mixed_load(weights + p.head.offset[1], weight, p.sum.b_type);
            for (int i = 0; i < PIXELS; i++) {
                if (inside[i]) sums[i] = fma(mixed_load(x + p.head.offset[0], from[i] + channel * p.x_channel, p.sum.a_type), w, sums[i]);
            }
        }
    }
    for (int i = 0; i < count; i++) {
        mixed_store(&p.sum, (__global const float *)(tables + p.head.offset[2]), residual + p.head.offset[3], y + p.head.offset[4], sums[i], o,
                    n * p.residual_batch + (first + i) * p.residual_pixel + o * p.residual_channel, n * p.y_batch + (first + i) * p.y_pixel + o * p.y_channel);
    }
}
