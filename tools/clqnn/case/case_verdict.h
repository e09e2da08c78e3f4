/* SPDX-License-Identifier: Apache-2.0 */
/* What became of a case that was run, by the reference or on a device. */
#ifndef CLQNN_CASE_VERDICT_H
#define CLQNN_CASE_VERDICT_H

typedef enum clq_case_verdict {
    CLQ_CASE_SAME = 0,    /* the result is the expected one; the message is empty or a note */
    CLQ_CASE_DIFFERS = 1, /* message: "first difference at [3,7] expected 12 got 13" */
    CLQ_CASE_SKIPPED = 2, /* message: the reason */
    CLQ_CASE_BAD = 3      /* message: what is wrong with the case, which call failed, or that memory ran out */
} clq_case_verdict;

#endif
