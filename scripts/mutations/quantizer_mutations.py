# SPDX-License-Identifier: Apache-2.0
"""Defects of the quantizers: ranges and their parameters, codes by parameters in device memory, statistics and histograms."""
PARAMETERS = "kernels/cl/quantizer/range_to_parameters.cl"
BLOCKS = "kernels/cl/quantizer/statistics_blocks.cl"
VECTOR = "kernels/cl/quantizer/statistics_vector.cl"
JOIN = "kernels/cl/quantizer/statistics_join.cl"
BIN = "kernels/cl/quantizer/histogram_bin.cl"
DIRECT = "kernels/cl/quantizer/range_direct.cl"
SEARCH = "kernels/cl/quantizer/range_search.cl"
FOLD = "host/quantizer/fold.c"
STATISTICS = r"^quantizer/statistics_auto$"
HISTOGRAM = r"^quantizer/histogram_(vector|portable)$|^quantizer/histogram_auto$"
RANGE = r"^quantizer/range_auto$"
RANGE_PARAMETERS = r"^quantizer/range_parameters_auto$"

MUTATIONS = [
    ("quantize_by_low_lost", "kernels/cl/convert/convert_lines.cl", "k->high), k->low);", "k->high), k->high & 0u);", r"^quantizer/quantize_by_convert_avx2$"),
    ("quantize_by_scale_unchecked", "kernels/cl/convert/convert_values.cl", "given >= LEAST_QUANTIZING_SCALE ? min(given, FLT_MAX) : LEAST_QUANTIZING_SCALE", "given",
     r"^quantizer/quantize_by_convert_portable$"),
    ("quantize_by_zero_unchecked", "kernels/cl/convert/convert_values.cl", "clamp(zero[i], p.low, p.high)", "zero[i]", r"^quantizer/quantize_by_convert_portable$"),
    ("parameters_constant_zero", PARAMETERS, "if (width < LEAST_WIDTH) return 1.0f;", "", RANGE_PARAMETERS),
    ("parameters_symmetric_middle", PARAMETERS, "(least + most + 1) / 2", "(least + most) / 2", RANGE_PARAMETERS),
    ("parameters_without_zero", PARAMETERS, "above = max(to, 0.0f)", "above = to", RANGE_PARAMETERS),
    ("statistics_order_of_lanes", BLOCKS, "for (int distance = STATISTICS_LANES / 2; distance > 0; distance /= 2)", "for (int distance = 1; distance < STATISTICS_LANES; distance *= 2)",
     r"^quantizer/statistics_statistics_portable$"),
    ("statistics_lost_rest", BLOCKS, "p.lo + lost", "p.lo", STATISTICS),
    ("statistics_last_group", BLOCKS, "== p->groups - 1 ? p->last_elements : p->elements", "== p->groups ? p->last_elements : p->elements", STATISTICS),
    ("statistics_infinity_counted", VECTOR, "out = bad | absent;", "out = absent;", STATISTICS),
    ("statistics_chan", JOIN, "((distance * distance) * share) * (float)count", "(distance * distance) * share", STATISTICS),
    ("statistics_running", JOIN, "state->running_max + rate * (c->most - state->running_max)", "c->most", STATISTICS),
    ("statistics_samples", JOIN, "state->samples++;", "", STATISTICS),
    ("histogram_magnitude", BIN, "max(fabs(from), fabs(to)) : to", "fabs(to) : to", r"^quantizer/histogram_auto$"),
    ("range_one_sided", DIRECT, "mean * share : root_of", "mean : root_of", RANGE),
    ("range_percentile_end", DIRECT, "while (to > 1 && above + counts[to - 1] <= most)", "while (to > 1 && above + counts[to - 1] < most)", RANGE),
    ("range_wider_of_equals", SEARCH, "if (!(errors[i] < least)) continue;", "if (!(errors[i] <= least)) continue;", RANGE),
    ("range_entropy_outliers", SEARCH, "counts[i] + (i == bins - 1 ? total - inside : 0)", "counts[i]", RANGE),
    ("clip_bits", "host/quantizer/analytic_clip.c", "ldexp(1.0, 2 * bits)", "ldexp(1.0, bits)", r"^quantizer/quantizer_facts$"),
    ("fold_mean", FOLD, "((double)fold->bias[channel] - (double)fold->mean[channel]) *", "((double)fold->bias[channel]) *", r"^quantizer/fold$"),
    ("bias_saturation", FOLD, "q[i] = !is_large ? (int32_t)quotient : quotient < 0.0 ? INT32_MIN : INT32_MAX;", "q[i] = !is_large ? (int32_t)quotient : INT32_MAX;", r"^quantizer/fold$"),
    ("equalize_inverse", FOLD, "sqrt(first * second) / second", "sqrt(first * second) / first", r"^quantizer/fold$"),
]
