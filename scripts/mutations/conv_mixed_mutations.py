# SPDX-License-Identifier: Apache-2.0
"""Defects of convolutions of floats: kernels, packed weights and their blobs, validation."""
VECTOR = "kernels/cl/mixed/conv_mixed_vector.cl"
DEPTHWISE = "kernels/cl/mixed/conv_mixed_depthwise.cl"
PLANES = "kernels/cl/mixed/conv_mixed_planes.cl"
PORTABLE = "kernels/cl/mixed/conv_mixed_portable.cl"
WEIGHTS = "host/mixed/conv_mixed_weights.c"
LOCAL = "kernels/cl/mixed/conv_mixed_local.cl"
BY_LOCAL = r"^mixed/conv_mixed_local$"
BY_VECTOR = r"^mixed/conv_mixed_vec16$"
BY_PORTABLE = r"^mixed/conv_mixed_portable$"

MUTATIONS = [
    ("conv_mixed_right_border", VECTOR, "(p->input[2] - begin + stride - 1) / stride", "(p->input[2] - begin + stride) / stride", BY_VECTOR),
    ("conv_mixed_left_border", VECTOR, "(stride - 1 - begin) / stride", "-begin / stride", BY_VECTOR),
    ("conv_mixed_stale_padding", VECTOR, "if (high < count) clear_rows(", "if (false) clear_rows(", BY_VECTOR),
    ("conv_mixed_run_beyond_image", VECTOR, "if (place + 16 <= left)", "if (true)", r"^mixed/conv_mixed_vec16_guard_pages$"),
    ("conv_mixed_joined_taps_of_a_slice", "host/mixed/conv_mixed_vector.c", " && conv->x.step[2] == conv->in_channels", "", BY_VECTOR),
    ("conv_mixed_group_offset", VECTOR, "(ulong)group * p.group_in * p.x_channel", "0 * p.x_channel", BY_VECTOR),
    ("conv_mixed_depthwise_border", DEPTHWISE, "last < p->input[2] ? PIXELS : 1", "last <= p->input[2] ? PIXELS : 1", r"^mixed/conv_mixed_depthwise(_guard_pages)?$"),
    ("conv_mixed_planes_every_other", PLANES, "0, 2, 4, 6, 8, 10, 12, 14, 16, 18", "0, 2, 4, 6, 8, 10, 12, 14, 15, 18", r"^mixed/conv_mixed_planes$"),
    ("conv_mixed_planes_padding", PLANES, "low * p->pitch + p->pad[2], p->pitch", "low * p->pitch, p->pitch", r"^mixed/conv_mixed_planes$"),
    ("conv_mixed_transposed_between", "kernels/cl/mixed/conv_tap_position.cl", "reached % p->stride[d] == 0 && ", "", BY_PORTABLE),
    ("conv_mixed_matrix_of_group", PORTABLE, "(ulong)(o / p.matrix_columns) * p.matrix", "0", BY_PORTABLE),
    ("conv_mixed_local_rows", LOCAL, "(int3)(line / height, line % height, there % width)", "(int3)(line % height, line / height, there % width)", BY_LOCAL),
    ("conv_mixed_local_group", LOCAL, "(ulong)group * p.group_in * p.x_channel", "0 * p.x_channel", BY_LOCAL),
    ("conv_mixed_blob_padding", WEIGHTS, "if (fields->mixed->check(", "if (true || fields->mixed->check(", r"^mixed/conv_mixed_calls_test$"),
    ("conv_mixed_blob_size", WEIGHTS, "if (!fits || total != bytes)", "if (!fits)", r"^mixed/conv_mixed_calls_test$"),
    ("conv_mixed_unpacked_order", WEIGHTS, "columns + ((matrix * k + i) * n + o) * size", "columns + ((matrix * n + o) * k + i) * size", BY_PORTABLE),
    ("conv_mixed_product_drops_activation", "host/conv/conv_product.c", "        .activation = desc->activation,\n", "", r"^mixed/conv_mixed_auto$"),
    ("conv_mixed_product_drops_residual", "host/conv/conv_product.c", "if (desc->residual.type != CLQNN_TYPE_NONE) {", "if (false) {", r"^mixed/conv_mixed_auto$"),
    ("conv_mixed_table_accepted", "host/mixed/conv_mixed_validate.c", "    if (desc->table) return", "    if (false) return", r"^mixed/conv_mixed_calls_test$"),
]
