# SPDX-License-Identifier: Apache-2.0
"""Defects of the importers of weight-only formats and of the quantizer of groups."""
FORMATS = r"^import/(import_formats_test|vectors)$"

MUTATIONS = [
    ("codes_across_bytes", "host/import/packed_codes.c", "there |= eight;", "there = eight;", FORMATS),
    ("codes_flip_tail", "host/import/packed_codes.c", "& ((1u << bits % 8) - 1));", "& 0xffu);", FORMATS),
    ("gptq_zero_wraps", "host/import/import_gptq.c", "(zero_points[j] + less) & mask", "zero_points[j] + less", FORMATS),
    ("gptq_code_in_two_words", "host/import/import_gptq.c", "high << (32 - shift)", "high << (31 - shift)", FORMATS),
    ("awq_order", "host/import/import_awq.c", "(uint32_t)codes | (uint32_t)(codes >> 32) << 4", "(uint32_t)(codes >> 32) | (uint32_t)codes << 4", FORMATS),
    ("q4_1_offset_sign", "host/import/gguf_simple_blocks.c", "block[3] ^ 0x80", "block[3]", FORMATS),
    ("q4_k_upper_bits", "host/import/gguf_k_blocks.c", "packed[4 + i] >> 6 << 4", "packed[i] >> 6 << 4", FORMATS),
    ("q6_k_upper_bits", "host/import/gguf_k_blocks.c", "(upper[i] >> 2 & 3) << 4", "(upper[i] >> 4 & 3) << 4", FORMATS),
    ("dequantize_index", "host/import/imported_dequantize.c", "from->index ? from->index[row] : row / from->size", "row / from->size", FORMATS),
    ("nbits_block_beyond_k", "host/import/import_matmul_nbits.c", "full.block_size < full.k ? full.block_size : full.k", "full.block_size", FORMATS),
    ("import_truncated", "host/import/import_check.c", "if (bytes.size == expected) return", "if (bytes.size >= expected) return", r"^import/vectors$"),
    ("import_index_count", "host/import/import_check.c", "if (rows[group] == expected) continue;", "if (rows[group] >= 0) continue;", r"^import/import_bad_input_test$"),
    ("import_lost_on_failure", "host/import/imported.c", "        clqnn_imported_destroy(made);\n", "", r"^import/allocations$"),
    ("quantize_with_exact_scale", "host/import/group_rounding.c", "const float stored = clq_stored_round(scale, type);", "const float stored = type ? scale : 0.0f;",
     r"^import/quantize_groups_test$"),
    ("quantize_ties", "host/import/group_rounding.c", "return round_even(level);", "return level < 0.0f ? -round_even(-level + 0.25f) : round_even(level + 0.25f);",
     r"^import/quantize_groups_test$"),
    ("quantize_later_of_equals", "host/import/group_rounding.c", "if (!(errors[lane] < least[lane])) continue;", "if (!(errors[lane] <= least[lane])) continue;",
     r"^import/quantize_groups_test$"),
    ("narrow_to_half_ties", "host/core/float_storage.c", "return (value + below_half + odd) >> shift;", "return (value + below_half + 1) >> shift;",
     r"^import/quantize_groups_test$"),
]
