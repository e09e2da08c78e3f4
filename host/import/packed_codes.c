/* SPDX-License-Identifier: Apache-2.0 */
#include "import/packed_codes.h"

#include <string.h>

/* `count` fields of `bits` bits, every `step` bits. */
static uint64_t fields(int bits, int count, int step)
{
    uint64_t mask = 0;
    for (int i = 0; i < count; i++) mask |= (UINT64_MAX >> (64 - bits)) << i * step;
    return mask;
}

/* The odd ones of fields `step` bits apart move next to the even ones, whose mask is `even`; and back. */
static uint64_t join_pairs(uint64_t codes, uint64_t even, int step, int width)
{
    return (codes & even) | (codes & even << step) >> (step - width);
}

static uint64_t part_pairs(uint64_t codes, uint64_t even, int step, int width)
{
    return (codes & even) | (codes & even << width) << (step - width);
}

/* Masks of even fields: codes, pairs and fours. */
typedef struct pair_masks {
    uint64_t one, two, four;
} pair_masks;

static pair_masks masks_of(int width)
{
    return (pair_masks){.one = fields(width, 4, 16), .two = fields(2 * width, 2, 32), .four = fields(4 * width, 1, 64)};
}

/* Eight codes of a byte each become eight of `width` bits: neighbours join in pairs, then fours, then all. */
static uint64_t join_eight(uint64_t codes, const pair_masks *masks, int width)
{
    codes = join_pairs(codes, masks->one, 8, width);
    codes = join_pairs(codes, masks->two, 16, 2 * width);
    return join_pairs(codes, masks->four, 32, 4 * width);
}

static uint64_t part_eight(uint64_t codes, const pair_masks *masks, int width)
{
    codes = part_pairs(codes, masks->four, 32, 4 * width);
    codes = part_pairs(codes, masks->two, 16, 2 * width);
    return part_pairs(codes, masks->one, 8, width);
}

void clq_codes_put(uint8_t *stream, int width, uint64_t first, const uint8_t *codes, int64_t count)
{
    const pair_masks masks = masks_of(width);
    for (int64_t i = 0; i < count; i += 8) {
        const uint64_t bit = (first + (uint64_t)i) * (uint64_t)width;
        uint64_t eight = 0, there;
        if (count - i >= 8) {
            memcpy(&eight, codes + i, 8);
        } else {
            memcpy(&eight, codes + i, (size_t)(count - i));
        }
        /* width * 8 + 7 bits fit: only widths of 8 fill the word, and those start with a byte. */
        eight = join_eight(eight, &masks, width) << bit % 8;
        memcpy(&there, stream + bit / 8, sizeof there);
        there |= eight;
        memcpy(stream + bit / 8, &there, sizeof there);
    }
}

void clq_codes_get(const uint8_t *stream, uint64_t size, int width, uint64_t first, int64_t count, uint8_t *codes)
{
    const pair_masks masks = masks_of(width);
    for (int64_t i = 0; i < count; i += 8) {
        const uint64_t bit = (first + (uint64_t)i) * (uint64_t)width, left = size - bit / 8;
        uint64_t eight = 0;
        if (left >= 8) {
            memcpy(&eight, stream + bit / 8, 8);
        } else {
            memcpy(&eight, stream + bit / 8, (size_t)left);
        }
        eight = part_eight(eight >> bit % 8, &masks, width);
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
