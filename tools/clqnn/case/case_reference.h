/* SPDX-License-Identifier: Apache-2.0 */
/* A case run through libclqnn_reference. Library: clqnn_case_reference. */
#ifndef CLQNN_CASE_REFERENCE_H
#define CLQNN_CASE_REFERENCE_H

#include "case_file.h"

typedef enum clq_case_verdict {
    CLQ_CASE_SAME = 0,    /* the result is the expected one */
    CLQ_CASE_DIFFERS = 1, /* message: "first difference at [3,7] expected 12 got 13" */
    CLQ_CASE_SKIPPED = 2, /* message: the reason */
    CLQ_CASE_BAD = 3      /* message: what is wrong with the case, or that it overflows or that memory ran out */
} clq_case_verdict;

/* Runs gemm and dynamic_quantize with the scalar reference and compares. Blocks. */
clq_case_verdict clq_case_check_reference(clq_case *file, char *message, size_t capacity);

#endif
