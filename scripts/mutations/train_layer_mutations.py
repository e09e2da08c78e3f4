# SPDX-License-Identifier: Apache-2.0
"""Defects of the layers and optimizers of training."""
FOLDER = "kernels/cl/train_layers/"
NORM = r"^train_layers/batch_norm_(vector|portable)$"
POOL = r"^train_layers/train_pool_(vector|portable)$"
ENTROPY = r"^train_layers/cross_entropy_(vector|portable)$"
OPTIMIZER = r"^train_layers/(sgd|adam)_(vector|portable)$"
GRADIENTS = r"^train_layers/gradients$"

# name, file, text, replacement, tests that ought to notice
MUTATIONS = [
    ("norm_merge_last_part", FOLDER + "column_formulas.cl", "const bool has_last = begin + n == p->rows;", "const bool has_last = false;", NORM),
    ("norm_unbiased_forgotten", "host/train_layers/batch_norm_family.c", "(float)((double)desc->rows / (double)(desc->rows - 1))", "1.0f", NORM),
    ("norm_edge_passes", FOLDER + "batch_norm_vector.cl", "return v <= least || v >= most ? (float16)0.0f : dy;", "return v < least || v > most ? (float16)0.0f : dy;", NORM),
    ("norm_tail_columns", FOLDER + "column_sums_vector.cl", "return min(column, columns - 16);", "return column;", r"^train_layers/(column_sums_vector|batch_norm_vector)(_guard_pages)?$"),
    ("norm_levels_forgotten", "host/train_layers/batch_norm_variants.c", "while (parts->count > ROW_BLOCK) {", "while (parts->count > 64 * ROW_BLOCK) {", NORM),
    ("sums_fold_order", FOLDER + "column_sums_vector.cl", "for (uint i = 0; i < half_count; i++) s[i] += s[i + half_count];", "for (uint i = 0; i < half_count; i++) s[i] += s[2 * half_count - 1 - i];",
     r"^train_layers/column_sums_vector$"),
    ("norm_reference_mean_gradient", "reference/reference_batch_norm.c", "factor * ((g - mean_g) - u * mean_gu)", "factor * ((g + mean_g) - u * mean_gu)", GRADIENTS),
    ("pool_last_winner", FOLDER + "train_pool_windows.cl", "return !(v <= best) && best == best;", "return !(v < best) && best == best;", POOL),
    ("pool_window_missed", FOLDER + "train_pool_windows.cl", "min(last / stride + 1, out_extent)", "min((last - 1) / stride + 1, out_extent)", POOL),
    ("pool_reference_count", "reference/reference_train_pool.c", "while (next_tap(&walk, &place, &number)) count++;", "while (next_tap(&walk, &place, &number)) count += 1 + (count == 3);", GRADIENTS),
    ("entropy_label_unchecked", FOLDER + "entropy_vector.cl", "if (label < 0 || (ulong)label >= p.classes) {", "if (label < 0) {", ENTROPY),
    ("entropy_first_largest", FOLDER + "entropy_portable.cl", "(most[j] == largest && places[j] < place)", "(most[j] == largest && places[j] > place)", ENTROPY),
    ("entropy_not_added", FOLDER + "entropy_finish.cl", "p.accumulates ? totals[1] + bad : bad", "bad", ENTROPY),
    ("entropy_reference_label", "reference/reference_cross_entropy.c", "(j == label ? 1.0f : 0.0f)", "(j == label ? 0.0f : 0.0f)", GRADIENTS),
    ("clamp_sum_forgotten", FOLDER + "clamp_vector.cl", "float16 v = what == CLAMP_SUM ? x + other : x;", "float16 v = x;", r"^train_layers/clamp_vector$"),
    ("clamp_streams_past_end", FOLDER + "clamp_vector.cl", "    for (; i + 16 <= end; i += 16) {", "    for (; i < end; i += 16) {", r"^train_layers/clamp_vector(_guard_pages)?$"),
    ("sgd_nesterov_plain", "kernels/cl/optimizer/optimizer_portable.cl", "d = p.nesterov ? d + p.first * velocity : velocity;", "d = velocity;", OPTIMIZER),
    ("adam_decay_mixed", "kernels/cl/optimizer/optimizer_vector.cl", "if (p->has_decay && p->is_decoupled) weight = weight - s->shrink * weight;", "", OPTIMIZER),
    ("optimizer_skip_ignored", "kernels/cl/optimizer/optimizer_vector.cl", "if (p.count == 0 || (p.has_skip && *(__global const int *)(skip + p.head.offset[2]))) return;\n    const ulong end",
     "if (p.count == 0) return;\n    const ulong end", OPTIMIZER),
    ("adam_step_bias", "host/optimizer/adam_step.c", "pow((double)betas[i], (double)t)", "pow((double)betas[i], (double)(t + 1))", GRADIENTS),
]
