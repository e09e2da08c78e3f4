# SPDX-License-Identifier: Apache-2.0
"""Defects of the device layer and the GEMM."""
EPILOGUE = "kernels/cl/epilogue/requantize.cl"
PORTABLE = "kernels/cl/gemm/gemm_i8_portable.cl"
TABLES = "host/gemm/gemm_tables.c"
PLAN = "host/gemm/gemm_plan.c"
ENQUEUE = "host/gemm/gemm_enqueue.c"
NUMERICS = r"^gemm/gemm_i8_portable$"
RESULTS = r"^gemm/(gemm_i8_portable|gemm_semantics_test)$"

MUTATIONS = [
    ("rounding_tie", EPILOGUE, "return LANES_AS(int)(scaled + 12582912.0f) - 0x4B400000 + zero_point;", "return LANES_CONVERT(int)(floor(scaled + 0.5f)) + zero_point;",
     NUMERICS),
    ("missing_clamp", EPILOGUE, "fmin(fmax(scaled, (lanes_float)(float)(low - zero_point)),", "fmin(scaled,", NUMERICS),
    ("fixed_double_nudge", EPILOGUE, "(sign & (lanes_long)(1L - (1L << 31)))", "(sign & (lanes_long)(-(1L << 31)))", NUMERICS),
    ("fixed_double_tie", EPILOGUE, "(mask >> (lanes_int)1) + ((scaled >> (lanes_int)31) & (lanes_int)1)", "(mask >> (lanes_int)1)", NUMERICS),
    ("fixed_single_half", EPILOGUE, "LANES_CONVERT(long)(multiplier) + half_unit) >> total", "LANES_CONVERT(long)(multiplier)) >> total", NUMERICS),
    ("dropped_float_bias", EPILOGUE, "if (p->flags & GEMM_FLOAT_BIAS) value = value + t->bias;", "", NUMERICS),
    ("f16_store_truncates", EPILOGUE, "vstore_half_rte(((float *)&value)[lane], index + lane", "vstore_half_rtz(((float *)&value)[lane], index + lane", NUMERICS),
    ("row_zero_sign", EPILOGUE, "sum -= LANES_AS(uint)(t->sums) * (lanes_uint)(uint)r->zero;", "sum += LANES_AS(uint)(t->sums) * (lanes_uint)(uint)r->zero;", NUMERICS),
    ("zero_point_sign", TABLES, "base -= (int64_t)plan->params.a_zero * sum;", "base += (int64_t)plan->params.a_zero * sum;", NUMERICS),
    ("swapped_scale_index", TABLES, ": clq_multiplier_bits(rules, column);", ": clq_multiplier_bits(rules, column / 2);", NUMERICS),
    ("dropped_bias", TABLES, "((const int32_t *)spec->desc.bias)[column] : 0;", "0 : 0;", NUMERICS),
    ("k_tail_bound", PORTABLE, "i < min(4, p.k - group * 4)", "i < 4", NUMERICS),
    ("row_sum_off_by_one", PORTABLE, "int row_sum = 0;", "int row_sum = 1;", NUMERICS),
    ("column_bound", PORTABLE, "c_start + (ulong)row * p.c_row_stride + n, p.n - n);", "c_start + (ulong)row * p.c_row_stride + n, LANES);", NUMERICS),
    ("word_beyond_the_row", "kernels/cl/dot/row_words.cl", "if (k + 4 <= end) return", "if (k < end) return", r"^gemm/gemm_i8_local$"),
    ("wrong_batch_stride", "kernels/cl/prelude/gemm_batch.cl", "(ulong)(batch - outer * inner_batches) * stride[1]", "(ulong)(batch - outer * inner_batches) * stride[0]", NUMERICS),
    ("transposed_stride", PLAN, ".n_stride = problem->b.transposed ? (clq_ulong)problem->b.leading_dimension : 1,", ".n_stride = problem->b.transposed ? (clq_ulong)problem->k : 1,",
     NUMERICS),
    ("pack_padding_host", "host/layout/panel_layout.c", "memset(packed, 0,", "memset(packed, 1,", r"^(layout/|gemm/gemm_i8_portable$)"),
    ("pack_padding_device", "kernels/cl/layout/pack_panels.cl", "(column[(ulong)k * p.k_stride] ^ p.flip)) : 0;", "(column[(ulong)k * p.k_stride] ^ p.flip)) : 1;", NUMERICS),
    ("dynamic_rounding", "kernels/cl/quantize/prepare_a.cl", "clamp(rint(quotient) + (float)zero, low, high)", "clamp(floor(quotient) + (float)zero, low, high)", NUMERICS),
    ("slab_row_table", ENQUEUE, "params->rows_offset += (uint64_t)slab->first_row * params->rows_row_step;", "", RESULTS),
    ("slab_output_row", ENQUEUE, " + (uint64_t)slab->first_row * params->c_row_stride;", ";", RESULTS),
    ("chain_not_waited_for", "host/device/launch.c", "launches->wait_count = made ? 1 : 0;\n    launches->wait = made ? &launches->last : NULL;",
     "launches->wait_count = 0;\n    launches->wait = NULL;", r"^gemm/gemm_semantics_test$"),
    ("overflow_bound", "host/gemm/gemm_bound.c", "if (*bound <= INT32_MAX) return CLQNN_OK;", "if (*bound <= INT32_MAX + INT64_C(65025)) return CLQNN_OK;",
     r"^gemm/gemm_bad_numbers_test$"),
    ("overlap_by_one_byte", "host/device/region.c", "a->begin < b->end && b->begin < a->end", "a->begin + 1 < b->end && b->begin + 1 < a->end", r"^gemm/gemm_bad_call_test$"),
    ("adjacent_is_no_overlap", "host/device/region.c", "a->begin < b->end && b->begin < a->end", "a->begin <= b->end && b->begin <= a->end", r"^gemm/gemm_bad_call_test$"),
    ("buffer_end", "host/device/region.c", "|| end > size)", "|| end > size + 1)", r"^gemm/gemm_bad_call_test$"),
    ("cache_checksum", "host/device/disk_cache.c", "&& header.checksum == clq_hash(CLQ_HASH_START, bytes, (size_t)header.size)", "", r"^device/disk_cache_test$"),
    ("blob_checksum", "host/layout/blob.c", "payload, seal.payload_bytes) == seal.checksum)", "payload, seal.payload_bytes) != 0)", r"^gemm/gemm_blob_test$"),
    ("code_row_sum", "kernels/cl/gemm/gemm_codes.cl", "store_lanes(p, &t, &r, sum - room->row_sums[i], room->row_sums[i],", "store_lanes(p, &t, &r, sum, room->row_sums[i],",
     r"^gemm/gemm_codes_vec16$"),
    ("code_padding_unchecked", "host/layout/code_panels.c", "(code != 0 && (column >= n || row >= k))", "(code != 0 && column >= n)", r"^layout/code_layout_test$"),
    ("plane_sign", "host/layout/plane_values.c", "(1 - 2 * (int)(sign >> bit & 1))", "(1 - (int)(sign >> bit & 1))", NUMERICS),
    ("plane_tail", "host/layout/plane_values.c", "k < count && k < first + CLQ_PLANE_GROUP", "k < count && k + 1 < first + CLQ_PLANE_GROUP", r"^gemm/gemm_planes_test$"),
    ("plane_values_unchecked", "host/layout/plane_values.c", "return type != CLQNN_T2 || (value >= -1 && value <= 1);", "return type != CLQNN_T2 || value >= -1;",
     r"^gemm/gemm_planes_test$"),
    ("ranking_order", "host/select/candidate.c", "return a->seconds < b->seconds ? -1 : 1;", "return a->seconds < b->seconds ? 1 : -1;", r"^select/"),
]
