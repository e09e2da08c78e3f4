/* SPDX-License-Identifier: Apache-2.0 */
/* A window mean, validated: what the variants see. */
#ifndef CLQ_WINDOW_MEAN_PROBLEM_H
#define CLQ_WINDOW_MEAN_PROBLEM_H

#include "clqnn/bits.h"
#include "op/op_family.h"

#include "bits/window_mean_params.cl"

typedef struct clq_window_mean_problem {
    clq_tensor x, y;
    int64_t kernel[2], stride[2], dilation[2], pad[2];
    clq_nest pixels, windows;   /* operands as in window_mean_params */
} clq_window_mean_problem;

/* Work-items of the two kernels: pixels and windows of each. */
typedef struct clq_window_mean_chunks {
    int64_t pixels, windows;
} clq_window_mean_chunks;

/* Bytes of the pixels' means. */
uint64_t clq_window_mean_workspace(const void *problem, const clq_capabilities *capabilities);

/* The two steps, for programs whose kernels are those of window_mean_portable in that order. */
clqnn_status clq_window_mean_arrange(const clq_window_mean_problem *problem, const clq_op_program *program, clq_window_mean_chunks chunks, clq_op_recipe *recipe);

extern const clq_op_variant clq_window_mean_portable, clq_window_mean_vector, clq_window_mean_avx2;

#endif
