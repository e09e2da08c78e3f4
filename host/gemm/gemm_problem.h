/* SPDX-License-Identifier: Apache-2.0 */
/* A validated GEMM: what the descriptor means, without pointers to the caller's arrays. What selection sees. */
#ifndef CLQ_GEMM_PROBLEM_H
#define CLQ_GEMM_PROBLEM_H

#include <stdbool.h>
#include <stdint.h>

#include "clqnn/gemm.h"

typedef struct clq_gemm_matrix {
    clqnn_type type;
    bool transposed;
    int64_t leading_dimension;   /* elements */
    int64_t batch_stride[2];     /* elements; 0: broadcast */
} clq_gemm_matrix;

typedef struct clq_gemm_problem {
    int64_t m, n, k;
    int64_t batch[2];
    clq_gemm_matrix a, b, c;
    clqnn_type a_integer;        /* s8 or u8: what a is, or is quantized to */
    clqnn_dynamic dynamic;
    bool b_constant;
    bool a_zero_per_row;
    bool b_zero_nonzero;         /* some canonical zb' (b as s8) is not 0: the kernel needs row sums */
    bool row_scales;             /* scales per row, static or dynamic */
    bool float_bias;
    bool clamp;
    clqnn_rounding rounding;
} clq_gemm_problem;

/* The problem with every dimension at least 1: what costs and launch geometries are computed from. */
static inline clq_gemm_problem clq_gemm_at_least_one(const clq_gemm_problem *problem)
{
    clq_gemm_problem sized = *problem;
    if (sized.m == 0) sized.m = 1;
    if (sized.n == 0) sized.n = 1;
    if (sized.k == 0) sized.k = 1;
    return sized;
}

#endif
