/* SPDX-License-Identifier: Apache-2.0 */
/* y = table[x] with AVX-512: the table is 128 words in four registers, and vpermi2w picks 32 words out of 64 by the upper bits of a byte;
 * the lowest bit then says which byte of the word. Even and odd bytes of x go separate ways and meet again. A work-group of one work-item
 * makes a chunk of y. Buffers: x, the table's 256 bytes, y. */
/* 128 words of the table. */
typedef struct table_words {
    uint16 first, second, third, fourth;
} table_words;

INLINED uint16 pick_words(uint16 index, uint16 low, uint16 high)
{
    __asm__("vpermi2w %2, %1, %0" : "+v"(index) : "v"(low), "v"(high)); /* the lowest six bits of each word count */
    return index;
}

/* chosen where the bits of `mask` are 1, else other. */
INLINED uint16 blend_bits(uint16 mask, uint16 chosen, uint16 other)
{
    return (chosen & mask) | (other & ~mask);
}

INLINED uint16 shift_words_right(uint16 x, int count)
{
    uint16 y;
    __asm__("vpsrlw %2, %1, %0" : "=v"(y) : "v"(x), "i"(count));
    return y;
}

INLINED uint16 shift_words_left(uint16 x, int count)
{
    uint16 y;
    __asm__("vpsllw %2, %1, %0" : "=v"(y) : "v"(x), "i"(count));
    return y;
}

INLINED uint16 word_signs(uint16 x)
{
    uint16 y;
    __asm__("vpsraw $15, %1, %0" : "=v"(y) : "v"(x));
    return y;
}

INLINED uint16 shift_right_each(uint16 x, uint16 count)
{
    uint16 y;
    __asm__("vpsrlvw %2, %1, %0" : "=v"(y) : "v"(x), "v"(count));
    return y;
}

INLINED uint16 shift_left_each(uint16 x, uint16 count)
{
    uint16 y;
    __asm__("vpsllvw %2, %1, %0" : "=v"(y) : "v"(x), "v"(count));
    return y;
}

INLINED uint16 look_up(uint16 x, const table_words *t)
{
    const uint16 even_index = shift_words_right(x, 1), odd_index = shift_words_right(x, 9);
    const uint16 even_upper = word_signs(shift_words_left(x, 8)), odd_upper = word_signs(x); /* the byte's top bit: which half of the table */
    const uint16 even = blend_bits(even_upper, pick_words(even_index, t->third, t->fourth), pick_words(even_index, t->first, t->second));
    const uint16 odd = blend_bits(odd_upper, pick_words(odd_index, t->third, t->fourth), pick_words(odd_index, t->first, t->second));
    const uint16 even_shift = shift_words_left(x, 3) & 0x00080008u;                 /* 8 where the low byte is odd: its entry is the word's upper byte */
    const uint16 odd_shift = ~shift_words_right(x, 5) & 0x00080008u;                /* 8 where the high byte is even */
    return blend_bits(0x00ff00ffu, shift_right_each(even, even_shift), shift_left_each(odd, odd_shift));
}

/* The whole vectors of begin .. end; returns where they end. */
static __attribute__((noinline)) uint table_run(__global const uchar *x, __global const uchar *table, __global uchar *y, uint begin, uint end, int streams)
{
    __global const uint16_anywhere *words = (__global const uint16_anywhere *)table;
    const table_words t = {words[0], words[1], words[2], words[3]};
    uint i = begin;
    for (; i + 64 <= end; i += 64) {
        const uint16 value = look_up(*(__global const uint16_anywhere *)(x + i), &t);
        if (streams) __builtin_nontemporal_store(value, (__global uint16 *)(y + i));
        else *(__global uint16_anywhere *)(y + i) = value;
    }
    return i;
}

/* Fewer than 64 bytes, or bytes apart. */
static void table_few(__global const uchar *x, __global const uchar *table, __global uchar *y, ulong step_x, ulong step_y, uint begin, uint end)
{
    for (uint i = begin; i < end; i++) y[i * step_y] = table[x[i * step_x]];
}

__kernel __attribute__((reqd_work_group_size(1, 1, 1))) void table_avx512(__global const uchar *x, __global const uchar *table, __global uchar *y, OP_COUNT,
                                                                         const table_params p)
{
    OP_BEGUN();
    const ulong step_x = p.nest.stride[0][OP_RANK - 1], step_y = p.nest.stride[1][OP_RANK - 1];
    const bool is_plain = step_x == 1 && step_y == 1;
    __global const uchar *entries = table + p.head.offset[1];
    nest_walk w = nest_begin(&p.nest, get_global_id(0));
    while (w.left) {
        const uint run = nest_run(&p.nest, &w);
        __global const uchar *row_x = x + p.head.offset[0] + w.at[0];
        __global uchar *row_y = y + p.head.offset[2] + w.at[1];
        const uint begin = !is_plain ? run : p.streams ? min(run, (uint)(-(ulong)row_y & 63)) : 0; /* where can be streamed to */
        table_few(row_x, entries, row_y, step_x, step_y, 0, begin);
        const uint end = table_run(row_x, entries, row_y, begin, run, p.streams);
        table_few(row_x, entries, row_y, step_x, step_y, end, run);
        nest_advance(&p.nest, &w, run);
    }
}
