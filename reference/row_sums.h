/* SPDX-License-Identifier: Apache-2.0 */
/* Sums over rows in the one order of docs/numerics.md ("Layers in training"). */
#ifndef CLQNN_REFERENCE_ROW_SUMS_H
#define CLQNN_REFERENCE_ROW_SUMS_H

#include <stdint.h>

enum { CLQ_REFERENCE_ROW_BLOCK = 128, CLQ_REFERENCE_ROW_FOLDS = 16 };

/* The sum of up to a block of values, which stand `stride` apart, of a tensor with so many channels. */
float clq_reference_block_sum(const float *values, int64_t stride, int64_t count, int64_t channels);

/* The sum of all rows of one column: block sums, block sums of those, and so on. `values` are dense, and lost. */
float clq_reference_row_sum(float *values, int64_t count, int64_t channels);

#endif
