/* SPDX-License-Identifier: Apache-2.0 */
/* A plan: the decisions of one GEMM and the OpenCL objects that carry them out. Immutable after creation but for
 * kernel arguments, which `lock` guards. */
#ifndef CLQ_GEMM_PLAN_H
#define CLQ_GEMM_PLAN_H

#include <CL/cl.h>
#include <pthread.h>

#include "clqnn/op.h"
#include "device/launch.h"
#include "gemm/gemm_kernel.h"
#include "gemm/gemm_prepare.h"
#include "gemm/gemm_variant.h"
#include "gemm/gemm_weights.h"

/* The kernels that a plan may need; absent ones are NULL. */
typedef enum clq_gemm_kernel {
    CLQ_KERNEL_GEMM,
    CLQ_KERNEL_JOIN,         /* of a split product */
    CLQ_KERNEL_PACK,         /* b at run time */
    CLQ_KERNEL_RANGES,       /* dynamic quantization of a, one range for a matrix */
    CLQ_KERNEL_PARAMETERS,
    CLQ_KERNEL_QUANTIZE,     /* dynamic quantization of a */
    CLQ_KERNEL_TRANSPOSE,    /* a transposed */
    CLQ_GEMM_KERNEL_COUNT
} clq_gemm_kernel;

/* Where things stand in the workspace, in bytes, and how a is cut into slabs. */
typedef struct clq_gemm_workspace {
    uint64_t packed_b, column_sums;      /* b at run time */
    uint64_t slab, ranges, rows;         /* prepared rows of a */
    uint64_t partials;                   /* split product */
    uint64_t total;
    int64_t slab_rows;                   /* rows of a launch; m if a is read in place */
    int64_t slab_batches;                /* batches of a launch: all, or 1 */
    int64_t slab_row_bytes;
    int64_t range_slots;                 /* of dynamic quantization per tensor, for each batch of a launch */
} clq_gemm_workspace;

/* What a call of a product that is an operator brings. */
enum { CLQ_GEMM_A, CLQ_GEMM_B, CLQ_GEMM_RESIDUAL, CLQ_GEMM_ROW_SCALES, CLQ_GEMM_INPUTS };

struct clqnn_gemm {
    clqnn_context *context;
    const struct clq_gemm_family *family;/* gemm_family.h; NULL: 8-bit integers */
    clqnn_op *op;                        /* of a plan with a family, which has only this, `weights`, `bound` and `inputs`; NULL where nothing will be launched */
    int32_t inputs[CLQ_GEMM_INPUTS];     /* which input of `op` each is; -1: none */
    const clq_gemm_variant *variant;
    clqnn_gemm_weights *weights;         /* NULL: b at run time */
    clq_gemm_problem problem;
    double seconds;                      /* the cost model's */
    int64_t bound;                       /* no |acc| exceeds it */
    int64_t a_span, b_span, c_span;      /* elements */
    clq_gemm_workspace workspace;
    gemm_params params;                  /* of a launch of everything; slabs change a few fields */
    pack_params pack;
    prepare_params prepare;
    cl_mem tables;                       /* columns, column sums, rows: constants of the plan */
    cl_kernel kernels[CLQ_GEMM_KERNEL_COUNT];
    pthread_mutex_t lock;
};

/* Buffers among a GEMM kernel's arguments: six, and the partial sums of a split product or the counters of a CPU variant. */
static inline cl_uint clq_gemm_buffer_count(const clq_gemm_variant *variant)
{
    return variant->k_part || variant->counts_begun ? 7 : 6;
}

/* a is prepared in the workspace before it is multiplied. */
static inline bool clq_gemm_prepares_a(const clq_gemm_problem *problem)
{
    return problem->dynamic != CLQNN_STATIC || problem->a.transposed;
}

/* An empty plan; clqnn_gemm_destroy ends it. */
clqnn_status clq_gemm_allocate(clqnn_context *context, clqnn_gemm **gemm);

/* Enqueues what clqnn_gemm_enqueue does behind its checks; ends the launches. The plan's m and n are not 0. */
clqnn_status clq_gemm_launch(const clqnn_gemm *gemm, const clqnn_gemm_args *args, clq_launches *launches, cl_event *event);

/* A call as a part of a launch of several (host/sequence/chain.h). */
typedef struct clq_gemm_chained {
    int32_t kind;                        /* CHAIN_*; NOTHING: it can't be */
    gemm_params params;
    cl_mem buffers[CHAIN_BUFFERS];       /* in the kernel's order */
} clq_gemm_chained;

/* Checks the arguments as enqueueing does. */
clqnn_status clq_gemm_chain(const clqnn_gemm *gemm, const clqnn_gemm_args *args, clq_gemm_chained *chained);

/* Sizes the workspace. Pure. CLQNN_INVALID_SHAPE if it does not fit the device. */
clqnn_status clq_gemm_size_workspace(const clq_gemm_problem *problem, const clq_gemm_variant *variant, const clq_capabilities *capabilities,
                                     clq_gemm_workspace *workspace);

#endif
