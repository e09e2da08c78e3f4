/* SPDX-License-Identifier: Apache-2.0 */
#include "conv/conv_layout.h"

#include <string.h>

#include "core/checked.h"

static int64_t ceil_div(int64_t count, int64_t block)
{
    return (count + block - 1) / block;
}

/* Products of up to six counts. */
static bool multiply_all(const int64_t *factors, size_t count, uint64_t *product)
{
    *product = 1;
    for (size_t i = 0; i < count; i++) {
        if (!clq_multiply(*product, (uint64_t)factors[i], product)) return false;
    }
    return *product <= (uint64_t)INT64_MAX;
}

static bool panels_count(const clq_conv_layout *layout, const clq_conv_shape *shape, uint64_t *elements)
{
    const int64_t factors[] = {shape->groups, ceil_div(shape->group_out, layout->panel) * layout->panel, clq_conv_taps(shape),
                               ceil_div(shape->group_in, layout->k_group) * layout->k_group};
    return multiply_all(factors, 4, elements);
}

static int64_t panels_place(const clq_conv_layout *layout, const clq_conv_shape *shape, int64_t o, int64_t tap, int64_t i)
{
    const int64_t group = o / shape->group_out, column = o % shape->group_out;
    const int64_t panel = group * ceil_div(shape->group_out, layout->panel) + column / layout->panel;
    const int64_t k_group = (panel * clq_conv_taps(shape) + tap) * ceil_div(shape->group_in, layout->k_group) + i / layout->k_group;
    return (k_group * layout->panel + column % layout->panel) * layout->k_group + i % layout->k_group;
}

static bool lanes_count(const clq_conv_layout *layout, const clq_conv_shape *shape, uint64_t *elements)
{
    const int64_t factors[] = {ceil_div(shape->groups * shape->group_out, layout->panel) * layout->panel, clq_conv_taps(shape), shape->group_in};
    return multiply_all(factors, 3, elements);
}

static int64_t lanes_place(const clq_conv_layout *layout, const clq_conv_shape *shape, int64_t o, int64_t tap, int64_t i)
{
    return ((o / layout->panel * clq_conv_taps(shape) + tap) * shape->group_in + i) * layout->panel + o % layout->panel;
}

/* Dwords of four taps of one column of the kernel, one below the other. */
static bool columns_count(const clq_conv_layout *layout, const clq_conv_shape *shape, uint64_t *elements)
{
    const int64_t factors[] = {ceil_div(shape->groups * shape->group_out, layout->panel) * layout->panel, shape->kernel[0] * shape->kernel[2],
                               ceil_div(shape->kernel[1], layout->k_group) * layout->k_group, shape->group_in};
    return multiply_all(factors, 4, elements);
}

static int64_t columns_place(const clq_conv_layout *layout, const clq_conv_shape *shape, int64_t o, int64_t tap, int64_t i)
{
    const int64_t w = tap % shape->kernel[2], h = tap / shape->kernel[2] % shape->kernel[1], d = tap / shape->kernel[2] / shape->kernel[1];
    const int64_t column = (o / layout->panel * shape->kernel[0] + d) * shape->kernel[2] + w;
    const int64_t dword = (column * ceil_div(shape->kernel[1], layout->k_group) + h / layout->k_group) * shape->group_in + i;
    return (dword * layout->panel + o % layout->panel) * layout->k_group + h % layout->k_group;
}

/* Dwords of a row's pixels and channels as one run of bytes; the last one ends with the run, so it overlaps the one before. */
static bool runs_count(const clq_conv_layout *layout, const clq_conv_shape *shape, uint64_t *elements)
{
    const int64_t factors[] = {shape->groups, ceil_div(shape->group_out, layout->panel) * layout->panel, shape->kernel[0] * shape->kernel[1],
                               ceil_div(shape->kernel[2] * shape->group_in, layout->k_group) * layout->k_group};
    return multiply_all(factors, 4, elements);
}

static int64_t runs_place(const clq_conv_layout *layout, const clq_conv_shape *shape, int64_t o, int64_t tap, int64_t i)
{
    const int64_t group = o / shape->group_out, column = o % shape->group_out, k_group = layout->k_group;
    const int64_t panel = group * ceil_div(shape->group_out, layout->panel) + column / layout->panel;
    const int64_t run = shape->kernel[2] * shape->group_in, dwords = ceil_div(run, k_group), at = tap % shape->kernel[2] * shape->group_in + i;
    const int64_t last = (dwords - 1) * k_group; /* what is before this byte stands where it would without an overlap */
    const int64_t within = at < last ? at : last + (run < k_group ? at : at - (run - k_group));
    const int64_t dword = (panel * shape->kernel[0] * shape->kernel[1] + tap / shape->kernel[2]) * dwords + within / k_group;
    return (dword * layout->panel + column % layout->panel) * k_group + within % k_group;
}

#define X(symbol, panel_size, group, element, family) \
    const clq_conv_layout clq_conv_layout_##symbol = { \
        .name = "conv_" #symbol, .panel = panel_size, .k_group = group, .element_size = element, .count = family##_count, .place = family##_place};
#include "conv/conv_layouts.def"
#undef X

const clq_conv_layout *clq_conv_layout_find(const char *name)
{
    static const clq_conv_layout *const layouts[] = {
#define X(symbol, panel, group, element, family) &clq_conv_layout_##symbol,
#include "conv/conv_layouts.def"
#undef X
    };
    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++) {
        if (strcmp(layouts[i]->name, name) == 0) return layouts[i];
    }
    return NULL;
}

bool clq_conv_layout_size(const clq_conv_layout *layout, const clq_conv_shape *shape, uint64_t *bytes)
{
    return layout->count(layout, shape, bytes) && clq_multiply(*bytes, (uint64_t)layout->element_size, bytes) && *bytes <= (uint64_t)INT64_MAX;
}

void clq_conv_layout_pack(const clq_conv_layout *layout, const clq_conv_shape *shape, const int8_t *dense, void *packed)
{
    uint64_t bytes = 0;
    if (!clq_conv_layout_size(layout, shape, &bytes)) return;
    memset(packed, 0, (size_t)bytes);
    for (int64_t o = 0; o < shape->groups * shape->group_out; o++) {
        for (int64_t tap = 0; tap < clq_conv_taps(shape); tap++) {
            for (int64_t i = 0; i < shape->group_in; i++) {
                const int64_t at = layout->place(layout, shape, o, tap, i);
                if (layout->element_size == 1) {
                    ((int8_t *)packed)[at] = *dense++;
                } else {
                    ((int16_t *)packed)[at] = *dense++;
                }
            }
        }
    }
}

static int16_t element_at(const clq_conv_layout *layout, const void *packed, int64_t index)
{
    return layout->element_size == 1 ? ((const int8_t *)packed)[index] : ((const int16_t *)packed)[index];
}

/* Every place holds 8 bits, and there are as many elements that are not zero as places with a weight that is not: so the rest is zero. */
bool clq_conv_layout_unpack(const clq_conv_layout *layout, const clq_conv_shape *shape, const void *packed, int8_t *dense)
{
    uint64_t elements = 0;
    if (!layout->count(layout, shape, &elements)) return false;
    int64_t nonzero = 0;
    for (uint64_t index = 0; index < elements; index++) nonzero += element_at(layout, packed, (int64_t)index) != 0;
    for (int64_t o = 0; o < shape->groups * shape->group_out; o++) {
        for (int64_t tap = 0; tap < clq_conv_taps(shape); tap++) {
            for (int64_t i = 0; i < shape->group_in; i++) {
                const int16_t value = element_at(layout, packed, layout->place(layout, shape, o, tap, i));
                if (value < -128 || value > 127) return false;
                nonzero -= value != 0;
                *dense++ = (int8_t)value;
            }
        }
    }
    return nonzero == 0;
}
