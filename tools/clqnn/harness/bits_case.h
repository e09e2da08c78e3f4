/* SPDX-License-Identifier: Apache-2.0 */
/* What products of bits are verified on: cases as plain values without data, enumerated by index, as gemm_case.h does. Uses the public headers only. */
#ifndef CLQ_BITS_CASE_H
#define CLQ_BITS_CASE_H

#include "bits_numerics.h"
#include "gemm_case.h"

typedef struct clq_bits_case {
    uint64_t seed;                        /* of the data */
    int64_t m, n, k, batch[2];
    clq_bits_numerics numerics;
    /* In elements; of bit planes in groups of 32 values: */
    int32_t a_padding, b_padding, c_padding, residual_padding; /* leading dimension beyond the dense one */
    int32_t a_offset, b_offset, c_offset; /* before the first; b's only with CLQ_B_RUNTIME */
    int32_t batch_gap;                    /* between two matrices of each operand */
    bool a_broadcast[2], b_broadcast[2];
    bool sub_buffers;                     /* a, residual, row scales and c are sub-buffers of larger buffers */
    bool wait_list;                       /* enqueued behind a user event, and waited for by its own event */
    clq_b_source b_source;
    bool residual_in_c;                   /* the residual is c itself, of its type and strides */
    bool residual_broadcast;              /* along the inner batch dimension */
} clq_bits_case;

/* Number of cases of a sweep; the case of an index below it, always one that clqnn_gemm_create must accept when no variant is forced. */
size_t clq_bits_case_count(const clq_sweep *sweep);
clq_bits_case clq_bits_case_make(const clq_sweep *sweep, size_t index);

/* One line: shape, types and everything that is not the default. Returns `text`. */
const char *clq_bits_case_describe(const clq_bits_case *spec, char *text, size_t size);

#endif
