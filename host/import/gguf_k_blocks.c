/* SPDX-License-Identifier: Apache-2.0 */
/* Super-blocks of 256, whose groups have small integers as scales: Q4_K, Q6_K. Those integers times the block's own f16 scale fit binary32 exactly (11 + 6
 * and 11 + 8 bits). */
#include <string.h>

#include "import/gguf_blocks.h"
#include "core/float_storage.h"

static float half_at(const uint8_t *bytes)
{
    uint16_t half;
    memcpy(&half, bytes, sizeof half);
    return clq_widen_half(half);
}

/* Eight scales and eight minima of 6 bits in 12 bytes: 0 .. 3 in the low bits of bytes 0 .. 3 and 4 .. 7; those of 4 .. 7 have their low four bits in bytes 8
 * .. 11 (scale low, minimum high) and their upper two on top of bytes 0 .. 3 and 4 .. 7. */
static void part_six_bits(const uint8_t *packed, uint8_t *scales, uint8_t *minima)
{
    for (int i = 0; i < 4; i++) {
        scales[i] = packed[i] & 63;
        minima[i] = packed[4 + i] & 63;
        scales[4 + i] = (uint8_t)((packed[8 + i] & 15) | packed[i] >> 6 << 4);
        minima[4 + i] = (uint8_t)(packed[8 + i] >> 4 | packed[4 + i] >> 6 << 4);
    }
}

/* d f16, dmin f16, 12 bytes of scales and minima, 128 bytes: 32 bytes hold a group of 32 in their low halves and the next in their high ones.
 * w = (d * scale) * q - (dmin * minimum). */
void clq_gguf_unpack_q4_k(const uint8_t *block, uint8_t *codes, void *scales, void *offsets)
{
    const float d = half_at(block), dmin = half_at(block + 2);
    uint8_t small_scales[8], minima[8];
    float wide_scales[8], wide_offsets[8];
    part_six_bits(block + 4, small_scales, minima);
    for (int i = 0; i < 8; i++) {
        wide_scales[i] = d * (float)small_scales[i];
        wide_offsets[i] = dmin * (float)minima[i];
    }
    memcpy(scales, wide_scales, sizeof wide_scales);
    memcpy(offsets, wide_offsets, sizeof wide_offsets);
    for (int pair = 0; pair < 4; pair++) {
        for (int i = 0; i < 32; i++) {
            codes[pair * 64 + i] = block[16 + pair * 32 + i] & 15;
            codes[pair * 64 + 32 + i] = block[16 + pair * 32 + i] >> 4;
        }
    }
}

/* 128 bytes of low halves, 64 bytes of upper pairs of bits, 16 signed scales, d f16. Each half of the block: 64 bytes whose low halves are elements 0 .. 63
 * and whose high ones 64 .. 127, and 32 bytes that hold the upper bits of elements i, 32 + i, 64 + i, 96 + i. w = (d * scale) * (q - 32). */
void clq_gguf_unpack_q6_k(const uint8_t *block, uint8_t *codes, void *scales, void *offsets)
{
    (void)offsets;
    const float d = half_at(block + 208);
    float wide_scales[16];
    for (int i = 0; i < 16; i++) {
        const int32_t byte = block[192 + i];
        wide_scales[i] = d * (float)((byte ^ 128) - 128);
    }
    memcpy(scales, wide_scales, sizeof wide_scales);
    for (int half = 0; half < 2; half++) {
        const uint8_t *low = block + half * 64, *upper = block + 128 + half * 32;
        uint8_t *to = codes + half * 128;
        for (int i = 0; i < 32; i++) {
            to[i] = (uint8_t)(((low[i] & 15) | (upper[i] & 3) << 4) ^ 32);
            to[32 + i] = (uint8_t)(((low[32 + i] & 15) | (upper[i] >> 2 & 3) << 4) ^ 32);
            to[64 + i] = (uint8_t)((low[i] >> 4 | (upper[i] >> 4 & 3) << 4) ^ 32);
            to[96 + i] = (uint8_t)((low[32 + i] >> 4 | upper[i] >> 6 << 4) ^ 32);
        }
    }
}
