/* SPDX-License-Identifier: Apache-2.0 */
/* Bilinear resizing of images whose channels are contiguous, LANES channels at a time: a work-group makes rows. At least LANES channels; the last lanes overlap. */
static inline NAMED(half_ints) NAMED(blend)(const NAMED(lane_words) *corners, const int *weights, int zero)
{
    NAMED(half_ints) acc = (NAMED(half_ints))(-zero);
    #pragma unroll
    for (int i = 0; i < 4; i++) acc += __builtin_convertvector(corners[i], NAMED(half_ints)) * weights[i];
    return acc;
}

/* A result before the zero point, modulo 2^16. `is_fixed` is a constant where this is called. */
static inline NAMED(lane_words) NAMED(resize_finish)(const resize_params *p, bool is_fixed, NAMED(half_ints) acc, float low, float high)
{
    if (!is_fixed) return NAMED(requantize_half)(acc, p->multiplier, low, high);
    const int is_away = p->fixed == RESIZE_TIES_AWAY ? -1 : 0;
    return __builtin_convertvector((acc + (1 << (RESIZE_SHIFT - 1)) + ((acc >> 31) & is_away)) >> RESIZE_SHIFT, NAMED(lane_words));
}

/* One pixel; corners: where its four neighbours begin. */
static inline void NAMED(resize_pixel)(const resize_params *p, bool is_fixed, __global const uchar *const *corners, const int *weights, __global uchar *y)
{
    const uint channels = (uint)p->channels;
    const float low = (float)(p->low - p->y_zero), high = (float)(p->high - p->y_zero);
    for (uint c = 0; c < channels; c += LANES) {
        const uint at = min(c, channels - LANES);
        NAMED(lane_words) even[4], odd[4];
        #pragma unroll
        for (int i = 0; i < 4; i++) {
            const NAMED(lane_words) words = __builtin_astype(NAMED(load_bytes)(corners[i] + at) ^ (NAMED(lane_bytes))(uchar)p->flip, NAMED(lane_words));
            even[i] = words & (ushort)255;
            odd[i] = words >> (ushort)8;
        }
        const int zero = p->x_zero * (RESIZE_ONE * RESIZE_ONE);
        const NAMED(lane_words) first = NAMED(resize_finish)(p, is_fixed, NAMED(blend)(even, weights, zero), low, high);
        const NAMED(lane_words) second = NAMED(resize_finish)(p, is_fixed, NAMED(blend)(odd, weights, zero), low, high);
        NAMED(store_bytes)(y + at, NAMED(join_pairs)(first, second) + (NAMED(lane_bytes))(uchar)(p->y_zero ^ p->flip));
    }
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void NAMED(resize_channels)(__global const uchar *restrict x, __global const uchar *restrict tables,
                                                                                    __global uchar *restrict y, OP_COUNT, const resize_params p)
{
    OP_BEGUN();
    __global const int *words = (__global const int *)(tables + p.head.offset[1]);
    ulong row = get_group_id(0) * p.chunk;
    const ulong end = min(row + p.chunk, p.rows);
    ulong image = row < end ? row / (uint)p.height : 0, line = row - image * (uint)p.height;
    for (; row < end; row++) {
        __global const int *v = words + p.neighbours[0] + line * 3, *h = words + p.neighbours[1];
        __global const uchar *upper = x + p.head.offset[0] + image * p.x_stride[RESIZE_N] + (ulong)v[0] * p.x_stride[RESIZE_H];
        __global const uchar *lower = x + p.head.offset[0] + image * p.x_stride[RESIZE_N] + (ulong)v[1] * p.x_stride[RESIZE_H];
        __global uchar *to = y + p.head.offset[2] + image * p.y_stride[RESIZE_N] + line * p.y_stride[RESIZE_H];
        for (int column = 0; column < p.width; column++, h += 3, to += p.y_stride[RESIZE_W]) {
            const ulong left = (ulong)h[0] * p.x_stride[RESIZE_W], right = (ulong)h[1] * p.x_stride[RESIZE_W];
            __global const uchar *const corners[4] = {upper + left, upper + right, lower + left, lower + right};
            const int above = RESIZE_ONE - v[2], before = RESIZE_ONE - h[2];
            const int weights[4] = {above * before, above * h[2], v[2] * before, v[2] * h[2]};
            if (p.fixed) NAMED(resize_pixel)(&p, true, corners, weights, to);
            else NAMED(resize_pixel)(&p, false, corners, weights, to);
        }
        if (++line < (uint)p.height) continue;
        line = 0;
        image++;
    }
}
