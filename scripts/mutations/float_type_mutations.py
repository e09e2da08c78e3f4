# SPDX-License-Identifier: Apache-2.0
"""Defects of the conversions of f16, bf16, f8e4m3 and f8e5m2: the reference's, the kernels', and the operators that are made of them."""
TYPES = "kernels/cl/prelude/float_types.cl"
FLOAT8 = "reference/float8.c"
LANES = "kernels/cl/convert/convert_float_lanes.cl"
BFLOAT16 = "reference/bfloat16.c"
KERNEL = r"^float_types/exact$"
VECTOR = r"^pointwise/convert_float_vector$"
REFERENCE = r"^reference/(bfloat16|float8)_conversion_test$"
SCHEDULE = "host/loss_scale/loss_scale_schedule.c"
SCALING = r"^(loss_scale/calls|pointwise/loss_scale_(vector|portable))$"

MUTATIONS = [
    ("bf16_ties_up", BFLOAT16, "rest > 0x8000u || (rest == 0x8000u && (upper & 1u))", "rest >= 0x8000u", REFERENCE),
    ("bf16_nan_lost", BFLOAT16, "bits >> 16 | 0x0040u", "bits >> 16", REFERENCE),
    ("f8_ties_down", FLOAT8, "return below % 2 == 0 ? below : above;", "return below;", REFERENCE),
    ("f8_rules_exchanged", FLOAT8, "rule == CLQNN_F8_SATURATES ?", "rule != CLQNN_F8_SATURATES ?", REFERENCE),
    ("f8e4m3_has_infinities", FLOAT8, "{.fraction_bits = 3, .bias = 7, .overflow = 0x7f, .infinity = 0x7f}", "{.fraction_bits = 3, .bias = 7, .overflow = 0x78, .infinity = 0x78}", REFERENCE),
    ("f8_subnormal_unit", FLOAT8, "return ldexp(fraction, 1 - format->bias", "return ldexp(fraction, 0 - format->bias", REFERENCE),
    ("kernel_narrow_ties_down", TYPES, "magnitude + odd + (", "magnitude + (", KERNEL),
    ("kernel_narrow_subnormal_unit", TYPES, "const int unit = (SHIFTED + 24 - FRACTION) << 23;", "const int unit = (SHIFTED + 23 - FRACTION) << 23;", KERNEL),
    ("kernel_narrow_smallest_normal", TYPES, "magnitude < (int##N)((SHIFTED + 1) << 23) ? subnormal", "magnitude < (int##N)((SHIFTED + 3) << 23) ? subnormal", KERNEL),
    ("kernel_narrow_nan", TYPES, "magnitude > (int##N)0x7f800000 ? nan", "magnitude > (int##N)0x7f80ffff ? nan", KERNEL),
    ("kernel_bf16_ties_up", TYPES, "bits + 0x7fffu + (bits >> 16u & 1u)", "bits + 0x8000u", KERNEL),
    ("kernel_widen_subnormal", TYPES, "code < (int##N)(1 << FRACTION) ? subnormal : normal", "code < (int##N)1 ? subnormal : normal", KERNEL),
    ("kernel_f8e4m3_nan", TYPES, "magnitude == (int##N)0x7f ? (int##N)0x7fc00000 : number", "number", KERNEL),
    ("kernel_f8_rule", TYPES, "x, 0x7b + rule, 0x7e", "x, 0x7b, 0x7e", KERNEL),
    ("lanes_f8e4m3_nan", LANES, "widen_halves(half_bits | nan) * 256.0f", "widen_halves(half_bits) * 256.0f", VECTOR),
    ("lanes_f8e4m3_sign", LANES, "& (short)0xbf80;", "& (short)0x3f80;", VECTOR),
    ("cast_f8_rule_lost", "kernels/cl/convert/convert_float_vector.cl", "const int rule = r->f8_overflow;", "const int rule = 0;", VECTOR),
    ("cast_stream_unaligned", "kernels/cl/convert/convert_float_vector.cl", "(uint)(-(ulong)r.y & (16 * y_size - 1)) / y_size : 0;", "0 : 0;", VECTOR),
    ("cast_in_elements_rule", "kernels/cl/convert/convert_float_element.cl", "narrow_f8e5m2(value, f8_overflow)", "narrow_f8e5m2(value, 0)", r"^pointwise/convert_portable$"),
    ("unscale_divides", "kernels/cl/loss_scale/loss_scale_portable.cl", "p.x_type) * factor;", "p.x_type) * (p.unscales ? 1.0f : factor) / (p.unscales ? scale : 1.0f);", SCALING),
    ("unscale_limit", "host/loss_scale/loss_scale_variants.c", "type == CLQNN_F16 ? 0x477ff000", "type == CLQNN_F16 ? 0x7f800000", SCALING),
    ("unscale_flag_cleared", "kernels/cl/loss_scale/loss_scale_portable.cl", "if (p.unscales && largest >= p.limit) atomic_or(", "if (p.unscales) atomic_xchg(", SCALING),
    ("unscale_tail_unchecked", "kernels/cl/loss_scale/loss_scale_vector.cl", "largest = max(largest, scale_few(&p, &r, x_step, y_step, scale_all(&r, begin, &lanes, p.x_type, p.y_type, streams), run));",
     "scale_few(&p, &r, x_step, y_step, scale_all(&r, begin, &lanes, p.x_type, p.y_type, streams), run);", SCALING),
    ("unscale_lane_lost", "kernels/cl/loss_scale/loss_scale_vector.cl", "return max(two.x, two.y);", "return two.x;", SCALING),
    ("growth_one_late", SCHEDULE, "state->growth_tracker + 1 == state->growth_interval", "state->growth_tracker == state->growth_interval", r"^loss_scale/schedule$"),
    ("backoff_keeps_count", SCHEDULE, "found_nonfinite || grows ? 0", "grows ? 0", r"^loss_scale/schedule$"),
]
