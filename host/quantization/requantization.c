/* SPDX-License-Identifier: Apache-2.0 */
#include "quantization/requantization.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "core/message.h"

static void scale_extent(const clqnn_quantization *q, float *least, float *most)
{
    *least = *most = clq_scale_at(q, 0);
    for (int64_t i = 1; i < q->scale_count; i++) {
        if (q->scales[i] < *least) *least = q->scales[i];
        if (q->scales[i] > *most) *most = q->scales[i];
    }
}

clqnn_status clq_check_multipliers(const clq_requantization *rules)
{
    if (rules->out_type == CLQNN_S32 || rules->rounding != CLQNN_FLOAT_EVEN) return CLQNN_OK;
    float left_least, left_most, right_least, right_most;
    scale_extent(&rules->left, &left_least, &left_most);
    scale_extent(&rules->right, &right_least, &right_most);
    const float least = left_least * right_least, most = left_most * right_most;
    if (!(least >= FLT_MIN && most <= FLT_MAX)) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "the product of %s's and %s's scales runs from %g to %g, beyond float's normal range", rules->left_name,
                        rules->right_name, (double)least, (double)most);
    }
    const float multiplier = most / clq_scale_at(&rules->out, 0);
    if (!(multiplier <= FLT_MAX)) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "the product of %s's and %s's scales, %g, divided by %s's scale, %g, is beyond float's range", rules->left_name,
                        rules->right_name, (double)most, rules->out_name, (double)clq_scale_at(&rules->out, 0));
    }
    return CLQNN_OK;
}

static clqnn_status check_multiplier_values(const clq_requantization *rules)
{
    for (int64_t i = 0; i < rules->fixed_count; i++) {
        if (rules->multipliers[i] < 0) {
            return clq_fail(CLQNN_INVALID_QUANTIZATION, "multipliers[%lld] is %d, must not be negative", (long long)i, (int)rules->multipliers[i]);
        }
        if (rules->shifts[i] < -31 || rules->shifts[i] > 30) {
            return clq_fail(CLQNN_INVALID_QUANTIZATION, "shifts[%lld] is %d, must be in -31..30", (long long)i, (int)rules->shifts[i]);
        }
    }
    return CLQNN_OK;
}

clqnn_status clq_check_fixed(const clq_requantization *rules)
{
    if (rules->rounding != CLQNN_FLOAT_EVEN && rules->rounding != CLQNN_FIXED_DOUBLE && rules->rounding != CLQNN_FIXED_SINGLE) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "rounding is %d, not a clqnn_rounding", (int)rules->rounding);
    }
    if (rules->rounding == CLQNN_FLOAT_EVEN) {
        if (rules->fixed_count == 0) return CLQNN_OK;
        return clq_fail(CLQNN_INVALID_ARGUMENT, "fixed_count is %lld, but rounding is CLQNN_FLOAT_EVEN", (long long)rules->fixed_count);
    }
    if (!clq_is_quantized(rules->out_type)) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "rounding is a fixed-point rule, but %s.type is %s", rules->out_name, clqnn_type_name(rules->out_type));
    }
    if (rules->fixed_count != 1 && rules->fixed_count != rules->channels) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "fixed_count is %lld, must be 1 or %s = %lld", (long long)rules->fixed_count, rules->channels_name,
                        (long long)rules->channels);
    }
    if (rules->fixed_count && (!rules->multipliers || !rules->shifts)) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", rules->multipliers ? "shifts" : "multipliers");
    }
    return check_multiplier_values(rules);
}

clqnn_status clq_check_bias(const clq_requantization *rules)
{
    if (!rules->bias) {
        return rules->bias_type == CLQNN_TYPE_NONE ? CLQNN_OK : clq_fail(CLQNN_INVALID_ARGUMENT, "bias is NULL, but bias_type is %d", (int)rules->bias_type);
    }
    if (rules->bias_type != CLQNN_S32 && rules->bias_type != CLQNN_F32) return clq_type_failure("bias_type", rules->bias_type, "s32 or f32");
    if (rules->bias_type == CLQNN_S32 || clq_is_float(rules->out_type)) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_ARGUMENT, "bias_type is f32 (%d), must be s32 where %s is not f32 or f16", (int)rules->bias_type, rules->out_name);
}

clqnn_status clq_resolve_clamp(const clq_requantization *rules, int32_t *low, int32_t *high)
{
    CLQ_FORWARD(clq_check_flag("has_clamp", rules->has_clamp));
    *low = clq_type_low(rules->out_type);
    *high = clq_type_high(rules->out_type);
    if (!rules->has_clamp) return CLQNN_OK;
    if (rules->out_type == CLQNN_S32) return clq_fail(CLQNN_INVALID_ARGUMENT, "has_clamp is 1, but %s.type is s32", rules->out_name);
    if (!(rules->clamp_min <= rules->clamp_max)) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "clamp_min is %g and clamp_max is %g: an empty range", (double)rules->clamp_min, (double)rules->clamp_max);
    }
    if (clq_is_float(rules->out_type)) return CLQNN_OK;
    const float least = ceilf(rules->clamp_min), most = floorf(rules->clamp_max);
    if (least > (float)*low) *low = least > (float)*high ? INT32_MAX : (int32_t)least;
    if (most < (float)*high) *high = most < -128.0f ? INT32_MIN : (int32_t)most;
    if (*low <= *high) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_ARGUMENT, "clamp_min is %g and clamp_max is %g: no value of type %s lies between", (double)rules->clamp_min, (double)rules->clamp_max,
                    clqnn_type_name(rules->out_type));
}

int32_t clq_float_bits(float value)
{
    int32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

int32_t clq_multiplier_bits(const clq_requantization *rules, int64_t channel)
{
    if (rules->rounding != CLQNN_FLOAT_EVEN) return rules->multipliers[rules->fixed_count == 1 ? 0 : channel];
    const float product = clq_scale_at(&rules->left, 0) * clq_scale_at(&rules->right, channel);
    return clq_float_bits(clq_is_quantized(rules->out_type) ? product / clq_scale_at(&rules->out, 0) : product);
}

int32_t clq_multiplier_shift(const clq_requantization *rules, int64_t channel)
{
    return rules->rounding == CLQNN_FLOAT_EVEN ? 0 : rules->shifts[rules->fixed_count == 1 ? 0 : channel];
}
