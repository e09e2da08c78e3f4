/* SPDX-License-Identifier: Apache-2.0 */
#include "plane_words.h"

#include <string.h>

enum { GROUP = 32 };

bool clq_is_planes(clqnn_type type)
{
    return type == CLQNN_B1 || type == CLQNN_T2 || type >= CLQNN_PU1;
}

int64_t clq_row_values(clqnn_type type, int64_t count)
{
    return clq_is_planes(type) ? (count + GROUP - 1) / GROUP * GROUP : count;
}

size_t clq_row_bytes(clqnn_type type, int64_t values)
{
    return (size_t)values * clqnn_type_bits(type) / 8;
}

static bool is_signed(clqnn_type type)
{
    return type >= CLQNN_PS2 && type <= CLQNN_PS8;
}

void clq_value_range(clqnn_type type, int32_t *low, int32_t *high)
{
    const int32_t codes = 1 << clqnn_type_bits(type);
    *low = type == CLQNN_S8 || is_signed(type) ? -codes / 2 : 0;
    *high = *low + codes - 1;
    if (type == CLQNN_B1 || type == CLQNN_T2) *low = -1, *high = 1;
    if (type >= CLQNN_PO1) *low = 1 - codes, *high = codes - 1;
}

static uint32_t word_at(const void *data, int64_t word)
{
    uint32_t bits;
    memcpy(&bits, (const unsigned char *)data + word * 4, sizeof bits);
    return bits;
}

int32_t clq_plane_value(clqnn_type type, const void *data, int64_t place)
{
    const int32_t planes = (int32_t)clqnn_type_bits(type);
    int32_t q = 0;
    for (int32_t p = 0; p < planes; p++) q += (int32_t)(word_at(data, place / GROUP * planes + p) >> (place % GROUP) & 1) << p;
    if (type == CLQNN_B1) return 1 - 2 * q;
    if (type >= CLQNN_PO1) return 2 * q + 1 - (1 << planes);
    return (type == CLQNN_T2 || is_signed(type)) && q >> (planes - 1) ? q - (1 << planes) : q;
}

/* The bits of the least (greatest) value: plane p of them is bit p. */
static uint32_t end_code(clqnn_type type, bool highest)
{
    const uint32_t all = (1u << clqnn_type_bits(type)) - 1;
    if (type == CLQNN_B1) return !highest;
    if (type == CLQNN_T2) return highest ? 1 : 3;
    if (is_signed(type)) return highest ? all >> 1 : (all >> 1) + 1;
    return highest ? all : 0;
}

static uint32_t draw_word(clq_random *random, clqnn_type type, clq_bits_data data, int32_t plane)
{
    if (data == CLQ_BITS_LOWEST || data == CLQ_BITS_HIGHEST) return end_code(type, data == CLQ_BITS_HIGHEST) >> plane & 1 ? UINT32_MAX : 0;
    const uint64_t bits = clq_random_bits(random);
    return data == CLQ_BITS_SPARSE ? (uint32_t)(bits & bits >> 32 & clq_random_bits(random)) : (uint32_t)bits;
}

void clq_fill_planes(clq_random *random, clqnn_type type, clq_bits_data data, void *row, int64_t count)
{
    const int32_t planes = (int32_t)clqnn_type_bits(type);
    for (int64_t group = 0; group * GROUP < count; group++) {
        const int64_t left = count - group * GROUP;
        const uint32_t mask = left >= GROUP ? UINT32_MAX : (1u << left) - 1;
        uint32_t below = mask;
        for (int32_t p = 0; p < planes; p++) {
            uint32_t word = draw_word(random, type, data, p) & mask;
            if (type == CLQNN_T2) word &= below; /* no sign without a nonzero */
            below = word;
            memcpy((unsigned char *)row + (group * planes + p) * 4, &word, sizeof word);
        }
    }
}

const char *clq_bits_data_name(clq_bits_data data)
{
    static const char *const names[] = {"random", "lowest", "highest", "sparse"};
    return names[data];
}
