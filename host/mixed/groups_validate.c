/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed/groups_validate.h"

#include <stdlib.h>
#include <string.h>

#include "core/message.h"
#include "layout/group_codes.h"
#include "quantization/quantization.h"

static bool is_stored_float(clqnn_type type)
{
    return type == CLQNN_F32 || type == CLQNN_F16 || type == CLQNN_BF16;
}

bool clq_groups_are_meant(const clqnn_gemm_desc *desc)
{
    return desc->groups.size != 0 || clq_code_bits(desc->b.type) != 0;
}

/* Zero points of bytes follow b's sign; s8 is also right for an unsigned b, whose zero points then end at 127. */
static bool is_zero_point_type(clqnn_type type, clqnn_type b_type)
{
    return is_stored_float(type) || type == CLQNN_S8 || (type == CLQNN_U8 && !clq_code_is_signed(b_type));
}

clqnn_status clq_groups_check_types(const clqnn_gemm_desc *desc, bool is_packed)
{
    const clqnn_groups *groups = &desc->groups;
    const int64_t most = desc->k > 1 ? desc->k : 1;
    if (!clq_code_bits(desc->b.type)) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "groups.size is %lld, but b.type is %s (%d): groups are of an integer b", (long long)groups->size,
                        clqnn_type_name(desc->b.type) ? clqnn_type_name(desc->b.type) : "unknown", (int)desc->b.type);
    }
    if (groups->size < 1 || groups->size > most) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "groups.size is %lld, must be in 1..%lld: b.type is %s", (long long)groups->size, (long long)most, clqnn_type_name(desc->b.type));
    }
    if (desc->dynamic != CLQNN_STATIC && desc->dynamic != CLQNN_DYNAMIC_PER_ROW) {
        return clq_fail(CLQNN_UNSUPPORTED, "dynamic is %d, must be CLQNN_STATIC or CLQNN_DYNAMIC_PER_ROW with groups", (int)desc->dynamic);
    }
    if (desc->dynamic != CLQNN_STATIC && desc->dynamic_type != CLQNN_TYPE_NONE && !clq_is_8bit(desc->dynamic_type)) {
        return clq_type_failure("dynamic_type", desc->dynamic_type, "s8 or u8");
    }
    if (is_packed) return CLQNN_OK; /* the rest is known */
    if (!is_stored_float(groups->scale_type)) return clq_type_failure("groups.scale_type", groups->scale_type, "f32, f16 or bf16");
    if (groups->zero_points && !is_zero_point_type(groups->zero_point_type, desc->b.type)) {
        return clq_type_failure("groups.zero_point_type", groups->zero_point_type, clq_code_is_signed(desc->b.type) ? "s8, f32, f16 or bf16" : "u8, s8, f32, f16 or bf16");
    }
    if (groups->zero_points && groups->offsets) return clq_fail(CLQNN_INVALID_ARGUMENT, "groups.offsets and groups.zero_points are both given");
    return CLQNN_OK;
}

clqnn_status clq_groups_check_matrix(const clqnn_gemm_desc *desc, const clq_gemm_matrix *b, bool is_packed)
{
    const clqnn_quantization *quantization = &desc->b.quantization;
    if (quantization->scale_count || quantization->zero_point_count) return clq_fail(CLQNN_INVALID_QUANTIZATION, "b.quantization is given, but b has groups");
    if (is_packed) return CLQNN_OK;
    if (!desc->b_data) return clq_fail(CLQNN_UNSUPPORTED, "b_data and weights are NULL: a b of %s with groups must be constant", clqnn_type_name(desc->b.type));
    const int64_t columns = b->transposed ? desc->k : desc->n;
    if (b->leading_dimension != columns && clq_code_bits(desc->b.type) < 8) {
        return clq_fail(CLQNN_INVALID_SHAPE, "b.leading_dimension is %lld, must be 0 or %lld: elements of %s are stored without gaps", (long long)desc->b.leading_dimension,
                        (long long)columns, clqnn_type_name(desc->b.type));
    }
    for (int i = 0; i < 2; i++) {
        if (desc->batch[i] > 1 && b->batch_stride[i] != 0) {
            return clq_fail(CLQNN_UNSUPPORTED, "b.batch_stride[%d] is %lld, must be CLQNN_BROADCAST: batch[%d] is %lld, and b with groups is one matrix", i,
                            (long long)desc->b.batch_stride[i], i, (long long)desc->batch[i]);
        }
    }
    return CLQNN_OK;
}

static clqnn_status check_floats(const char *name, const void *values, clqnn_type type, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        if (!clq_float_is_finite(values, type, i)) return clq_fail(CLQNN_INVALID_QUANTIZATION, "groups.%s[%lld] is not finite", name, (long long)i);
    }
    return CLQNN_OK;
}

static clqnn_status check_zero_points(const clqnn_groups *groups, clqnn_type b_type, int64_t count)
{
    if (is_stored_float(groups->zero_point_type)) return check_floats("zero_points", groups->zero_points, groups->zero_point_type, count);
    const int32_t bias = clq_code_bias(b_type), low = -bias, high = (1 << clq_code_bits(b_type)) - 1 - bias;
    for (int64_t i = 0; i < count; i++) {
        const int32_t zero = groups->zero_point_type == CLQNN_S8 ? ((const int8_t *)groups->zero_points)[i] : ((const uint8_t *)groups->zero_points)[i];
        if (zero < low || zero > high) {
            return clq_fail(CLQNN_INVALID_QUANTIZATION, "groups.zero_points[%lld] is %d, must be in %d..%d for b.type %s", (long long)i, (int)zero, (int)low, (int)high,
                            clqnn_type_name(b_type));
        }
    }
    return CLQNN_OK;
}

static clqnn_status count_rows(const clqnn_groups *groups, int64_t k, int64_t total, int64_t *rows)
{
    for (int64_t i = 0; i < k; i++) {
        const int32_t group = groups->index[i];
        if (group < 0 || group >= total) return clq_fail(CLQNN_INVALID_ARGUMENT, "groups.index[%lld] is %d, must be in 0..%lld", (long long)i, (int)group, (long long)(total - 1));
        rows[group]++;
    }
    for (int64_t g = 0; g < total; g++) {
        const int64_t wanted = g + 1 < total ? groups->size : k - g * groups->size;
        if (rows[g] != wanted) {
            return clq_fail(CLQNN_INVALID_ARGUMENT, "groups.index names group %lld %lld times, must be %lld", (long long)g, (long long)rows[g], (long long)wanted);
        }
    }
    return CLQNN_OK;
}

static clqnn_status check_index(const clqnn_groups *groups, int64_t k, int64_t total)
{
    if (!groups->index || total == 0) return CLQNN_OK;
    int64_t *rows = calloc((size_t)total, sizeof *rows);
    if (!rows) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory to count the rows of %lld groups", (long long)total);
    const clqnn_status status = count_rows(groups, k, total, rows);
    free(rows);
    return status;
}

clqnn_status clq_groups_check_values(const clqnn_gemm_desc *desc)
{
    const clqnn_groups *groups = &desc->groups;
    const int64_t total = (desc->k + groups->size - 1) / groups->size, count = total * desc->n;
    if (!groups->scales && count) return clq_fail(CLQNN_INVALID_ARGUMENT, "groups.scales is NULL, but groups.size is %lld", (long long)groups->size);
    CLQ_FORWARD(check_floats("scales", groups->scales, groups->scale_type, count));
    if (groups->zero_points) CLQ_FORWARD(check_zero_points(groups, desc->b.type, count));
    if (groups->offsets) CLQ_FORWARD(check_floats("offsets", groups->offsets, groups->scale_type, count));
    return check_index(groups, desc->k, total);
}

clq_mixed_form clq_groups_form(const clqnn_gemm_desc *desc)
{
    const clqnn_groups *groups = &desc->groups;
    return (clq_mixed_form){.type = desc->b.type, .n = desc->n, .k = desc->k, .group = groups->size, .scale_type = groups->scale_type,
                            .zero_point_type = groups->zero_points ? groups->zero_point_type : CLQNN_TYPE_NONE, .has_offsets = groups->offsets != NULL,
                            .has_index = groups->index != NULL};
}
