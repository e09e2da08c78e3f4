/* SPDX-License-Identifier: Apache-2.0 */
/* A case with its data and the result that the reference says is right. Host memory only: no device. Public headers only. */
#ifndef CLQ_GEMM_PROBLEM_DATA_H
#define CLQ_GEMM_PROBLEM_DATA_H

#include "gemm_case.h"
#include "host_bytes.h"
#include "plane_rows.h"

typedef struct clq_gemm_problem {
    clq_gemm_case spec;
    clqnn_gemm_desc desc;       /* complete but for `weights` and `variant`; b_data is set unless b is given at run time. Points into this object */
    clq_host_bytes a, b;
    clq_plane_rows b_rows;      /* of a b of planes */
    clq_host_bytes c;           /* expected bytes where `written` is 1; canaries elsewhere */
    unsigned char *written;     /* c.size flags: 1 for each byte that belongs to an element of c */
    int32_t *accumulators;      /* dense [batch][m][n] */
    int64_t c_stride[2], c_leading; /* of c in elements, resolved */
    void *owned[10];
    size_t owned_count;
} clq_gemm_problem;

/* Generates the data and runs the reference. NULL on failure, with the reason in `message`. */
clq_gemm_problem *clq_gemm_problem_create(const clq_gemm_case *spec, char *message, size_t message_size);

/* NULL is allowed. */
void clq_gemm_problem_destroy(clq_gemm_problem *problem);

/* Position of the element of c that owns byte `position` of c.data; false if none does. */
typedef struct clq_gemm_position { int64_t batch[2], row, column; } clq_gemm_position;
bool clq_gemm_problem_locate(const clq_gemm_problem *problem, size_t position, clq_gemm_position *found);

#endif
