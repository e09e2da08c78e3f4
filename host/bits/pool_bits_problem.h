/* SPDX-License-Identifier: Apache-2.0 */
/* A maximum of bits under windows, validated: what the variants see. The descriptor is clqnn/pool.h's. */
#ifndef CLQ_POOL_BITS_PROBLEM_H
#define CLQ_POOL_BITS_PROBLEM_H

#include "op/op_planes.h"
#include "pool/pool_problem.h"

#include "bits/pool_bits_params.cl"

typedef struct clq_pool_bits_problem {
    clqnn_pool_desc desc;
    clq_tensor x, y;
    clq_pool_axis axes[POOL_AXES];   /* without strides */
} clq_pool_bits_problem;
_Static_assert(POOL_BITS_AXES == POOL_AXES, "both kinds of pools have the same axes");

/* Words of y. */
int64_t clq_pool_bits_words(const clq_pool_bits_problem *problem);

/* The tables and the params but `chunk`; appends a step with buffers of pool_bits_portable. NULL (with its message) where memory is short. */
clq_op_step *clq_pool_bits_add_step(const clq_pool_bits_problem *problem, clq_op_recipe *recipe, pool_bits_params *params);

extern const clq_op_family clq_op_pool_bits;
extern const clq_op_variant clq_pool_bits_portable, clq_pool_bits_vector;

#endif
