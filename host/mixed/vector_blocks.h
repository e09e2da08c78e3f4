/* SPDX-License-Identifier: Apache-2.0 */
/* How CPU kernels of products of floats cut c into blocks, one for a work-group. Pure. */
#ifndef CLQ_MIXED_VECTOR_BLOCKS_H
#define CLQ_MIXED_VECTOR_BLOCKS_H

#include "mixed/mixed_problem.h"

/* What a kernel is compiled with. */
typedef struct clq_vector_shape {
    int32_t tile_rows, tile_columns;
    int32_t block_rows, block_columns;    /* at most */
    int32_t local_bytes;
    double products_a_clock;              /* of a core, at best */
} clq_vector_shape;

/* Bytes of local memory of a kernel that keeps a's part [block_rows][a_words], panels of b [b_panels][depth][16] and the sums. */
#define CLQ_VECTOR_LOCAL_BYTES(block_rows, block_columns, a_words, depth, b_panels) \
    (4 * ((block_rows) * (a_words) + (depth) * 16 * (b_panels) + (block_rows) * (block_columns)))

/* Why a device cannot run such a kernel, or NULL. */
const char *clq_vector_refuses(const clq_vector_shape *shape, const clq_capabilities *capabilities);

double clq_vector_seconds(const clq_vector_shape *shape, const clq_mixed_problem *problem, const clq_capabilities *capabilities);

/* The one launch. */
clqnn_status clq_vector_arrange(const clq_vector_shape *shape, const clq_mixed_problem *problem, const clq_capabilities *capabilities, clq_op_recipe *recipe);

#endif
