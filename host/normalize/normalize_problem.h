/* SPDX-License-Identifier: Apache-2.0 */
/* A layer normalization, validated: what the variants see. */
#ifndef CLQ_NORMALIZE_PROBLEM_H
#define CLQ_NORMALIZE_PROBLEM_H

#include "clqnn/normalize.h"
#include "normalize/normalize_kernel.h"
#include "op/op_family.h"

typedef struct clq_normalize_problem {
    clq_tensor x, y;
    clq_nest lines;                 /* collapsed; operands x, y */
    normalize_params params;        /* complete but for the nest */
    const float *gamma, *beta;      /* the caller's, valid during the call; or NULL */
} clq_normalize_problem;

extern const clq_op_variant clq_normalize_lines, clq_normalize_portable;

#endif
