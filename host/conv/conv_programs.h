/* SPDX-License-Identifier: Apache-2.0 */
/* The programs of the convolutions: what they are made of, how they are warmed, and the kernel that a plan takes from one. */
#ifndef CLQ_CONV_PROGRAMS_H
#define CLQ_CONV_PROGRAMS_H

#include "conv/conv_plan.h"
#include "device/program.h"

/* A variant's program. Pure. */
void clq_conv_program_source(const clq_conv_variant *variant, clq_program_source *source);

/* Builds or loads a variant's program; nothing else. */
clqnn_status clq_conv_warm(clqnn_context *context, const clq_conv_variant *variant);

/* Builds or loads what the plan needs and creates its kernel. */
clqnn_status clq_conv_create_kernel(clqnn_conv *plan);

#endif
