/* SPDX-License-Identifier: Apache-2.0 */
/* Packed layouts of a GEMM's b. All are panels of columns and groups of k:
 *
 *     [panel = ceil(n / panel_n)][group = ceil(k / group_k)][panel_n columns][group_k k]     elements s8 or s16, zero-padded
 *
 * A layout is a row of layouts.def; its name is stable, since serialised weights carry it. */
#ifndef CLQ_LAYOUT_H
#define CLQ_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "clqnn/status.h"

typedef struct clq_layout {
    const char *name;       /* "i8_n32k4" */
    int32_t panel_n;
    int32_t group_k;
    int32_t element_size;   /* 1: s8, 2: s16; 0: two-bit codes of -1, 0 and 1 (code_panels.h), for weights of bit planes alone */
} clq_layout;

/* One 8-bit matrix on the host, k x n, with any strides (in bytes). `flip` is 0x80 where the data is u8: value = (int8_t)(byte ^ flip). */
typedef struct clq_matrix_view {
    const uint8_t *data;
    int64_t n, k;
    int64_t k_stride, n_stride;
    uint8_t flip;
} clq_matrix_view;

#define X(symbol, panel, group, element) extern const clq_layout clq_layout_##symbol;
#include "layout/layouts.def"
#undef X

/* NULL if no layout has this name. */
const clq_layout *clq_layout_find(const char *name);

int64_t clq_layout_padded_n(const clq_layout *layout, int64_t n);

/* Bytes of one packed matrix; false if it does not fit 63 bits. */
bool clq_layout_size(const clq_layout *layout, int64_t n, int64_t k, uint64_t *bytes);

/* Packs into `packed` (clq_layout_size bytes). */
void clq_layout_pack(const clq_layout *layout, const clq_matrix_view *view, void *packed);

/* The inverse: dense row-major k x n bytes, value ^ flip. */
void clq_layout_unpack(const clq_layout *layout, const void *packed, int64_t n, int64_t k, uint8_t flip, uint8_t *dense);

/* Whether padding is zero and every element fits 8 bits: what clq_layout_pack writes. */
bool clq_layout_check(const clq_layout *layout, const void *packed, int64_t n, int64_t k);

#endif
