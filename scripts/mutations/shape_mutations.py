# SPDX-License-Identifier: Apache-2.0
"""Defects of the operators that pool, reduce or move elements."""
POOL = "kernels/cl/pool/pool_channels.cl"

MUTATIONS = [
    ("pool_tail_lanes", POOL, "const uint at = min(c, end - LANES);\n            NAMED(stream_bytes)(y + at, NAMED(finish_max)", "const uint at = c;\n            NAMED(stream_bytes)(y + at, NAMED(finish_max)", r"^shape/pool_vector$"),
    ("pool_padding_counts", "kernels/cl/pool/pool_average.cl", "end->zero = w->inside *", "end->zero = w->padded *", r"^shape/pool_vector$"),
    ("pool_quotient_estimate", "kernels/cl/pool/pool_average.cl", "quotient += rest >= count", "quotient += rest > count", r"^shape/ties$"),
    ("pool_form_ties", "kernels/cl/pool/pool_form.cl", "(q ^ lanes->odd) & (ushort)1", "(q ^ lanes->odd) & (ushort)0", r"^shape/ties$"),
    ("pool_form_bias", "host/pool/pool_form.c", "(least > least_up ? least : least_up);", "(least > least_up ? least : least_up) + 1;", r"^shape/pool_(vector|bands)$"),
    ("pool_slide_ring", POOL, "third == 2 ? 0 : third + 1", "third == 2 ? 1 : third + 1", r"^shape/pool_vector$"),
    ("pool_band_rows", "kernels/cl/pool/pool_bands.cl", "row = min(row, heights[o * 3]);", "", r"^shape/pool_bands$"),
    ("pool_band_border", "kernels/cl/pool/pool_bands.cl", "s->borders[1] = pool_form_of(p, s->inside * last[1]", "s->borders[1] = pool_form_of(p, s->inside * windows[1]", r"^shape/borders$"),
    ("pool_border_multiplier", "kernels/cl/pool/pool_planes.cl", "column + i >= p->whole_begin && column + i < p->whole_end", "true", r"^shape/pool_planes$"),
    ("reduce_across_last", "kernels/cl/reduce/reduce_across.cl", "is_last ? value >= best : value > best", "value > best", r"^shape/argmax_auto$"),
    ("reduce_across_run", "kernels/cl/reduce/reduce_across.cl", "const uint at = min(i, run - LANES);", "const uint at = i;", r"^shape/(argmax_auto|reduce_across)$"),
    ("tile_overlap", "kernels/cl/arrange/move_tiles.cl", "min(b, range.w - 16)", "b", r"^shape/(move_tiles|transpose_auto)$"),
    ("pad_row_of_constants", "kernels/cl/arrange/gather_rows.cl", "if (is_constant) SIZED(fill", "if (false) SIZED(fill", r"^shape/gather_rows$"),
    ("resize_corner_weights", "kernels/cl/resize/resize_channels.cl", "above * h[2], v[2] * before", "v[2] * before, above * h[2]", r"^shape/resize_vector$"),
    ("resize_fixed_ties", "kernels/cl/resize/resize_channels.cl", "p->fixed == RESIZE_TIES_AWAY ? -1 : 0", "0", r"^shape/resize_vector$"),
    ("resize_fixed_step", "host/resize/resize_positions.c", "FIXED_ONE * from + to / 2", "FIXED_ONE * from", r"^shape/resize_vector$"),
    ("softmax_fixed_range", "host/softmax/softmax_fixed.c", "-d >= diff_min", "-d > diff_min", r"^shape/softmax_portable$"),
    ("softmax_fixed_newton", "kernels/cl/softmax/softmax_fixed.cl", "i < 3; i++) guess +=", "i < 2; i++) guess +=", r"^shape/softmax_lines$"),
    ("softmax_series", "kernels/cl/softmax/softmax_finish.cl", "((rest * rest) >> 25)", "((rest * rest) >> 24)", r"^shape/softmax_lines$"),
    ("root_rounding", "kernels/cl/normalize/square_root.cl", "if (square - root * root > root) root++;", "", r"^shape/normalize_lines$"),
    ("norm_zero_point", "kernels/cl/normalize/normalize_finish.cl", "2 * zero * (long)sum", "zero * (long)sum", r"^shape/normalize_portable$"),
    ("reduce_requantized_extreme", "kernels/cl/reduce/reduce_finish.cl", "p->has_map ? (int)map", "false ? (int)map", r"^shape/reduce_portable$"),
]
