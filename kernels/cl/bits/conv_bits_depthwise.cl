/* SPDX-License-Identifier: Apache-2.0 */
/* Depthwise convolution of signs (BITS_XOR) on CPUs, 32 channels of a word at once: over the taps, each channel's differences are counted in bits of its own,
 * `counts` words as the planes of 32 counters. Weights in bits_channels. A work-group makes p.block[0] words of channels of one line of pixels; at most 63 taps. */
#if LANES != 16
#error "LANES must be 16: half the channels of a word"
#endif
#define MOST_TAPS 63
#define COUNTER_PLANES 6

/* Where the taps of one pixel are: words from the image's begin; a bit of `outside` for each that is none. */
typedef struct tap_list {
    ulong place[MOST_TAPS];
    ulong outside;
} tap_list;

static void find_taps(const conv_bits_params *p, int pixel, tap_list *taps)
{
    taps->outside = 0;
    for (int tap = 0; tap < p->taps; tap++) {
        taps->place[tap] = 0;
        if (!tap_place(p, pixel, tap, &taps->place[tap])) taps->outside |= 1UL << tap;
    }
}

/* Adds one to each of the 32 counters whose bit is set. */
static inline void count_bits(uint bits, uint *counts)
{
    for (int plane = 0; plane < COUNTER_PLANES && bits; plane++) {
        const uint carry = counts[plane] & bits;
        counts[plane] ^= bits;
        bits = carry;
    }
}

/* Half `part` of the counters as integers. */
static inline uint16 read_counts(const uint *counts, int part)
{
    const uint16 lane = (uint16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) + (uint)(16 * part);
    uint16 sum = 0;
    for (uint plane = 0; plane < COUNTER_PLANES; plane++) sum |= ((uint16)counts[plane] >> lane & (uint16)1u) << (uint16)plane;
    return sum;
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void conv_bits_depthwise(__global const uchar *x, __global const uchar *weights, __global const uchar *bases, __global const uchar *tables,
                         __global const uchar *residual, __global const uchar *row_scales, __global uchar *y, OP_COUNT, const conv_bits_params p)
{
    if (p.pixels == 0) return;
    OP_BEGUN();
    const ulong n = get_group_id(2), plane = p.epilogue.gemm.columns_plane;
    const int first_word = get_group_id(0) * p.block[0], end_word = min(first_word + p.block[0], (p.epilogue.gemm.n + 31) / 32);
    const int first_pixel = get_group_id(1) * p.output[2];
    __global const uint *image = (__global const uint *)(x + p.head.offset[0]) + n * p.x_batch;
    __global const int *base = (__global const int *)(bases + p.head.offset[2]), *columns = (__global const int *)(tables + p.head.offset[3]);
    for (int pixel = first_pixel; pixel < first_pixel + p.output[2]; pixel++) {
        const float row_scale = p.epilogue.has_row_scales ? ((__global const float *)(row_scales + p.head.offset[5]))[n * p.pixels + pixel] : 1.0f;
        tap_list taps;
        find_taps(&p, pixel, &taps);
        for (int word = first_word; word < end_word; word++) {
            __global const uint *w = (__global const uint *)(weights + p.head.offset[1]) + word * p.w_panel;
            uint counts[COUNTER_PLANES] = {0};
            int16 totals[2];
            for (int tap = 0; tap < p.taps; tap++) {
                const uint signs = taps.outside >> tap & 1 ? 0 : image[taps.place[tap] + word];
                count_bits(signs ^ w[tap * p.w_word], counts);
            }
            for (int part = 0; part < 2; part++) {
                __global const int *here = base + 32 * word + 16 * part;
                uint16 total = read_counts(counts, part) * (uint)p.factor + as_uint16(vload16(0, here));
                for (int tap = 0; p.has_edges && taps.outside && tap < p.taps; tap++) {
                    if (taps.outside >> tap & 1) total -= as_uint16(vload16(0, here + (1 + tap) * plane));
                }
                totals[part] = as_int16(total);
            }
            bits_store_panel(&p.epilogue, columns, totals, (uint)word * 32, row_scale, residual + p.head.offset[4], n * p.residual_batch + pixel * p.residual_pixel,
                             y + p.head.offset[6], n * p.y_batch + pixel * p.y_pixel);
        }
    }
}
