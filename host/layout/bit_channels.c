/* SPDX-License-Identifier: Apache-2.0 */
/* Columns that have one value in each group of 32 of k, as a depthwise convolution's output channels have: 32 columns share a word.
 *
 *     [panel = ceil(n / 32)][group = ceil(k / 32)][plane]     words; bit c is the first value of the group of column 32 * panel + c, 0 beyond n */
#include <string.h>

#include "core/checked.h"
#include "layout/bit_layout.h"
#include "quantization/bit_form.h"

static int64_t panel_count(const clq_bit_shape *shape)
{
    return (shape->n + CLQ_WORD_VALUES - 1) / CLQ_WORD_VALUES;
}

static int64_t panel_words(const clq_bit_shape *shape)
{
    return clq_bit_groups(shape->k) * shape->planes;
}

static uint32_t load(const void *words, int64_t index)
{
    uint32_t word;
    memcpy(&word, (const unsigned char *)words + index * (int64_t)sizeof word, sizeof word);
    return word;
}

static void store(void *words, int64_t index, uint32_t word)
{
    memcpy((unsigned char *)words + index * (int64_t)sizeof word, &word, sizeof word);
}

static bool size_of(const clq_bit_layout *layout, const clq_bit_shape *shape, uint64_t *bytes)
{
    (void)layout;
    if (shape->k % CLQ_WORD_VALUES != 1) return false; /* the last group has more than one value */
    return clq_multiply((uint64_t)panel_words(shape) * sizeof(uint32_t), (uint64_t)panel_count(shape), bytes) && *bytes <= INT64_MAX;
}

static void pack(const clq_bit_layout *layout, const clq_bit_shape *shape, const void *rows, int64_t row_words, void *packed)
{
    const int64_t words = panel_words(shape);
    (void)layout;
    memset(packed, 0, (size_t)(panel_count(shape) * words) * sizeof(uint32_t));
    for (int64_t column = 0; column < shape->n; column++) {
        const unsigned char *row = (const unsigned char *)rows + column * row_words * (int64_t)sizeof(uint32_t);
        for (int64_t word = 0; word < words; word++) {
            const uint32_t bit = clq_bit_word(shape, row, word / shape->planes, (int32_t)(word % shape->planes)) & 1u;
            const int64_t at = column / CLQ_WORD_VALUES * words + word;
            store(packed, at, load(packed, at) | bit << column % CLQ_WORD_VALUES);
        }
    }
}

static void unpack(const clq_bit_layout *layout, const clq_bit_shape *shape, const void *packed, void *rows)
{
    const int64_t words = panel_words(shape);
    (void)layout;
    for (int64_t column = 0; column < shape->n; column++) {
        for (int64_t word = 0; word < words; word++) {
            store(rows, column * words + word, load(packed, column / CLQ_WORD_VALUES * words + word) >> column % CLQ_WORD_VALUES & 1u);
        }
    }
}

static bool check(const clq_bit_layout *layout, const clq_bit_shape *shape, const void *packed)
{
    const int64_t words = panel_words(shape), last = shape->n % CLQ_WORD_VALUES;
    (void)layout;
    for (int64_t at = 0; at < panel_count(shape) * words; at++) {
        const uint32_t word = load(packed, at);
        if (last && at / words == shape->n / CLQ_WORD_VALUES && word >> last) return false;
        if (shape->type == CLQNN_T2 && at % 2 == 1 && word & ~load(packed, at - 1)) return false; /* the sign lies within nonzero */
    }
    return true;
}

const clq_bit_layout clq_layout_bits_channels = {"bits_channels", 1, size_of, pack, unpack, check};
