# SPDX-License-Identifier: Apache-2.0
"""Defects of fake quantization: codes, gradients, sums, what is refused."""
CODE = "kernels/cl/fake_quant/fake_quant_code.cl"
TERMS = "kernels/cl/fake_quant/fake_terms.cl"
FORWARD = r"^fake_quant/fake_quant_fake_quant_(vector|portable)$"
BACKWARD = r"^fake_quant/fake_quant_backward_fake_back_(vector|portable)$"
MEASURED = r"^fake_quant/fake_quant_measure_fake_measure_(vector|portable)$"
DEFINITION = r"^fake_quant/definition$"
CALLS = r"^fake_quant/calls$"

MUTATIONS = [
    ("fake_zero_is_negative", CODE, "return x < (fake_floats)0.0f ? minus : plus;", "return x <= (fake_floats)0.0f ? minus : plus;", FORWARD),
    ("fake_threshold_included", CODE, "return x > v->threshold ? plus", "return x >= v->threshold ? plus", FORWARD),
    ("fake_scale_unbounded", CODE, "return lifted <= most ? lifted : most;", "return lifted;", FORWARD),
    ("fake_mask_without_rounding", CODE, "fake_bounded(quotient, v->low - 1.0f, v->high + 1.0f)", "fake_bounded(quotient, v->low, v->high)", BACKWARD),
    ("fake_clip_included", CODE, "(x < v->second ? one : none)", "(x <= v->second ? one : none)", BACKWARD),
    ("fake_infinite_gradient_passes", CODE, "return g == (fake_floats)0.0f ? (fake_floats)0.0f : dy * g;", "return dy * g;", BACKWARD),
    ("fake_negative_scale_sign", TERMS, "x < -v->threshold ? -dy : none", "x < -v->threshold ? dy : none", BACKWARD),
    ("fake_infinity_counted", TERMS, "size <= (fake_floats)FLT_MAX ? size : none", "size", MEASURED),
    ("fake_lanes_folded_otherwise", "kernels/cl/fake_quant/fake_finish.cl", "lanes[lane] + lanes[lane + half_way];", "lanes[lane] + lanes[half_way - 1 - lane + half_way];", MEASURED),
    ("fake_noise_of_another_counter", "kernels/cl/fake_quant/fake_quant_vector.cl", "if (index & 3) fake_noise_words(p, index + 16,", "if (index & 3) fake_noise_words(p, index + 12,", r"^fake_quant/fake_quant_fake_quant_vector$"),
    ("fake_runs_skipped", "kernels/cl/fake_quant/fake_parts.cl", "w->index[OP_RANK - 2] += runs;", "w->index[OP_RANK - 2] += runs + 1;", r"^fake_quant/fake_quant_fake_quant_vector$"),
    ("fake_codes_out_of_type", "host/fake_quant/fake_quant_family.c", "if (low <= least && most <= high) return CLQNN_OK;", "if (low <= least) return CLQNN_OK;", CALLS),
    ("fake_groups_cut", "host/fake_quant/fake_sums.c", "if (slots->block && x->shape[slots->axis] % slots->block) {", "if (slots->block < 0) {", CALLS),
    ("fake_philox_round_missing", "host/fake_quant/philox.c", "round < 10", "round < 9", DEFINITION),
    ("fake_step_gradient_of_papers", "reference/fake_scheme_values.c", "rintf(v) - v);", "v - rintf(v));", DEFINITION),
    ("fake_tanh_series_short", "reference/fake_scheme_values.c", "float q = 1.0f / 5040.0f;", "float q = 0.0f;", DEFINITION),
]
