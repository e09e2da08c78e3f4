/* SPDX-License-Identifier: Apache-2.0 */
/* Depthwise convolution of floats on a CPU, channels first: 16 pixels of a line side by side. A work-group of one work-item makes p.run lines of one output
 * channel, from those of x that they see, which are widened into local memory with zeros around. */
#define PLANE_FLOATS 16384
#define MOST_TAPS 64

/* Sixteen neighbours, or every other one. */
static inline float16 plane_lanes(__local const float *from, int stride)
{
    if (stride == 1) return *(__local const float16_anywhere *)from;
    const float16 near = *(__local const float16_anywhere *)from, far = *(__local const float16_anywhere *)(from + 16);
    return __builtin_shufflevector(near, far, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
}

/* Up to 16 pixels of one channel. */
APART void store_pixels(const conv_mixed_params *p, const conv_targets *to, float16 sum, int pixel, int channel, int count)
{
    const mixed_params *s = &p->sum;
    const ulong y_place = to->y_first + pixel * p->y_pixel + channel * p->y_channel;
    float few[16] __attribute__((aligned(64))) = {0.0f};
    for (int i = 0; s->residual_type && i < count; i++) {
        few[i] = mixed_load(to->residual, to->residual_first + (pixel + i) * p->residual_pixel + channel * p->residual_channel, s->residual_type);
    }
    const uint16 bits = lanes_to_bits(s, mixed_finish(s, sum, to->tables[channel], to->tables[s->table_plane + channel], *(float16 *)few));
    const bool word = s->c_type == MIXED_F32, byte = s->c_type == MIXED_S8 || s->c_type == MIXED_U8;
    if (count == 16 && p->y_pixel == 1) {
        if (word) STORE16(uint, to->y + 4 * y_place, bits);
        else if (byte) STORE16(uchar, to->y + y_place, convert_uchar16(bits));
        else STORE16(short, to->y + 2 * y_place, convert_short16(as_int16(bits)));
        return;
    }
    uint words[16];
    *(uint16_anywhere *)words = bits;
    for (int i = 0; i < count; i++) {
        if (word) ((__global uint *)to->y)[y_place + i * p->y_pixel] = words[i];
        else if (byte) to->y[y_place + i * p->y_pixel] = (uchar)words[i];
        else ((__global ushort *)to->y)[y_place + i * p->y_pixel] = (ushort)words[i];
    }
}

/* Lines `first` .. + lines of x, those that exist, behind p.pad[2] zeros each. `x`: the channel's plane. */
static void copy_plane(const conv_mixed_params *p, __local float *plane, __global const uchar *x, ulong size, int first, int lines)
{
    const int low = max(0, -first), high = clamp(p->input[1] - first, low, lines);
    for (int i = 0; i < lines * p->pitch; i += 16) *(__local float16_anywhere *)(plane + i) = 0.0f;
    if (low == high) return;
    const block_place place = {plane + low * p->pitch + p->pad[2], p->pitch, 16};
    block_copy_rows(place, x + (first + low) * p->x_step[1] * size, p->sum.a_type, p->x_step[1], high - low, p->input[2]);
}

#pragma OPENCL FP_CONTRACT ON
INLINED float16 sum_lanes(const conv_mixed_params *p, __local const float *from, const float *w, int stride)
{
    float16 sum = 0.0f;
    for (int row = 0; row < p->window[1]; row++, from += p->dilation[1] * p->pitch) {
        for (int column = 0; column < p->window[2]; column++) sum = plane_lanes(from + column * p->dilation[2], stride) * (float16)(*w++) + sum;
    }
    return sum;
}
#pragma OPENCL FP_CONTRACT OFF

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void conv_mixed_planes(__global const uchar *x, __global const uchar *weights, __global const uchar *tables, __global const uchar *residual, __global uchar *y,
                       OP_COUNT, const conv_mixed_params p)
{
    __local float plane[PLANE_FLOATS + 32] __attribute__((aligned(64)));
    if (p.pixels == 0) return;
    OP_BEGUN();
    const ulong n = get_group_id(2);
    const int o = get_group_id(1), first = get_group_id(0) * p.run, lines = min(p.run, p.output[1] - first), stride = p.stride[2];
    const ulong x_size = mixed_size(p.sum.a_type);
    const conv_targets to = conv_targets_of(&p, tables, residual, y, n);
    __global const uchar *from = x + p.head.offset[0] + (n * p.x_batch + o / p.group_out * p.x_channel) * x_size;
    float w[MOST_TAPS];
    for (int tap = 0; tap < p.taps; tap++) w[tap] = mixed_load(weights + p.head.offset[1], ((ulong)(o / 16) * p.taps + tap) * 16 + o % 16, p.sum.b_type);
    copy_plane(&p, plane, from, x_size, first * p.stride[1] - p.pad[1], (lines - 1) * p.stride[1] + (p.window[1] - 1) * p.dilation[1] + 1);
    for (int line = 0; line < lines; line++) {
        for (int at = 0; at < p.output[2]; at += 16) {
            __local const float *seen = plane + line * p.stride[1] * p.pitch + at * stride;
            const float16 sum = stride == 1 ? sum_lanes(&p, seen, w, 1) : sum_lanes(&p, seen, w, 2);
            store_pixels(&p, &to, sum, (first + line) * p.output[2] + at, o, min(16, p.output[2] - at));
        }
    }
}
