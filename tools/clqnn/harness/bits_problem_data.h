/* SPDX-License-Identifier: Apache-2.0 */
/* A case of a product of bits with its data and the result that the reference says is right. Host memory only: no device. Public headers only. */
#ifndef CLQ_BITS_PROBLEM_DATA_H
#define CLQ_BITS_PROBLEM_DATA_H

#include "bits_case.h"
#include "host_bytes.h"

/* Where the elements of one operand stand, in elements; rows and columns as they are stored. */
typedef struct clq_bits_place { clqnn_type type; int64_t rows, columns, leading, stride[2], extent; } clq_bits_place;

typedef struct clq_bits_problem {
    clq_bits_case spec;
    clqnn_gemm_desc desc;         /* complete but for `weights` and `variant`; b_data is set unless b is given at run time. Points into this object */
    clq_host_bytes a, b, residual;/* residual: also where it is c itself, then of c's size */
    clq_host_bytes row_scales;
    clq_host_bytes c;             /* expected bytes where `written` is 1 */
    unsigned char *written;       /* c.size flags: 1 for each byte that belongs to c, neutral bits included */
    int32_t *accumulators;        /* dense [batch][m][n] */
    clq_bits_place a_place, b_place, c_place, residual_place;
    clq_owned_memory owned;
} clq_bits_problem;

/* Generates the data and runs the reference. NULL on failure, with the reason in `message`. */
clq_bits_problem *clq_bits_problem_create(const clq_bits_case *spec, char *message, size_t message_size);

/* NULL is allowed. */
void clq_bits_problem_destroy(clq_bits_problem *problem);

/* The first byte of row `row` of the operand's matrix `batch` (outer * inner count + inner), behind its offset. */
size_t clq_bits_row_start(const clq_bits_place *place, const int64_t batch_counts[2], int64_t batch, int64_t row);

#endif
