/* SPDX-License-Identifier: Apache-2.0 */
/* A function by table, validated: what the variants see. */
#ifndef CLQ_TABLE_PROBLEM_H
#define CLQ_TABLE_PROBLEM_H

#include "clqnn/pointwise.h"
#include "op/op_family.h"
#include "pointwise/table_params.cl"

typedef struct clq_table_problem {
    clqnn_table_desc desc;
    clq_tensor x, y;
    clq_nest nest;               /* collapsed; operands x, y */
    uint8_t table[256];
} clq_table_problem;

/* The step of a variant whose kernel has the buffers of table_portable. */
clqnn_status clq_table_arrange(const clq_table_problem *problem, const clq_op_program *program, int64_t chunk, clq_op_recipe *recipe);

extern const clq_op_variant clq_table_avx512, clq_table_avx2, clq_table_portable;

#endif
