/* SPDX-License-Identifier: Apache-2.0 */
/* Bit planes cut into four bits a byte, what a table of 16 entries is asked with; a byte's place is its column:
 *
 *     [panel = ceil(n / 32)][plane][step, a multiple of 3 of them][32 columns]     bytes; column c at 2 * (c % 16) + c / 16
 *
 * A step is 4 values of a plane, 8 of them a group: step s has the bits from 8 * (s % 4) + 4 * (s / 4) on of the word. Of t2 it is 2 values, 16 a group,
 * of both planes (there is no dimension for them): the bits from 8 * (s % 4) + 2 * (s / 4) on, nonzero in the low two, sign above. Steps that fill up are 0. */
#include <string.h>

#include "core/checked.h"
#include "layout/bit_layout.h"
#include "quantization/bit_form.h"

enum { COLUMNS = 32, TRIPLE = 3 };

typedef struct nibbles {
    bool ternary;
    int32_t planes, group_steps;   /* planes that stand apart; steps of a group */
    int64_t groups, steps;         /* steps of a plane */
} nibbles;

static nibbles nibbles_of(const clq_bit_shape *shape)
{
    nibbles form = {.ternary = shape->type == CLQNN_T2, .groups = clq_bit_groups(shape->k)};
    form.planes = form.ternary ? 1 : shape->planes;
    form.group_steps = form.ternary ? 16 : 8;
    form.steps = (form.groups * form.group_steps + TRIPLE - 1) / TRIPLE * TRIPLE;
    return form;
}

static int64_t panel_count(const clq_bit_shape *shape)
{
    return (shape->n + COLUMNS - 1) / COLUMNS;
}

static bool size_of(const clq_bit_layout *layout, const clq_bit_shape *shape, uint64_t *bytes)
{
    const nibbles form = nibbles_of(shape);
    (void)layout;
    return clq_multiply((uint64_t)form.steps, (uint64_t)(form.planes * COLUMNS), bytes) && clq_multiply(*bytes, (uint64_t)panel_count(shape), bytes) &&
           *bytes <= INT64_MAX;
}

clq_bit_steps clq_bit_nibble_steps(const clq_bit_shape *shape)
{
    const nibbles form = nibbles_of(shape);
    const uint64_t plane = (uint64_t)form.steps * COLUMNS / sizeof(uint32_t);
    return (clq_bit_steps){.panel = plane * (uint64_t)form.planes, .plane = plane};
}

/* Where the first step of a group stands; the others follow 32 bytes apart. */
static int64_t place_of(const nibbles *form, int64_t column, int32_t plane, int64_t group)
{
    const int64_t lane = column % COLUMNS;
    return ((column / COLUMNS * form->planes + plane) * form->steps + group * form->group_steps) * COLUMNS + 2 * (lane % 16) + lane / 16;
}

static int32_t shift_of(const nibbles *form, int32_t step)
{
    return 8 * (step % 4) + (form->ternary ? 2 : 4) * (step / 4);
}

static uint32_t nibble_of(const nibbles *form, const uint32_t words[2], int32_t step)
{
    const int32_t shift = shift_of(form, step);
    return form->ternary ? (words[0] >> shift & 3u) | (words[1] >> shift & 3u) << 2 : words[0] >> shift & 15u;
}

static void pack(const clq_bit_layout *layout, const clq_bit_shape *shape, const void *rows, int64_t row_words, void *packed)
{
    const nibbles form = nibbles_of(shape);
    unsigned char *bytes = packed;
    uint64_t size = 0;
    if (layout->size(layout, shape, &size)) memset(bytes, 0, (size_t)size);
    for (int64_t column = 0; column < shape->n; column++) {
        const unsigned char *row = (const unsigned char *)rows + column * row_words * (int64_t)sizeof(uint32_t);
        for (int32_t plane = 0; plane < form.planes; plane++) {
            for (int64_t group = 0; group < form.groups; group++) {
                const uint32_t words[2] = {clq_bit_word(shape, row, group, plane), form.ternary ? clq_bit_word(shape, row, group, 1) : 0};
                unsigned char *at = bytes + place_of(&form, column, plane, group);
                for (int32_t step = 0; step < form.group_steps; step++) at[step * COLUMNS] = (unsigned char)nibble_of(&form, words, step);
            }
        }
    }
}

/* The words of one column's group; false where a byte is no nibble. */
static bool read_words(const nibbles *form, const unsigned char *at, uint32_t words[2])
{
    words[0] = words[1] = 0;
    for (int32_t step = 0; step < form->group_steps; step++) {
        const uint32_t nibble = at[step * COLUMNS];
        if (nibble > 15) return false;
        words[0] |= (form->ternary ? nibble & 3u : nibble) << shift_of(form, step);
        if (form->ternary) words[1] |= nibble >> 2 << shift_of(form, step);
    }
    return true;
}

static void unpack(const clq_bit_layout *layout, const clq_bit_shape *shape, const void *packed, void *rows)
{
    const nibbles form = nibbles_of(shape);
    (void)layout;
    for (int64_t column = 0; column < shape->n; column++) {
        for (int64_t group = 0; group < form.groups; group++) {
            unsigned char *to = (unsigned char *)rows + (column * form.groups + group) * shape->planes * (int64_t)sizeof(uint32_t);
            for (int32_t plane = 0; plane < form.planes; plane++) {
                uint32_t words[2];
                (void)read_words(&form, (const unsigned char *)packed + place_of(&form, column, plane, group), words);
                memcpy(to + plane * (int32_t)sizeof *words, words, form.ternary ? sizeof words : sizeof *words);
            }
        }
    }
}

static bool check_column(const clq_bit_shape *shape, const nibbles *form, const unsigned char *packed, int64_t column)
{
    for (int32_t plane = 0; plane < form->planes; plane++) {
        for (int64_t group = 0; group < form->groups; group++) {
            const int64_t left = shape->k - group * CLQ_WORD_VALUES;
            const uint32_t present = column >= shape->n ? 0 : left >= CLQ_WORD_VALUES ? UINT32_MAX : (UINT32_C(1) << left) - 1;
            uint32_t words[2];
            if (!read_words(form, packed + place_of(form, column, plane, group), words)) return false;
            if (words[0] & ~present || words[1] & ~words[0]) return false;
        }
        for (int64_t step = form->groups * form->group_steps; step < form->steps; step++) {
            if (packed[place_of(form, column, plane, 0) + step * COLUMNS]) return false;
        }
    }
    return true;
}

static bool check(const clq_bit_layout *layout, const clq_bit_shape *shape, const void *packed)
{
    const nibbles form = nibbles_of(shape);
    (void)layout;
    for (int64_t column = 0; column < panel_count(shape) * COLUMNS; column++) {
        if (!check_column(shape, &form, packed, column)) return false;
    }
    return true;
}

const clq_bit_layout clq_layout_bits_nibbles_n32 = {"bits_nibbles_n32", COLUMNS, size_of, pack, unpack, check};
