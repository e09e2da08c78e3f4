# SPDX-License-Identifier: Apache-2.0
"""Defects of convolutions of bits: kernels, what a launch is told, packed weights and their blobs, validation."""
PORTABLE = "kernels/cl/bits/conv_bits_portable.cl"
DEPTHWISE = "kernels/cl/bits/conv_bits_depthwise.cl"
LOCAL = "kernels/cl/bits/conv_bits_local.cl"
STEP = "host/bits/conv_bits_step.c"
WEIGHTS = "host/bits/conv_bits_weights.c"
BY_PORTABLE = r"^bits/conv_bits_portable$"
BY_DEPTHWISE = r"^bits/conv_bits_depthwise$"
BY_LOCAL = r"^bits/conv_bits_local$"
BY_CALLS = r"^bits/conv_bits_calls_test$"

MUTATIONS = [
    ("conv_bits_group_within_a_word", PORTABLE, "if (shift + count > 32)", "if (false)", BY_PORTABLE),
    ("conv_bits_neighbour_group", PORTABLE, "words[plane] = word & present;", "words[plane] = word;", BY_PORTABLE),
    ("conv_bits_edges_of_plus_one", STEP, "problem->spec->desc.pad == CLQNN_BIT_PAD_ZERO && ", "", r"^bits/conv_bits_semantics_test$"),
    ("conv_bits_edges_forgotten", STEP, "&& may_leave_image(conv);", "&& may_leave_image(conv) && false;", r"^bits/conv_bits_semantics_test$"),
    ("conv_bits_holes_of_transposed", STEP, "return conv->transposed;", "return false;", r"^bits/conv_bits_semantics_test$"),
    ("conv_bits_edge_lambda", STEP, "(int64_t)w_lambda(problem, o) * problem->conv.weights.group_in)", "0)", BY_PORTABLE),
    ("conv_bits_depthwise_carry", DEPTHWISE, "bits = carry;", "bits = 0;", BY_DEPTHWISE),
    ("conv_bits_depthwise_edges", DEPTHWISE, "p.has_edges && taps.outside && tap < p.taps", "false", BY_DEPTHWISE),
    ("conv_bits_local_second_group", LOCAL, "(ulong)(conv_group * p.group_in / 32 * p.x_planes)", "0", BY_LOCAL),
    ("conv_bits_local_outside", LOCAL, "if (outside & 1) total", "if (false) total", BY_LOCAL),
    ("conv_bits_blob_tap_padding", WEIGHTS, "if (is_clean(", "if (true || is_clean(", BY_CALLS),
    ("conv_bits_product_drops_thresholds", "host/conv/conv_product.c", "        .thresholds = desc->thresholds,\n", "", r"^bits/conv_bits_(auto|semantics_test)$"),
    ("conv_bits_region_of_half_a_word", "host/conv/conv_enqueue.c", "clq_is_bits(type) ? sizeof(uint32_t) : clqnn_type_size(type)", "clq_is_bits(type) ? 1 : clqnn_type_size(type)", BY_CALLS),
]
