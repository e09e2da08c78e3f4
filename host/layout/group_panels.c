/* SPDX-License-Identifier: Apache-2.0 */
/* Integers with groups, in panels of 32 columns, for any m:
 *
 *     words    [panel = ceil(n / 32)][block][word of the block][32 columns]     32 bits each
 *     scales   [panel][group][32 columns]                                       of the scales' type
 *     zeros    [panel][group][32 columns]          zero points of integers: codes of 2, 4 (also of 3 bits) or 8 (also of 6) bits, the first in the low
 *                                                  bits; zero points of floats and offsets: as they are
 *     order    [row]                               with an index only: the row of b that stands in each packed row, -1 for padding
 *
 * Rows are b's, sorted by group where there is an index, each group padded to whole blocks. A block is 4 rows of 8 bits, 8 of 4, 16 of 2: one word; 32 rows
 * of 3 bits: two words of their low two bits, then one of their high bits; 16 rows of 6 bits: two words of their low four bits, then one of their high two.
 * Within a word, fields of so many bits: row r of the word's rows is field r / 4 of byte r % 4, so that one mask gives four consecutive rows as bytes.
 * Signed integers are stored as codes (group_codes.h), their zero points too. Padding is zero. Each part begins at a multiple of 64 bytes. */
#include <stdlib.h>
#include <string.h>

#include "core/message.h"
#include "layout/group_codes.h"
#include "layout/widened_float.h"

enum { PANEL = 32 };

static const char *refuses(const clq_mixed_layout *layout, const clq_mixed_form *form)
{
    (void)layout;
    return form->group ? NULL : "its weights are integers with groups";
}

static bool size_of(const clq_mixed_layout *layout, const clq_mixed_form *form, uint64_t *bytes)
{
    (void)layout;
    clq_group_shape shape;
    const bool fits = clq_group_shape_of(form, &shape);
    *bytes = shape.bytes;
    return fits;
}

/* ---- Which row of b stands in a packed row ---- */

static int64_t packed_row(const clq_mixed_form *form, const clq_group_shape *shape, int64_t k)
{
    return k / form->group * shape->group_rows + k % form->group;
}

/* Fills `order` from an index; -1 is padding. */
static clqnn_status sort_rows(const clq_mixed_form *form, const clq_group_shape *shape, const int32_t *index, int32_t *order)
{
    int64_t *next = malloc((size_t)(shape->groups ? shape->groups : 1) * sizeof *next);
    if (!next) return clq_fail(CLQNN_OUT_OF_MEMORY, "no host memory to sort rows into %lld groups", (long long)shape->groups);
    for (int64_t g = 0; g < shape->groups; g++) next[g] = g * shape->group_rows;
    for (int64_t k = 0; k < form->k; k++) order[index ? next[index[k]]++ : packed_row(form, shape, k)] = (int32_t)k;
    free(next);
    return CLQNN_OK;
}

/* malloc'ed; NULL (with its message) where memory is short. */
static int32_t *order_of(const clq_mixed_form *form, const clq_group_shape *shape, const int32_t *index)
{
    int32_t *order = malloc((size_t)(shape->rows ? shape->rows : 1) * sizeof *order);
    if (!order) {
        (void)clq_fail(CLQNN_OUT_OF_MEMORY, "no host memory for the order of %lld rows", (long long)shape->rows);
        return NULL;
    }
    for (int64_t i = 0; i < shape->rows; i++) order[i] = -1;
    if (sort_rows(form, shape, index, order) == CLQNN_OK) return order;
    free(order);
    return NULL;
}

/* ---- Words ---- */

/* Four codes a word of bytes, from `bit` on, `mask` of each byte. */
static uint32_t four_codes(const unsigned char *codes, uint32_t bit, uint32_t mask)
{
    return ((uint32_t)codes[0] | (uint32_t)codes[1] << 8 | (uint32_t)codes[2] << 16 | (uint32_t)codes[3] << 24) >> bit & mask * 0x01010101u;
}

/* A word of fields of `width` bits: bits `bit` and above of 4 * (8 / width) codes. */
static uint32_t make_word(const unsigned char *codes, uint32_t width, uint32_t bit)
{
    uint32_t word = 0;
    for (uint32_t field = 0; field < 8 / width; field++) word |= four_codes(codes + 4 * field, bit, (1u << width) - 1) << width * field;
    return word;
}

static void make_block(const clq_group_shape *shape, const unsigned char *codes, uint32_t *words)
{
    const uint32_t low = shape->bits == 3 ? 2 : shape->bits == 6 ? 4 : (uint32_t)shape->bits;
    words[0] = make_word(codes, low, 0);
    if (shape->block_words == 1) return;
    words[PANEL] = make_word(codes + 32 / low, low, 0);
    words[2 * PANEL] = make_word(codes, (uint32_t)shape->bits - low, low);
}

static uint32_t field_of(uint32_t word, uint32_t width, uint32_t row)
{
    return word >> (8 * (row % 4) + width * (row / 4)) & ((1u << width) - 1);
}

/* Code of one row of a block; `words` are its column's. */
static uint32_t read_block(const clq_group_shape *shape, const uint32_t *words, uint32_t row)
{
    const uint32_t low = shape->bits == 3 ? 2 : shape->bits == 6 ? 4 : (uint32_t)shape->bits, in_word = 32 / low;
    const uint32_t code = field_of(words[row / in_word * PANEL], low, row % in_word);
    return shape->block_words == 1 ? code : code | field_of(words[2 * PANEL], (uint32_t)shape->bits - low, row) << low;
}

static uint32_t *words_of(const clq_group_shape *shape, void *packed, int64_t panel, int64_t block)
{
    return (uint32_t *)packed + (panel * (shape->rows / shape->block_rows) + block) * shape->block_words * PANEL;
}

/* How many packed rows from `row` on are neighbours in b, at most `most`; 0: padding. */
static int64_t run_of(const int32_t *order, int64_t row, int64_t most)
{
    int64_t count = order[row] >= 0;
    while (count && count < most && order[row + count] == order[row] + count) count++;
    return count;
}

/* Codes of one panel, a line of `stride` bytes for each column. */
static void gather_codes(const clq_mixed_form *form, const clq_group_shape *shape, const clq_mixed_source *source, const int32_t *order, int64_t first, unsigned char *codes,
                         int64_t stride)
{
    const int64_t columns = form->n - first < PANEL ? form->n - first : PANEL;
    if (source->n_stride == 1) {
        unsigned char line[PANEL];
        for (int64_t row = 0; row < shape->rows; row++) {
            if (order[row] < 0) continue;
            clq_codes_load(source->data, form->type, order[row] * source->k_stride + first, columns, line);
            for (int64_t c = 0; c < columns; c++) codes[c * stride + row] = line[c];
        }
        return;
    }
    for (int64_t row = 0, run = 1; row < shape->rows; row += run) { /* k is stored side by side: n_stride or k_stride is 1 */
        const int64_t neighbours = run_of(order, row, shape->rows - row);
        run = neighbours ? neighbours : 1;
        for (int64_t c = 0; c < columns && neighbours; c++) {
            clq_codes_load(source->data, form->type, order[row] + (first + c) * source->n_stride, neighbours, codes + c * stride + row);
        }
    }
}

static clqnn_status pack_words(const clq_mixed_form *form, const clq_group_shape *shape, const clq_mixed_source *source, const int32_t *order, void *packed)
{
    const int64_t stride = shape->rows + 64; /* lines of a power of two would share their places in the caches */
    unsigned char *codes = calloc(PANEL, (size_t)stride);
    if (!codes) return clq_fail(CLQNN_OUT_OF_MEMORY, "no host memory for a panel of %lld rows", (long long)shape->rows);
    for (int64_t panel = 0; panel < shape->panels; panel++) {
        if ((panel + 1) * PANEL > form->n) memset(codes, 0, (size_t)stride * PANEL);
        gather_codes(form, shape, source, order, panel * PANEL, codes, stride);
        for (int64_t c = 0; c < PANEL; c++) {
            for (int64_t block = 0; block < shape->rows / shape->block_rows; block++) {
                make_block(shape, codes + c * stride + block * shape->block_rows, words_of(shape, packed, panel, block) + c);
            }
        }
    }
    free(codes);
    return CLQNN_OK;
}

/* ---- Scales and zeros ---- */

/* Where the group's value of a column stands in the caller's arrays. */
static int64_t given_place(const clq_mixed_form *form, const clq_group_shape *shape, const clq_mixed_source *source, int64_t group, int64_t column)
{
    return source->transposed ? column * shape->groups + group : group * form->n + column;
}

static void pack_floats(const clq_mixed_form *form, const clq_group_shape *shape, const clq_mixed_source *source, const void *values, clqnn_type type, unsigned char *to)
{
    const size_t size = clqnn_type_size(type);
    for (int64_t column = 0; column < form->n; column++) {
        for (int64_t group = 0; group < shape->groups; group++) {
            const int64_t place = (column / PANEL * shape->groups + group) * PANEL + column % PANEL;
            memcpy(to + (size_t)place * size, (const unsigned char *)values + (size_t)given_place(form, shape, source, group, column) * size, size);
        }
    }
}

static unsigned char *zero_byte(const clq_group_shape *shape, unsigned char *zeros, int64_t group, int64_t column, uint32_t *shift)
{
    const uint64_t first = (uint64_t)((column / PANEL * shape->groups + group) * PANEL + column % PANEL) * (uint64_t)shape->zero_bits;
    *shift = (uint32_t)(first % 8);
    return zeros + first / 8;
}

static void pack_zeros(const clq_mixed_form *form, const clq_group_shape *shape, const clq_mixed_source *source, unsigned char *to)
{
    for (int64_t column = 0; column < form->n; column++) {
        for (int64_t group = 0; group < shape->groups; group++) {
            const unsigned char *given = (const unsigned char *)source->groups->zero_points + given_place(form, shape, source, group, column);
            const int32_t value = form->zero_point_type == CLQNN_S8 ? (int32_t)(int8_t)*given : (int32_t)*given;
            uint32_t shift = 0;
            unsigned char *byte = zero_byte(shape, to, group, column, &shift);
            *byte |= (unsigned char)((uint32_t)(value + clq_code_bias(form->type)) << shift);
        }
    }
}

static clqnn_status pack(const clq_mixed_layout *layout, const clq_mixed_form *form, const clq_mixed_source *source, void *packed)
{
    (void)layout;
    clq_group_shape shape;
    unsigned char *bytes = packed;
    (void)clq_group_shape_of(form, &shape); /* fits: the caller has allocated it */
    memset(packed, 0, (size_t)shape.bytes);
    int32_t *order = order_of(form, &shape, source->groups->index);
    if (!order) return CLQNN_OUT_OF_MEMORY;
    const clqnn_status status = pack_words(form, &shape, source, order, packed);
    if (form->has_index) memcpy(bytes + shape.order, order, (size_t)shape.rows * sizeof *order);
    free(order);
    if (status != CLQNN_OK) return status;
    pack_floats(form, &shape, source, source->groups->scales, form->scale_type, bytes + shape.scales);
    if (form->has_offsets) pack_floats(form, &shape, source, source->groups->offsets, form->scale_type, bytes + shape.zeros);
    else if (shape.zero_bits) pack_zeros(form, &shape, source, bytes + shape.zeros);
    else if (form->zero_point_type != CLQNN_TYPE_NONE) pack_floats(form, &shape, source, source->groups->zero_points, form->zero_point_type, bytes + shape.zeros);
    return CLQNN_OK;
}

/* ---- The inverse, and bytes of unknown origin ---- */

/* b's row in packed row `row`; -1: padding. */
static int64_t source_row(const clq_mixed_form *form, const clq_group_shape *shape, const unsigned char *packed, int64_t row)
{
    int32_t given = 0;
    if (form->has_index) {
        memcpy(&given, packed + shape->order + (uint64_t)row * sizeof given, sizeof given);
        return given;
    }
    const int64_t within = row % shape->group_rows, k = row / shape->group_rows * form->group + within;
    return within < form->group && k < form->k ? k : -1;
}

static void unpack(const clq_mixed_layout *layout, const clq_mixed_form *form, const void *packed, void *dense)
{
    (void)layout;
    clq_group_shape shape;
    (void)clq_group_shape_of(form, &shape);
    memset(dense, 0, (size_t)(((uint64_t)form->n * (uint64_t)form->k * (uint64_t)shape.bits + 7) / 8));
    for (int64_t row = 0; row < shape.rows; row++) {
        const int64_t k = source_row(form, &shape, packed, row);
        for (int64_t column = 0; column < form->n && k >= 0; column++) {
            const uint32_t *words = words_of(&shape, (void *)(uintptr_t)packed, column / PANEL, row / shape.block_rows) + column % PANEL;
            clq_code_store(dense, form->type, k * form->n + column, read_block(&shape, words, (uint32_t)(row % shape.block_rows)));
        }
    }
}

/* w of one element, by the formula of clqnn/groups.h. */
static float weight_at(const clq_mixed_form *form, const clq_group_shape *shape, const unsigned char *packed, int64_t group, int64_t column, float code)
{
    const int64_t place = (column / PANEL * shape->groups + group) * PANEL + column % PANEL;
    const float scale = clq_widened_float(packed + shape->scales, form->scale_type, place);
    if (form->has_offsets) {
        const float product = scale * code;
        return product - clq_widened_float(packed + shape->zeros, form->scale_type, place);
    }
    float zero = 0.0f;
    if (shape->zero_bits) {
        uint32_t shift = 0;
        const unsigned char *byte = zero_byte(shape, (unsigned char *)(uintptr_t)packed + shape->zeros, group, column, &shift);
        zero = (float)((int32_t)((uint32_t)*byte >> shift & ((1u << shape->zero_bits) - 1)) - clq_code_bias(form->type));
    } else if (form->zero_point_type != CLQNN_TYPE_NONE) {
        zero = clq_widened_float(packed + shape->zeros, form->zero_point_type, place);
    }
    const float difference = code - zero;
    return scale * difference;
}

static void dequantize(const clq_mixed_layout *layout, const clq_mixed_form *form, const void *packed, float *dense)
{
    (void)layout;
    clq_group_shape shape;
    (void)clq_group_shape_of(form, &shape);
    for (int64_t row = 0; row < shape.rows; row++) {
        const int64_t k = source_row(form, &shape, packed, row);
        for (int64_t column = 0; column < form->n && k >= 0; column++) {
            const uint32_t *words = words_of(&shape, (void *)(uintptr_t)packed, column / PANEL, row / shape.block_rows) + column % PANEL;
            const float code = (float)((int32_t)read_block(&shape, words, (uint32_t)(row % shape.block_rows)) - clq_code_bias(form->type));
            dense[k * form->n + column] = weight_at(form, &shape, packed, row / shape.group_rows, column, code);
        }
    }
}

static bool is_zero(const unsigned char *bytes, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        if (bytes[i]) return false;
    }
    return true;
}

/* Each row of b once, and padding where each group ends. `seen` has k zero bytes. */
static bool check_order(const clq_mixed_form *form, const clq_group_shape *shape, const unsigned char *packed, unsigned char *seen)
{
    for (int64_t row = 0; row < shape->rows; row++) {
        const int64_t within = row % shape->group_rows, k = source_row(form, shape, packed, row);
        const bool is_there = within < form->group && row / shape->group_rows * form->group + within < form->k;
        if (!is_there && k != -1) return false;
        if (!is_there) continue;
        if (k < 0 || k >= form->k || seen[k]) return false;
        seen[k] = 1;
    }
    return true;
}

static bool check_words(const clq_mixed_form *form, const clq_group_shape *shape, const unsigned char *packed)
{
    for (int64_t row = 0; row < shape->rows; row++) {
        const bool is_padding = source_row(form, shape, packed, row) < 0;
        for (int64_t column = is_padding ? 0 : form->n; column < shape->panels * PANEL; column++) {
            const uint32_t *words = words_of(shape, (void *)(uintptr_t)packed, column / PANEL, row / shape->block_rows) + column % PANEL;
            if (read_block(shape, words, (uint32_t)(row % shape->block_rows))) return false;
        }
    }
    return true;
}

/* Finite, and zero behind the last column. */
static bool check_floats(const clq_mixed_form *form, const clq_group_shape *shape, const unsigned char *values, clqnn_type type)
{
    const size_t size = clqnn_type_size(type);
    for (int64_t i = 0; i < shape->panels * shape->groups * PANEL; i++) {
        const int64_t column = i / PANEL / shape->groups * PANEL + i % PANEL;
        if (column < form->n ? !clq_float_is_finite(values, type, i) : !is_zero(values + (size_t)i * size, size)) return false;
    }
    return true;
}

static bool check_zeros(const clq_mixed_form *form, const clq_group_shape *shape, const unsigned char *packed)
{
    for (int64_t column = 0; column < shape->panels * PANEL; column++) {
        for (int64_t group = 0; group < shape->groups; group++) {
            uint32_t shift = 0;
            const unsigned char *byte = zero_byte(shape, (unsigned char *)(uintptr_t)packed + shape->zeros, group, column, &shift);
            const uint32_t value = (uint32_t)*byte >> shift & ((1u << shape->zero_bits) - 1);
            if (value >> (column < form->n ? shape->bits : 0)) return false;
        }
    }
    return true;
}

/* Bytes of each part and of the gap behind it. */
static bool check_gaps(const clq_mixed_form *form, const clq_group_shape *shape, const unsigned char *packed)
{
    const uint64_t tables = (uint64_t)(shape->panels * shape->groups) * PANEL;
    const uint64_t zero_size = form->has_offsets ? clqnn_type_size(form->scale_type) : shape->zero_bits ? 0 : clqnn_type_size(form->zero_point_type);
    const uint64_t scales_end = shape->scales + tables * clqnn_type_size(form->scale_type), zeros_end = shape->zeros + tables * zero_size + tables * (uint64_t)shape->zero_bits / 8;
    const uint64_t order_end = shape->order + (form->has_index ? (uint64_t)shape->rows * sizeof(int32_t) : 0);
    return is_zero(packed + scales_end, shape->zeros - scales_end) && is_zero(packed + zeros_end, shape->order - zeros_end)
           && is_zero(packed + order_end, shape->bytes - order_end);
}

static bool check(const clq_mixed_layout *layout, const clq_mixed_form *form, const void *packed)
{
    (void)layout;
    clq_group_shape shape;
    if (!clq_code_bits(form->type) || form->group < 1 || !clq_group_shape_of(form, &shape)) return false;
    if (form->has_index) {
        unsigned char *seen = calloc((size_t)(form->k ? form->k : 1), 1);
        const bool is_order = seen && check_order(form, &shape, packed, seen); /* without memory, bytes that cannot be believed */
        free(seen);
        if (!is_order) return false;
    }
    if (!check_words(form, &shape, packed) || !check_gaps(form, &shape, packed)) return false;
    const unsigned char *bytes = packed;
    if (!check_floats(form, &shape, bytes + shape.scales, form->scale_type)) return false;
    if (form->has_offsets) return check_floats(form, &shape, bytes + shape.zeros, form->scale_type);
    if (shape.zero_bits) return check_zeros(form, &shape, packed);
    return form->zero_point_type == CLQNN_TYPE_NONE || check_floats(form, &shape, bytes + shape.zeros, form->zero_point_type);
}

const clq_mixed_layout clq_layout_groups_n32 = {"groups_n32", PANEL, 1, true, refuses, size_of, pack, unpack, check, dequantize};
