/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_matrix.h"

#include "core/checked.h"
#include "core/message.h"

#define LARGEST_STRIDE ((int64_t)1 << 48)

static clqnn_status check_dimension(const char *name, int64_t value)
{
    if (value < 0 || value > INT32_MAX) return clq_fail(CLQNN_INVALID_SHAPE, "%s is %lld, must be in 0..2147483647", name, (long long)value);
    return CLQNN_OK;
}

clqnn_status clq_gemm_check_dimensions(clqnn_gemm_desc *desc)
{
    CLQ_FORWARD(check_dimension("m", desc->m));
    CLQ_FORWARD(check_dimension("n", desc->n));
    CLQ_FORWARD(check_dimension("k", desc->k));
    CLQ_FORWARD(check_dimension("batch[0]", desc->batch[0]));
    CLQ_FORWARD(check_dimension("batch[1]", desc->batch[1]));
    for (int i = 0; i < 2; i++) {
        if (desc->batch[i] == 0) desc->batch[i] = 1;
    }
    if (desc->batch[0] > INT32_MAX / desc->batch[1]) {
        return clq_fail(CLQNN_INVALID_SHAPE, "batch is %lld x %lld, more than 2147483647", (long long)desc->batch[0], (long long)desc->batch[1]);
    }
    return CLQNN_OK;
}

clqnn_status clq_gemm_check_no_bits(const clqnn_gemm_desc *desc)
{
    const char *a = clqnn_type_name(desc->a.type);
    if (desc->has_row_scales) return clq_fail(CLQNN_INVALID_ARGUMENT, "has_row_scales is %d, but a.type is %s: only products of bits have them", (int)desc->has_row_scales, a);
    if (!desc->thresholds && !desc->directions && !desc->threshold_count) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_ARGUMENT, "threshold_count is %lld, but a.type is %s: only products of bits have thresholds and directions", (long long)desc->threshold_count, a);
}

clqnn_status clq_gemm_resolve_matrix(const char *name, const clqnn_gemm_operand *operand, int64_t rows, int64_t columns, const int64_t batch[2],
                                     bool may_broadcast, clq_gemm_matrix *matrix, int64_t *span)
{
    const int64_t stored_rows = operand->transposed ? columns : rows;
    const int64_t stored_columns = operand->transposed ? rows : columns;
    const int64_t leading = operand->leading_dimension ? operand->leading_dimension : stored_columns;
    if (leading < stored_columns || leading > LARGEST_STRIDE) {
        return clq_fail(CLQNN_INVALID_SHAPE, "%s.leading_dimension is %lld, must be 0 or at least %lld", name, (long long)operand->leading_dimension,
                        (long long)stored_columns);
    }
    *matrix = (clq_gemm_matrix){.type = operand->type, .transposed = operand->transposed != 0, .leading_dimension = leading};
    int64_t dense = 0;
    if (!clq_multiply_signed(stored_rows, leading, &dense)) dense = INT64_MAX;
    int64_t extent = stored_rows == 0 || stored_columns == 0 ? 0 : (stored_rows - 1) * (dense == INT64_MAX ? 0 : leading) + stored_columns;
    bool fits = dense < LARGEST_STRIDE;
    for (int i = 1; i >= 0; i--) {
        const int64_t given = operand->batch_stride[i];
        if (given < 0 && !(given == CLQNN_BROADCAST && may_broadcast)) {
            return clq_fail(CLQNN_INVALID_SHAPE, "%s.batch_stride[%d] is %lld, must be 0 or positive%s", name, i, (long long)given,
                            may_broadcast ? " or CLQNN_BROADCAST" : "");
        }
        if (given > LARGEST_STRIDE) return clq_fail(CLQNN_INVALID_SHAPE, "%s.batch_stride[%d] is %lld, too large", name, i, (long long)given);
        if (given == CLQNN_BROADCAST) continue;
        const int64_t stride = given ? given : dense;
        matrix->batch_stride[i] = stride;
        int64_t more = 0;
        fits = fits && clq_multiply_signed(batch[i] - 1, stride, &more) && clq_add_signed(extent, extent ? more : 0, &extent);
        fits = fits && clq_multiply_signed(stride, batch[i], &dense) && dense < LARGEST_STRIDE;
        if (!fits) break;
    }
    if (!fits || extent > LARGEST_STRIDE) return clq_fail(CLQNN_INVALID_SHAPE, "%s is too large: its strides reach beyond 2^48 elements", name);
    *span = extent;
    return CLQNN_OK;
}

/* Sorted by stride, each stride must step over all that the smaller ones cover. */
clqnn_status clq_gemm_check_disjoint(const clq_gemm_matrix *c, int64_t m, int64_t n, const int64_t batch[2])
{
    if (m == 0 || n == 0) return CLQNN_OK;
    int64_t counts[3] = {m, batch[0], batch[1]};
    int64_t strides[3] = {c->leading_dimension, c->batch_stride[0], c->batch_stride[1]};
    int64_t covered = n;
    for (int step = 0; step < 3; step++) {
        int least = -1;
        for (int i = 0; i < 3; i++) {
            if (counts[i] > 1 && (least < 0 || strides[i] < strides[least])) least = i;
        }
        if (least < 0) break;
        if (strides[least] < covered) {
            return clq_fail(CLQNN_INVALID_SHAPE, "c overlaps itself: a stride of %lld elements steps over %lld", (long long)strides[least], (long long)covered);
        }
        covered += (counts[least] - 1) * strides[least];
        counts[least] = 1;
    }
    return CLQNN_OK;
}
