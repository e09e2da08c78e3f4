# SPDX-License-Identifier: Apache-2.0
"""Defects of the conversions of f16, bf16, f8e4m3 and f8e5m2: the reference's, the kernels', and the operators that are made of them."""
TYPES = "kernels/cl/prelude/float_types.cl"
FLOAT8 = "reference/float8.c"
BFLOAT16 = "reference/bfloat16.c"
KERNEL = r"^float_types/exact$"
REFERENCE = r"^reference/(bfloat16|float8)_conversion_test$"

MUTATIONS = [
    ("bf16_ties_up", BFLOAT16, "rest > 0x8000u || (rest == 0x8000u && (upper & 1u))", "rest >= 0x8000u", REFERENCE),
    ("bf16_nan_lost", BFLOAT16, "bits >> 16 | 0x0040u", "bits >> 16", REFERENCE),
    ("f8_ties_down", FLOAT8, "return below % 2 == 0 ? below : above;", "return below;", REFERENCE),
    ("f8_rules_exchanged", FLOAT8, "rule == CLQNN_F8_SATURATES ?", "rule != CLQNN_F8_SATURATES ?", REFERENCE),
    ("f8e4m3_has_infinities", FLOAT8, "{.fraction_bits = 3, .bias = 7, .overflow = 0x7f, .infinity = 0x7f}", "{.fraction_bits = 3, .bias = 7, .overflow = 0x78, .infinity = 0x78}", REFERENCE),
    ("f8_subnormal_unit", FLOAT8, "return ldexp(fraction, 1 - format->bias", "return ldexp(fraction, 0 - format->bias", REFERENCE),
    ("kernel_narrow_truncates", TYPES, "significand + half_less + (significand >> shift & 1u)", "significand", KERNEL),
    ("kernel_narrow_ties_up", TYPES, "half_less + (significand >> shift & 1u)", "half_less + 1u", KERNEL),
    ("kernel_narrow_subnormal_shift", TYPES, "(int##N)(23 - FRACTION), (int##N)25)", "(int##N)(23 - FRACTION), (int##N)24)", KERNEL),
    ("kernel_narrow_nan", TYPES, "magnitude > (uint##N)0x7f800000u ? nan : code", "magnitude > (uint##N)0x7f80ffffu ? nan : code", KERNEL),
    ("kernel_bf16_ties_up", TYPES, "bits + 0x7fffu + (bits >> 16u & 1u)", "bits + 0x8000u", KERNEL),
    ("kernel_widen_subnormal", TYPES, "code < (uint##N)(1u << FRACTION) ? subnormal : normal", "code < (uint##N)1u ? subnormal : normal", KERNEL),
    ("kernel_f8e4m3_nan", TYPES, "magnitude == (uint##N)0x7fu ? (uint##N)0x7fc00000u : number", "number", KERNEL),
    ("kernel_f8_rule", TYPES, "(uint##N)(0x7bu + rule)", "(uint##N)0x7bu", KERNEL),
]
