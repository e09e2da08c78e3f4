/* SPDX-License-Identifier: Apache-2.0 */
/* Statistics or a histogram, validated: what the variants see. */
#ifndef CLQ_STATISTICS_PROBLEM_H
#define CLQ_STATISTICS_PROBLEM_H

#include "op/op_family.h"
#include "quantizer/quantizer_slots.h"

#include "quantizer/statistics_params.cl"

typedef struct clq_statistics_problem {
    clq_tensor x;
    clq_slots slots;
    statistics_params params;   /* complete but for how x is cut */
} clq_statistics_problem;

/* The kernels of both programs. */
enum { CLQ_STATISTICS_BLOCKS, CLQ_STATISTICS_JOIN, CLQ_DEVIATION_BLOCKS, CLQ_MOMENTS_JOIN, CLQ_HISTOGRAM };

extern const clq_op_program clq_statistics_portable_program, clq_statistics_vector_program;

/* x of either descriptor, dense; the slots and where they lie. */
clqnn_status clq_statistics_resolve(const clqnn_tensor *x, clqnn_granularity granularity, clq_statistics_problem *problem);

/* A zeroed step of `items` work-items, or of `items` groups' rows of the portable blocks; NULL as of clq_op_add_step. */
clq_op_step *clq_statistics_step(clq_op_recipe *recipe, const clq_op_program *program, uint32_t kernel, size_t items, const statistics_params *params);

#endif
