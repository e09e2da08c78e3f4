/* SPDX-License-Identifier: Apache-2.0 */
/* A softmax, validated: what the variants see. */
#ifndef CLQ_SOFTMAX_PROBLEM_H
#define CLQ_SOFTMAX_PROBLEM_H

#include "clqnn/pointwise.h"
#include "clqnn/softmax.h"
#include "op/op_family.h"
#include "softmax/softmax_params.cl"

typedef struct clq_softmax_problem {
    clq_tensor x, y;
    clq_nest lines;             /* collapsed; operands x, y */
    softmax_params params;      /* complete but for the nest */
    clqnn_fixed fixed;          /* where params.is_fixed */
    int32_t diff_min;
} clq_softmax_problem;

/* Both fill SOFTMAX_TABLE_BYTES of tables: of the float rule, of the fixed ones. */
void clq_softmax_fill_tables(float x_scale, void *tables);
void clq_softmax_fill_fixed(const clqnn_fixed *fixed, int32_t diff_min, void *tables);

extern const clq_op_variant clq_softmax_lines, clq_softmax_portable;

#endif
