/* SPDX-License-Identifier: Apache-2.0 */
/* A fixed sequence of calls: what a network does for every input. One enqueue stands for all of them, in order.
 *
 * On an in-order queue of a CPU device through PoCL, where a launch costs microseconds, neighbouring matrix products and convolutions run in one launch;
 * everywhere else the calls are enqueued one by one. The bytes are the same. */
#ifndef CLQNN_SEQUENCE_H
#define CLQNN_SEQUENCE_H

#include "clqnn/conv.h"
#include "clqnn/gemm.h"
#include "clqnn/op.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One call: exactly one plan, with its arguments. */
typedef struct clqnn_step {
    const clqnn_gemm *gemm;
    const clqnn_gemm_args *gemm_args;
    const clqnn_conv *conv;
    const clqnn_conv_args *conv_args;
    const clqnn_op *op;
    const clqnn_op_args *op_args;
} clqnn_step;

/* Immutable but for the enqueueing itself, which takes turns; any thread may enqueue. */
typedef struct clqnn_sequence clqnn_sequence;

/* Checks the calls and prepares what can be prepared. Arguments are copied; plans and buffers must live as long as the sequence. Each step sees what the
 * steps before it wrote. Blocks. On failure *sequence is NULL. */
CLQNN_API clqnn_status clqnn_sequence_create(clqnn_context *context, const clqnn_step *steps, size_t count, clqnn_sequence **sequence);

/* NULL is allowed. Waits for calls in flight. */
CLQNN_API void clqnn_sequence_destroy(clqnn_sequence *sequence);

/* Enqueues all steps; `wait` holds up the first, `event` is that of the last. A call on another queue than the one before begins when that has finished,
 * since both write the same buffers. No allocation, build, blocking or finish. Where a step fails, those before it have run when the call returns. */
CLQNN_API clqnn_status clqnn_sequence_enqueue(clqnn_sequence *sequence, struct _cl_command_queue *queue, uint32_t wait_count, struct _cl_event *const *wait,
                                              struct _cl_event **event);

typedef struct clqnn_sequence_info {
    size_t steps;
    size_t joined;                /* steps that share a launch with a neighbour, on in-order queues */
    size_t calls;                 /* what is enqueued there: launches of several steps, and single steps */
} clqnn_sequence_info;

/* CLQNN_INVALID_ARGUMENT for null pointers. */
CLQNN_API clqnn_status clqnn_sequence_describe(const clqnn_sequence *sequence, clqnn_sequence_info *info);

/* Builds (or loads) the program of joined steps where the device runs it, so that later creations find it. Blocks; seconds on a cold cache. */
CLQNN_API clqnn_status clqnn_sequence_prewarm(clqnn_context *context);

#ifdef __cplusplus
}
#endif
#endif
