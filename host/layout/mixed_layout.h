/* SPDX-License-Identifier: Apache-2.0 */
/* Packed weights of products of floats. A layout is an object with a stable name, which serialised weights carry; variants share layouts. */
#ifndef CLQ_MIXED_LAYOUT_H
#define CLQ_MIXED_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "clqnn/groups.h"
#include "clqnn/status.h"

/* What weights are, without their data. */
typedef struct clq_mixed_form {
    clqnn_type type;              /* of b */
    int64_t n, k;
    int64_t group;                /* rows of k that share a scale; 0: no groups, b is of floats */
    clqnn_type scale_type;
    clqnn_type zero_point_type;   /* none: there are no zero points */
    bool has_offsets;
    bool has_index;
} clq_mixed_form;

/* One matrix of the caller's. */
typedef struct clq_mixed_source {
    const void *data;             /* elements of form.type; types of less than 8 bits are dense, rows without padding between them */
    int64_t k_stride, n_stride;   /* elements */
    bool transposed;              /* groups' arrays are [n][groups] */
    const clqnn_groups *groups;
} clq_mixed_source;

typedef struct clq_mixed_layout clq_mixed_layout;
struct clq_mixed_layout {
    const char *name;
    int32_t panel_n;              /* columns side by side; 0: all of them */
    int32_t group_k;              /* consecutive rows that stand side by side within a column */
    bool grouped;                 /* of integers with groups; else of floats */

    /* Why this layout does not hold such weights, or NULL. Static text. */
    const char *(*refuses)(const clq_mixed_layout *layout, const clq_mixed_form *form);

    /* Bytes of one packed matrix; false if it does not fit 63 bits. */
    bool (*size)(const clq_mixed_layout *layout, const clq_mixed_form *form, uint64_t *bytes);

    /* Packs into `packed` (size bytes). */
    clqnn_status (*pack)(const clq_mixed_layout *layout, const clq_mixed_form *form, const clq_mixed_source *source, void *packed);

    /* The inverse: b's elements, dense row-major [k][n], of form.type. */
    void (*unpack)(const clq_mixed_layout *layout, const clq_mixed_form *form, const void *packed, void *dense);

    /* Whether packed bytes of unknown origin are such as `pack` writes: padding, ranges, finite scales. */
    bool (*check)(const clq_mixed_layout *layout, const clq_mixed_form *form, const void *packed);

    /* Of integers with groups: w of clqnn/groups.h, dense row-major [k][n]; NULL: not there. */
    void (*dequantize)(const clq_mixed_layout *layout, const clq_mixed_form *form, const void *packed, float *dense);
};

#define X(symbol) extern const clq_mixed_layout clq_layout_##symbol;
#include "layout/mixed_layouts.def"
#undef X

/* NULL if no layout has this name. */
const clq_mixed_layout *clq_mixed_layout_find(const char *name);

#endif
