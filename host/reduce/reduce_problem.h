/* SPDX-License-Identifier: Apache-2.0 */
/* A reduction or argmax, validated: what the variants see. */
#ifndef CLQ_REDUCE_PROBLEM_H
#define CLQ_REDUCE_PROBLEM_H

#include "arrange/byte_map.h"
#include "clqnn/reduce.h"
#include "op/op_family.h"
#include "reduce/reduce_params.cl"

typedef struct clq_reduce_problem {
    clq_tensor x, y;
    clq_nest kept;                   /* collapsed; operands x, y */
    clq_nest reduced;                /* collapsed; operand x */
    clq_byte_code x_code, y_code;
    reduce_params params;            /* complete but for the nests */
} clq_reduce_problem;

extern const clq_op_variant clq_reduce_across, clq_reduce_channels, clq_reduce_lines, clq_reduce_portable;

#endif
