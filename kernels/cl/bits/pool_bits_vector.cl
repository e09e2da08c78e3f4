/* SPDX-License-Identifier: Apache-2.0 */
/* Maxima of bits on a CPU: a work-group of one work-item makes a chunk of rows, up to 8 words of a pixel at a time. */
typedef uint8 uint8_anywhere __attribute__((aligned(4)));
typedef uint4 uint4_anywhere __attribute__((aligned(4)));
typedef uint2 uint2_anywhere __attribute__((aligned(4)));

#define LOAD_8(pointer) (*(__global const uint8_anywhere *)(pointer))
#define LOAD_4(pointer) (*(__global const uint4_anywhere *)(pointer))
#define LOAD_2(pointer) (*(__global const uint2_anywhere *)(pointer))
#define LOAD_1(pointer) (*(pointer))
POOL_BITS_WINDOW(pool_words_8, uint8, LOAD_8)
POOL_BITS_WINDOW(pool_words_4, uint4, LOAD_4)
POOL_BITS_WINDOW(pool_words_2, uint2, LOAD_2)
POOL_BITS_WINDOW(pool_words_1, uint, LOAD_1)

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void pool_bits_vector(__global const uchar *x, __global uchar *y, __global const uchar *tables, OP_COUNT,
                                                                              const pool_bits_params p)
{
    OP_BEGUN();
    __global const int *windows = (__global const int *)(tables + p.head.offset[2]);
    const ulong first = get_global_id(0) * p.chunk, end = min(first + p.chunk, p.rows);
    const int words = p.words;
    for (ulong number = first; number < end; number++) {
        const pool_bits_row row = pool_bits_row_at(&p, windows, number);
        for (int column = 0; column < p.output[2]; column++) {
            __global const int *window = windows + p.windows[2] + column * 2;
            __global const uint *from = (__global const uint *)(x + p.head.offset[0]) + row.x + (ulong)window[0] * p.x_stride[3];
            __global uint *to = (__global uint *)(y + p.head.offset[1]) + row.y + (ulong)column * p.y_stride[3];
            int i = 0;
            for (; i + 8 <= words; i += 8) *(__global uint8_anywhere *)(to + i) = pool_words_8(&p, from + i, row.taps, window[1]);
            if (i + 4 <= words) *(__global uint4_anywhere *)(to + i) = pool_words_4(&p, from + i, row.taps, window[1]), i += 4;
            if (i + 2 <= words) *(__global uint2_anywhere *)(to + i) = pool_words_2(&p, from + i, row.taps, window[1]), i += 2;
            if (i < words) to[i] = pool_words_1(&p, from + i, row.taps, window[1]);
        }
    }
}
