# SPDX-License-Identifier: Apache-2.0
"""Defects of the reader and writer of safetensors files."""
READ = r"^safetensors/safetensors_read_test$"
WRITE = r"^safetensors/safetensors_write_test$"

MUTATIONS = [
    ("safetensors_overlap_passes", "tools/safetensors/safetensors_header.c", "if (spans[i].begin < covered) {", "if (spans[i].end < covered) {", READ),
    ("safetensors_end_not_checked", "tools/safetensors/safetensors_header.c", "if (span->end > data_size) {", "if (span->end > data_size + 1) {", READ),
    ("safetensors_size_not_compared", "tools/safetensors/safetensors_header.c", "if (bytes == span->end - span->begin) return CLQNN_OK;",
     "if (bytes <= span->end - span->begin) return CLQNN_OK;", READ),
    ("safetensors_sizes_behind_zero_not_bounded", "tools/safetensors/safetensors_dtype.c", "is_empty = true;\n            continue;", "*elements = 0;\n            return true;", READ),
    ("safetensors_narrow_elements_first", "tools/safetensors/safetensors_write.c", "a_size > b_size ? -1 : 1", "a_size < b_size ? -1 : 1", WRITE),
    ("safetensors_part_is_left", "tools/safetensors/safetensors_write.c", "if (!good && stream != NULL) remove(beside);", "", WRITE),
    ("safetensors_length_not_padded", "tools/safetensors/safetensors_write.c", "(used + 7) / 8 * 8", "used", WRITE),
]
