/* SPDX-License-Identifier: Apache-2.0 */
/* A softmax, validated: what the variants see. */
#ifndef CLQ_SOFTMAX_PROBLEM_H
#define CLQ_SOFTMAX_PROBLEM_H

#include "clqnn/softmax.h"
#include "op/op_family.h"
#include "softmax/softmax_params.cl"

typedef struct clq_softmax_problem {
    clq_tensor x, y;
    clq_nest lines;             /* collapsed; operands x, y */
    softmax_params params;      /* complete but for the nest */
} clq_softmax_problem;

/* Fills SOFTMAX_TABLE_BYTES of tables. */
void clq_softmax_fill_tables(float x_scale, void *tables);

extern const clq_op_variant clq_softmax_lines, clq_softmax_portable;

#endif
