/* SPDX-License-Identifier: Apache-2.0 */
/* Floats of 8, 16 or 32 bits in panels, moved as they are:
 *
 *     [panel = ceil(n / panel_n)][group = ceil(k / group_k)][panel_n columns][group_k rows]     zero-padded */
#include <string.h>

#include "core/checked.h"
#include "layout/mixed_layout.h"

static const clq_mixed_layout *const layouts[] = {
#define X(symbol) &clq_layout_##symbol,
#include "layout/mixed_layouts.def"
#undef X
};

const clq_mixed_layout *clq_mixed_layout_find(const char *name)
{
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        if (strcmp(layouts[i]->name, name) == 0) return layouts[i];
    }
    return NULL;
}

static const char *refuses(const clq_mixed_layout *layout, const clq_mixed_form *form)
{
    (void)layout;
    return form->group ? "its weights are floats" : NULL;
}

static int64_t panel_of(const clq_mixed_layout *layout, const clq_mixed_form *form)
{
    return layout->panel_n ? layout->panel_n : form->n ? form->n : 1;
}

static bool size_of(const clq_mixed_layout *layout, const clq_mixed_form *form, uint64_t *bytes)
{
    const int64_t panel = panel_of(layout, form);
    const uint64_t n = (uint64_t)((form->n + panel - 1) / panel * panel), k = (uint64_t)((form->k + layout->group_k - 1) / layout->group_k * layout->group_k);
    return clq_multiply(n, k, bytes) && clq_multiply(*bytes, clqnn_type_size(form->type), bytes) && *bytes <= INT64_MAX;
}

/* Position of an element in its packed matrix. */
static int64_t place_of(const clq_mixed_layout *layout, const clq_mixed_form *form, int64_t k, int64_t n)
{
    const int64_t panel = panel_of(layout, form), groups = (form->k + layout->group_k - 1) / layout->group_k;
    return ((n / panel * groups + k / layout->group_k) * panel + n % panel) * layout->group_k + k % layout->group_k;
}

#define ROWS_AT_ONCE 64   /* of k: what a matrix with long rows needs of them stays in the caches and in the translation of addresses */

/* Columns first .. last of rows begin .. end, into one panel. Called with constant sizes, so that each element is a plain move. */
static inline void pack_part(const clq_mixed_layout *layout, const clq_mixed_form *form, const clq_mixed_source *source, unsigned char *packed,
                             int64_t begin, int64_t end, int64_t first, int64_t last, size_t size)
{
    const int64_t group_k = layout->group_k;
    const size_t n_step = (size_t)source->n_stride * size;
    for (int64_t k = begin; k < end; k++) {
        unsigned char *to = packed + (size_t)place_of(layout, form, k, first) * size;
        const unsigned char *from = (const unsigned char *)source->data + (size_t)(k * source->k_stride + first * source->n_stride) * size;
        for (int64_t n = first; n < last; n++, to += (size_t)group_k * size, from += n_step) memcpy(to, from, size);
    }
}

static clqnn_status pack(const clq_mixed_layout *layout, const clq_mixed_form *form, const clq_mixed_source *source, void *packed)
{
    const size_t size = clqnn_type_size(form->type);
    const int64_t panel = panel_of(layout, form);
    uint64_t bytes = 0;
    (void)size_of(layout, form, &bytes); /* fits: the caller has allocated it */
    memset(packed, 0, bytes);
    for (int64_t begin = 0; begin < form->k; begin += ROWS_AT_ONCE) {
        const int64_t end = begin + ROWS_AT_ONCE < form->k ? begin + ROWS_AT_ONCE : form->k;
        for (int64_t first = 0; first < form->n; first += panel) {
            const int64_t last = first + panel < form->n ? first + panel : form->n;
            if (size == 4) pack_part(layout, form, source, packed, begin, end, first, last, 4);
            else if (size == 2) pack_part(layout, form, source, packed, begin, end, first, last, 2);
            else pack_part(layout, form, source, packed, begin, end, first, last, 1);
        }
    }
    return CLQNN_OK;
}

static void unpack(const clq_mixed_layout *layout, const clq_mixed_form *form, const void *packed, void *dense)
{
    const size_t size = clqnn_type_size(form->type);
    for (int64_t k = 0; k < form->k; k++) {
        for (int64_t n = 0; n < form->n; n++) {
            memcpy((unsigned char *)dense + (size_t)(k * form->n + n) * size, (const unsigned char *)packed + (size_t)place_of(layout, form, k, n) * size, size);
        }
    }
}

/* Padding is zero. Any bits are a float. */
static bool check(const clq_mixed_layout *layout, const clq_mixed_form *form, const void *packed)
{
    const size_t size = clqnn_type_size(form->type);
    const int64_t panel = panel_of(layout, form), padded_n = (form->n + panel - 1) / panel * panel;
    const int64_t padded_k = (form->k + layout->group_k - 1) / layout->group_k * layout->group_k;
    for (int64_t k = 0; k < padded_k; k++) {
        for (int64_t n = k < form->k ? form->n : 0; n < padded_n; n++) {
            const unsigned char *element = (const unsigned char *)packed + (size_t)place_of(layout, form, k, n) * size;
            for (size_t i = 0; i < size; i++) {
                if (element[i]) return false;
            }
        }
    }
    return true;
}

const clq_mixed_layout clq_layout_float_rows = {"float_rows", 0, 1, false, refuses, size_of, pack, unpack, check, NULL};
const clq_mixed_layout clq_layout_float_n16 = {"float_n16", 16, 1, false, refuses, size_of, pack, unpack, check, NULL};
const clq_mixed_layout clq_layout_float_n16k2 = {"float_n16k2", 16, 2, false, refuses, size_of, pack, unpack, check, NULL};
