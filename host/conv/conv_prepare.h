/* SPDX-License-Identifier: Apache-2.0 */
/* Images with channels first for variants that read channels last: each call first moves x into the workspace, dense and channels last. That takes as many bytes
 * of workspace as x has elements; the alternative, kernels that read channels one by one, is ten times slower and more. */
#ifndef CLQ_CONV_PREPARE_H
#define CLQ_CONV_PREPARE_H

#include "clqnn/op.h"
#include "conv/conv_variant.h"

/* Whether the variant takes the problem only with x prepared. Pure, as the next two. */
bool clq_conv_prepares_x(const clq_conv_variant *variant, const clq_conv_problem *problem, const clq_capabilities *capabilities);

/* The problem with x prepared. */
clq_conv_problem clq_conv_prepared(const clq_conv_problem *problem);

/* Seconds that the preparation takes, estimated; bytes of workspace. */
double clq_conv_prepare_seconds(const clq_conv_problem *problem, const clq_capabilities *capabilities);
uint64_t clq_conv_prepare_bytes(const clq_conv_problem *problem);

/* The operator that does it, from the images of x to dense ones. */
clqnn_status clq_conv_create_prepare(clqnn_context *context, const clq_conv_problem *problem, clqnn_op **op);

#endif
