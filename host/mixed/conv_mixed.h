/* SPDX-License-Identifier: Apache-2.0 */
/* The calls of clqnn/conv.h for convolutions of floats that are no matrix products: the plan is an operator's (host/op), the weights are packed before. */
#ifndef CLQ_CONV_MIXED_H
#define CLQ_CONV_MIXED_H

#include "conv/conv_plan.h"
#include "mixed/conv_mixed_validate.h"
#include "select/candidate.h"

/* Weights and operator of a plan that has its spans already. */
clqnn_status clq_conv_mixed_fill(clqnn_conv *plan, const clq_conv_spec *spec);

clqnn_status clq_conv_mixed_pack(clqnn_context *context, const clq_conv_spec *spec, clqnn_conv_weights **weights);

/* All of `info` but the output's extents. */
clqnn_status clq_conv_mixed_query(clqnn_context *context, const clq_conv_spec *spec, clqnn_conv_info *info);
clqnn_conv_info clq_conv_mixed_info(const clqnn_conv *conv);

clqnn_status clq_conv_mixed_enqueue(const clqnn_conv *conv, cl_command_queue queue, const clqnn_conv_args *args, uint32_t wait_count, const cl_event *wait,
                                    cl_event *event);

/* What enqueueing checks first. */
clqnn_status clq_conv_mixed_check_args(const clqnn_conv *conv, const clqnn_conv_args *args);

/* The family's ranking, best first: `candidates` has room for CLQ_OP_MAX_VARIANTS; names by index. The number of variants. */
size_t clq_conv_mixed_rank(const clqnn_context *context, const clq_conv_spec *spec, clq_candidate *candidates);
const char *clq_conv_mixed_variant_name(size_t index);

#endif
