# SPDX-License-Identifier: Apache-2.0
"""Defects of `clqnn quantize`."""
QUANTIZE = r"^command/quantize$"

MUTATIONS = [
    ("quantize_stream_high_bits_first", "tools/clqnn/quantize/quantized_tensor.c", "<< held_bits;", "<< (8 - bits > held_bits ? held_bits : 8 - bits);", QUANTIZE),
    ("quantize_last_byte_lost", "tools/clqnn/quantize/quantized_tensor.c", "if (held_bits > 0) codes[used++]", "if (held_bits > 8) codes[used++]", QUANTIZE),
    ("quantize_axis_not_counted_from_end", "tools/clqnn/quantize/quantized_tensor.c", "axis < 0 ? axis + stored->rank : axis", "axis < 0 ? stored->rank - 1 : axis - (axis > 0)", QUANTIZE),
    ("quantize_nan_passes", "tools/clqnn/quantize/quantized_tensor.c", "if (!isfinite(value) && bad++ == 0) first = i;", "if (isinf(value) && bad++ == 0) first = i;", QUANTIZE),
    ("quantize_bias_taken", "tools/clqnn/quantize_command.c", "stored->rank < 2 && plan->include == NULL", "stored->rank < 1 && plan->include == NULL", QUANTIZE),
    ("quantize_scale_shape_cut_short", "tools/clqnn/quantize_command.c", "extent / plan->block + (extent % plan->block != 0)", "extent / plan->block", QUANTIZE),
    ("quantize_calibrates_first_sample", "tools/clqnn/quantize/quantize_range.c", "x.offset += call_bytes;", "x.offset += 0 * call_bytes;", QUANTIZE),
    ("quantize_method_not_taken", "tools/clqnn/quantize/quantize_range.c", "const clqnn_range_method method = request->method.method;\n    const bool reads_counts", "const clqnn_range_method method = CLQNN_RANGE_MIN_MAX;\n    const bool reads_counts", QUANTIZE),
    ("quantize_noise_is_of_zero_points", "tools/clqnn/quantize/quantized_tensor.c", "noise > 0.0 ? 10.0", "noise > 0.0 ? 20.0", QUANTIZE),
]
