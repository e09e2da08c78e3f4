/* SPDX-License-Identifier: Apache-2.0 */
#include "train_layers/columns.h"

#define FOLDED_CHUNK 16       /* blocks of a work-item of few channels */
#define GROUP_COLUMNS 64      /* of kernels/cl/train_layers/column_sums_vector.cl */
#define SHARED "train_layers/layer_elements", "train_layers/column_params", "normalize/square_root", "train_layers/column_formulas", "train_layers/column_levels"

#define LEVEL_KERNELS                                                                                                   \
    [CLQ_COLUMNS_MERGE] = {"batch_norm_merge", 2, sizeof(column_params), {64, 1, 1}},                                  \
    [CLQ_COLUMNS_STATISTICS] = {"batch_norm_statistics", 8, sizeof(column_params), {64, 1, 1}},                        \
    [CLQ_COLUMNS_COEFFICIENTS] = {"batch_norm_coefficients", 8, sizeof(column_params), {64, 1, 1}}

const clq_columns_way clq_columns_portable = {
    .program = {
        .parts = {SHARED, "train_layers/column_sums_portable", "train_layers/batch_norm_portable"},
        .kernels = {
            [CLQ_COLUMNS_SUMS] = {"column_sums_portable", 2, sizeof(column_params), {64, 1, 1}},
            LEVEL_KERNELS,
            [CLQ_COLUMNS_MOMENTS] = {"batch_norm_moments_portable", 2, sizeof(column_params), {64, 1, 1}},
            [CLQ_COLUMNS_GRADIENT_SUMS] = {"batch_norm_gradient_sums_portable", 7, sizeof(column_params), {64, 1, 1}},
            [CLQ_COLUMNS_APPLY] = {"batch_norm_apply_portable", 3, sizeof(column_params), {64, 1, 1}},
            [CLQ_COLUMNS_GRADIENT] = {"batch_norm_gradient_portable", 4, sizeof(column_params), {64, 1, 1}},
        },
    },
};

const clq_columns_way clq_columns_vector = {
    .program = {
        .parts = {"op/vector_memory", SHARED, "train_layers/column_sums_vector", "train_layers/batch_norm_vector"},
        .kernels = {
            [CLQ_COLUMNS_SUMS] = {"column_sums_vector", 2, sizeof(column_params), {1, 1, 1}},
            LEVEL_KERNELS,
            [CLQ_COLUMNS_MOMENTS] = {"batch_norm_moments_vector", 2, sizeof(column_params), {1, 1, 1}},
            [CLQ_COLUMNS_GRADIENT_SUMS] = {"batch_norm_gradient_sums_vector", 7, sizeof(column_params), {1, 1, 1}},
            [CLQ_COLUMNS_APPLY] = {"batch_norm_apply_vector", 3, sizeof(column_params), {1, 1, 1}},
            [CLQ_COLUMNS_GRADIENT] = {"batch_norm_gradient_vector", 4, sizeof(column_params), {1, 1, 1}},
        },
    },
    .is_vector = true,
};

int64_t clq_columns_blocks(int64_t rows)
{
    return (rows + ROW_BLOCK - 1) / ROW_BLOCK;
}

clq_int clq_columns_folds(int64_t channels)
{
    return channels < ROW_FOLDS ? ROW_FOLDS : 1;
}

clq_int clq_columns_copies(int64_t channels)
{
    clq_int copies = 1;
    while (channels * copies % 16) copies *= 2;
    return copies;
}

int64_t clq_columns_block_items(const clq_columns_way *way, column_params *params)
{
    const int64_t blocks = clq_columns_blocks((int64_t)params->rows), channels = (int64_t)params->channels;
    params->chunk = params->folds > 1 ? FOLDED_CHUNK : 1;
    if (!way->is_vector) return blocks * channels;
    if (params->folds > 1) return (blocks + FOLDED_CHUNK - 1) / FOLDED_CHUNK;
    return blocks * (channels < GROUP_COLUMNS ? 1 : channels / GROUP_COLUMNS);
}

int64_t clq_columns_element_items(const clq_columns_way *way, const clq_capabilities *capabilities, column_params *params)
{
    const int64_t count = (int64_t)(params->rows * params->channels), length = (int64_t)params->channels * params->copies;
    if (!way->is_vector) return clq_layer_element_items(count);
    const int64_t chunk = clq_op_vector_chunk(count, capabilities) / length, rows = (count + length - 1) / length;
    params->chunk = (clq_ulong)(chunk ? chunk : 1);
    return (rows + (int64_t)params->chunk - 1) / (int64_t)params->chunk;
}

uint64_t clq_columns_array_bytes(int64_t count)
{
    return ((uint64_t)count * 4 + 63) / 64 * 64;
}
