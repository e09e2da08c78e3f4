# SPDX-License-Identifier: Apache-2.0
"""Defects of the operators' framework, of two inputs, tables and conversions."""
WALK = "kernels/cl/op/op_walk.cl"
ELEMENT = "kernels/cl/pointwise/binary_element.cl"
AVX512 = "kernels/cl/pointwise/binary_avx512.cl"
FIXED = "host/pointwise/binary_fixed_vector.c"
CONVERT = "kernels/cl/convert/convert_element.cl"
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
    ("binary_avx512_clamp", AVX512, "max_bytes(bytes, c->low)", "bytes", r"^pointwise/binary_avx512$"),
    ("binary_avx512_order", AVX512, "pack_words(q2, q3)", "pack_words(q3, q2)", r"^pointwise/binary_avx512$"),
    ("binary_fixed_ties", FIXED, ".tie_sign = fixed.ties_away ? bits_of(-0.0) : 0", ".tie_sign = 0", r"^pointwise/all_pairs_binary_fixed_vector$"),
    ("binary_fixed_unproved", FIXED, "return clq_binary_fixed_prove(binary, &fixed) ? NULL", "return clq_binary_fixed_prove(binary, &fixed) || true ? NULL", r"^pointwise/binary_fixed_vector$"),
    ("table_upper_half", "kernels/cl/pointwise/table_avx512.cl", "word_signs(shift_words_left(x, 8))", "word_signs(shift_words_left(x, 7))", r"^pointwise/table_avx512$"),
    ("table_of_float", "host/pointwise/make_table.c", "case CLQNN_HARD_SWISH: return x * unit_clamp(x / 6.0 + 0.5);", "case CLQNN_HARD_SWISH: return x * unit_clamp(x * 0.16 + 0.5);", r"^pointwise/table_portable$"),
    ("convert_block_length", CONVERT, "axis_x / p->x_block * p->x_block_step", "axis_x / (p->x_block + 1) * p->x_block_step", CONVERT_PLAIN),
    ("convert_nibble_order", CONVERT, ">> (place % 2 * 4) & 15", ">> (4 - place % 2 * 4) & 15", CONVERT_PLAIN),
    ("convert_nan", CONVERT, "if (isnan(real)) return zero;", "if (isnan(real)) return low;", CONVERT_PLAIN),
    ("convert_vector_nan", CONVERT_VECTOR, "real == real ? real : 0.0f", "real", r"^pointwise/convert_vector$"),
    ("convert_vector_high", CONVERT_VECTOR, "r.y_high = r.high - (float)r.y_values[r.y_plane];", "r.y_high = r.high;", r"^pointwise/convert_vector$"),
]
