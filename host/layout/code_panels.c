/* SPDX-License-Identifier: Apache-2.0 */
#include "layout/code_panels.h"

#include <string.h>

#include "core/checked.h"

enum { GROUP = 16, NO_CODE = 3 };

static int64_t groups_of(int64_t k)
{
    return (k + GROUP - 1) / GROUP;
}

bool clq_code_panels_size(const clq_layout *layout, int64_t n, int64_t k, uint64_t *bytes)
{
    return clq_multiply((uint64_t)clq_layout_padded_n(layout, n), (uint64_t)groups_of(k) * sizeof(uint32_t), bytes) && *bytes <= (uint64_t)INT64_MAX;
}

/* Which word has a column's group. */
static int64_t word_of(const clq_layout *layout, int64_t k, int64_t column, int64_t group)
{
    return (column / layout->panel_n * groups_of(k) + group) * layout->panel_n + column % layout->panel_n;
}

static uint32_t shift_of(int64_t row)
{
    return (uint32_t)(8 * (row % 4) + 2 * (row / 4));
}

void clq_code_panels_pack(const clq_layout *layout, const clq_matrix_view *view, void *packed)
{
    uint32_t *words = packed;
    uint64_t bytes = 0;
    (void)clq_code_panels_size(layout, view->n, view->k, &bytes); /* fits: the caller has allocated it */
    memset(packed, 0, (size_t)bytes);
    for (int64_t column = 0; column < view->n; column++) {
        for (int64_t group = 0; group < groups_of(view->k); group++) {
            const int64_t rows = view->k - group * GROUP < GROUP ? view->k - group * GROUP : GROUP;
            const uint8_t *values = view->data + group * GROUP * view->k_stride + column * view->n_stride;
            uint32_t word = 0;
            for (int64_t row = 0; row < rows; row++) word |= (uint32_t)((int8_t)values[row * view->k_stride] + 1) << shift_of(row);
            words[word_of(layout, view->k, column, group)] = word;
        }
    }
}

void clq_code_panels_unpack(const clq_layout *layout, const void *packed, int64_t n, int64_t k, uint8_t *dense)
{
    const uint32_t *words = packed;
    for (int64_t row = 0; row < k; row++) {
        for (int64_t column = 0; column < n; column++) {
            const uint32_t word = words[word_of(layout, k, column, row / GROUP)];
            dense[row * n + column] = (uint8_t)((int32_t)(word >> shift_of(row % GROUP) & 3) - 1);
        }
    }
}

bool clq_code_panels_check(const clq_layout *layout, const void *packed, int64_t n, int64_t k)
{
    const uint32_t *words = packed;
    for (int64_t column = 0; column < clq_layout_padded_n(layout, n); column++) {
        for (int64_t row = 0; row < groups_of(k) * GROUP; row++) {
            const uint32_t code = words[word_of(layout, k, column, row / GROUP)] >> shift_of(row % GROUP) & 3;
            if (code == NO_CODE || (code != 0 && (column >= n || row >= k))) return false;
        }
    }
    return true;
}
