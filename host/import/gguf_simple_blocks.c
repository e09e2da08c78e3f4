/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of 32 with one scale: Q4_0, Q4_1, Q8_0. */
#include <string.h>

#include "import/gguf_blocks.h"

/* 16 bytes: elements 0 .. 15 in the low halves, 16 .. 31 in the high ones. */
static void part_halves(const uint8_t *pairs, uint8_t *codes)
{
    for (int i = 0; i < 16; i++) {
        codes[i] = pairs[i] & 15;
        codes[16 + i] = pairs[i] >> 4;
    }
}

/* d f16, 16 bytes: w = d * (q - 8). */
void clq_gguf_unpack_q4_0(const uint8_t *block, uint8_t *codes, void *scales, void *offsets)
{
    (void)offsets;
    memcpy(scales, block, 2);
    part_halves(block + 2, codes);
    for (int i = 0; i < 32; i++) codes[i] ^= 8;
}

/* d f16, m f16, 16 bytes: w = d * q + m. An offset is subtracted, so its sign changes. */
void clq_gguf_unpack_q4_1(const uint8_t *block, uint8_t *codes, void *scales, void *offsets)
{
    const uint8_t negative[2] = {block[2], block[3] ^ 0x80};
    memcpy(scales, block, 2);
    memcpy(offsets, negative, 2);
    part_halves(block + 4, codes);
}

/* d f16, 32 signed bytes: w = d * q. */
void clq_gguf_unpack_q8_0(const uint8_t *block, uint8_t *codes, void *scales, void *offsets)
{
    (void)offsets;
    memcpy(scales, block, 2);
    memcpy(codes, block + 2, 32);
}
