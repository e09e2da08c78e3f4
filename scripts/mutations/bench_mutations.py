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
]
