/* SPDX-License-Identifier: Apache-2.0 */
/* Batch normalization and sums of columns, one channel after the other: the formulas of clqnn/train_layers.h. */
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "clqnn/reference_train_layers.h"
#include "row_sums.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

static float *column_memory(int64_t rows)
{
    return malloc((size_t)rows * sizeof(float));
}

clqnn_status clqnn_reference_column_sums(const clqnn_column_sums_desc *desc, const float *x, float *y)
{
    float *const column = column_memory(desc->rows);
    if (!column) return CLQNN_OUT_OF_MEMORY;
    for (int64_t c = 0; c < desc->channels; c++) {
        for (int64_t r = 0; r < desc->rows; r++) column[r] = x[r * desc->channels + c];
        y[c] = clq_reference_row_sum(column, desc->rows, desc->channels);
    }
    free(column);
    return CLQNN_OK;
}

/* Rows, their mean, and the sum of squared distances from it. */
typedef struct part {
    float rows, mean, squares;
} part;

static part part_of_rows(const float *x, int64_t count, int64_t channels)
{
    float distance[CLQ_REFERENCE_ROW_BLOCK] = {0.0f};
    const float mean = clq_reference_block_sum(x, 1, count, channels) * (1.0f / (float)count);
    for (int64_t r = 0; r < count; r++) distance[r] = (x[r] - mean) * (x[r] - mean);
    return (part){(float)count, mean, clq_reference_block_sum(distance, 1, count, channels)};
}

static part join(const part *parts, int64_t count, int64_t channels, int64_t rows)
{
    float terms[CLQ_REFERENCE_ROW_BLOCK] = {0.0f};
    if (count == 1) return parts[0];
    for (int64_t i = 0; i < count; i++) terms[i] = parts[i].rows * parts[i].mean;
    const float mean = clq_reference_block_sum(terms, 1, count, channels) * (1.0f / (float)rows);
    for (int64_t i = 0; i < count; i++) terms[i] = parts[i].squares + parts[i].rows * ((parts[i].mean - mean) * (parts[i].mean - mean));
    return (part){(float)rows, mean, clq_reference_block_sum(terms, 1, count, channels)};
}

/* x: one channel, dense. */
static clqnn_status moments(const float *x, int64_t rows, int64_t channels, part *all)
{
    int64_t count = (rows + CLQ_REFERENCE_ROW_BLOCK - 1) / CLQ_REFERENCE_ROW_BLOCK, each = CLQ_REFERENCE_ROW_BLOCK;
    part *const parts = malloc((size_t)count * sizeof *parts);
    if (!parts) return CLQNN_OUT_OF_MEMORY;
    for (int64_t i = 0; i < count; i++) {
        const int64_t rest = rows - i * each;
        parts[i] = part_of_rows(x + i * each, rest < each ? rest : each, channels);
    }
    while (count > 1) {
        const int64_t joined = (count + CLQ_REFERENCE_ROW_BLOCK - 1) / CLQ_REFERENCE_ROW_BLOCK;
        for (int64_t i = 0; i < joined; i++) {
            const int64_t first = i * CLQ_REFERENCE_ROW_BLOCK, rest = count - first, n = rest < CLQ_REFERENCE_ROW_BLOCK ? rest : CLQ_REFERENCE_ROW_BLOCK;
            const int64_t left = rows - first * each;
            parts[i] = join(parts + first, n, channels, left < n * each ? left : n * each);
        }
        count = joined;
        each *= CLQ_REFERENCE_ROW_BLOCK;
    }
    *all = parts[0];
    free(parts);
    return CLQNN_OK;
}

static float inverse_std(float variance, float epsilon)
{
    const float v = variance + epsilon;
    if (!(v >= FLT_MIN)) return NAN;
    return isinf(v) ? 0.0f : 1.0f / sqrtf(v);
}

static float clamped(const clqnn_batch_norm_desc *desc, float v)
{
    if (!desc->has_clamp) return v;
    return v < desc->clamp_min ? desc->clamp_min : v > desc->clamp_max ? desc->clamp_max : v;
}

/* The channel's statistics; of training they are also written. */
static clqnn_status find_statistics(const clqnn_batch_norm_desc *desc, const float *column, int64_t c, const float *const *inputs, float *const *outputs, float *mean, float *inv_std)
{
    const float epsilon = desc->epsilon == 0.0f ? 1e-5f : desc->epsilon, momentum = desc->momentum == 0.0f ? 0.1f : desc->momentum, keep = 1.0f - momentum;
    if (desc->mode == CLQNN_BATCH_NORM_INFER) {
        *mean = inputs[3][c];
        *inv_std = inverse_std(inputs[4][c], epsilon);
        return CLQNN_OK;
    }
    part all;
    const clqnn_status status = moments(column, desc->rows, desc->channels, &all);
    if (status != CLQNN_OK) return status;
    const float variance = all.squares * (1.0f / (float)desc->rows);
    const float unbiased = variance * (desc->rows > 1 ? (float)((double)desc->rows / (double)(desc->rows - 1)) : 1.0f);
    *mean = outputs[1][c] = all.mean;
    *inv_std = outputs[2][c] = inverse_std(variance, epsilon);
    outputs[3][c] = keep * outputs[3][c] + momentum * all.mean;
    outputs[4][c] = keep * outputs[4][c] + momentum * unbiased;
    return CLQNN_OK;
}

static clqnn_status forward(const clqnn_batch_norm_desc *desc, int64_t c, float *column, const float *const *inputs, float *const *outputs)
{
    float mean, inv_std;
    for (int64_t r = 0; r < desc->rows; r++) column[r] = inputs[0][r * desc->channels + c];
    const clqnn_status status = find_statistics(desc, column, c, inputs, outputs, &mean, &inv_std);
    for (int64_t r = 0; r < desc->rows && status == CLQNN_OK; r++) {
        const float u = (column[r] - mean) * inv_std;
        outputs[0][r * desc->channels + c] = clamped(desc, u * inputs[1][c] + inputs[2][c]);
    }
    return status;
}

/* g and u of an element. */
static float gradient_at(const clqnn_batch_norm_desc *desc, const float *const *inputs, int64_t r, int64_t c, float *u)
{
    const int64_t i = r * desc->channels + c;
    *u = (inputs[1][i] - inputs[4][c]) * inputs[5][c];
    const float v = *u * inputs[2][c] + inputs[3][c];
    return desc->has_clamp && (v <= desc->clamp_min || v >= desc->clamp_max) ? 0.0f : inputs[0][i];
}

static void backward(const clqnn_batch_norm_desc *desc, int64_t c, float *column, const float *const *inputs, float *const *outputs)
{
    const float inverse = 1.0f / (float)desc->rows;
    float u;
    for (int64_t r = 0; r < desc->rows; r++) column[r] = gradient_at(desc, inputs, r, c, &u);
    const float sum_g = clq_reference_row_sum(column, desc->rows, desc->channels);
    for (int64_t r = 0; r < desc->rows; r++) {
        const float g = gradient_at(desc, inputs, r, c, &u);
        column[r] = g * u;
    }
    const float sum_gu = clq_reference_row_sum(column, desc->rows, desc->channels);
    const float mean_g = sum_g * inverse, mean_gu = sum_gu * inverse, factor = inputs[2][c] * inputs[5][c];
    for (int64_t r = 0; r < desc->rows; r++) {
        const float g = gradient_at(desc, inputs, r, c, &u);
        outputs[0][r * desc->channels + c] = factor * ((g - mean_g) - u * mean_gu);
    }
    outputs[1][c] = sum_gu;
    outputs[2][c] = sum_g;
}

clqnn_status clqnn_reference_batch_norm(const clqnn_batch_norm_desc *desc, const float *const *inputs, float *const *outputs)
{
    float *const column = column_memory(desc->rows);
    if (!column) return CLQNN_OUT_OF_MEMORY;
    clqnn_status status = CLQNN_OK;
    for (int64_t c = 0; c < desc->channels && status == CLQNN_OK; c++) {
        if (desc->mode == CLQNN_BATCH_NORM_BACKWARD) backward(desc, c, column, inputs, outputs);
        else status = forward(desc, c, column, inputs, outputs);
    }
    free(column);
    return status;
}
