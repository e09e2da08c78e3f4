/* SPDX-License-Identifier: Apache-2.0 */
/* The constants of a plan that kernels read: column tables, column sums and rows, in one buffer (shapes: kernels/cl/prelude/gemm_params.cl). */
#ifndef CLQ_GEMM_TABLES_H
#define CLQ_GEMM_TABLES_H

#include "gemm/gemm_plan.h"

/* Computes the tables, uploads them to plan->tables, and sets the fields of plan->params that describe them. */
clqnn_status clq_gemm_create_tables(clqnn_gemm *plan, const clq_gemm_spec *spec);

#endif
