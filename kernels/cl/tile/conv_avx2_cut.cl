/* SPDX-License-Identifier: Apache-2.0 */
/* How conv_i8_avx2 cuts a convolution: into blocks of output pixels, whose windows are widened to 16 bits into private memory, and parts of the input
 * channels. Compiled twice, as prelude/conv_params: the host counts the blocks that the kernel makes. Reads group_in, taps, output, window, stride and
 * dilation. */
#define AVX2_CUT_MOST_WIDE 16384  /* 16-bit values */
#define AVX2_CUT_MOST_PIXELS 60   /* of a block */
#define AVX2_CUT_MOST_COLUMNS 30
#define AVX2_CUT_PART_WEIGHTS 576 /* of an output channel, taps times channels: 18 KB a panel, which should stay in the first-level cache */
#define AVX2_CUT_MOST_PART 256

typedef struct avx2_cut {
    clq_int part;          /* input channels, even */
    clq_int rows, columns; /* blocks of one image and depth; blocks differ by one row or column at most */
} avx2_cut;

/* Input positions are kept every `step`: all that a block of `count` outputs needs, whatever the stride and the dilation. */
static inline clq_int avx2_cut_step(const conv_params *p, clq_int dimension, clq_int count)
{
    clq_int a = p->stride[dimension], b = p->dilation[dimension];
    if (count == 1) return b;
    if (p->window[dimension] == 1) return a;
    while (b != 0) {
        const clq_int rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static inline clq_ulong avx2_cut_extent(const conv_params *p, clq_int dimension, clq_int count)
{
    const clq_ulong last = (clq_ulong)(count - 1) * (clq_ulong)p->stride[dimension] + (clq_ulong)(p->window[dimension] - 1) * (clq_ulong)p->dilation[dimension];
    return last / (clq_ulong)avx2_cut_step(p, dimension, count) + 1;
}

static inline clq_int avx2_cut_fits(const conv_params *p, clq_int high, clq_int wide, clq_int part)
{
    const clq_ulong rows = avx2_cut_extent(p, 1, high), columns = avx2_cut_extent(p, 2, wide), most = AVX2_CUT_MOST_WIDE;
    if (rows > most || columns > most || rows * columns > most) return 0;
    return rows * columns * (clq_ulong)p->window[0] * (clq_ulong)part <= most;
}

static inline clq_int avx2_cut_blocks(clq_int count, clq_int block)
{
    return (count - 1) / block + 1;
}

/* Up to 8192 taps always fit: one pixel, two channels. */
static inline avx2_cut avx2_cut_of(const conv_params *p)
{
    const clq_ulong weights = (clq_ulong)p->group_in * (clq_ulong)p->taps;
    const clq_int parts = (clq_int)((weights + AVX2_CUT_PART_WEIGHTS - 1) / AVX2_CUT_PART_WEIGHTS);
    clq_int part = avx2_cut_blocks(p->group_in, parts);
    part = part < 16 ? (part + 1) / 2 * 2 : (part + 15) / 16 * 16;
    if (part > AVX2_CUT_MOST_PART) part = AVX2_CUT_MOST_PART;
    clq_int wide = avx2_cut_blocks(p->output[2], avx2_cut_blocks(p->output[2], AVX2_CUT_MOST_COLUMNS));
    clq_int high = AVX2_CUT_MOST_PIXELS / wide;
    if (high > p->output[1]) high = p->output[1];
    while (!avx2_cut_fits(p, high, wide, part)) {
        if (high > 1) high = (high + 1) / 2;
        else if (part > 64) part = (part + 3) / 4 * 2;
        else if (wide > 6) wide = (wide + 1) / 2;
        else if (part > 2) part = (part + 3) / 4 * 2;
        else wide = (wide + 1) / 2;
    }
    avx2_cut cut;
    cut.part = part;
    cut.rows = avx2_cut_blocks(p->output[1], high);
    cut.columns = avx2_cut_blocks(p->output[2], wide);
    return cut;
}
