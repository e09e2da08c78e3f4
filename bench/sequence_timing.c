/* SPDX-License-Identifier: Apache-2.0 */
#include "sequence_timing.h"

#include "clqnn/memory.h"
#include "timing.h"

enum { MOST_RUNS = 100 };

typedef struct sequence_runs {
    clqnn_context *context;
    clqnn_sequence *sequence;
    struct _cl_command_queue *queue;
} sequence_runs;

static bool run(void *state, size_t runs)
{
    const sequence_runs *const what = state;
    for (size_t i = 0; i < runs; i++) {
        if (clqnn_sequence_enqueue(what->sequence, what->queue, 0, NULL, NULL) != CLQNN_OK) return false;
    }
    return clqnn_finish(what->context) == CLQNN_OK;
}

bool clq_sequence_measure(clqnn_context *context, clqnn_sequence *sequence, double seconds, double *least_ns)
{
    sequence_runs what = { .context = context, .sequence = sequence };
    double one = 0.0;
    if (clqnn_default_queue(context, &what.queue) != CLQNN_OK || !run(&what, 1) || !clq_measure_rows(run, &what, 1, 0.0, &one)) return false;
    return clq_measure_rows(run, &what, clq_row_calls(one, 1, MOST_RUNS), seconds, least_ns);
}
