/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a product's case through the library and compares every byte of c's buffer. Public headers and the harness only. */
#ifndef CLQ_MIXED_RUN_H
#define CLQ_MIXED_RUN_H

#include "clqnn/context.h"
#include "mixed_problem_data.h"

/* Runs the case twice, with other bytes in c and in the workspace: each result must be one that the contract admits, and the second that of the first, bit
 * for bit. `variant`: forced; NULL: the library's choice. */
void clq_mixed_verify(clqnn_context *context, const clq_mixed_case *spec, const char *variant, clq_verify_result *result);
void clq_mixed_run(clqnn_context *context, const clq_mixed_problem *problem, const char *variant, clq_verify_result *result);

/* mixed_compare.c: c's buffer after a call that found `poison` in it. Fills outcome, differences and message. */
void clq_mixed_compare(const clq_mixed_problem *problem, const unsigned char *got, unsigned char poison, clq_verify_result *result);

/* mixed_weights_check.c: packs desc->b_data, serialises, reads back and unpacks, each step checked; the weights that were read. */
bool clq_mixed_weights_round_trip(clqnn_context *context, const clq_mixed_problem *problem, const clqnn_gemm_desc *desc, clqnn_gemm_weights **weights,
                                  clq_verify_result *result);

#endif
