/* SPDX-License-Identifier: Apache-2.0 */
#include "bit_planes.h"

#include <string.h>

enum { GROUP = 32 };

static int is_odd(clqnn_type type)
{
    return type >= CLQNN_PO1 && type <= CLQNN_PO8;
}

static int is_signed(clqnn_type type)
{
    return type >= CLQNN_PS2 && type <= CLQNN_PS8;
}

int clq_reference_plane_bits(clqnn_type type)
{
    if (type == CLQNN_B1) return 1;
    if (type == CLQNN_T2) return 2;
    if (type >= CLQNN_PU1 && type <= CLQNN_PU8) return (int)type - CLQNN_PU1 + 1;
    if (is_signed(type)) return (int)type - CLQNN_PS2 + 2;
    if (is_odd(type)) return (int)type - CLQNN_PO1 + 1;
    return 0;
}

int64_t clq_reference_row_values(clqnn_type type, int64_t count)
{
    return clq_reference_plane_bits(type) ? (count + GROUP - 1) / GROUP * GROUP : count;
}

void clq_reference_plane_range(clqnn_type type, int32_t *low, int32_t *high)
{
    const int32_t codes = 1 << clq_reference_plane_bits(type);
    *low = type == CLQNN_B1 || type == CLQNN_T2 ? -1 : is_odd(type) ? 1 - codes : is_signed(type) ? -codes / 2 : 0;
    *high = type == CLQNN_B1 || type == CLQNN_T2 ? 1 : is_odd(type) ? codes - 1 : is_signed(type) ? codes / 2 - 1 : codes - 1;
}

/* The bits of value `place`, plane 0 lowest. */
static int32_t load_code(int bits, const void *data, int64_t place)
{
    int32_t code = 0;
    for (int plane = 0; plane < bits; plane++) {
        uint32_t word;
        memcpy(&word, (const uint8_t *)data + (place / GROUP * bits + plane) * 4, sizeof word);
        code |= (int32_t)(word >> place % GROUP & 1) << plane;
    }
    return code;
}

int32_t clq_reference_load_plane(clqnn_type type, const void *data, int64_t place)
{
    const int bits = clq_reference_plane_bits(type);
    const int32_t code = load_code(bits, data, place), codes = 1 << bits;
    if (type == CLQNN_B1) return code ? -1 : 1;
    if (type == CLQNN_T2) return !(code & 1) ? 0 : code & 2 ? -1 : 1;
    if (is_odd(type)) return 2 * code - (codes - 1);
    return is_signed(type) && code >= codes / 2 ? code - codes : code;
}

static int32_t code_of(clqnn_type type, int32_t value)
{
    const int32_t codes = 1 << clq_reference_plane_bits(type);
    if (type == CLQNN_B1) return value < 0;
    if (type == CLQNN_T2) return value == 0 ? 0 : value < 0 ? 3 : 1;
    if (is_odd(type)) return (value + codes - 1) / 2;
    return value < 0 ? value + codes : value;
}

void clq_reference_store_plane(clqnn_type type, void *data, int64_t place, int32_t value)
{
    const int bits = clq_reference_plane_bits(type);
    const int32_t code = code_of(type, value);
    for (int plane = 0; plane < bits; plane++) {
        uint8_t *at = (uint8_t *)data + (place / GROUP * bits + plane) * 4;
        const uint32_t mask = (uint32_t)1 << place % GROUP;
        uint32_t word;
        memcpy(&word, at, sizeof word);
        word = code >> plane & 1 ? word | mask : word & ~mask;
        memcpy(at, &word, sizeof word);
    }
}

void clq_reference_clear_planes(clqnn_type type, void *data, int64_t place, int64_t count)
{
    const int bits = clq_reference_plane_bits(type);
    memset((uint8_t *)data + place / GROUP * bits * 4, 0, (size_t)(clq_reference_row_values(type, count) / GROUP * bits * 4));
}
