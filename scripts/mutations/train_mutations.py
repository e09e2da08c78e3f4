# SPDX-License-Identifier: Apache-2.0
"""Defects of the products in training: matrices, and convolutions forward, by data and by weight."""
IMAGE = "kernels/cl/train/train_image.cl"
WINDOWS = "kernels/cl/train/train_conv_windows.cl"
WEIGHTS = "kernels/cl/train/train_conv_weights.cl"
DEPTHWISE = "kernels/cl/train/train_depthwise_weights.cl"
GEMM = "kernels/cl/train/train_gemm_vector.cl"
AXES = "host/train/train_windows.c"
BLOCKS = r"^train/train_conv_(avx2|vec16)$"
CHANNELS = r"^train/train_conv_depthwise$"
PORTABLE = r"^train/train_conv_portable$"
PRODUCTS = r"^train/train_gemm_(avx2|vec16)$"

MUTATIONS = [
    ("train_image_right_border", IMAGE, "clear_floats(to + end * channels, (columns - end) * channels);", "", BLOCKS),
    ("train_image_lower_border", IMAGE, "if (!is_inside) {\n            clear_floats(to, columns * channels);", "if (!is_inside) {", BLOCKS),
    ("train_bias_lost_in_last_panel", WINDOWS, "few[i] = target->bias[channel + i];", "few[i] = 0.0f;", BLOCKS),
    ("train_rectangle_column", WINDOWS, "if (++column == r.size[1]) column = 0, row++;", "if (++column > r.size[1]) column = 0, row++;", BLOCKS),
    ("train_part_not_begun_anew", WEIGHTS, "*bias = rectangle == begin ? sum : *bias + sum;", "*bias = sum;", BLOCKS),
    ("train_weight_line_step", WEIGHTS, "line = p->g.step[0] * r->width * p->g.group_source", "line = r->width * p->g.group_source", BLOCKS),
    ("train_join_leaves_one", "kernels/cl/train/train_join_lanes.cl", "for (int part = 1; part < p.parts; part++)", "for (int part = 2; part < p.parts; part++)", BLOCKS),
    ("train_phase_tap_order", AXES, "axis.tap_next = -next;", "axis.tap_next = next;\n    axis.tap_first = first;", BLOCKS),
    ("train_phase_origin", AXES, "axis.origin = (place + p->pad[d] - axis.tap_first * dilation) / stride;", "axis.origin = (p->pad[d] - axis.tap_first * dilation) / stride;", BLOCKS),
    ("train_depthwise_overlap_twice", DEPTHWISE, "const int channel = min(first, p.channels - 16), low = first - channel;", "const int channel = min(first, p.channels - 16), low = 0;", CHANNELS),
    ("train_depthwise_edge_columns", DEPTHWISE, "sum_line_of_one(p, one, dy, max(end, starts[i]), ends[i], low, sums + (tap + i) * p->row);", "", CHANNELS),
    ("train_gemm_adds_lost", GEMM, "if (p->adds) sum += few_floats(to, count);", "", PRODUCTS),
    ("train_gemm_parts_bias_twice", "host/train/train_gemm_vector.c", ".has_bias = problem->has_bias && !joins,", ".has_bias = problem->has_bias,", PRODUCTS),
    ("train_portable_reader", "kernels/cl/train/train_conv_portable.cl", "distance % p->stride[d] || distance / p->stride[d]", "distance / p->stride[d]", PORTABLE),
    ("train_portable_part_end", "kernels/cl/train/train_conv_portable.cl", "limit < 0 ? 0 : min(p.output[1], limit / p.stride[1] + 1)", "limit < 0 ? 0 : min(p.output[1], limit / p.stride[1])", PORTABLE),
]
