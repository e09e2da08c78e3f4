/* SPDX-License-Identifier: Apache-2.0 */
#include "import/packed_codes.h"

#include <string.h>

/* Eight codes of a byte each become eight of `width` bits, `width` bytes in all: neighbours join in pairs, then fours, then all. */
static uint64_t join_eight(uint64_t codes, int width)
{
    const uint64_t one = UINT64_MAX >> (64 - width), two = UINT64_MAX >> (64 - 2 * width), four = UINT64_MAX >> (64 - 4 * width);
    codes &= one * UINT64_C(0x0101010101010101);
    codes = (codes | codes >> (8 - width)) & two * UINT64_C(0x0001000100010001);
    codes = (codes | codes >> (16 - 2 * width)) & four * UINT64_C(0x0000000100000001);
    return width == 8 ? codes : (codes | codes >> (32 - 4 * width)) & UINT64_MAX >> (64 - 8 * width);
}

/* The inverse of join_eight. */
static uint64_t part_eight(uint64_t stream, int width)
{
    if (width == 8) return stream;
    const uint64_t one = UINT64_MAX >> (64 - width), two = UINT64_MAX >> (64 - 2 * width), four = UINT64_MAX >> (64 - 4 * width);
    stream = (stream & four) | (stream & four << 4 * width) << (32 - 4 * width);
    stream = (stream | stream << (16 - 2 * width)) & two * UINT64_C(0x0001000100010001);
    return (stream | stream << (8 - width)) & one * UINT64_C(0x0101010101010101);
}

void clq_codes_put(uint8_t *stream, int width, uint64_t first, const uint8_t *codes, int64_t count)
{
    for (int64_t i = 0; i < count; i += 8) {
        const uint64_t bit = (first + (uint64_t)i) * (uint64_t)width;
        uint64_t eight = 0, there;
        if (count - i >= 8) {
            memcpy(&eight, codes + i, 8);
        } else {
            memcpy(&eight, codes + i, (size_t)(count - i));
        }
        /* width * 8 + 7 bits fit: only widths of 8 fill the word, and those start with a byte. */
        eight = join_eight(eight, width) << bit % 8;
        memcpy(&there, stream + bit / 8, sizeof there);
        there |= eight;
        memcpy(stream + bit / 8, &there, sizeof there);
    }
}

void clq_codes_get(const uint8_t *stream, uint64_t size, int width, uint64_t first, int64_t count, uint8_t *codes)
{
    for (int64_t i = 0; i < count; i += 8) {
        const uint64_t bit = (first + (uint64_t)i) * (uint64_t)width, left = size - bit / 8;
        uint64_t eight = 0;
        if (left >= 8) {
            memcpy(&eight, stream + bit / 8, 8);
        } else {
            memcpy(&eight, stream + bit / 8, (size_t)left);
        }
        eight = part_eight(eight >> bit % 8, width);
        if (count - i >= 8) {
            memcpy(codes + i, &eight, 8);
        } else {
            memcpy(codes + i, &eight, (size_t)(count - i));
        }
    }
}

void clq_codes_flip_sign(uint8_t *stream, int width, uint64_t count)
{
    const uint64_t bits = count * (uint64_t)width;
    uint8_t pattern[24] = {0}; /* a whole number of codes, whatever the width */
    for (int bit = width - 1; bit < 24 * 8; bit += width) pattern[bit / 8] |= (uint8_t)(1u << bit % 8);
    for (uint64_t i = 0; i < bits / 8; i += 24) {
        const uint64_t some = bits / 8 - i < 24 ? bits / 8 - i : 24;
        for (uint64_t j = 0; j < some; j++) stream[i + j] ^= pattern[j];
    }
    if (bits % 8) stream[bits / 8] ^= (uint8_t)(pattern[bits / 8 % 24] & ((1u << bits % 8) - 1));
}
