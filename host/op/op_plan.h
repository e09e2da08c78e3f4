/* SPDX-License-Identifier: Apache-2.0 */
/* A plan of an operator. Immutable after creation but for kernel arguments, which `lock` guards. */
#ifndef CLQ_OP_PLAN_H
#define CLQ_OP_PLAN_H

#include <CL/cl.h>
#include <pthread.h>

#include "device/program.h"
#include "op/op_family.h"

struct clqnn_op {
    clqnn_context *context;
    const clq_op_family *family;
    const clq_op_variant *variant;
    clq_op_signature signature;         /* `wanted` is not kept */
    uint64_t workspace_bytes;
    double estimated_seconds;
    clq_op_step *steps;
    size_t step_count;
    cl_mem tables, weights;             /* NULL: no step reads any */
    cl_kernel kernels[CLQ_OP_MAX_KERNELS];   /* those that some step runs */
    pthread_mutex_t lock;
};

/* What enqueueing checks first. */
clqnn_status clq_op_check_args(const clqnn_op *op, const clqnn_op_args *args);

/* A program's text and knobs. Pure. */
void clq_op_program_source(const clq_op_program *program, clq_program_source *source);

/* Builds or loads a program; nothing else. */
clqnn_status clq_op_warm(clqnn_context *context, const clq_op_program *program);

/* Builds or loads the plan's program and creates the kernels of its steps. On failure the caller releases what op->kernels holds. */
clqnn_status clq_op_create_kernels(clqnn_op *op);

#endif
