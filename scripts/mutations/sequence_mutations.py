# SPDX-License-Identifier: Apache-2.0
"""Defects of launches that several threads share, and of sequences."""
SHARES = "kernels/cl/launch/shares.cl"
CHAIN = "kernels/cl/launch/chain_vnni.cl"

MUTATIONS = [
    ("claims_not_reset", SHARES, "walk->claims[share * CLAIM_LINE] = 0;", "walk->claims[share * CLAIM_LINE] += 0;", r"^gemm/active_wait_test$"),
    ("shares_not_helped", SHARES, "if (++walk->share == walk->shares) walk->share = 0;", "break;", r"^(gemm/active_wait_test|sequence/sequence_test)$"),
    ("sequence_step_not_waited_for", CHAIN, "while ((ulong)(uint)*done < units)", "while (0)", r"^sequence/sequence_test$"),
    ("sequence_control_not_reset", CHAIN, "control[line * CLAIM_LINE] = 0;", "control[line * CLAIM_LINE] += 0;", r"^sequence/sequence_test$"),
    ("sequence_event_leaked", "host/sequence/sequence.c", "(void)clWaitForEvents(1, &sequence->last);\n        clReleaseEvent(sequence->last);",
     "(void)clWaitForEvents(1, &sequence->last);", r"^layer/enqueue_purity$"),
]
