/* SPDX-License-Identifier: Apache-2.0 */
/* Operators without weights: what all of them share. Each family's header (clqnn/pointwise.h, clqnn/convert.h, ...) has a descriptor and
 * makes plans of this one type. Results are those of docs/numerics.md, the same bytes on every device and variant. */
#ifndef CLQNN_OP_H
#define CLQNN_OP_H

#include "clqnn/context.h"
#include "clqnn/tensor.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A plan: everything that can be decided and compiled ahead of a call. Immutable; may be enqueued from several threads at once. */
typedef struct clqnn_op clqnn_op;

/* NULL is allowed. Enqueued calls need not be finished: OpenCL keeps what they use. */
CLQNN_API void clqnn_op_destroy(clqnn_op *op);

/* Bytes of device memory that each call in flight needs as `workspace`; often 0. Calls on one in-order queue may share one workspace. */
CLQNN_API uint64_t clqnn_op_workspace_size(const clqnn_op *op);

/* Inputs and outputs in the order that the family's header gives. */
typedef struct clqnn_op_args {
    const clqnn_region *inputs;
    const clqnn_region *outputs;
    uint32_t input_count;
    uint32_t output_count;
    clqnn_region workspace;       /* at least clqnn_op_workspace_size bytes, offset a multiple of 64; not needed for 0 */
} clqnn_op_args;

/* Enqueues the operator on the caller's queue (in-order or not) and returns without waiting. `wait` and `event` are as in
 * clEnqueueNDRangeKernel; `event` may be NULL. No allocation, build, blocking or finish. No output may overlap an input or another
 * output, except where the family's header allows an output to be the very region of an input; slices that interleave without sharing an
 * element do not overlap. CLQNN_INVALID_ARGUMENT for a queue or buffer of another OpenCL context, CLQNN_BUFFER_TOO_SMALL where a region
 * ends too early. */
CLQNN_API clqnn_status clqnn_op_enqueue(const clqnn_op *op, struct _cl_command_queue *queue, const clqnn_op_args *args, uint32_t wait_count,
                                        struct _cl_event *const *wait, struct _cl_event **event);

/* What a plan is, or would be. All text is static. */
typedef struct clqnn_op_info {
    const char *kind;             /* the family: "binary" */
    const char *variant;          /* of its kernels: "binary_vector" */
    uint64_t workspace_bytes;
    uint32_t input_count;
    uint32_t output_count;
    double estimated_seconds;     /* the cost model's */
} clqnn_op_info;

/* CLQNN_INVALID_ARGUMENT for null pointers. */
CLQNN_API clqnn_status clqnn_op_describe(const clqnn_op *op, clqnn_op_info *info);

/* One kernel variant of one family, whatever the device. All text is static. */
typedef struct clqnn_op_variant_info {
    const char *kind;
    const char *name;
    const char *summary;          /* one line */
    char needs[96];               /* names of capabilities, comma-separated; "" for none */
} clqnn_op_variant_info;

/* Every variant of every family of this build. Writes at most `capacity` entries and the number of all to `count`. */
CLQNN_API clqnn_status clqnn_op_variants(clqnn_op_variant_info *list, size_t capacity, size_t *count);

/* Builds (or loads) the programs of every variant of every family that the device admits, so that later creations find them. Blocks. */
CLQNN_API clqnn_status clqnn_op_prewarm(clqnn_context *context);

#ifdef __cplusplus
}
#endif
#endif
