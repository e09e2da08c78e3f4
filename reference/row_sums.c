/* SPDX-License-Identifier: Apache-2.0 */
#include "row_sums.h"

float clq_reference_block_sum(const float *values, int64_t stride, int64_t count, int64_t channels)
{
    const int64_t folds = channels < CLQ_REFERENCE_ROW_FOLDS ? CLQ_REFERENCE_ROW_FOLDS : 1;
    float partial[CLQ_REFERENCE_ROW_FOLDS] = {0.0f};
    for (int64_t r = 0; r < count; r++) partial[r % folds] += values[r * stride];
    for (int64_t half = folds / 2; half > 0; half /= 2) {
        for (int64_t j = 0; j < half; j++) partial[j] += partial[j + half];
    }
    return partial[0];
}

float clq_reference_row_sum(float *values, int64_t count, int64_t channels)
{
    do {
        const int64_t blocks = (count + CLQ_REFERENCE_ROW_BLOCK - 1) / CLQ_REFERENCE_ROW_BLOCK;
        for (int64_t block = 0; block < blocks; block++) {
            const int64_t begin = block * CLQ_REFERENCE_ROW_BLOCK, rest = count - begin;
            values[block] = clq_reference_block_sum(values + begin, 1, rest < CLQ_REFERENCE_ROW_BLOCK ? rest : CLQ_REFERENCE_ROW_BLOCK, channels);
        }
        count = blocks;
    } while (count > 1);
    return values[0];
}
