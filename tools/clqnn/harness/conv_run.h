/* SPDX-License-Identifier: Apache-2.0 */
/* Runs one convolution through the library and compares every byte of the output buffer, canaries included, with the reference. Public headers only.
 */
#ifndef CLQ_CONV_RUN_H
#define CLQ_CONV_RUN_H

#include "conv_problem_data.h"
#include "convolution_run.h"

/* Runs `problem` twice over differently poisoned outputs and workspaces. `variant`: NULL for the library's choice. */
void clq_conv_run(clqnn_context *context, const clq_conv_problem *problem, const char *variant, clq_verify_result *result);

/* clq_conv_problem_create, clq_conv_run and clq_conv_problem_destroy in one. */
void clq_conv_verify(clqnn_context *context, const clq_conv_case *spec, const char *variant, clq_verify_result *result);

/* Compares `got` (problem->y.size bytes) with the expected bytes inside elements and with `poison` outside. Fills result->outcome, differences and
 * message. */
void clq_conv_compare(const clq_conv_problem *problem, const unsigned char *got, unsigned char poison, clq_verify_result *result);

#endif
