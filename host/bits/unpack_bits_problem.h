/* SPDX-License-Identifier: Apache-2.0 */
/* Bit planes to values, validated: what the variants see. */
#ifndef CLQ_UNPACK_BITS_PROBLEM_H
#define CLQ_UNPACK_BITS_PROBLEM_H

#include "clqnn/bits.h"
#include "op/op_planes.h"

#include "bits/unpack_bits_params.cl"

typedef struct clq_unpack_bits_problem {
    clqnn_unpack_bits_desc desc;
    clq_tensor x, y;
    clq_nest values, groups;   /* both collapsed; operands as in unpack_bits_params */
} clq_unpack_bits_problem;

/* One step over one of the nests for a kernel with the buffers of unpack_bits_portable. */
clqnn_status clq_unpack_bits_arrange(const clq_unpack_bits_problem *problem, const clq_op_program *program, const clq_nest *nest, int64_t chunk, clq_op_recipe *recipe);

extern const clq_op_variant clq_unpack_bits_portable, clq_unpack_bits_vector, clq_unpack_bits_avx2;

#endif
