/* SPDX-License-Identifier: Apache-2.0 */
/* What the families of training share: checks of fields, dense operands, steps of a recipe, sizes of launches. Pure. */
#ifndef CLQ_LAYER_FIELDS_H
#define CLQ_LAYER_FIELDS_H

#include "op/op_family.h"

#define CLQ_LAYER_MOST_ELEMENTS ((int64_t)1 << 40)   /* of a tensor */

/* least..most, or CLQNN_INVALID_SHAPE with name and value. */
clqnn_status clq_layer_check_extent(const char *name, int64_t value, int64_t least, int64_t most);

/* Two extents in 1..2^31-1 whose product is at most CLQ_LAYER_MOST_ELEMENTS. */
clqnn_status clq_layer_check_matrix(const char *rows_name, int64_t rows, const char *columns_name, int64_t columns);

/* min below max, neither NaN. */
clqnn_status clq_layer_check_clamp(float least, float most);

/* A dense operand of `count` elements. */
clqnn_status clq_layer_add_input(clq_op_signature *signature, const char *name, clqnn_type type, int64_t count, bool may_be_output);
clqnn_status clq_layer_add_output(clq_op_signature *signature, const char *name, clqnn_type type, int64_t count);

/* A result of so many f32 that CPU kernels write it past the caches. */
clq_int clq_layer_streams(int64_t count);

/* Appends a step of `items` work-items, filled up to whole groups of the kernel, with its params. `buffers`: as many as the kernel has. */
typedef struct clq_layer_step {
    const clq_op_program *program;
    uint32_t kernel;
    const uint8_t *buffers;
    const uint64_t *base;     /* bytes, one a buffer; NULL: zeros */
    const void *params;
    int64_t items;
} clq_layer_step;
clqnn_status clq_layer_add_step(clq_op_recipe *recipe, const clq_layer_step *given);

/* Portable kernels element by element: a group of LAYER_GROUP work-items makes LAYER_GROUP * LAYER_EACH elements (kernels/cl/train_layers/layer_elements.cl). */
int64_t clq_layer_element_items(int64_t count);

/* Estimates: what moving so many bytes takes, beside so many launches. */
double clq_layer_portable_cost(int64_t bytes, int launches, const clq_capabilities *capabilities);
double clq_layer_vector_cost(int64_t bytes, int launches, const clq_capabilities *capabilities);

#endif
