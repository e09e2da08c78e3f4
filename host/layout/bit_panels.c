/* SPDX-License-Identifier: Apache-2.0 */
/* Bit planes in panels of columns; a lane of a kernel is a column, and a word its 32 values of one plane:
 *
 *     [panel = ceil(n / panel_n)][group = ceil(k / 32)][plane][panel_n columns]     words of 32 bits */
#include <string.h>

#include "core/checked.h"
#include "layout/bit_layout.h"
#include "quantization/bit_form.h"

static const clq_bit_layout *const layouts[] = {
#define X(symbol) &clq_layout_##symbol,
#include "layout/bit_layouts.def"
#undef X
};

const clq_bit_layout *clq_bit_layout_find(const char *name)
{
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        if (strcmp(layouts[i]->name, name) == 0) return layouts[i];
    }
    return NULL;
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

/* Ones for the values that a group has. */
static uint32_t present(const clq_bit_shape *shape, int64_t group)
{
    const int64_t left = shape->k - group * CLQ_WORD_VALUES;
    return left >= CLQ_WORD_VALUES ? UINT32_MAX : (UINT32_C(1) << left) - 1;
}

uint32_t clq_bit_word(const clq_bit_shape *shape, const void *row, int64_t group, int32_t plane)
{
    const uint32_t word = load(row, group * shape->planes + plane) & present(shape, group);
    return shape->type == CLQNN_T2 && plane == 1 ? word & load(row, group * shape->planes) : word;
}

clq_bit_steps clq_bit_panel_steps(const clq_bit_layout *layout, const clq_bit_shape *shape)
{
    const uint64_t groups = (uint64_t)clq_bit_groups(shape->k), planes = (uint64_t)shape->planes, columns = (uint64_t)layout->panel_n;
    return (clq_bit_steps){groups * planes * columns, planes * columns, columns};
}

static int64_t panel_count(const clq_bit_layout *layout, const clq_bit_shape *shape)
{
    return (shape->n + layout->panel_n - 1) / layout->panel_n;
}

static bool size_of(const clq_bit_layout *layout, const clq_bit_shape *shape, uint64_t *bytes)
{
    const uint64_t column = (uint64_t)clq_bit_groups(shape->k) * (uint64_t)shape->planes * sizeof(uint32_t);
    return clq_multiply(column, (uint64_t)(panel_count(layout, shape) * layout->panel_n), bytes) && *bytes <= INT64_MAX;
}

static int64_t place_of(const clq_bit_layout *layout, const clq_bit_steps *steps, int64_t column, int64_t group, int32_t plane)
{
    return column / layout->panel_n * (int64_t)steps->panel + group * (int64_t)steps->group + plane * (int64_t)steps->plane + column % layout->panel_n;
}

static void pack(const clq_bit_layout *layout, const clq_bit_shape *shape, const void *rows, int64_t row_words, void *packed)
{
    const clq_bit_steps steps = clq_bit_panel_steps(layout, shape);
    const int64_t groups = clq_bit_groups(shape->k), columns = panel_count(layout, shape) * layout->panel_n;
    for (int64_t column = 0; column < columns; column++) {
        const bool is_real = column < shape->n;
        const unsigned char *row = (const unsigned char *)rows + (is_real ? column : 0) * row_words * (int64_t)sizeof(uint32_t);
        for (int64_t group = 0; group < groups; group++) {
            for (int32_t plane = 0; plane < shape->planes; plane++) {
                store(packed, place_of(layout, &steps, column, group, plane), is_real ? clq_bit_word(shape, row, group, plane) : 0);
            }
        }
    }
}

static void unpack(const clq_bit_layout *layout, const clq_bit_shape *shape, const void *packed, void *rows)
{
    const clq_bit_steps steps = clq_bit_panel_steps(layout, shape);
    const int64_t groups = clq_bit_groups(shape->k);
    int64_t at = 0;
    for (int64_t column = 0; column < shape->n; column++) {
        for (int64_t group = 0; group < groups; group++) {
            for (int32_t plane = 0; plane < shape->planes; plane++) store(rows, at++, load(packed, place_of(layout, &steps, column, group, plane)));
        }
    }
}

static bool check(const clq_bit_layout *layout, const clq_bit_shape *shape, const void *packed)
{
    const clq_bit_steps steps = clq_bit_panel_steps(layout, shape);
    const int64_t groups = clq_bit_groups(shape->k), columns = panel_count(layout, shape) * layout->panel_n;
    for (int64_t column = 0; column < columns; column++) {
        for (int64_t group = 0; group < groups; group++) {
            uint32_t allowed = column < shape->n ? present(shape, group) : 0;
            for (int32_t plane = 0; plane < shape->planes; plane++) {
                const uint32_t word = load(packed, place_of(layout, &steps, column, group, plane));
                if (word & ~allowed) return false;
                if (shape->type == CLQNN_T2) allowed = word; /* the sign lies within nonzero */
            }
        }
    }
    return true;
}

const clq_bit_layout clq_layout_bits_n32 = {"bits_n32", 32, size_of, pack, unpack, check};
