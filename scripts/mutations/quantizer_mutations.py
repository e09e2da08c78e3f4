# SPDX-License-Identifier: Apache-2.0
"""Defects of the quantizers: ranges and their parameters, codes by parameters in device memory, statistics and histograms."""
PARAMETERS = "kernels/cl/quantizer/range_to_parameters.cl"
RANGE_PARAMETERS = r"^quantizer/range_parameters_auto$"

MUTATIONS = [
    ("quantize_by_low_lost", "kernels/cl/convert/convert_lines.cl", "k->high), k->low);", "k->high), k->high & 0u);", r"^quantizer/quantize_by_convert_avx2$"),
    ("quantize_by_scale_unchecked", "kernels/cl/convert/convert_values.cl", "given >= LEAST_QUANTIZING_SCALE ? min(given, FLT_MAX) : LEAST_QUANTIZING_SCALE", "given",
     r"^quantizer/quantize_by_convert_portable$"),
    ("quantize_by_zero_unchecked", "kernels/cl/convert/convert_values.cl", "clamp(zero[i], p.low, p.high)", "zero[i]", r"^quantizer/quantize_by_convert_portable$"),
    ("parameters_constant_zero", PARAMETERS, "if (width < LEAST_WIDTH) return 1.0f;", "", RANGE_PARAMETERS),
    ("parameters_symmetric_middle", PARAMETERS, "(least + most + 1) / 2", "(least + most) / 2", RANGE_PARAMETERS),
    ("parameters_without_zero", PARAMETERS, "above = max(to, 0.0f)", "above = to", RANGE_PARAMETERS),
]
