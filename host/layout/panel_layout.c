/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "core/checked.h"
#include "layout/code_panels.h"
#include "layout/layout.h"

#define X(symbol, panel, group, element) const clq_layout clq_layout_##symbol = {#symbol, panel, group, element};
#include "layout/layouts.def"
#undef X

const clq_layout *clq_layout_find(const char *name)
{
    static const clq_layout *const layouts[] = {
#define X(symbol, panel, group, element) &clq_layout_##symbol,
#include "layout/layouts.def"
#undef X
    };
    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++) {
        if (strcmp(layouts[i]->name, name) == 0) return layouts[i];
    }
    return NULL;
}

int64_t clq_layout_padded_n(const clq_layout *layout, int64_t n)
{
    return (n + layout->panel_n - 1) / layout->panel_n * layout->panel_n;
}

static int64_t group_count(const clq_layout *layout, int64_t k)
{
    return (k + layout->group_k - 1) / layout->group_k;
}

bool clq_layout_size(const clq_layout *layout, int64_t n, int64_t k, uint64_t *bytes)
{
    if (layout->element_size == 0) return clq_code_panels_size(layout, n, k, bytes);
    return clq_multiply((uint64_t)clq_layout_padded_n(layout, n), (uint64_t)(group_count(layout, k) * layout->group_k), bytes)
           && clq_multiply(*bytes, (uint64_t)layout->element_size, bytes) && *bytes <= (uint64_t)INT64_MAX;
}

static int16_t element_at(const clq_layout *layout, const void *packed, int64_t index)
{
    return layout->element_size == 1 ? ((const int8_t *)packed)[index] : ((const int16_t *)packed)[index];
}

/* One group of one panel, at element `index`: all rows k0.. and columns n0.. of it. */
static void pack_group(const clq_layout *layout, const clq_matrix_view *view, int64_t n0, int64_t k0, void *packed, int64_t index)
{
    const int64_t columns = view->n - n0 < layout->panel_n ? view->n - n0 : layout->panel_n;
    const int64_t rows = view->k - k0 < layout->group_k ? view->k - k0 : layout->group_k;
    for (int64_t row = 0; row < rows; row++) {
        const uint8_t *source = view->data + (k0 + row) * view->k_stride + n0 * view->n_stride;
        for (int64_t column = 0; column < columns; column++) {
            const int8_t value = (int8_t)(source[column * view->n_stride] ^ view->flip);
            const int64_t at = index + column * layout->group_k + row;
            if (layout->element_size == 1) {
                ((int8_t *)packed)[at] = value;
            } else {
                ((int16_t *)packed)[at] = value;
            }
        }
    }
}

void clq_layout_pack(const clq_layout *layout, const clq_matrix_view *view, void *packed)
{
    if (layout->element_size == 0) {
        clq_code_panels_pack(layout, view, packed);
        return;
    }
    const int64_t groups = group_count(layout, view->k), panels = clq_layout_padded_n(layout, view->n) / layout->panel_n;
    const int64_t group_elements = (int64_t)layout->panel_n * layout->group_k;
    memset(packed, 0, (size_t)(panels * groups * group_elements * layout->element_size));
    for (int64_t panel = 0; panel < panels; panel++) {
        for (int64_t group = 0; group < groups; group++) {
            pack_group(layout, view, panel * layout->panel_n, group * layout->group_k, packed, (panel * groups + group) * group_elements);
        }
    }
}

void clq_layout_unpack(const clq_layout *layout, const void *packed, int64_t n, int64_t k, uint8_t flip, uint8_t *dense)
{
    if (layout->element_size == 0) {
        clq_code_panels_unpack(layout, packed, n, k, dense);
        return;
    }
    const int64_t groups = group_count(layout, k);
    for (int64_t row = 0; row < k; row++) {
        const int64_t group = row / layout->group_k, within = row % layout->group_k;
        for (int64_t column = 0; column < n; column++) {
            const int64_t panel = column / layout->panel_n;
            const int64_t index = ((panel * groups + group) * layout->panel_n + column % layout->panel_n) * layout->group_k + within;
            dense[row * n + column] = (uint8_t)((uint8_t)element_at(layout, packed, index) ^ flip);
        }
    }
}

bool clq_layout_check(const clq_layout *layout, const void *packed, int64_t n, int64_t k)
{
    if (layout->element_size == 0) return clq_code_panels_check(layout, packed, n, k);
    const int64_t groups = group_count(layout, k), panels = clq_layout_padded_n(layout, n) / layout->panel_n;
    int64_t index = 0;
    for (int64_t panel = 0; panel < panels; panel++) {
        for (int64_t group = 0; group < groups; group++) {
            for (int32_t column = 0; column < layout->panel_n; column++) {
                for (int32_t row = 0; row < layout->group_k; row++) {
                    const int16_t value = element_at(layout, packed, index++);
                    const bool inside = panel * layout->panel_n + column < n && group * layout->group_k + row < k;
                    if (value < -128 || value > 127 || (!inside && value != 0)) return false;
                }
            }
        }
    }
    return true;
}
