/* SPDX-License-Identifier: Apache-2.0 */
/* Four bytes of a row of a as one word for dot4, at any alignment, never reading outside the row. Needs a dot/ part before it. */

/* Bytes k .. k+3 of `row`, each xored with `flip`'s; bytes from `end` on are 0 and are not read. */
static inline uint row_word(__global const uchar *row, int k, int end, uint flip)
{
    __global const uchar *at = row + k;
    if (k + 4 <= end) return (((size_t)at & 3) == 0 ? *(__global const uint *)at : as_uint(vload4(0, at))) ^ flip;
    uint word = 0;
    for (int i = 0; i < end - k; i++) word |= (uint)(uchar)(at[i] ^ (uchar)flip) << (8 * i);
    return word;
}

/* sum + the four signed bytes of `word`. */
static inline int add_bytes(uint word, int sum)
{
    return dot4(word, 0x01010101u, sum);
}

static inline int4 dot4_columns(uint a, uint4 b, int4 acc)
{
    return (int4)(dot4(a, b.x, acc.x), dot4(a, b.y, acc.y), dot4(a, b.z, acc.z), dot4(a, b.w, acc.w));
}
