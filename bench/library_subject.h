/* SPDX-License-Identifier: Apache-2.0 */
/* The library's own GEMM as a subject of measurement. */
#ifndef CLQ_LIBRARY_SUBJECT_H
#define CLQ_LIBRARY_SUBJECT_H

#include "bench_problem.h"

typedef struct clq_library_subject clq_library_subject;

/* Packs the weights problem->copies times, makes a plan for each, uploads a. `variant`: NULL for the library's choice. NULL on failure, with the reason;
 * *status is then the library's (CLQNN_UNSUPPORTED: this variant does not take this problem). */
clq_library_subject *clq_library_subject_create(clqnn_context *context, const clq_bench_problem *problem, const char *variant, clqnn_status *status,
                                                char *message, size_t size);
void clq_library_subject_destroy(clq_library_subject *subject);

/* Name of the variant that runs. */
const char *clq_library_subject_variant(const clq_library_subject *subject);

/* Device memory of one packed copy of the weights. */
uint64_t clq_library_subject_packed_bytes(const clq_library_subject *subject);

/* clq_run_function: enqueues `calls` calls on one in-order queue, each with the next copy of the weights, and finishes once. */
bool clq_library_subject_run(void *subject, size_t calls);

/* Runs the first and the last plan over a poisoned c and compares with the reference: all rows where that is at most 2^26 multiply-adds, else a sample of rows spread over
 * all of c. False with the first difference in `message`. */
bool clq_library_subject_verify(clq_library_subject *subject, char *message, size_t size);

/* c of the last run, problem->c_bytes bytes. */
bool clq_library_subject_result(clq_library_subject *subject, void *c);

#endif
