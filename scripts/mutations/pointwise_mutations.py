# SPDX-License-Identifier: Apache-2.0
"""Defects of the operators' framework, of two inputs, tables and conversions."""
WALK = "kernels/cl/op/op_walk.cl"
ELEMENT = "kernels/cl/pointwise/binary_element.cl"
LINES = "kernels/cl/pointwise/binary_lines.cl"
RESCALED = "kernels/cl/pointwise/binary_rescaled.cl"
FIT_SUM = "host/pointwise/binary_fit_sum.c"
FIT_PRODUCT = "host/pointwise/binary_fit_product.c"
CONVERT_LINES = "kernels/cl/convert/convert_lines.cl"
CONVERT = "kernels/cl/convert/convert_element.cl"
CONVERT_REAL = "kernels/cl/convert/convert_real.cl"
CONVERT_VECTOR = "kernels/cl/convert/convert_vector.cl"
BINARY_PLAIN = r"^pointwise/binary_portable$"
CONVERT_PLAIN = r"^pointwise/convert_portable$"

MUTATIONS = [
    ("op_walk_row_start", WALK, "w->at[operand] -= w->index[OP_RANK - 1]", "w->at[operand] -= 0 * w->index[OP_RANK - 1]", BINARY_PLAIN),
    ("op_walk_last_chunk", WALK, "w.left = min(nest->chunk, nest->count - flat);", "w.left = nest->chunk;", BINARY_PLAIN),
    ("op_nest_joins_all", "host/op/op_nest.c", "if (nest->stride[operand][outer] != nest->extent[inner]", "if (nest->stride[operand][outer] < nest->extent[inner]", r"^op/op_nest_test$"),
    ("op_overlap_wraps", "host/device/region.c", "return distance < a->length || distance + b->length > a->period;", "return distance < a->length;", r"^op/op_call_test$"),
    ("op_result_overlaps_itself", "host/op/op_tensor.c", "return is_result ? check_disjoint(name, tensor) : CLQNN_OK;", "return is_result && false ? check_disjoint(name, tensor) : CLQNN_OK;", r"^op/op_nest_test$"),
    ("op_table_base", "host/pointwise/table_family.c", "step->base[1] = offset;", "step->base[1] = offset + 4096;", r"^select/op_recipes_test$"),
    ("op_table_offset", "host/op/op_enqueue.c", "head.offset[i] = region.offset + step->base[i];", "head.offset[i] = region.offset;", CONVERT_PLAIN),
    ("binary_ties_away", ELEMENT, "rint(quotient)", "round(quotient)", BINARY_PLAIN),
    ("binary_by_reciprocal", ELEMENT, "divide_any(clamp(sum, -limit, limit), p->y_scale)", "clamp(sum, -limit, limit) * (1.0f / p->y_scale)", r"^pointwise/all_pairs_binary_portable$"),
    ("binary_zero_point", ELEMENT, "(b ^ p->b_flip) - p->b_zero", "(b ^ p->b_flip)", BINARY_PLAIN),
    ("binary_lines_clamp", LINES, "max_bytes(bytes, c->low)", "bytes", r"^pointwise/binary_avx(2|512)$"),
    ("binary_lines_order", LINES, "pack_words(q2, q3)", "pack_words(q3, q2)", r"^pointwise/binary_avx(2|512)$"),
    ("binary_lines_part", LINES, "y[i + k] = result.bytes[k];", "y[k] = result.bytes[k];", r"^pointwise/binary_avx(2|512)$"),
    ("binary_row_step", "kernels/cl/pointwise/row_block.cl", "w->at[operand] += rows * nest->stride[operand][OP_RANK - 2]", "w->at[operand] += rows * nest->stride[operand][OP_RANK - 1]", r"^pointwise/binary_(avx2|avx512|vector)$"),
    ("binary_rescaled_table", RESCALED, "marked += masks[marked] != 0;", "marked += 0;", r"^pointwise/binary_rescaled_avx2$"),
    ("binary_rescaled_sign", RESCALED, "(line_of_floats(product) & c->offset_sign)", "c->offset_sign", r"^pointwise/binary_rescaled_avx2$"),
    ("binary_fit_unproved", FIT_SUM, "if (range.low > range.high) return false;", "", r"^pointwise/(all_pairs_)?binary_rescaled_avx2$"),
    ("binary_fit_rounding", FIT_PRODUCT, "return holds(s, factor, fit->offsets);", "return true;", r"^pointwise/(all_pairs_)?binary_rescaled_avx2$"),
    ("table_upper_half", "kernels/cl/pointwise/table_avx512.cl", "word_signs(shift_words_left(x, 8))", "word_signs(shift_words_left(x, 7))", r"^pointwise/table_avx512$"),
    ("table_of_float", "host/pointwise/make_table.c", "case CLQNN_HARD_SWISH: return x * unit_clamp(x / 6.0 + 0.5);", "case CLQNN_HARD_SWISH: return x * unit_clamp(x * 0.16 + 0.5);", r"^pointwise/table_portable$"),
    ("convert_block_length", CONVERT, "axis_x / p->x_block * p->x_block_step", "axis_x / (p->x_block + 1) * p->x_block_step", CONVERT_PLAIN),
    ("convert_nibble_order", CONVERT_REAL, ">> (place % 2 * 4) & 15", ">> (4 - place % 2 * 4) & 15", CONVERT_PLAIN),
    ("convert_nan", CONVERT_REAL, "if (isnan(real)) return zero;", "if (isnan(real)) return low;", CONVERT_PLAIN),
    ("convert_vector_nan", "kernels/cl/convert/convert_integer_lanes.cl", "real == real ? real : 0.0f", "real", r"^pointwise/convert_vector$"),
    ("convert_vector_high", CONVERT_VECTOR, "r.y_high = r.high - (float)r.y_values[r.y_plane];", "r.y_high = r.high;", r"^pointwise/convert_vector$"),
    ("table_quarter", "kernels/cl/pointwise/table_avx2.cl", "inside ^ 0x30303030u", "inside ^ 0x20202020u", r"^pointwise/table_avx2$"),
    ("convert_lines_nan", CONVERT_LINES, "return x == x ? x : 0.0f;", "return x;", r"^pointwise/convert_avx2$"),
    ("convert_lines_largest", CONVERT_LINES, "/* may be infinite */\n    return round_even(quotient < LARGEST_QUOTIENT ? quotient : LARGEST_QUOTIENT);",
     "\n    return round_even(quotient);", r"^pointwise/convert_avx2$"),
    ("convert_lines_nibbles", CONVERT_LINES, "(uint)(c->y_high + y_flip) & 255", "255", r"^pointwise/convert_avx2$"),
]
