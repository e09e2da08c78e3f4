/* SPDX-License-Identifier: Apache-2.0 */
/* The calls of clqnn/conv.h for convolutions of a kind (conv_family.h) that are no matrix products: the plan is an operator's, the weights are packed before. */
#ifndef CLQ_CONV_FAMILY_CALLS_H
#define CLQ_CONV_FAMILY_CALLS_H

#include "conv/conv_family.h"
#include "conv/conv_plan.h"
#include "select/candidate.h"

/* Weights, proof and operator of a plan that has its spans already. */
clqnn_status clq_conv_family_fill(clqnn_conv *plan, const clq_conv_spec *spec);

clqnn_status clq_conv_family_pack(clqnn_context *context, const clq_conv_family *family, const clq_conv_spec *spec, clqnn_conv_weights **weights);

/* All of `info` but the output's extents. */
clqnn_status clq_conv_family_query(clqnn_context *context, const clq_conv_family *family, const clq_conv_spec *spec, clqnn_conv_info *info);
clqnn_conv_info clq_conv_family_info(const clqnn_conv *conv);

clqnn_status clq_conv_family_enqueue(const clqnn_conv *conv, cl_command_queue queue, const clqnn_conv_args *args, uint32_t wait_count, const cl_event *wait,
                                       cl_event *event);

/* What enqueueing checks first. */
clqnn_status clq_conv_family_check_args(const clqnn_conv *conv, const clqnn_conv_args *args);

/* The family's ranking, best first: `candidates` has room for CLQ_OP_MAX_VARIANTS, and `count` is how many there are. */
clqnn_status clq_conv_family_rank(const clqnn_context *context, const clq_conv_family *family, const clq_conv_spec *spec, clq_candidate *candidates,
                                    size_t *count);

#endif
