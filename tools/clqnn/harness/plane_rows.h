/* SPDX-License-Identifier: Apache-2.0 */
/* Matrices of b1 and t2 as clqnn/bits.h stores them, for problems whose weights are planes. Public headers only. */
#ifndef CLQ_PLANE_ROWS_H
#define CLQ_PLANE_ROWS_H

#include <stdbool.h>

#include "case_numerics.h"
#include "clqnn/types.h"
#include "host_bytes.h"
#include "plane_words.h"
#include "seeded_random.h"

/* Bytes of `values` values from a word's first one on. */
size_t clq_plane_rows_bytes(clqnn_type type, int64_t values);

/* Stored matrices, in values: strides are multiples of 32. */
typedef struct clq_plane_rows {
    clqnn_type type;
    int64_t rows, columns, leading, stride[2], counts[2];
} clq_plane_rows;

/* Fills bytes->data (bytes->size bytes from bytes->offset on): each row's values, neutral bits to its last word's end, and anything between rows. */
void clq_plane_rows_fill(clq_random *random, const clq_plane_rows *rows, clq_data data, const clq_host_bytes *bytes);

/* `rows` dense rows of `columns` values: weights of a convolution. */
void clq_plane_rows_fill_dense(clq_random *random, clqnn_type type, int64_t rows, int64_t columns, clq_data data, unsigned char *target);

/* Row `row` of matrix `batch`: where its words begin in bytes->data. */
size_t clq_plane_rows_place(const clq_plane_rows *rows, const clq_host_bytes *bytes, int64_t batch, int64_t row);

#endif
