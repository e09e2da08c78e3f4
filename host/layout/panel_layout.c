/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "core/checked.h"
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

static int64_t padded_k(const clq_layout *layout, int64_t k)
{
    return (k + layout->group_k - 1) / layout->group_k * layout->group_k;
}

bool clq_layout_size(const clq_layout *layout, int64_t n, int64_t k, uint64_t *bytes)
{
    return clq_multiply((uint64_t)clq_layout_padded_n(layout, n), (uint64_t)padded_k(layout, k), bytes)
           && clq_multiply(*bytes, (uint64_t)layout->element_size, bytes) && *bytes <= (uint64_t)INT64_MAX;
}

/* Position of (k, n) in elements. */
static int64_t element_index(const clq_layout *layout, int64_t groups, int64_t n, int64_t k)
{
    const int64_t panel = n / layout->panel_n, group = k / layout->group_k;
    return ((panel * groups + group) * layout->panel_n + n % layout->panel_n) * layout->group_k + k % layout->group_k;
}

static void store(const clq_layout *layout, void *packed, int64_t index, int8_t value)
{
    if (layout->element_size == 1) {
        ((int8_t *)packed)[index] = value;
    } else {
        ((int16_t *)packed)[index] = value;
    }
}

void clq_layout_pack(const clq_layout *layout, const clq_matrix_view *view, void *packed)
{
    const int64_t groups = padded_k(layout, view->k) / layout->group_k;
    const int64_t padded_n = clq_layout_padded_n(layout, view->n);
    for (int64_t n = 0; n < padded_n; n++) {
        for (int64_t k = 0; k < groups * layout->group_k; k++) {
            int8_t value = 0;
            if (n < view->n && k < view->k) value = (int8_t)(view->data[k * view->k_stride + n * view->n_stride] ^ view->flip);
            store(layout, packed, element_index(layout, groups, n, k), value);
        }
    }
}

void clq_layout_unpack(const clq_layout *layout, const void *packed, int64_t n, int64_t k, uint8_t flip, uint8_t *dense)
{
    const int64_t groups = padded_k(layout, k) / layout->group_k;
    for (int64_t row = 0; row < k; row++) {
        for (int64_t column = 0; column < n; column++) {
            const int64_t index = element_index(layout, groups, column, row);
            const int8_t value = layout->element_size == 1 ? ((const int8_t *)packed)[index] : (int8_t)((const int16_t *)packed)[index];
            dense[row * n + column] = (uint8_t)((uint8_t)value ^ flip);
        }
    }
}
