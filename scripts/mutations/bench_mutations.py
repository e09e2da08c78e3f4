# SPDX-License-Identifier: Apache-2.0
"""Defects of how the command measures."""
FALSIFIED = r"^command/falsified$"

MUTATIONS = [
    ("sequence_output_not_compared", "bench/call_sequence.c", "if (calls->got[i] == calls->expected[i]) continue;", "continue;", FALSIFIED),
    ("sequence_output_not_poisoned", "bench/call_sequence.c", "if (!calls->type->poison(calls->subject) || !clq", "if (!clq", FALSIFIED),
    ("sequence_leaves_copies_out", "bench/call_sequence.c", "(wanted + copies - 1) / copies * copies", "wanted + 0 * copies", r"^command/bench$"),
    ("suite_sequence_not_compared", "bench/suite_sequence.c", "same = expected[0][i] == got[0][i];", "same = true;", FALSIFIED),
    ("sequence_sum_of_pipelined_times", "tools/clqnn/bench_table.c", "form == CLQ_SEQUENCE ? row->ns_sequence :", "form == CLQ_SEQUENCE ? row->timing.ns_pipelined :",
     r"^command/bench$"),
    ("float_sample_leaves_last_out", "bench/sampled_float_check.c", "i * (all - 1) / (count - 1)", "i * (all - 2) / (count - 1)", r"^command/bench_text_test$"),
    ("float_sample_not_compared", "bench/sampled_float_check.c", "if (clqnn_reference_in_range(type, got, &range)) continue;", "continue;", r"^command/bench_text_test$"),
    ("float_bytes_not_packed", "bench/bench_row.c", "if (what->types.group != 0) row->bytes +=", "if (what->types.group < 0) row->bytes +=", r"^command/bench$"),
]
