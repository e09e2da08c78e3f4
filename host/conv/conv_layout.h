/* SPDX-License-Identifier: Apache-2.0 */
/* Packed layouts of a convolution's weights. A layout is a place for every weight (o, tap, i); elements that have no weight are zero. Packing, its inverse
 * and the check of foreign bytes follow from that. A layout is a row of conv_layouts.def; its name is stable, since serialised weights carry it. */
#ifndef CLQ_CONV_LAYOUT_H
#define CLQ_CONV_LAYOUT_H

#include "conv/conv_problem.h"

typedef struct clq_conv_layout {
    const char *name;
    int32_t panel;          /* output channels side by side */
    int32_t k_group;        /* neighbours of one channel */
    int32_t element_size;   /* 1: s8, 2: s16 */

    /* Elements of all packed weights; false if they do not fit 63 bits. Pure, as place. */
    bool (*count)(const struct clq_conv_layout *layout, const clq_conv_shape *shape, uint64_t *elements);

    /* The element of weight (o, tap, i): o of all groups' output channels, tap row-major over the kernel, i within o's group. Different for each weight. */
    int64_t (*place)(const struct clq_conv_layout *layout, const clq_conv_shape *shape, int64_t o, int64_t tap, int64_t i);
} clq_conv_layout;

#define X(symbol, panel, group, element, family) extern const clq_conv_layout clq_conv_layout_##symbol;
#include "conv/conv_layouts.def"
#undef X

/* NULL if no layout has this name. */
const clq_conv_layout *clq_conv_layout_find(const char *name);

/* Bytes of packed weights; false if they do not fit 63 bits. */
bool clq_conv_layout_size(const clq_conv_layout *layout, const clq_conv_shape *shape, uint64_t *bytes);

/* `dense` holds s8 weights as [o][tap][i]; `packed` has clq_conv_layout_size bytes. */
void clq_conv_layout_pack(const clq_conv_layout *layout, const clq_conv_shape *shape, const int8_t *dense, void *packed);

/* The inverse. False if an element of `packed` does not fit 8 bits, or one that has no weight is not zero: not what packing writes. */
bool clq_conv_layout_unpack(const clq_conv_layout *layout, const clq_conv_shape *shape, const void *packed, int8_t *dense);

#endif
