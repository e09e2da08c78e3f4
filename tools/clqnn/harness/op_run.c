/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "clqnn/memory.h"
#include "op_image.h"

#define MAX_OPERANDS 64
#define POISON 0x5a   /* of every byte of a workspace */

/* The buffers of one call. An output that is an input too has that input's buffer. */
typedef struct run_buffers {
    struct _cl_mem *memory[MAX_OPERANDS];   /* inputs, then outputs */
    clqnn_region regions[MAX_OPERANDS];
    bool is_shared[MAX_OPERANDS];
    struct _cl_mem *workspace;
} run_buffers;

static clqnn_status make_buffer(clqnn_context *context, const clq_op_image *image, struct _cl_mem **memory)
{
    const clqnn_status status = clqnn_buffer_create(context, image->size, memory);
    return status == CLQNN_OK ? clqnn_upload(context, *memory, 0, image->bytes, image->size) : status;
}

static clqnn_status make_buffers(clqnn_context *context, clq_op_image *const *inputs, uint32_t input_count, clq_op_image *const *outputs, uint32_t output_count,
                                 run_buffers *buffers)
{
    clqnn_status status = CLQNN_OK;
    for (uint32_t i = 0; i < input_count + output_count && status == CLQNN_OK; i++) {
        const clq_op_image *image = i < input_count ? inputs[i] : outputs[i - input_count];
        for (uint32_t j = 0; i >= input_count && j < input_count; j++) {
            if (inputs[j] != image) continue;
            buffers->memory[i] = buffers->memory[j];
            buffers->is_shared[i] = true;
        }
        if (!buffers->is_shared[i]) status = make_buffer(context, image, &buffers->memory[i]);
        buffers->regions[i] = (clqnn_region){buffers->memory[i], image->offset};
    }
    return status;
}

static clqnn_status make_workspace(clqnn_context *context, uint64_t size, struct _cl_mem **workspace)
{
    if (size == 0) return CLQNN_OK;
    unsigned char *const poison = malloc((size_t)size);
    if (poison == NULL) return CLQNN_OUT_OF_MEMORY;
    memset(poison, POISON, (size_t)size);
    clqnn_status status = clqnn_buffer_create(context, size, workspace);
    if (status == CLQNN_OK) status = clqnn_upload(context, *workspace, 0, poison, size);
    free(poison);
    return status;
}

clqnn_status clq_op_run(clqnn_context *context, const clqnn_op *op, clq_op_image *const *inputs, uint32_t input_count, clq_op_image *const *outputs, uint32_t output_count)
{
    run_buffers buffers = {0};
    struct _cl_command_queue *queue = NULL;
    if (input_count + output_count > MAX_OPERANDS) return CLQNN_INVALID_ARGUMENT;
    clqnn_status status = make_buffers(context, inputs, input_count, outputs, output_count, &buffers);
    if (status == CLQNN_OK) status = make_workspace(context, clqnn_op_workspace_size(op), &buffers.workspace);
    if (status == CLQNN_OK) status = clqnn_default_queue(context, &queue);
    const clqnn_op_args args = {.inputs = buffers.regions, .outputs = buffers.regions + input_count, .input_count = input_count, .output_count = output_count,
                                .workspace = {buffers.workspace, 0}};
    if (status == CLQNN_OK) status = clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL);
    for (uint32_t i = 0; i < output_count && status == CLQNN_OK; i++) {
        status = clqnn_download(context, buffers.memory[input_count + i], 0, outputs[i]->bytes, outputs[i]->size);
    }
    for (uint32_t i = 0; i < input_count + output_count; i++) {
        if (!buffers.is_shared[i]) clqnn_buffer_release(buffers.memory[i]);
    }
    clqnn_buffer_release(buffers.workspace);
    return status;
}
