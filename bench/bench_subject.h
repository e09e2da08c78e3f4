/* SPDX-License-Identifier: Apache-2.0 */
/* The library's own call as a subject of measurement: one set of functions for each operator. */
#ifndef CLQ_BENCH_SUBJECT_H
#define CLQ_BENCH_SUBJECT_H

#include "bench_problem.h"
#include "clqnn/sequence.h"
#include "timing.h"

typedef struct clq_subject_type {
    /* Packs the weights, makes the plan (a product's problem->copies times over), uploads the input. `variant`: NULL for the library's choice. NULL
     * on failure, with the reason; *status is then the library's (CLQNN_UNSUPPORTED: this variant does not take this problem). */
    void *(*create)(clqnn_context *context, const clq_bench_problem *problem, const char *variant, clqnn_status *status, char *message, size_t size);
    void (*destroy)(void *subject);

    /* Name of the variant that runs; device memory of one packed copy of the weights. */
    const char *(*variant)(const void *subject);
    uint64_t (*packed_bytes)(const void *subject);

    /* Enqueues `calls` calls on one in-order queue, each with the next copy of the weights, and finishes once. */
    clq_run_function run;

    /* The next call, with the next copy of the weights, as a step of a sequence. NULL: an operator whose rows are not timed as sequences. */
    clqnn_step (*step)(void *subject);

    /* Overwrites the output, so that a call that writes nothing is seen. NULL where `step` is. */
    bool (*poison)(void *subject);

    /* Runs every kind of plan once over a poisoned output and compares with the reference: all of it where that is at most 2^26 multiply-adds, else a
     * sample spread over all of the output. False with the first difference in `message`. */
    bool (*verify)(void *subject, char *message, size_t size);

    /* The output of the last run, problem->c_bytes bytes. */
    bool (*result)(void *subject, void *c);
} clq_subject_type;

extern const clq_subject_type clq_gemm_subject, clq_conv_subject, clq_operator_subject;

const clq_subject_type *clq_subject_of(clq_bench_op op);

/* Fills `memory` with one byte over and over. False on failure. */
bool clq_subject_poison(clqnn_context *context, struct _cl_mem *memory, size_t bytes);

#endif
