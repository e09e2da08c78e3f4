/* SPDX-License-Identifier: Apache-2.0 */
/* Walks case files and counts verdicts, for the conformance programs. */
#ifndef CLQNN_CONFORMANCE_RUN_H
#define CLQNN_CONFORMANCE_RUN_H

#include "case_reference.h"

/* Runs one case; writes the reason of every verdict but CLQ_CASE_SAME into `message`. */
typedef clq_case_verdict (*conformance_checker)(void *user, clq_case *file, char *message, size_t capacity);

/* Each word is a case file or a folder of *.safetensors. A line a case, then "N passed, N failed, N skipped". Returns the exit status: 0 if at least one
 * case passed and none failed. */
int conformance_run(int count, char *const *words, conformance_checker checker, void *user);

#endif
