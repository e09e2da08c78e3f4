/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_planes.h"

#include "core/message.h"
#include "layout/plane_values.h"

bool clq_gemm_b_is_planes(const clqnn_gemm_desc *desc)
{
    return clq_plane_count(desc->b.type) != 0;
}

static clqnn_status check_multiple(const char *name, int64_t value, const char *type)
{
    if (value == CLQNN_BROADCAST || value % CLQ_PLANE_GROUP == 0) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_SHAPE, "%s is %lld, must be a multiple of %d: rows of %s begin at whole words", name, (long long)value, CLQ_PLANE_GROUP, type);
}

clqnn_status clq_gemm_check_planes(clqnn_gemm_desc *desc)
{
    const char *type = clqnn_type_name(desc->b.type);
    if (!clq_gemm_b_is_planes(desc) || desc->weights) return CLQNN_OK;
    if (!desc->b_data) return clq_fail(CLQNN_UNSUPPORTED, "b_data and weights are NULL: a b of %s must be constant", type);
    if (desc->b.transposed != 1) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "b.transposed is %d, must be 1: a b of %s has its rows of k packed", (int)desc->b.transposed, type);
    }
    CLQ_FORWARD(check_multiple("b.leading_dimension", desc->b.leading_dimension, type));
    CLQ_FORWARD(check_multiple("b.batch_stride[0]", desc->b.batch_stride[0], type));
    CLQ_FORWARD(check_multiple("b.batch_stride[1]", desc->b.batch_stride[1], type));
    if (desc->b.leading_dimension == 0) desc->b.leading_dimension = (desc->k + CLQ_PLANE_GROUP - 1) / CLQ_PLANE_GROUP * CLQ_PLANE_GROUP;
    return CLQNN_OK;
}

void clq_gemm_expand_planes(const clqnn_gemm_desc *desc, const clq_gemm_matrix *b, int64_t outer, int64_t inner, int8_t *values)
{
    const int64_t first = outer * b->batch_stride[0] + inner * b->batch_stride[1];
    const unsigned char *data = (const unsigned char *)desc->b_data + clq_plane_row_bytes(desc->b.type, first);
    clq_planes_expand(desc->b.type, data, desc->n, desc->k, b->leading_dimension, values);
}

void clq_gemm_collect_planes(clqnn_type type, const int8_t *values, int64_t n, int64_t k, void *planes)
{
    for (int64_t column = 0; column < n; column++) {
        clq_planes_collect(type, values + column, n, k, (unsigned char *)planes + (uint64_t)column * clq_plane_row_bytes(type, k));
    }
}
