/* SPDX-License-Identifier: Apache-2.0 */
/* Buffers and calls of one tensor's way over the device. The first failure stays; what follows it does nothing. */
#ifndef CLQ_QUANTIZE_DEVICE_H
#define CLQ_QUANTIZE_DEVICE_H

#include "clqnn/op.h"

#define CLQ_DEVICE_STEP_BUFFERS 16

typedef struct clq_device_steps {
    clqnn_context *context;
    clqnn_status status;   /* of the first failure; clqnn_last_error says what it was */
    struct _cl_mem *buffers[CLQ_DEVICE_STEP_BUFFERS];
    int count;
} clq_device_steps;

/* A new buffer with `source` in it; NULL: with zeros. */
clqnn_region clq_steps_buffer(clq_device_steps *steps, const void *source, uint64_t bytes);

/* Runs an operator that was just created with `created`, and destroys it. Inputs and outputs: the given number of regions. */
void clq_steps_run(clq_device_steps *steps, clqnn_status created, clqnn_op *op, const clqnn_region *inputs, uint32_t input_count, const clqnn_region *outputs,
                   uint32_t output_count);

/* A new block with the bytes of a buffer; NULL after a failure. */
void *clq_steps_fetch(clq_device_steps *steps, clqnn_region region, uint64_t bytes);

/* Releases the buffers. Returns the status. */
clqnn_status clq_steps_end(clq_device_steps *steps);

#endif
