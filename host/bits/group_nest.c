/* SPDX-License-Identifier: Apache-2.0 */
#include "bits/group_nest.h"

clq_nest clq_group_nest(const clq_tensor *planes, const clq_tensor *other, bool alike)
{
    const int last = planes->rank - 1;
    const bool is_even = alike && planes->shape[last] % CLQ_PLANES_GROUP == 0;
    int64_t shape[CLQNN_MAX_RANK], planes_strides[CLQNN_MAX_RANK], other_strides[CLQNN_MAX_RANK], last_strides[CLQNN_MAX_RANK] = {0};
    for (int i = 0; i <= last; i++) {
        shape[i] = i == last ? clq_planes_groups(planes) : planes->shape[i];
        planes_strides[i] = shape[i] == 1 ? 0 : planes->strides[i] * (i == last ? CLQ_PLANES_GROUP : 1);
        other_strides[i] = shape[i] == 1 ? 0 : other->strides[i] * (i == last ? CLQ_PLANES_GROUP : 1);
    }
    if (!is_even && shape[last] > 1) last_strides[last] = CLQ_PLANES_GROUP;
    clq_nest nest = clq_nest_begin(planes->rank, shape);
    clq_nest_add_strides(&nest, planes->rank, planes_strides);
    clq_nest_add_strides(&nest, planes->rank, other_strides);
    clq_nest_add_strides(&nest, planes->rank, last_strides);
    clq_nest_collapse(&nest);
    return nest;
}
