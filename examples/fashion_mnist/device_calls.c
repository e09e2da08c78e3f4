/* SPDX-License-Identifier: Apache-2.0 */
#include "device_calls.h"

#include <stdlib.h>

call_region call_at(struct _cl_mem *memory, uint64_t offset_bytes)
{
    return (call_region){.region = {.memory = memory, .offset = offset_bytes}};
}

static bool grow(device_calls *list)
{
    if (list->count < list->capacity) return true;
    const size_t capacity = list->capacity ? 2 * list->capacity : 64;
    device_call *calls = realloc(list->calls, capacity * sizeof *calls);
    if (!calls) return failed("no memory for the list of calls");
    list->calls = calls;
    list->capacity = capacity;
    return true;
}

bool device_calls_add(device_calls *list, clqnn_status status, clqnn_op *op, const char *what, const call_region *inputs, const call_region *outputs)
{
    if (!succeeded(status, what) || !grow(list)) {
        clqnn_op_destroy(op);
        return false;
    }
    device_call *call = &list->calls[list->count++];
    *call = (device_call){.op = op};
    while (inputs[call->input_count].region.memory) {
        call->inputs[call->input_count] = inputs[call->input_count];
        call->input_count++;
    }
    while (outputs[call->output_count].region.memory) {
        call->outputs[call->output_count] = outputs[call->output_count];
        call->output_count++;
    }
    const uint64_t workspace = clqnn_op_workspace_size(op);
    if (workspace > list->workspace_bytes) list->workspace_bytes = workspace;
    return true;
}

bool device_calls_finish(device_calls *list)
{
    if (list->workspace_bytes == 0) return true;
    return succeeded(clqnn_buffer_create(list->context, list->workspace_bytes, &list->workspace), "workspace");
}

static clqnn_status enqueue(const device_calls *list, const device_call *call, struct _cl_command_queue *queue, uint64_t index)
{
    clqnn_region inputs[CALL_MAX_INPUTS], outputs[CALL_MAX_OUTPUTS];
    for (uint32_t i = 0; i < call->input_count; i++) {
        inputs[i] = call->inputs[i].region;
        inputs[i].offset += index * call->inputs[i].step;
    }
    for (uint32_t i = 0; i < call->output_count; i++) {
        outputs[i] = call->outputs[i].region;
        outputs[i].offset += index * call->outputs[i].step;
    }
    const clqnn_op_args args = {.inputs = inputs, .outputs = outputs, .input_count = call->input_count, .output_count = call->output_count,
                                .workspace = {.memory = list->workspace}};
    return clqnn_op_enqueue(call->op, queue, &args, 0, NULL, NULL);
}

bool device_calls_enqueue(const device_calls *list, uint64_t index)
{
    struct _cl_command_queue *queue = NULL;
    if (!succeeded(clqnn_default_queue(list->context, &queue), "queue")) return false;
    for (size_t i = 0; i < list->count; i++) {
        const clqnn_status status = enqueue(list, &list->calls[i], queue, index);
        if (status != CLQNN_OK) return failed("call %zu: %s", i, clqnn_last_error());
    }
    return true;
}

void device_calls_free(device_calls *list)
{
    for (size_t i = 0; i < list->count; i++) clqnn_op_destroy(list->calls[i].op);
    free(list->calls);
    clqnn_buffer_release(list->workspace);
    *list = (device_calls){0};
}
