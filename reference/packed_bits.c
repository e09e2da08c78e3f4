/* SPDX-License-Identifier: Apache-2.0 */
#include "packed_bits.h"

int clq_reference_integer_bits(clqnn_type type)
{
    switch (type) {
    case CLQNN_S2: case CLQNN_U2: return 2;
    case CLQNN_S3: case CLQNN_U3: return 3;
    case CLQNN_S4: case CLQNN_U4: return 4;
    case CLQNN_S6: case CLQNN_U6: return 6;
    case CLQNN_S8: case CLQNN_U8: return 8;
    default: return 0;
    }
}

static int is_signed(clqnn_type type)
{
    return type == CLQNN_S2 || type == CLQNN_S3 || type == CLQNN_S4 || type == CLQNN_S6 || type == CLQNN_S8;
}

int32_t clq_reference_load_bits(clqnn_type type, const void *data, int64_t place)
{
    const int bits = clq_reference_integer_bits(type);
    int32_t value = 0;
    for (int i = 0; i < bits; i++) {
        const int64_t at = place * bits + i;
        value |= (((const uint8_t *)data)[at / 8] >> (at % 8) & 1) << i;
    }
    return is_signed(type) && value >> (bits - 1) ? value - (1 << bits) : value;
}
