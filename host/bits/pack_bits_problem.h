/* SPDX-License-Identifier: Apache-2.0 */
/* Values to bit planes, validated: what the variants see. */
#ifndef CLQ_PACK_BITS_PROBLEM_H
#define CLQ_PACK_BITS_PROBLEM_H

#include "clqnn/bits.h"
#include "op/op_planes.h"

#include "bits/pack_bits_params.cl"

typedef struct clq_pack_bits_problem {
    clqnn_pack_bits_desc desc;
    clq_tensor x, y;
    clq_nest nest;   /* over groups; operands as in pack_bits_params */
} clq_pack_bits_problem;

/* The thresholds and one step for a kernel with the buffers of pack_bits_portable. */
clqnn_status clq_pack_bits_arrange(const clq_pack_bits_problem *problem, const clq_op_program *program, int64_t chunk, clq_op_recipe *recipe);

extern const clq_op_variant clq_pack_bits_portable, clq_pack_bits_vector, clq_pack_bits_avx2;

#endif
