/* SPDX-License-Identifier: Apache-2.0 */
/* Packed weights of products of bits: the words of the planes of a matrix of n columns, each of k values, in another order, and columns of zeros that make
 * panels whole. A layout is an object with a stable name, which serialised weights carry; variants share layouts. */
#ifndef CLQ_BIT_LAYOUT_H
#define CLQ_BIT_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "clqnn/types.h"

/* What weights are, without their data. */
typedef struct clq_bit_shape {
    clqnn_type type;       /* of bit planes */
    int32_t planes;
    int64_t n, k;
} clq_bit_shape;

typedef struct clq_bit_layout clq_bit_layout;
struct clq_bit_layout {
    const char *name;
    int32_t panel_n;       /* columns side by side */

    /* Bytes of one packed matrix; false if it does not fit 63 bits. */
    bool (*size)(const clq_bit_layout *layout, const clq_bit_shape *shape, uint64_t *bytes);

    /* Packs n rows of k values, `row_words` words of 32 bits from each to the next, into `packed` (size bytes). Neutral bits become 0 whatever they are. */
    void (*pack)(const clq_bit_layout *layout, const clq_bit_shape *shape, const void *rows, int64_t row_words, void *packed);

    /* The inverse: n rows as clqnn/bits.h has them, dense. */
    void (*unpack)(const clq_bit_layout *layout, const clq_bit_shape *shape, const void *packed, void *rows);

    /* Whether packed bytes of unknown origin are such as `pack` writes. */
    bool (*check)(const clq_bit_layout *layout, const clq_bit_shape *shape, const void *packed);
};

#define X(symbol) extern const clq_bit_layout clq_layout_##symbol;
#include "layout/bit_layouts.def"
#undef X

/* NULL if no layout has this name. */
const clq_bit_layout *clq_bit_layout_find(const char *name);

/* Words from one thing to the next in a layout of bit_panels.c: from a panel's first word on, column c, group g and plane p stand at
 * c + g * group + p * plane. */
typedef struct clq_bit_steps {
    uint64_t panel, group, plane;
} clq_bit_steps;
clq_bit_steps clq_bit_panel_steps(const clq_bit_layout *layout, const clq_bit_shape *shape);

/* The same of bits_nibbles_n32, from panel to panel and plane to plane (of t2 there is one). */
clq_bit_steps clq_bit_nibble_steps(const clq_bit_shape *shape);

/* One word of a row: `plane` of `group`, its neutral bits 0. */
uint32_t clq_bit_word(const clq_bit_shape *shape, const void *row, int64_t group, int32_t plane);

#endif
