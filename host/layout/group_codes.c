/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/group_codes.h"

#include <string.h>

#include "clqnn/types.h"
#include "core/checked.h"

#define PANEL UINT64_C(32)
#define ALIGNMENT UINT64_C(64)

static const struct {
    int8_t bits, is_signed, block_rows, block_words, zero_bits;
} codes[] = {
    [CLQNN_S8] = {8, 1, 4, 1, 8}, [CLQNN_U8] = {8, 0, 4, 1, 8}, [CLQNN_S4] = {4, 1, 8, 1, 4}, [CLQNN_U4] = {4, 0, 8, 1, 4}, [CLQNN_S2] = {2, 1, 16, 1, 2},
    [CLQNN_U2] = {2, 0, 16, 1, 2}, [CLQNN_S3] = {3, 1, 32, 3, 4}, [CLQNN_U3] = {3, 0, 32, 3, 4}, [CLQNN_S6] = {6, 1, 16, 3, 8}, [CLQNN_U6] = {6, 0, 16, 3, 8},
};

static bool is_listed(clqnn_type type)
{
    return (unsigned)type < sizeof codes / sizeof codes[0];
}

int32_t clq_code_bits(clqnn_type type)
{
    return is_listed(type) ? codes[type].bits : 0;
}

bool clq_code_is_signed(clqnn_type type)
{
    return is_listed(type) && codes[type].is_signed;
}

int32_t clq_code_bias(clqnn_type type)
{
    return clq_code_is_signed(type) ? 1 << (codes[type].bits - 1) : 0;
}

/* Adding half the range to a two's complement number of so many bits flips its top bit. */
uint32_t clq_code_load(const void *data, clqnn_type type, int64_t index)
{
    const uint32_t bits = (uint32_t)codes[type].bits, mask = (1u << bits) - 1;
    const uint64_t first = (uint64_t)index * bits;
    const unsigned char *bytes = (const unsigned char *)data + first / 8;
    const uint32_t shift = (uint32_t)(first % 8);
    uint32_t value = bytes[0];
    if (shift + bits > 8) value |= (uint32_t)bytes[1] << 8;
    return (value >> shift & mask) ^ (uint32_t)clq_code_bias(type);
}

/* Codes of any width: bytes are read as their bits are needed, none behind the last. */
static void load_stream(const void *data, clqnn_type type, int64_t index, int64_t count, unsigned char *to)
{
    const uint32_t bits = (uint32_t)codes[type].bits, mask = (1u << bits) - 1, bias = (uint32_t)clq_code_bias(type);
    const uint64_t first = (uint64_t)index * bits;
    const unsigned char *next = (const unsigned char *)data + first / 8;
    uint32_t held = (uint32_t)*next++ >> first % 8, have = 8 - (uint32_t)(first % 8);
    for (int64_t i = 0; i < count; i++, held >>= bits, have -= bits) {
        if (have < bits) {
            held |= (uint32_t)*next++ << have;
            have += 8;
        }
        to[i] = (unsigned char)((held & mask) ^ bias);
    }
}

void clq_codes_load(const void *data, clqnn_type type, int64_t index, int64_t count, unsigned char *to)
{
    const unsigned char bias = (unsigned char)clq_code_bias(type);
    if (codes[type].bits == 8) {
        const unsigned char *bytes = (const unsigned char *)data + index;
        for (int64_t i = 0; i < count; i++) to[i] = bytes[i] ^ bias;
    } else if (codes[type].bits == 4 && index % 2 == 0) {
        const unsigned char *bytes = (const unsigned char *)data + index / 2;
        for (int64_t i = 0; i < count / 2; i++) {
            to[2 * i] = (bytes[i] & 15) ^ bias;
            to[2 * i + 1] = (unsigned char)(bytes[i] >> 4) ^ bias;
        }
        if (count % 2) to[count - 1] = (bytes[count / 2] & 15) ^ bias;
    } else if (count > 0) {
        load_stream(data, type, index, count, to);
    }
}

void clq_code_store(void *data, clqnn_type type, int64_t index, uint32_t code)
{
    const uint32_t bits = (uint32_t)codes[type].bits;
    const uint64_t first = (uint64_t)index * bits;
    unsigned char *bytes = (unsigned char *)data + first / 8;
    const uint32_t value = (code ^ (uint32_t)clq_code_bias(type)) << first % 8;
    bytes[0] |= (unsigned char)value;
    if (value >> 8) bytes[1] |= (unsigned char)(value >> 8);
}

bool clq_float_is_finite(const void *values, clqnn_type type, int64_t index)
{
    uint32_t wide;
    uint16_t narrow;
    if (type == CLQNN_F32) {
        memcpy(&wide, (const unsigned char *)values + (uint64_t)index * sizeof wide, sizeof wide);
        return (wide & 0x7f800000u) != 0x7f800000u;
    }
    memcpy(&narrow, (const unsigned char *)values + (uint64_t)index * sizeof narrow, sizeof narrow);
    const uint16_t exponent = type == CLQNN_F16 ? 0x7c00u : 0x7f80u;
    return (narrow & exponent) != exponent;
}

static bool add_part(uint64_t *end, uint64_t count, uint64_t size)
{
    uint64_t bytes = 0;
    return clq_multiply(count, size, &bytes) && clq_add(bytes, ALIGNMENT - 1, &bytes) && clq_add(*end, bytes / ALIGNMENT * ALIGNMENT, end) && *end <= INT64_MAX;
}

bool clq_group_shape_of(const clq_mixed_form *form, clq_group_shape *shape)
{
    *shape = (clq_group_shape){.bits = codes[form->type].bits, .block_rows = codes[form->type].block_rows, .block_words = codes[form->type].block_words};
    const int64_t block = shape->block_rows, last = form->k % form->group;
    shape->panels = (form->n + (int64_t)PANEL - 1) / (int64_t)PANEL;
    shape->groups = (form->k + form->group - 1) / form->group;
    shape->group_rows = (form->group + block - 1) / block * block;
    shape->rows = form->k / form->group * shape->group_rows + (last + block - 1) / block * block;
    const bool floats = form->zero_point_type == CLQNN_F32 || form->zero_point_type == CLQNN_F16 || form->zero_point_type == CLQNN_BF16;
    if (form->zero_point_type != CLQNN_TYPE_NONE && !floats) shape->zero_bits = codes[form->type].zero_bits;
    const uint64_t zero_bytes = form->has_offsets ? PANEL * clqnn_type_size(form->scale_type) : floats ? PANEL * clqnn_type_size(form->zero_point_type) : 4 * (uint64_t)shape->zero_bits;
    uint64_t columns = 0, tables = 0;
    if (!clq_multiply((uint64_t)shape->panels, (uint64_t)(shape->rows / block) * (uint64_t)shape->block_words, &columns)) return false;
    if (!clq_multiply((uint64_t)shape->panels, (uint64_t)shape->groups, &tables)) return false;
    if (!add_part(&shape->bytes, columns, PANEL * sizeof(uint32_t))) return false;
    shape->scales = shape->bytes;
    if (!add_part(&shape->bytes, tables, PANEL * clqnn_type_size(form->scale_type))) return false;
    shape->zeros = shape->bytes;
    if (!add_part(&shape->bytes, tables, zero_bytes)) return false;
    shape->order = shape->bytes;
    return add_part(&shape->bytes, form->has_index ? (uint64_t)shape->rows : 0, sizeof(int32_t));
}
