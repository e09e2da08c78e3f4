/* SPDX-License-Identifier: Apache-2.0 */
/* A product's or a convolution's call on guarded buffers, each exactly as long as its tensor. */
#ifndef GUARDED_CALL_H
#define GUARDED_CALL_H

#include "convolution_run.h"
#include "guarded_buffer.h"
#include "product_run.h"

/* Where calls are made. */
typedef struct guarded_place {
    clqnn_context *context;
    cl_command_queue queue;
    bool at_end;         /* tensors end at the second page; else they begin behind the first */
} guarded_place;

/* Weights are constant or given at run time as the call says, not packed before. A variant that does not take the problem is CLQ_REFUSED. */
void guarded_product_run(const guarded_place *place, const clq_product_call *call, const char *variant, clq_verify_result *result);
void guarded_convolution_run(const guarded_place *place, const clq_convolution_call *call, const char *variant, clq_verify_result *result);

#endif
