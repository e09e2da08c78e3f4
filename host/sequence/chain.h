/* SPDX-License-Identifier: Apache-2.0 */
/* Several calls in one launch (kernels/cl/launch/chain_vnni.cl). The kernel finds buffers by their addresses and its threads wait for each other, so
 * there are chains only where active waiting is on: on PoCL's CPU devices in this process. */
#ifndef CLQ_CHAIN_H
#define CLQ_CHAIN_H

#include <stdbool.h>

#include "clqnn/context.h"
#include "device/launch.h"
#include "sequence/chain_call.h"

typedef struct clq_chain {
    cl_kernel kernel;
    cl_mem jobs, control;
    cl_mem *memories;            /* retained: the kernel reads and writes them without having them as arguments */
    size_t memory_count;
    cl_int count;                /* calls */
} clq_chain;

/* Whether this context's device runs chains at all. */
bool clq_chain_is_possible(const clqnn_context *context);

/* Builds or loads the program, and nothing else. */
clqnn_status clq_chain_warm(clqnn_context *context);

/* Makes a chain of `count` calls, each with a kind. Blocks. On failure nothing is left in *chain. */
clqnn_status clq_chain_create(clqnn_context *context, const clq_chain_call *calls, size_t count, clq_chain *chain);

/* One launch on an in-order queue; no other of the same chain may run at the time. `event` may be NULL. */
clqnn_status clq_chain_launch(clqnn_context *context, const clq_chain *chain, clq_launches *launches, cl_event *event);

void clq_chain_release(clq_chain *chain);

#endif
