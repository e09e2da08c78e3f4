/* SPDX-License-Identifier: Apache-2.0 */
/* Times a clqnn_sequence on the context's default queue, which is in order. */
#ifndef CLQ_SEQUENCE_TIMING_H
#define CLQ_SEQUENCE_TIMING_H

#include <stdbool.h>

#include "clqnn/sequence.h"

/* Runs it once, then for `seconds` in rows: runs queued one behind the other until they take about 2 ms, one at least, and one finish. *least_ns becomes
 * the least time of a run, if that is less than it was; 0: none yet. False, with clqnn_last_error, if a run failed. */
bool clq_sequence_measure(clqnn_context *context, clqnn_sequence *sequence, double seconds, double *least_ns);

#endif
