/* SPDX-License-Identifier: Apache-2.0 */
/* Sums over rows, and batch normalization on top of them: the two families' problems, and the program and the levels that they share. Pure. */
#ifndef CLQ_COLUMNS_H
#define CLQ_COLUMNS_H

#include "clqnn/train_layers.h"
#include "train_layers/layer_fields.h"

#include "train_layers/column_params.cl"

typedef struct clq_column_sums_problem {
    int64_t rows, channels;
} clq_column_sums_problem;

typedef struct clq_batch_norm_problem {
    clqnn_batch_norm_mode mode;
    int64_t rows, channels;
    column_params params;       /* complete but for what differs from launch to launch */
} clq_batch_norm_problem;

/* Kernels of both programs, in this order. */
enum {
    CLQ_COLUMNS_SUMS, CLQ_COLUMNS_MERGE, CLQ_COLUMNS_STATISTICS, CLQ_COLUMNS_COEFFICIENTS,
    CLQ_COLUMNS_MOMENTS, CLQ_COLUMNS_GRADIENT_SUMS, CLQ_COLUMNS_APPLY, CLQ_COLUMNS_GRADIENT
};

/* One of the two ways to run them. */
typedef struct clq_columns_way {
    clq_op_program program;
    bool is_vector;
} clq_columns_way;
extern const clq_columns_way clq_columns_portable, clq_columns_vector;

int64_t clq_columns_blocks(int64_t rows);

/* 1 or ROW_FOLDS; how many rows side by side are a multiple of 16 floats. */
clq_int clq_columns_folds(int64_t channels);
clq_int clq_columns_copies(int64_t channels);

/* Work-items of a launch over blocks of `rows`, params->chunk set; or over elements. */
int64_t clq_columns_block_items(const clq_columns_way *way, column_params *params);
int64_t clq_columns_element_items(const clq_columns_way *way, const clq_capabilities *capabilities, column_params *params);

/* Bytes of f32, rounded up to where the next array of a workspace may begin. */
uint64_t clq_columns_array_bytes(int64_t count);

extern const clq_op_variant clq_column_sums_portable, clq_column_sums_vector, clq_batch_norm_portable, clq_batch_norm_vector;

#endif
