# SPDX-License-Identifier: Apache-2.0
"""Defects of the convolution: padding, strides, groups, layouts of weights, what follows the requantization, each kind of kernel."""
STORE = "kernels/cl/epilogue/conv_store.cl"
ENTER = "kernels/cl/prelude/conv_enter.cl"
PORTABLE = "kernels/cl/conv/conv_i8_portable.cl"
VEC16 = "kernels/cl/conv/conv_i8_vec16.cl"
DEPTHWISE = "kernels/cl/conv/conv_i8_depthwise.cl"
VNNI = "kernels/cl/conv/conv_i8_vnni.cl"
VNNI_DEPTHWISE = "kernels/cl/conv/conv_i8_vnni_depthwise.cl"
LAYOUT = "host/conv/conv_layout.c"
CONSTANTS = "host/conv/conv_constants.c"
PLAIN = r"^conv/conv_i8_portable$"

MUTATIONS = [
    ("conv_pad_is_zero", PORTABLE, "acc += p.product.a_zero * vload4(0, tap_sums", "acc += 0 * vload4(0, tap_sums", PLAIN),
    ("conv_stride_ignored", ENTER, "int at = out * stride + offset;", "int at = out + offset;", PLAIN),
    ("conv_dilation_ignored", ENTER, "k * p->dilation[dimension] - p->pad[dimension]", "k - p->pad[dimension]", PLAIN),
    ("conv_border_by_one", ENTER, "at >= 0 && at < p->input[dimension] ? at : -1", "at >= 0 && at <= p->input[dimension] ? at : -1", PLAIN),
    ("conv_transposed_phase", ENTER, "if (at < 0 || at % stride != 0) return -1;", "if (at < 0) return -1;", PLAIN),
    ("conv_group_offset", PORTABLE, "(ulong)(group * p.group_in) * p.x_channel_step;", "(ulong)(group * p.group_out) * p.x_channel_step;", PLAIN),
    ("conv_channel_bound", PORTABLE, "y, y_index, p.group_out - o_in_group);", "y, y_index, LANES);", PLAIN),
    ("conv_residual_zero_point", STORE, "LANES_CONVERT(float)(r - (lanes_int)p->r_zero)", "LANES_CONVERT(float)(r)", PLAIN),
    ("conv_residual_by_reciprocal", STORE, "lanes_float sum = conv_divide_lanes(left + right, p->sum_scale);", "lanes_float sum = (left + right) * (lanes_float)(1.0f / p->sum_scale);", PLAIN),
    ("conv_sum_clamp", STORE, "(lanes_float)(float)(p->sum_high - p->sum_zero));", "(lanes_float)(float)(255 - p->sum_zero));", PLAIN),
    ("conv_table_after_residual", STORE, "    if (p->flags & CONV_TABLE) q = conv_look_up(p, table, q);\n    if (p->flags & CONV_RESIDUAL) q = conv_add_residual(p, q, conv_load_residual(p, residual, residual_index, count));",
     "    if (p->flags & CONV_RESIDUAL) q = conv_add_residual(p, q, conv_load_residual(p, residual, residual_index, count));\n    if (p->flags & CONV_TABLE) q = conv_look_up(p, table, q);", PLAIN),
    ("conv_table_index", STORE, "table[((int *)&q)[lane] & 255];", "table[((int *)&q)[lane] & 127];", PLAIN),
    ("conv_channel_step_of_y", STORE, "const ulong at = index + (ulong)lane * p->y_channel_step;\n        if (p->product.out == GEMM_OUT_S32)", "const ulong at = index + (ulong)lane;\n        if (p->product.out == GEMM_OUT_S32)", PLAIN),
    ("conv_channel_zero_point", CONSTANTS, "sum = weights->channels[o].sum - products * zero;", "sum = weights->channels[o].sum;", PLAIN),
    ("conv_tap_sum_zero_point", CONSTANTS, " - group_in * packed_zero(weights, o));", ");", PLAIN),
    ("conv_scale_of_channel", CONSTANTS, "clq_multiplier_bits(&spec->rules, o);", "clq_multiplier_bits(&spec->rules, o / 2);", PLAIN),
    ("conv_panel_of_group", LAYOUT, "const int64_t k_group = (panel * clq_conv_taps(shape) + tap) * ceil_div(shape->group_in, layout->k_group) + i / layout->k_group;",
     "const int64_t k_group = (panel * clq_conv_taps(shape) + tap) * (shape->group_in / layout->k_group) + i / layout->k_group;", PLAIN),
    ("conv_vec16_odd_channel", VEC16, "if (whole < p->group_in) {", "if (whole + 1 < p->group_in) {", r"^conv/conv_i8_vec16$"),
    ("conv_vec16_row_end", VEC16, "count = min(PIXELS, p.output[2] - w_first);", "count = PIXELS;", r"^conv/conv_i8_vec16$"),
    ("conv_depthwise_multiplier", DEPTHWISE, "pixel[(ulong)((o + lane) / p->group_out) * p->x_channel_step]", "pixel[(ulong)((o + lane) % p->groups) * p->x_channel_step]", r"^conv/conv_i8_depthwise_portable$"),
    ("conv_depthwise_zero_point", DEPTHWISE, "(ulong)tap * LANES)) - zero;", "(ulong)tap * LANES));", r"^conv/conv_i8_depthwise_portable$"),
    ("conv_vnni_last_pixel", VNNI, "if (right) add_absent(tile, 2, tap);", "if (right) add_absent(tile, 1, tap);", r"^conv/conv_i8_vnni$"),
    ("conv_vnni_next_row", VNNI, "next = h + p->stride[1];", "next = h + 1;", r"^conv/conv_i8_vnni$"),
    ("conv_residual_x86_zero", "kernels/cl/epilogue/residual_x86.cl", "r.r_zero = p->r_zero + r_shift;", "r.r_zero = p->r_zero;", r"^conv/conv_i8_vnni$"),
    ("conv_overflow_bound", "host/conv/conv_bound.c", "if (*bound <= INT32_MAX) return CLQNN_OK;", "if (*bound <= INT32_MAX + INT64_C(65025)) return CLQNN_OK;", r"^conv/conv_bad_"),
    ("conv_one_pixel_product", "host/conv/conv_product.c", "return image->step[2] >= channels ? image->step[2] : 0;", "return image->step[2];", r"^conv/auto$"),
    ("conv_avx2_depthwise_shift", "kernels/cl/conv/conv_i8_avx2_depthwise.cl", "const int shift = row_begin(p, row) & 1;", "const int shift = 0;", r"^conv/conv_i8_avx2_depthwise$"),
    ("conv_avx2_depthwise_zero", "kernels/cl/conv/conv_i8_avx2_depthwise.cl", "row * p->window[2] + column, panel)) - zero;", "row * p->window[2] + column, panel));", r"^conv/conv_i8_avx2_depthwise$"),
    ("conv_avx2_depthwise_pad", "kernels/cl/conv/conv_i8_avx2_depthwise.cl", "run.step[i] = is_inside ? p->x_step[2] : 0;", "run.step[i] = p->x_step[2];", r"^conv/conv_i8_avx2_depthwise$"),
    ("conv_avx2_three_flip", "kernels/cl/tile/x86_avx2_taps.cl", "flip * 0x01010101), [order]", "flip), [order]", r"^conv/conv_i8_avx2$"),
    ("conv_vnni_depthwise_row", VNNI_DEPTHWISE, "if (at == in) s->inside[i] |=", "s->inside[i] |=", r"^conv/conv_i8_vnni_depthwise$"),
    ("conv_describe_bound", "host/conv/conv_plan.c", ".accumulator_bound = conv->bound,", ".accumulator_bound = conv->bound + 1,", r"^conv/conv_semantics_test$"),
    ("conv_select_first", "host/conv/conv_i8_vnni_first.c", "const int64_t cycles = problem->output[2] *", "const int64_t cycles = 9 * problem->output[2] *", r"^select/golden_conv_test$"),
]
