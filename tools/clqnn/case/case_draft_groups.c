/* SPDX-License-Identifier: Apache-2.0 */
#include "case_draft.h"

#include <stdlib.h>
#include <string.h>

static const char *code_name(clqnn_type type)
{
    static const char *const names[] = {"s4", "u4", "s2", "u2", "s3", "u3", "s6", "u6"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (clq_case_code_type(names[i]) == type) return names[i];
    }
    return NULL;
}

/* A group's array as [groups, n]. */
static clqnn_status add_array(clq_case_draft *draft, const clqnn_gemm_desc *desc, const char *name, clqnn_type type, const void *values)
{
    const int64_t count = (desc->k + desc->groups.size - 1) / desc->groups.size, shape[2] = {count, desc->n};
    unsigned char *to = clq_case_draft_copy(draft, name, type, shape, 2);
    const size_t size = clq_case_dtype_size(clq_case_dtype_of(type));
    if (to == NULL) return CLQNN_OUT_OF_MEMORY;
    for (int64_t i = 0; i < count * desc->n; i++) {
        const int64_t from = desc->b.transposed ? i % desc->n * count + i / desc->n : i;
        memcpy(to + (size_t)i * size, (const unsigned char *)values + (size_t)from * size, size);
    }
    return CLQNN_OK;
}

/* Zero points of bytes, as I32. */
static clqnn_status add_integers(clq_case_draft *draft, const clqnn_gemm_desc *desc)
{
    const clqnn_groups *groups = &desc->groups;
    const int64_t count = (desc->k + groups->size - 1) / groups->size, shape[2] = {count, desc->n};
    int32_t *to = clq_case_draft_copy(draft, "b.zero_point", CLQNN_S32, shape, 2);
    if (to == NULL) return CLQNN_OUT_OF_MEMORY;
    for (int64_t i = 0; i < count * desc->n; i++) {
        const int64_t from = desc->b.transposed ? i % desc->n * count + i / desc->n : i;
        to[i] = groups->zero_point_type == CLQNN_S8 ? ((const int8_t *)groups->zero_points)[from] : ((const uint8_t *)groups->zero_points)[from];
    }
    return CLQNN_OK;
}

static clqnn_status add_codes(clq_case_draft *draft, const clqnn_gemm_desc *desc, const void *b)
{
    const int64_t shape[2] = {desc->b.transposed ? desc->n : desc->k, desc->b.transposed ? desc->k : desc->n};
    const char *name = code_name(desc->b.type);
    const int32_t bits = name != NULL ? clq_case_packed_bits(name) : 8;
    const int64_t bytes = (desc->k * desc->n * bits + 7) / 8;
    unsigned char *to = name != NULL ? clq_case_draft_copy(draft, "b", CLQNN_U8, &bytes, 1) : clq_case_draft_copy(draft, "b", desc->b.type, shape, 2);
    if (to == NULL) return CLQNN_OUT_OF_MEMORY;
    memcpy(to, b, (size_t)bytes);
    if (name == NULL) return CLQNN_OK;
    clq_case_draft_line(draft, "b.type", name);
    clq_case_draft_list(draft, "b.shape", shape, 2);
    return CLQNN_OK;
}

clqnn_status clq_case_draft_groups(clq_case_draft *draft, const clqnn_gemm_desc *desc, const void *b)
{
    const clqnn_groups *groups = &desc->groups;
    if (b == NULL || groups->scales == NULL || desc->b.leading_dimension != 0) return CLQNN_INVALID_ARGUMENT;
    clqnn_status status = add_codes(draft, desc, b);
    clq_case_draft_list(draft, "b.group", &groups->size, 1);
    if (status == CLQNN_OK) status = add_array(draft, desc, "b.scale", groups->scale_type, groups->scales);
    const bool is_integer = groups->zero_point_type == CLQNN_S8 || groups->zero_point_type == CLQNN_U8;
    if (status == CLQNN_OK && groups->zero_points != NULL && is_integer) status = add_integers(draft, desc);
    else if (status == CLQNN_OK && groups->zero_points != NULL) status = add_array(draft, desc, "b.zero_point", groups->zero_point_type, groups->zero_points);
    if (status == CLQNN_OK && groups->offsets != NULL) status = add_array(draft, desc, "b.offset", groups->scale_type, groups->offsets);
    if (status == CLQNN_OK && groups->index != NULL) clq_case_draft_vector(draft, "b.index", CLQ_CASE_I32, desc->k, groups->index);
    return status;
}
