/* SPDX-License-Identifier: Apache-2.0 */
/* An optimizer's step, validated, and what its two families share. */
#ifndef CLQ_OPTIMIZER_PROBLEM_H
#define CLQ_OPTIMIZER_PROBLEM_H

#include "clqnn/optimizer.h"
#include "train_layers/layer_fields.h"

#include "optimizer/optimizer_params.cl"

typedef struct clq_optimizer_problem {
    optimizer_params params;    /* but for the chunk */
    int state_count;            /* outputs beside w */
    bool is_adam;
} clq_optimizer_problem;

/* Adam's betas with defaults; CLQNN_INVALID_ARGUMENT outside their range. */
clqnn_status clq_adam_betas(const clqnn_adam_desc *desc, float betas[2]);

/* Finite and not negative, or CLQNN_INVALID_ARGUMENT. */
clqnn_status clq_optimizer_check_decay(float decay);

/* g, the scalars from step to step, skip; w and the states. */
clqnn_status clq_optimizer_sign(const clq_optimizer_problem *problem, const char *scalars, const char *const *states, clq_op_signature *signature);

extern const clq_op_variant clq_sgd_vector, clq_sgd_portable, clq_adam_vector, clq_adam_portable;

#endif
