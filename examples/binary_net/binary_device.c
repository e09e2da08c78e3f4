/* SPDX-License-Identifier: Apache-2.0 */
#include "binary_device.h"

#include "binary_calls.h"

static clqnn_status plan_conv(const binary_device *device, const binary_step *step, binary_plan *plan, uint64_t *workspace)
{
    const clqnn_conv_desc desc = binary_conv_call(device->graph, step);
    clqnn_conv_info info;
    clqnn_status status = clqnn_conv_create(device->context, &desc, &plan->conv);
    if (status == CLQNN_OK) status = clqnn_conv_describe(plan->conv, &info);
    if (status != CLQNN_OK) return status;
    plan->variant = info.variant;
    plan->packed_bytes = info.packed_bytes;
    *workspace = clqnn_conv_workspace_size(plan->conv);
    return CLQNN_OK;
}

static clqnn_status create_op(const binary_device *device, const binary_step *step, clqnn_op **op)
{
    const clqnn_pool_desc pool = binary_pool_call(device->graph, step);
    const clqnn_convert_desc convert = binary_convert_call(device->graph, step);
    const clqnn_pack_bits_desc sign = binary_sign_call(device->graph, step);
    const clqnn_window_mean_desc mean = binary_mean_call(device->graph, step);
    switch (step->kind) {
    case BINARY_POOL: return clqnn_pool_create(device->context, &pool, op);
    case BINARY_CONVERT: return clqnn_convert_create(device->context, &convert, op);
    case BINARY_SIGN: return clqnn_pack_bits_create(device->context, &sign, op);
    default: return clqnn_window_mean_create(device->context, &mean, op);
    }
}

static clqnn_status plan_op(const binary_device *device, const binary_step *step, binary_plan *plan, uint64_t *workspace)
{
    clqnn_op_info info;
    clqnn_status status = create_op(device, step, &plan->op);
    if (status == CLQNN_OK) status = clqnn_op_describe(plan->op, &info);
    if (status != CLQNN_OK) return status;
    plan->variant = info.variant;
    *workspace = clqnn_op_workspace_size(plan->op);
    return CLQNN_OK;
}

static clqnn_status create_plans(binary_device *device, uint64_t *workspace)
{
    for (int i = 0; i < device->graph->step_count; i++) {
        const binary_step *step = &device->graph->steps[i];
        uint64_t needed = 0;
        const clqnn_status status = step->kind == BINARY_CONV ? plan_conv(device, step, &device->plans[i], &needed) : plan_op(device, step, &device->plans[i], &needed);
        if (status != CLQNN_OK) return status;
        if (needed > *workspace) *workspace = needed;
    }
    return CLQNN_OK;
}

clqnn_status binary_device_create(clqnn_context *context, const binary_graph *graph, binary_device *device)
{
    uint64_t workspace = 0;
    *device = (binary_device){.graph = graph, .context = context};
    clqnn_status status = clqnn_default_queue(context, &device->queue);
    if (status == CLQNN_OK) status = create_plans(device, &workspace);
    for (int t = 0; t < graph->tensor_count && status == CLQNN_OK; t++) status = clqnn_buffer_create(context, binary_bytes(&graph->tensors[t]), &device->tensors[t]);
    if (status == CLQNN_OK && workspace > 0) status = clqnn_buffer_create(context, workspace, &device->workspace);
    if (status != CLQNN_OK) binary_device_free(device);
    return status;
}

void binary_device_free(binary_device *device)
{
    for (int i = 0; i < BINARY_MAX_STEPS; i++) {
        clqnn_conv_destroy(device->plans[i].conv);
        clqnn_op_destroy(device->plans[i].op);
    }
    for (int t = 0; t < BINARY_MAX_TENSORS; t++) clqnn_buffer_release(device->tensors[t]);
    clqnn_buffer_release(device->workspace);
    *device = (binary_device){0};
}

clqnn_status binary_device_upload(const binary_device *device, const void *image)
{
    return clqnn_upload(device->context, device->tensors[0], 0, image, binary_bytes(&device->graph->tensors[0]));
}

clqnn_status binary_device_download(const binary_device *device, int tensor, void *target)
{
    return clqnn_download(device->context, device->tensors[tensor], 0, target, binary_bytes(&device->graph->tensors[tensor]));
}

static clqnn_region region_of(const binary_device *device, int tensor)
{
    return tensor == BINARY_NONE ? (clqnn_region){0} : (clqnn_region){.memory = device->tensors[tensor]};
}

clqnn_status binary_device_enqueue_step(const binary_device *device, int step)
{
    const binary_step *s = &device->graph->steps[step];
    const clqnn_region x = region_of(device, s->x), y = region_of(device, s->y), workspace = {.memory = device->workspace};
    if (s->kind == BINARY_CONV) {
        const clqnn_conv_args args = {.x = x, .y = y, .residual = region_of(device, s->residual), .workspace = workspace, .row_scales = region_of(device, s->row_scales)};
        return clqnn_conv_enqueue(device->plans[step].conv, device->queue, &args, 0, NULL, NULL);
    }
    const clqnn_op_args args = {.inputs = &x, .input_count = 1, .outputs = &y, .output_count = 1, .workspace = workspace};
    return clqnn_op_enqueue(device->plans[step].op, device->queue, &args, 0, NULL, NULL);
}

clqnn_status binary_device_enqueue(const binary_device *device)
{
    clqnn_status status = CLQNN_OK;
    for (int i = 0; i < device->graph->step_count && status == CLQNN_OK; i++) status = binary_device_enqueue_step(device, i);
    return status;
}
