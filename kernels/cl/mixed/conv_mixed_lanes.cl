/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of up to 16 output channels of one pixel to results, wherever the channels lie. After mixed/mixed_lanes. */
typedef struct conv_targets {
    __global const float *tables;
    __global const uchar *residual;
    __global uchar *y;
    ulong residual_first, y_first;   /* elements: the image's */
} conv_targets;

static inline conv_targets conv_targets_of(const conv_mixed_params *p, __global const uchar *tables, __global const uchar *residual, __global uchar *y, ulong n)
{
    return (conv_targets){(__global const float *)(tables + p->head.offset[2]), residual + p->head.offset[3], y + p->head.offset[4], n * p->residual_batch,
                          n * p->y_batch};
}

APART void conv_store_lanes(const conv_mixed_params *p, const conv_targets *to, float16 sum, int pixel, int channel, int count)
{
    const mixed_params *s = &p->sum;
    const ulong y_place = to->y_first + pixel * p->y_pixel + channel * p->y_channel;
    const ulong residual_place = to->residual_first + pixel * p->residual_pixel + channel * p->residual_channel;
    float16 more = 0.0f;
    if (s->residual_type && p->residual_channel == 1) more = residual_lanes(to->residual, residual_place, s->residual_type, count);
    if (s->residual_type && p->residual_channel != 1) {
        float few[16] = {0.0f};
        for (int i = 0; i < count; i++) few[i] = mixed_load(to->residual, residual_place + i * p->residual_channel, s->residual_type);
        more = *(float16_anywhere *)few;
    }
    const uint16 bits = lanes_to_bits(s, mixed_finish(s, sum, LOAD16(float, to->tables + channel), LOAD16(float, to->tables + s->table_plane + channel), more));
    const bool word = s->c_type == MIXED_F32, byte = s->c_type == MIXED_S8 || s->c_type == MIXED_U8;
    if (count == 16 && p->y_channel == 1) {
        if (word) STORE16(uint, to->y + 4 * y_place, bits);
        else if (byte) STORE16(uchar, to->y + y_place, convert_uchar16(bits));
        else STORE16(short, to->y + 2 * y_place, convert_short16(as_int16(bits)));
        return;
    }
    uint few[16];
    *(uint16_anywhere *)few = bits;
    for (int i = 0; i < count; i++) {
        if (word) ((__global uint *)to->y)[y_place + i * p->y_channel] = few[i];
        else if (byte) to->y[y_place + i * p->y_channel] = (uchar)few[i];
        else ((__global ushort *)to->y)[y_place + i * p->y_channel] = (ushort)few[i];
    }
}
