/* SPDX-License-Identifier: Apache-2.0 */
/* A row's calls as one clqnn_sequence, as a network runs its layers. Peers have no such form: they stand beside it with their calls back to back. */
#ifndef CLQ_CALL_SEQUENCE_H
#define CLQ_CALL_SEQUENCE_H

#include "bench_subject.h"

typedef struct clq_call_sequence {
    clqnn_context *context;
    const clq_subject_type *type;
    void *subject;
    clqnn_sequence *sequence;
    size_t calls, joined;      /* steps of the sequence, and how many of them share a launch */
    size_t bytes;
    unsigned char *expected, *got; /* the output, verified, and that of the sequence's last call */
    double ns;                 /* the least time of a call; 0: none yet */
    bool differs;              /* the outputs: bytes differ after a sequence */
} clq_call_sequence;

/* Begins with the output of the subject's last call, which has been verified. False with the reason. */
bool clq_call_sequence_open(clqnn_context *context, const clq_subject_type *type, void *subject, const clq_bench_problem *problem, clq_call_sequence *calls,
                            char *message, size_t size);

/* One block. The sequence has as many calls as take about 2 ms by `call_ns`, 4 to 64, rounded up to a multiple of the copies of the weights, which it
 * takes in turns. The output is overwritten before and compared after. False, with the reason, where a call failed or the bytes differ. */
bool clq_call_sequence_measure(clq_call_sequence *calls, const clq_bench_problem *problem, double call_ns, double seconds, char *message, size_t size);

void clq_call_sequence_close(clq_call_sequence *calls);

#endif
