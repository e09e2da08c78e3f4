/* SPDX-License-Identifier: Apache-2.0 */
/* Two inputs, validated: what the variants see. */
#ifndef CLQ_BINARY_PROBLEM_H
#define CLQ_BINARY_PROBLEM_H

#include "clqnn/pointwise.h"
#include "op/op_family.h"

#include "pointwise/binary_params.cl"

typedef struct clq_binary_problem {
    clqnn_binary_desc desc;      /* a copy; arrays are the caller's, valid during the call */
    clq_tensor a, b, y;
    clq_nest nest;               /* collapsed; operands a, b, y */
    int32_t low, high;           /* of y, clamp included */
} clq_binary_problem;

/* What kernels read of the problem, without nest and head. */
binary_params clq_binary_scalars(const clq_binary_problem *problem);

/* The step of a variant whose kernel has the buffers of binary_portable. */
clqnn_status clq_binary_arrange(const clq_binary_problem *problem, const clq_op_program *program, int64_t chunk, clq_op_recipe *recipe);

/* Why a kernel of pointwise/binary_lines does not take a problem, or NULL. */
const char *clq_binary_lines_accept(const void *problem, const clq_capabilities *capabilities);

extern const clq_op_variant clq_binary_rescaled_avx512, clq_binary_rescaled_avx2, clq_binary_avx512, clq_binary_avx2, clq_binary_vector, clq_binary_portable;

#endif
