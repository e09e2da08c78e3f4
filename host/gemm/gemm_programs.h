/* SPDX-License-Identifier: Apache-2.0 */
/* The programs of the GEMM family: what they are made of, how they are warmed, and the kernels that a plan takes from them. */
#ifndef CLQ_GEMM_PROGRAMS_H
#define CLQ_GEMM_PROGRAMS_H

#include "device/program.h"
#include "gemm/gemm_plan.h"

/* The work-group of the kernels that pack b and transpose a. */
extern const size_t clq_prepare_local[3];

/* Work-items of the groups that find ranges and quantize: one on a CPU, which reads in vectors; up to 256 side by side elsewhere. */
size_t clq_prepare_lanes(const clq_capabilities *capabilities);

/* A variant's program. Pure. */
void clq_gemm_program_source(const clq_gemm_variant *variant, clq_program_source *source);

/* Builds or loads a variant's program and, for weights at run time, its packing program; nothing else. */
clqnn_status clq_gemm_warm(clqnn_context *context, const clq_gemm_variant *variant);

/* Builds or loads what the plan needs and creates its kernels. On failure the caller releases what plan->kernels holds. */
clqnn_status clq_gemm_create_kernels(clqnn_gemm *plan);

#endif
