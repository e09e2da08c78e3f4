/* SPDX-License-Identifier: Apache-2.0 */
/* A plan: the decisions of one convolution and the OpenCL objects that carry them out. Immutable after creation but for the kernel's arguments, which
 * `lock` guards. */
#ifndef CLQ_CONV_PLAN_H
#define CLQ_CONV_PLAN_H

#include <CL/cl.h>
#include <pthread.h>

#include "clqnn/op.h"
#include "conv/conv_kernel.h"
#include "conv/conv_variant.h"
#include "conv/conv_weights.h"

struct clqnn_conv {
    clqnn_context *context;
    clqnn_gemm *product;                 /* the whole plan of a convolution that is a matrix product; else NULL */
    const clq_conv_family *family;       /* NULL: 8-bit integers */
    clqnn_op *op;                        /* of a family's that is no product, which has only this, `weights`, `bound` and what checks arguments */
    const clq_conv_variant *variant;     /* the rest: NULL or zero with `product` */
    clqnn_conv_weights *weights;
    clq_conv_problem problem;
    double seconds;                      /* the cost model's */
    int64_t bound;                       /* no |acc| exceeds it */
    int64_t output[CLQNN_MAX_SPATIAL];   /* as the caller counts dimensions */
    int64_t x_span, y_span, residual_span; /* elements */
    clq_conv_image x;                    /* as the caller has it; problem.x is what the kernel reads */
    clqnn_op *prepare;                   /* brings x to channels last in the workspace; NULL: x is read in place */
    conv_params params;                  /* of every call but for offsets and counting */
    cl_mem constants;                    /* column tables, tap sums, table */
    cl_kernel kernel;
    pthread_mutex_t lock;
};

/* Buffers among the kernel's arguments. */
static inline cl_uint clq_conv_buffer_count(const clq_conv_variant *variant)
{
    return variant->counts_begun ? 6 : 5;
}

/* A call as a part of a launch of several (host/sequence/chain.h). */
typedef struct clq_conv_chained {
    int32_t kind;                        /* CHAIN_*; NOTHING: it can't be */
    conv_params params;                  /* of a product: params.product only */
    cl_mem buffers[CHAIN_BUFFERS];       /* in the kernel's order; unused ones are NULL */
} clq_conv_chained;

/* Checks the arguments as enqueueing does. */
clqnn_status clq_conv_chain(const clqnn_conv *conv, const clqnn_conv_args *args, clq_conv_chained *chained);

/* Computes what kernels read beside tensors and weights, uploads it to plan->constants, and sets the fields of plan->params that describe it. */
clqnn_status clq_conv_create_constants(clqnn_conv *plan, const clq_conv_spec *spec);

#endif
