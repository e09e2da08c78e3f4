# SPDX-License-Identifier: Apache-2.0
"""Defects of products of bits: how they are counted, what becomes of totals, packed weights, and what is refused."""
PORTABLE = "kernels/cl/bits/gemm_bits_portable.cl"
LOCAL = "kernels/cl/bits/gemm_bits_local.cl"
STORE = "kernels/cl/bits/bits_store.cl"
FINISH = "kernels/cl/bits/gemm_bits_finish.cl"
PRODUCT = "host/bits/bits_product.c"
STEP = "host/bits/bits_step.c"
PANELS = "host/layout/bit_panels.c"
VALIDATE = "host/bits/bits_validate.c"
RULES = "host/bits/bits_rules.c"
BLOB = "host/bits/bits_blob.c"
BY_HAND = r"^bits/gemm_bits_semantics_test$"
MIXES = r"^bits/gemm_bits_products_test$"
REFUSED = r"^bits/gemm_bits_bad_descriptor_test$"

MUTATIONS = [
    ("bits_ternary_counts_added", PORTABLE, "popcount(both) - 2u *", "popcount(both) + 2u *", BY_HAND),
    ("bits_ternary_sign_alone", PORTABLE, "popcount((a[1] ^ column[0]) & a[0])", "popcount(a[1] ^ column[0])", BY_HAND),
    ("bits_columns_in_place_not_counted", PORTABLE, "if (p.has_column_sums) add_column_sums", "if (p.has_column_sums < 0) add_column_sums", BY_HAND),
    ("bits_local_barrier_missing", LOCAL, "        barrier(CLK_LOCAL_MEM_FENCE); /* before the next tiles overwrite these */\n", "", r"^bits/oclgrind_gemm_bits_local$"),
    ("bits_local_row_beyond_m", LOCAL, "word < words && first_row + row < p->m ?", "word < words ?", r"^bits/gemm_bits_local_guard_pages$"),
    ("bits_local_last_groups", LOCAL, "const int groups = min(step, p.groups - group);", "const int groups = step;", r"^bits/gemm_bits_local$"),
    ("bits_direction_ignored", STORE, "direction > 0 ? total >= threshold : total <= threshold", "direction != 0 ? total >= threshold : total <= threshold", BY_HAND),
    ("bits_threshold_not_met_by_itself", STORE, "total >= threshold : total <= threshold", "total > threshold : total <= threshold", BY_HAND),
    ("bits_neutral_bits_of_c", STORE, "words[plane] = word & present;", "words[plane] = word | ~present;", BY_HAND),
    ("bits_bias_before_row_scale", STORE, "    if (e->has_row_scales) value = value * (lanes_float)row_scale;\n    if (e->gemm.flags & GEMM_FLOAT_BIAS) value = value + t->bias;",
     "    if (e->gemm.flags & GEMM_FLOAT_BIAS) value = value + t->bias;\n    if (e->has_row_scales) value = value * (lanes_float)row_scale;", BY_HAND),
    ("bits_row_sum_forgotten", FINISH, "if (p->has_row_sums) total +=", "if (p->has_row_sums < 0) total +=", BY_HAND),
    ("bits_odd_signs_as_signs", PRODUCT, "(b->is_sign && b->alpha > 0) ? -1 : 1;", "(b->is_sign && b->alpha > 0) ? 1 : 1;", BY_HAND),
    ("bits_bound_forgets_zero_points", "host/bits/bits_bound.c", "range.high = form->high - zero;", "range.high = form->high;", BY_HAND),
    ("bits_facts_of_signed_codes", PRODUCT, "const uint32_t word = is_signed && plane == top ? ~words[plane] : words[plane];", "const uint32_t word = words[plane];", BY_HAND),
    ("bits_bases_of_the_first_matrix", STEP, "if (many && weights->batch[1] > 1) params->base_batch[1] = plane;", "if (many && weights->batch[1] > 1) params->base_batch[1] = 0;", MIXES),
    ("bits_neutral_bits_of_weights", PANELS, "load(row, group * shape->planes + plane) & present(shape, group);", "load(row, group * shape->planes + plane);", BY_HAND),
    ("bits_foreign_neutral_bits", PANELS, "if (word & ~allowed) return false;", "if (word & ~allowed) continue;", r"^bits/gemm_bits_blob_test$"),
    ("bits_blob_zero_points_unchecked", BLOB, "clqnn_status status = check_zero_points(&packed.shape, zero_points);", "clqnn_status status = check_zero_points(&packed.shape, zero_points) == CLQNN_OK ? CLQNN_OK : CLQNN_OK;",
     r"^bits/gemm_bits_blob_test$"),
    ("bits_stride_of_half_words", VALIDATE, "if (operand->leading_dimension % CLQ_WORD_VALUES != 0) {", "if (operand->leading_dimension % 16 != 0) {", REFUSED),
    ("bits_direction_of_zero", RULES, "rules->directions[i] == 1 || rules->directions[i] == -1", "rules->directions[i] <= 1 && rules->directions[i] >= -1", REFUSED),
    ("bits_clamp_of_signs", RULES, "if (given.has_clamp) return", "if (given.has_clamp < 0) return", REFUSED),
    ("bits_packed_columns_not_counted", "kernels/cl/bits/bits_pack_columns.cl", "sum += (uint)p.column_weights[plane] * popcount(word);", "sum += 0;",
     r"^bits/gemm_bits_vec16$"),
    ("bits_table_odd_neighbour", "kernels/cl/tile/bit_pairs_avx2.cl", "vpsubb %%ymm15", "vpaddb %%ymm15", r"^bits/gemm_bits_avx2$"),
    ("bits_table_second_row", "host/bits/bit_tables.c", "16 * entry(kind, rows >> 4, b)", "16 * entry(kind, rows & 15, b)", r"^bits/gemm_bits_avx2$"),
]
