/* SPDX-License-Identifier: Apache-2.0 */
/* Runs one problem through the library and compares every byte of the output buffer, canaries included, with the reference. Public headers only.
 *
 *     clq_gemm_sweep sweep = { .level = CLQ_LEVEL_QUICK, .seed = 1, .tile_m = info.tile_m, .tile_n = info.tile_n, .tile_k = info.tile_k };
 *     for (size_t i = 0; i < clq_gemm_case_count(&sweep); i++) {
 *         const clq_gemm_case spec = clq_gemm_case_make(&sweep, i);
 *         clq_gemm_result result;
 *         clq_gemm_verify(context, &spec, info.name, &result);
 *     } */
#ifndef CLQ_GEMM_RUN_H
#define CLQ_GEMM_RUN_H

#include "gemm_problem_data.h"
#include "product_run.h"

typedef clq_verify_result clq_gemm_result;

/* The problem as a call; valid as long as the problem is. */
clq_product_call clq_gemm_call(const clq_gemm_problem *problem);

/* Runs `problem` twice over differently poisoned outputs and workspaces. `variant`: NULL for the library's choice. */
void clq_gemm_run(clqnn_context *context, const clq_gemm_problem *problem, const char *variant, clq_gemm_result *result);

/* clq_gemm_problem_create, clq_gemm_run and clq_gemm_problem_destroy in one. */
void clq_gemm_verify(clqnn_context *context, const clq_gemm_case *spec, const char *variant, clq_gemm_result *result);

/* Compares `got` (problem->c.size bytes) with the expected bytes inside elements and with `poison` outside. Floats: NaN equals NaN, all else bit for bit.
 * Fills result->outcome, differences and message. */
void clq_gemm_compare(const clq_gemm_problem *problem, const unsigned char *got, unsigned char poison, clq_gemm_result *result);

#endif
