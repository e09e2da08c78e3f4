/* SPDX-License-Identifier: Apache-2.0 */
/* Runs one convolution through the library and compares every byte of the output buffer, canaries included, with the reference. Public headers only.
 */
#ifndef CLQ_CONV_RUN_H
#define CLQ_CONV_RUN_H

#include "conv_problem_data.h"

/* Runs `problem` twice over differently poisoned outputs and workspaces. `variant`: NULL for the library's choice. */
void clq_conv_run(clqnn_context *context, const clq_conv_problem *problem, const char *variant, clq_verify_result *result);

/* clq_conv_problem_create, clq_conv_run and clq_conv_problem_destroy in one. */
void clq_conv_verify(clqnn_context *context, const clq_conv_case *spec, const char *variant, clq_verify_result *result);

/* Compares `got` (problem->y.size bytes) with the expected bytes inside elements and with `poison` outside. Fills result->outcome, differences and
 * message. */
void clq_conv_compare(const clq_conv_problem *problem, const unsigned char *got, unsigned char poison, clq_verify_result *result);

/* Packs desc->weight_data, `weight_bytes` of them, for desc->variant, serialises it, reads the blob back and unpacks the copy, which must equal the weights. The caller
 * releases *weights, which came from the blob. false: result says what went wrong. */
bool clq_conv_weights_round_trip(clqnn_context *context, const clqnn_conv_desc *desc, size_t weight_bytes, clqnn_conv_weights **weights, clq_verify_result *result);

/* result of a call that failed; false unless `status` is OK. */
bool clq_verify_hold(clqnn_status status, const char *call, clq_verify_result *result);

#endif
