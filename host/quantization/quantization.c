/* SPDX-License-Identifier: Apache-2.0 */
#include "quantization/quantization.h"

#include <float.h>

#include "core/message.h"
#include "quantization/bit_form.h"

int32_t clq_zero_point_at(const clqnn_quantization *quantization, int64_t index)
{
    if (quantization->zero_point_count == 0) return 0;
    return quantization->zero_points[quantization->zero_point_count == 1 ? 0 : index];
}

float clq_scale_at(const clqnn_quantization *quantization, int64_t index)
{
    if (quantization->scale_count == 0) return 1.0f;
    return quantization->scales[quantization->scale_count == 1 ? 0 : index];
}

bool clq_is_8bit(clqnn_type type)
{
    return type == CLQNN_S8 || type == CLQNN_U8;
}

bool clq_is_float(clqnn_type type)
{
    return type == CLQNN_F32 || type == CLQNN_F16;
}

bool clq_is_quantized(clqnn_type type)
{
    return clq_is_8bit(type) || clq_is_plane_integer(type);
}

int32_t clq_type_low(clqnn_type type)
{
    clq_bit_form form;
    if (clq_is_plane_integer(type) && clq_bit_form_of(type, &form)) return form.low;
    return type == CLQNN_S8 ? -128 : 0;
}

int32_t clq_type_high(clqnn_type type)
{
    clq_bit_form form;
    if (clq_is_plane_integer(type) && clq_bit_form_of(type, &form)) return form.high;
    return type == CLQNN_S8 ? 127 : 255;
}

clqnn_status clq_check_flag(const char *name, int32_t value)
{
    if (value != 0 && value != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is %d, must be 0 or 1", name, (int)value);
    return CLQNN_OK;
}

clqnn_status clq_type_failure(const char *name, clqnn_type type, const char *expected)
{
    const char *known = clqnn_type_name(type);
    return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is %s (%d), must be %s", name, known ? known : "unknown", (int)type, expected);
}

clqnn_status clq_check_quantization(const char *name, const clqnn_quantization *q, clqnn_type type, int64_t channels)
{
    if (q->scale_count != 0 && q->scale_count != 1 && q->scale_count != channels) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s.scale_count is %lld, must be 0, 1 or %lld", name, (long long)q->scale_count, (long long)channels);
    }
    if (q->zero_point_count != 0 && q->zero_point_count != 1 && q->zero_point_count != channels) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s.zero_point_count is %lld, must be 0, 1 or %lld", name, (long long)q->zero_point_count, (long long)channels);
    }
    if (q->scale_count && !q->scales) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s.scales is NULL but scale_count is %lld", name, (long long)q->scale_count);
    if (q->zero_point_count && !q->zero_points) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "%s.zero_points is NULL but zero_point_count is %lld", name, (long long)q->zero_point_count);
    }
    for (int64_t i = 0; i < q->scale_count; i++) {
        if (!(q->scales[i] >= FLT_MIN && q->scales[i] <= FLT_MAX)) {
            return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s.scales[%lld] is %g, must be positive, finite and normal", name, (long long)i, (double)q->scales[i]);
        }
    }
    const int32_t low = clq_is_quantized(type) ? clq_type_low(type) : 0, high = clq_is_quantized(type) ? clq_type_high(type) : 0;
    for (int64_t i = 0; i < q->zero_point_count; i++) {
        if (q->zero_points[i] < low || q->zero_points[i] > high) {
            return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s.zero_points[%lld] is %d, must be in %d..%d for %s", name, (long long)i, (int)q->zero_points[i], (int)low,
                            (int)high, clqnn_type_name(type));
        }
    }
    return CLQNN_OK;
}
