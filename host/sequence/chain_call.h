/* SPDX-License-Identifier: Apache-2.0 */
/* One call as a part of a chain. */
#ifndef CLQ_CHAIN_CALL_H
#define CLQ_CHAIN_CALL_H

#include <CL/cl.h>

#include "conv/conv_kernel.h"
#include "prelude/chain_kinds.cl"
#include "prelude/chain_job.cl"

typedef struct clq_chain_call {
    chain_job job;                    /* all but the addresses; kind CHAIN_NOTHING: the call can't be part of a chain */
    cl_mem buffers[CHAIN_BUFFERS];    /* unused ones are NULL */
} clq_chain_call;

#endif
