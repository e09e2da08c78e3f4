/* SPDX-License-Identifier: Apache-2.0 */
#include "bits/bits_rules.h"

#include <stdio.h>

#include "core/message.h"
#include "quantization/bit_form.h"

clqnn_status clq_bits_check_operand(const char *name, clqnn_type type, const clqnn_quantization *quantization, int64_t channels)
{
    char field[64] = "";
    clq_bit_form form;
    (void)snprintf(field, sizeof field, "%s.type", name);
    if (!clq_bit_form_of(type, &form)) return clq_type_failure(field, type, "b1, t2, pu1..pu8, ps2..ps8 or po1..po8");
    if (quantization->zero_point_count && !form.has_zero_point) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s.quantization has zero points, but %s.type is %s: only pu and ps have them", name, name, clqnn_type_name(type));
    }
    (void)snprintf(field, sizeof field, "%s.quantization", name);
    return clq_check_quantization(field, quantization, type, channels);
}

static clqnn_status check_thresholds(const clq_bits_rules *rules)
{
    const char *out = rules->requantization.out_name, *channels = rules->requantization.channels_name;
    if (rules->requantization.out_type != CLQNN_B1) {
        const clqnn_type type = rules->requantization.out_type;
        if (rules->threshold_count) return clq_fail(CLQNN_INVALID_ARGUMENT, "threshold_count is %lld, but %s.type is %s, not b1", (long long)rules->threshold_count, out, clqnn_type_name(type));
        if (rules->thresholds || rules->directions) {
            return clq_fail(CLQNN_INVALID_ARGUMENT, "%s are given, but %s.type is %s, not b1", rules->thresholds ? "thresholds" : "directions", out, clqnn_type_name(type));
        }
        return CLQNN_OK;
    }
    if (!rules->thresholds) return clq_fail(CLQNN_INVALID_ARGUMENT, "thresholds is NULL, but %s.type is b1", out);
    if (rules->threshold_count != 1 && rules->threshold_count != rules->requantization.channels) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "threshold_count is %lld, must be 1 or %s = %lld", (long long)rules->threshold_count, channels,
                        (long long)rules->requantization.channels);
    }
    for (int64_t i = 0; rules->directions && i < rules->threshold_count; i++) {
        if (rules->directions[i] == 1 || rules->directions[i] == -1) continue;
        return clq_fail(CLQNN_INVALID_ARGUMENT, "directions[%lld] is %d, must be 1 or -1", (long long)i, (int)rules->directions[i]);
    }
    return CLQNN_OK;
}

/* What only a float output has. */
static clqnn_status check_float_fields(const clq_bits_rules *rules)
{
    const char *out = rules->requantization.out_name;
    const clqnn_type type = rules->requantization.out_type;
    CLQ_FORWARD(clq_check_flag("has_row_scales", rules->has_row_scales));
    if (rules->residual_type != CLQNN_TYPE_NONE && !clq_is_float(rules->residual_type)) return clq_type_failure("residual.type", rules->residual_type, "f32, f16 or none");
    if (clq_is_float(type)) return CLQNN_OK;
    if (rules->has_row_scales) return clq_fail(CLQNN_INVALID_ARGUMENT, "has_row_scales is 1, but %s.type is %s: only a float one has them", out, clqnn_type_name(type));
    if (rules->residual_type == CLQNN_TYPE_NONE) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_ARGUMENT, "residual.type is %s, but %s.type is %s: only a float one has a residual", clqnn_type_name(rules->residual_type), out,
                    clqnn_type_name(type));
}

clqnn_status clq_bits_check_rules(const clq_bits_rules *rules, int32_t *low, int32_t *high)
{
    clq_requantization given = rules->requantization;
    char field[64] = "";
    (void)snprintf(field, sizeof field, "%s.type", given.out_name);
    if (!clq_is_quantized(given.out_type) && !clq_is_float(given.out_type) && given.out_type != CLQNN_S32 && given.out_type != CLQNN_B1) {
        return clq_type_failure(field, given.out_type, "s32, f32, f16, s8, u8, b1, pu1..pu8 or ps2..ps8");
    }
    CLQ_FORWARD(check_float_fields(rules));
    CLQ_FORWARD(check_thresholds(rules));
    (void)snprintf(field, sizeof field, "%s.quantization", given.out_name);
    CLQ_FORWARD(clq_check_quantization(field, &given.out, given.out_type, 1));
    if (!clq_is_quantized(given.out_type) && (given.out.scale_count || given.out.zero_point_count)) {
        return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s is given, but %s.type is %s", field, given.out_name, clqnn_type_name(given.out_type));
    }
    CLQ_FORWARD(clq_check_fixed(&given));
    if (given.out_type == CLQNN_B1) {
        if (given.has_clamp) return clq_fail(CLQNN_INVALID_ARGUMENT, "has_clamp is %d, but %s.type is b1", (int)given.has_clamp, given.out_name);
        given.out_type = CLQNN_S32; /* acc itself is compared: no multiplier */
    }
    CLQ_FORWARD(clq_check_multipliers(&given));
    CLQ_FORWARD(clq_check_bias(&given));
    return clq_resolve_clamp(&given, low, high);
}
