/* SPDX-License-Identifier: Apache-2.0 */
/* Pooling in training, validated: what the variants see. */
#ifndef CLQ_TRAIN_POOL_PROBLEM_H
#define CLQ_TRAIN_POOL_PROBLEM_H

#include "clqnn/train_layers.h"
#include "train_layers/layer_fields.h"

#include "train_layers/train_pool_params.cl"

typedef struct clq_train_pool_problem {
    bool is_backward;
    int64_t x_count, y_count;       /* elements */
    train_pool_params params;       /* but for the chunk */
} clq_train_pool_problem;

extern const clq_op_variant clq_train_pool_vector, clq_train_pool_portable;

#endif
