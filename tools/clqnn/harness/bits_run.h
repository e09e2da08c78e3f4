/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a product of bits through the library and compares every byte of c's buffer with the reference. Public headers and the harness only. */
#ifndef CLQ_BITS_RUN_H
#define CLQ_BITS_RUN_H

#include "bits_problem_data.h"
#include "product_run.h"

/* Runs the case twice, with other bytes in c and in the workspace. `variant`: forced; NULL: the library's choice. */
void clq_bits_verify(clqnn_context *context, const clq_bits_case *spec, const char *variant, clq_verify_result *result);

/* The problem as a call: valid as long as the problem is. */
clq_product_call clq_bits_call(const clq_bits_problem *problem);

/* c's buffer after a call that found `poison` in it. Fills outcome, differences and message. */
void clq_bits_compare(const clq_bits_problem *problem, const unsigned char *got, unsigned char poison, clq_verify_result *result);

#endif
