/* SPDX-License-Identifier: Apache-2.0 */
/* Scale or unscale, validated: what the variants see. */
#ifndef CLQ_LOSS_SCALE_PROBLEM_H
#define CLQ_LOSS_SCALE_PROBLEM_H

#include "clqnn/loss_scale.h"
#include "op/op_family.h"

#include "loss_scale/loss_scale_params.cl"

typedef struct clq_loss_scale_problem {
    clqnn_loss_scale_kind kind;
    clq_tensor x, y;
    clq_nest nest;      /* collapsed; operands as in loss_scale_params */
} clq_loss_scale_problem;

extern const clq_op_variant clq_loss_scale_vector, clq_loss_scale_portable;

#endif
