/* SPDX-License-Identifier: Apache-2.0 */
/* A product's case with its data and what the reference says of its results. Host memory only: no device. Public headers only. */
#ifndef CLQ_MIXED_PROBLEM_DATA_H
#define CLQ_MIXED_PROBLEM_DATA_H

#include "clqnn/reference_float.h"
#include "host_bytes.h"
#include "mixed_case.h"
#include "plane_rows.h"

/* Where the elements of one operand stand, in elements; rows and columns as they are stored. */
typedef struct clq_mixed_place { int64_t rows, columns, leading, stride[2], extent; } clq_mixed_place;

typedef struct clq_mixed_problem {
    clq_mixed_case spec;
    clqnn_gemm_desc desc;         /* complete but for `weights` and `variant`; b_data is set unless b is given at run time. Points into this object */
    clq_host_bytes a, b, residual;/* residual: also where it is c itself, then of c's size */
    clq_host_bytes c;             /* data NULL: only size and offset */
    unsigned char *written;       /* c.size flags: 1 for each byte that belongs to an element of c */
    clqnn_reference_bounded *x;   /* dense [batch][m][n] */
    clqnn_reference_float_output output;
    clq_plane_rows b_rows;        /* of a b of planes */
    clq_mixed_place a_place, b_place, c_place, residual_place;
    void *owned[16];
    size_t owned_count;
} clq_mixed_problem;

/* Generates the data and runs the reference. NULL on failure, with the reason in `message`. */
clq_mixed_problem *clq_mixed_problem_create(const clq_mixed_case *spec, char *message, size_t message_size);

/* NULL is allowed. */
void clq_mixed_problem_destroy(clq_mixed_problem *problem);

/* Memory that the problem frees; NULL if it ran out. */
void *clq_mixed_problem_own(clq_mixed_problem *problem, size_t bytes);

/* The first byte of element (row, column) of c's matrix `batch` (outer * inner count + inner). */
size_t clq_mixed_problem_position(const clq_mixed_problem *problem, int64_t batch, int64_t row, int64_t column);

/* mixed_parameters.c: scales, bias, clamp, activation and groups of problem->desc. False if memory ran out. */
bool clq_mixed_parameters_make(clq_mixed_problem *problem);

#endif
