/* SPDX-License-Identifier: Apache-2.0 */
#include "call_sequence.h"

#include <stdio.h>
#include <stdlib.h>

#include "sequence_timing.h"

enum { FEWEST_CALLS = 4, MOST_CALLS = 64 }; /* 64: a network has about as many layers */

static bool fail(char *message, size_t size, const char *reason)
{
    snprintf(message, size, "as a sequence: %s", reason);
    return false;
}

bool clq_call_sequence_open(clqnn_context *context, const clq_subject_type *type, void *subject, const clq_bench_problem *problem, clq_call_sequence *calls,
                            char *message, size_t size)
{
    *calls = (clq_call_sequence){ .context = context, .type = type, .subject = subject, .bytes = problem->c_bytes };
    if (type->step == NULL) return true;
    calls->expected = malloc(calls->bytes + 1);
    calls->got = malloc(calls->bytes + 1);
    if (calls->expected == NULL || calls->got == NULL) return fail(message, size, "not enough host memory");
    return type->result(subject, calls->expected) || fail(message, size, clqnn_last_error());
}

static bool create(clq_call_sequence *calls, size_t copies, double call_ns, char *message, size_t size)
{
    const size_t wanted = clq_row_calls(call_ns, FEWEST_CALLS, MOST_CALLS);
    calls->calls = (wanted + copies - 1) / copies * copies;
    clqnn_step *const steps = malloc(calls->calls * sizeof *steps);
    if (steps == NULL) return fail(message, size, "not enough host memory");
    for (size_t i = 0; i < calls->calls; i++) steps[i] = calls->type->step(calls->subject);
    clqnn_sequence_info info = { .joined = 0 };
    const bool made = clqnn_sequence_create(calls->context, steps, calls->calls, &calls->sequence) == CLQNN_OK &&
                      clqnn_sequence_describe(calls->sequence, &info) == CLQNN_OK;
    free(steps);
    calls->joined = info.joined;
    return made || fail(message, size, clqnn_last_error());
}

static bool compare(clq_call_sequence *calls, char *message, size_t size)
{
    if (!calls->type->result(calls->subject, calls->got)) return fail(message, size, clqnn_last_error());
    for (size_t i = 0; i < calls->bytes; i++) {
        if (calls->got[i] == calls->expected[i]) continue;
        snprintf(message, size, "as a sequence of %zu calls: byte %zu of the output: expected 0x%02x, as of a call alone, got 0x%02x", calls->calls, i,
                 calls->expected[i], calls->got[i]);
        calls->differs = true;
        return false;
    }
    return true;
}

bool clq_call_sequence_measure(clq_call_sequence *calls, const clq_bench_problem *problem, double call_ns, double seconds, char *message, size_t size)
{
    if (calls->type->step == NULL) return true;
    if (calls->sequence == NULL && !create(calls, problem->copies, call_ns, message, size)) return false;
    double run_ns = calls->ns * (double)calls->calls;
    if (!calls->type->poison(calls->subject) || !clq_sequence_measure(calls->context, calls->sequence, seconds, &run_ns)) {
        return fail(message, size, clqnn_last_error());
    }
    calls->ns = run_ns / (double)calls->calls;
    return compare(calls, message, size);
}

void clq_call_sequence_close(clq_call_sequence *calls)
{
    clqnn_sequence_destroy(calls->sequence);
    free(calls->expected);
    free(calls->got);
    calls->sequence = NULL;
    calls->expected = calls->got = NULL;
}
