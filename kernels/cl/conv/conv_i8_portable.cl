/* SPDX-License-Identifier: Apache-2.0 */
/* The convolution that runs anywhere and takes everything: plain OpenCL C 1.2, no local memory, no alignment. A work-item makes LANES channels of one
 * pixel. w: conv_i8_n4k4; x' is unsigned. */
#if LANES != 4
#error "LANES must be 4: the channels of a panel"
#endif

/* Adds one tap: the input channels of the group at `pixel` times the panel's weights. */
static inline int4 portable_tap(const conv_params *p, __global const uchar *pixel, __global const char *weights, int4 acc, int *row_sum)
{
    const int flip = p->product.a_flip & 255;
    for (int i = 0; i < p->group_in; i++) {
        const int value = pixel[(ulong)i * p->x_channel_step] ^ flip;
        __global const char *four = weights + (i >> 2) * (LANES * 4) + (i & 3);
        acc += value * (int4)(four[0], four[4], four[8], four[12]);
        *row_sum += value;
    }
    return acc;
}

__kernel void conv_i8_portable(CONV_BUFFERS, const conv_params p)
{
    const int panels = (p.group_out + LANES - 1) / LANES;
    const int panel = (int)get_global_id(0), out_w = (int)get_global_id(1), plane = (int)get_global_id(2);
    if (p.product.m == 0 || panel >= panels * p.groups || out_w >= p.output[2]) return;
    CONV_ENTER();
    const int group = panel / panels, o_in_group = (panel - group * panels) * LANES, o = group * p.group_out + o_in_group;
    const int out_h = plane % p.output[1], out_d = plane / p.output[1] % p.output[0], image = plane / p.output[1] / p.output[0];
    const int tap_bytes = (p.group_in + 3) / 4 * (LANES * 4);
    __global const char *weights = w + (ulong)panel * (ulong)p.taps * (ulong)tap_bytes;
    __global const uchar *first = x + (ulong)image * p.x_batch_stride + (ulong)(group * p.group_in) * p.x_channel_step;
    int4 acc = 0;
    int row_sum = 0, tap = 0;
    for (int kd = 0; kd < p.window[0]; kd++) {
        const int in_d = conv_source(&p, 0, out_d, kd);
        for (int kh = 0; kh < p.window[1]; kh++) {
            const int in_h = conv_source(&p, 1, out_h, kh);
            for (int kw = 0; kw < p.window[2]; kw++, tap++) {
                const int in_w = conv_source(&p, 2, out_w, kw);
                if (in_d < 0 || in_h < 0 || in_w < 0) {
                    acc += p.product.a_zero * vload4(0, tap_sums + (ulong)tap * p.product.columns_plane + o);
                    continue;
                }
                __global const uchar *pixel = first + (ulong)in_d * p.x_step[0] + (ulong)in_h * p.x_step[1] + (ulong)in_w * p.x_step[2];
                acc = portable_tap(&p, pixel, weights + (ulong)tap * (ulong)tap_bytes, acc, &row_sum);
            }
        }
    }
    const column_terms t = load_columns(&p.product, columns, 0, o);
    const ulong residual_index = conv_residual_index(&p, image, out_d, out_h, out_w) + (ulong)o * p.residual_channel_step;
    const ulong y_index = conv_y_index(&p, image, out_d, out_h, out_w) + (ulong)o * p.y_channel_step;
    conv_store(&p, &t, acc, row_sum, table, residual, residual_index, y, y_index, p.group_out - o_in_group);
}
