/* SPDX-License-Identifier: Apache-2.0 */
/* Maxima of bits, any device: a work-item makes one word of y. Neighbours are the words of a pixel, then pixels of a row. */
#define LOAD_WORD(pointer) (*(pointer))
POOL_BITS_WINDOW(pool_word, uint, LOAD_WORD)

__kernel void pool_bits_portable(__global const uchar *x, __global uchar *y, __global const uchar *tables, OP_COUNT, const pool_bits_params p)
{
    OP_BEGUN();
    if (get_global_id(0) >= (ulong)p.words * (ulong)p.output[2] || get_global_id(1) >= p.rows) return;
    __global const int *windows = (__global const int *)(tables + p.head.offset[2]);
    const uint inner = (uint)get_global_id(0), column = inner / (uint)p.words, word = inner % (uint)p.words;
    const pool_bits_row row = pool_bits_row_at(&p, windows, get_global_id(1));
    __global const int *window = windows + p.windows[2] + column * 2;
    __global const uint *from = (__global const uint *)(x + p.head.offset[0]) + row.x + (ulong)window[0] * p.x_stride[3] + word;
    ((__global uint *)(y + p.head.offset[1]))[row.y + column * p.y_stride[3] + word] = pool_word(&p, from, row.taps, window[1]);
}
