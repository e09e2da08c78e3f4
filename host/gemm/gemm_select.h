/* SPDX-License-Identifier: Apache-2.0 */
/* Which variant a problem gets, and why not the others. Pure: (problem, capabilities) in, ranking out. */
#ifndef CLQ_GEMM_SELECT_H
#define CLQ_GEMM_SELECT_H

#include "gemm/gemm_validate.h"
#include "gemm/gemm_variant.h"
#include "select/candidate.h"

/* Fills clq_gemm_variant_count candidates, best first. `layout`, where not NULL, is that of weights that are packed already; `wanted`, where not
 * NULL, is the only variant that may run. */
void clq_gemm_rank(const clq_gemm_problem *problem, const clq_capabilities *capabilities, const clq_layout *layout, const char *wanted, clq_candidate *candidates);

/* The best candidate; CLQNN_UNSUPPORTED with the reasons if there is none. */
clqnn_status clq_gemm_choose(const clq_gemm_spec *spec, const clq_layout *layout, const clq_capabilities *capabilities, const clq_gemm_variant **variant,
                             double *seconds);

#endif
