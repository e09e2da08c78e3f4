/* SPDX-License-Identifier: Apache-2.0 */
/* One call as a part of a chain: what host/sequence/chain.c asks the families for. */
#ifndef CLQ_CHAIN_CALL_H
#define CLQ_CHAIN_CALL_H

#include <CL/cl.h>

#include "clqnn/conv.h"
#include "clqnn/gemm.h"
#include "conv/conv_kernel.h"
#include "prelude/chain_params.cl"

typedef struct clq_chain_call {
    chain_job job;                    /* all but the addresses; kind CHAIN_NOTHING: the call can't be part of a chain */
    cl_mem buffers[CHAIN_BUFFERS];    /* unused ones are NULL */
} clq_chain_call;

/* Check the arguments as enqueueing does. */
clqnn_status clq_gemm_chain_call(const clqnn_gemm *gemm, const clqnn_gemm_args *args, clq_chain_call *call);
clqnn_status clq_conv_chain_call(const clqnn_conv *conv, const clqnn_conv_args *args, clq_chain_call *call);

#endif
