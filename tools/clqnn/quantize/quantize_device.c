/* SPDX-License-Identifier: Apache-2.0 */
#include "quantize_device.h"

#include <stdlib.h>

#include "clqnn/memory.h"

clqnn_region clq_steps_buffer(clq_device_steps *steps, const void *source, uint64_t bytes)
{
    struct _cl_mem *buffer = NULL;
    if (steps->status == CLQNN_OK && steps->count == CLQ_DEVICE_STEP_BUFFERS) steps->status = CLQNN_OUT_OF_MEMORY;
    if (steps->status == CLQNN_OK) steps->status = clqnn_buffer_create(steps->context, bytes, &buffer);
    if (steps->status != CLQNN_OK) return (clqnn_region){NULL, 0};
    steps->buffers[steps->count++] = buffer;
    void *zeros = source == NULL ? calloc(1, (size_t)bytes) : NULL;
    if (source == NULL && zeros == NULL) steps->status = CLQNN_OUT_OF_MEMORY;
    else steps->status = clqnn_upload(steps->context, buffer, 0, source != NULL ? source : zeros, bytes);
    free(zeros);
    return (clqnn_region){buffer, 0};
}

void clq_steps_run(clq_device_steps *steps, clqnn_status created, clqnn_op *op, const clqnn_region *inputs, uint32_t input_count, const clqnn_region *outputs,
                   uint32_t output_count)
{
    if (steps->status == CLQNN_OK) steps->status = created;
    if (steps->status == CLQNN_OK) {
        struct _cl_command_queue *queue = NULL;
        struct _cl_mem *workspace = NULL;
        const uint64_t bytes = clqnn_op_workspace_size(op);
        if (bytes > 0) steps->status = clqnn_buffer_create(steps->context, bytes, &workspace);
        if (steps->status == CLQNN_OK) steps->status = clqnn_default_queue(steps->context, &queue);
        const clqnn_op_args args = {.inputs = inputs, .input_count = input_count, .outputs = outputs, .output_count = output_count, .workspace = {workspace, 0}};
        if (steps->status == CLQNN_OK) steps->status = clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL);
        clqnn_buffer_release(workspace);
    }
    if (created == CLQNN_OK) clqnn_op_destroy(op);
}

void *clq_steps_fetch(clq_device_steps *steps, clqnn_region region, uint64_t bytes)
{
    if (steps->status != CLQNN_OK) return NULL;
    void *block = malloc((size_t)bytes);
    if (block == NULL) steps->status = CLQNN_OUT_OF_MEMORY;
    else steps->status = clqnn_download(steps->context, region.memory, region.offset, block, bytes);
    if (steps->status == CLQNN_OK) return block;
    free(block);
    return NULL;
}

clqnn_status clq_steps_end(clq_device_steps *steps)
{
    for (int i = 0; i < steps->count; i++) clqnn_buffer_release(steps->buffers[i]);
    steps->count = 0;
    return steps->status;
}
