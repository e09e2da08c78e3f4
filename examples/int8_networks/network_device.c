/* SPDX-License-Identifier: Apache-2.0 */
#include "network_device.h"

#include <stdlib.h>
#include <string.h>

#include "network_calls.h"

static clqnn_status plan_conv(network_device *device, const network_layer *layer, const char *variant, network_plan *plan, uint64_t *workspace)
{
    clqnn_conv_desc desc = network_conv_call(device->net, layer, device->batch);
    clqnn_conv_info info;
    desc.variant = variant;
    clqnn_status status = clqnn_conv_query(device->context, &desc, &info);
    if (status == CLQNN_OK) status = clqnn_conv_create(device->context, &desc, &plan->conv);
    if (status != CLQNN_OK) return status;
    plan->variant = info.variant;
    device->weight_bytes += info.packed_bytes;
    *workspace = clqnn_conv_workspace_size(plan->conv);
    return CLQNN_OK;
}

static clqnn_status plan_fully_connected(network_device *device, const network_layer *layer, network_plan *plan, uint64_t *workspace)
{
    const clqnn_gemm_desc desc = network_fully_connected_call(device->net, layer, device->batch);
    clqnn_gemm_info info;
    clqnn_status status = clqnn_gemm_query(device->context, &desc, &info);
    if (status == CLQNN_OK) status = clqnn_gemm_create(device->context, &desc, &plan->gemm);
    if (status != CLQNN_OK) return status;
    plan->variant = info.variant;
    device->weight_bytes += info.packed_bytes;
    *workspace = clqnn_gemm_workspace_size(plan->gemm);
    return CLQNN_OK;
}

static clqnn_status plan_pool(network_device *device, const network_layer *layer, network_plan *plan, uint64_t *workspace)
{
    const clqnn_pool_desc desc = network_pool_call(device->net, layer, device->batch);
    clqnn_op_info info;
    clqnn_status status = clqnn_pool_create(device->context, &desc, &plan->op);
    if (status == CLQNN_OK) status = clqnn_op_describe(plan->op, &info);
    if (status != CLQNN_OK) return status;
    plan->variant = info.variant;
    *workspace = clqnn_op_workspace_size(plan->op);
    return CLQNN_OK;
}

static clqnn_status plan_layers(network_device *device, const char *variant, uint64_t *workspace_bytes)
{
    for (int i = 0; i < device->net->layer_count; i++) {
        const network_layer *layer = &device->net->layers[i];
        network_plan *plan = &device->plans[i];
        const clqnn_status status = layer->kind == LAYER_CONV              ? plan_conv(device, layer, variant, plan, &workspace_bytes[i])
                                    : layer->kind == LAYER_FULLY_CONNECTED ? plan_fully_connected(device, layer, plan, &workspace_bytes[i])
                                                                           : plan_pool(device, layer, plan, &workspace_bytes[i]);
        if (status != CLQNN_OK) return status;
    }
    return CLQNN_OK;
}

static uint64_t tensor_bytes(const network_device *device, int tensor)
{
    return (uint64_t)(device->batch * network_elements(device->net, tensor));
}

clqnn_status network_device_upload(const network_device *device, int tensor, const uint8_t *source)
{
    return clqnn_upload(device->context, device->buffer, device->memory.tensors[tensor], source, tensor_bytes(device, tensor));
}

clqnn_status network_device_download(const network_device *device, int tensor, uint8_t *target)
{
    return clqnn_download(device->context, device->buffer, device->memory.tensors[tensor], target, tensor_bytes(device, tensor));
}

static clqnn_region tensor_region(const network_device *device, int tensor)
{
    return (clqnn_region){.memory = device->buffer, .offset = device->memory.tensors[tensor]};
}

/* What a step points to. */
typedef struct network_step_args {
    clqnn_region x, y;
    clqnn_conv_args conv;
    clqnn_gemm_args gemm;
    clqnn_op_args op;
} network_step_args;

/* One layer as a step of the network's sequence. */
static clqnn_step layer_step(const network_device *device, int layer, network_step_args *args)
{
    const network_layer *l = &device->net->layers[layer];
    const network_plan *plan = &device->plans[layer];
    const clqnn_region workspace = {.memory = device->buffer, .offset = device->memory.workspaces[layer]};
    args->x = tensor_region(device, l->input);
    args->y = tensor_region(device, l->output);
    if (plan->conv) {
        args->conv = (clqnn_conv_args){.x = args->x, .y = args->y, .workspace = workspace,
                                       .residual = l->residual == NETWORK_NONE ? (clqnn_region){0} : tensor_region(device, l->residual)};
        return (clqnn_step){.conv = plan->conv, .conv_args = &args->conv};
    }
    if (plan->gemm) {
        args->gemm = (clqnn_gemm_args){.a = args->x, .c = args->y, .workspace = workspace};
        return (clqnn_step){.gemm = plan->gemm, .gemm_args = &args->gemm};
    }
    args->op = (clqnn_op_args){.inputs = &args->x, .input_count = 1, .outputs = &args->y, .output_count = 1, .workspace = workspace};
    return (clqnn_step){.op = plan->op, .op_args = &args->op};
}

static clqnn_status create_sequence(network_device *device)
{
    network_step_args args[NETWORK_MAX_LAYERS];
    clqnn_step steps[NETWORK_MAX_LAYERS];
    for (int i = 0; i < device->net->layer_count; i++) steps[i] = layer_step(device, i, &args[i]);
    return clqnn_sequence_create(device->context, steps, (size_t)device->net->layer_count, &device->sequence);
}

clqnn_status network_device_create(clqnn_context *context, const network *net, int64_t batch, const char *variant, network_device *device)
{
    *device = (network_device){.net = net, .batch = batch, .context = context};
    uint64_t workspace_bytes[NETWORK_MAX_LAYERS] = {0};
    clqnn_status status = clqnn_default_queue(context, &device->queue);
    if (status == CLQNN_OK) status = plan_layers(device, variant, workspace_bytes);
    if (status == CLQNN_OK) {
        network_memory_plan(net, batch, workspace_bytes, &device->memory);
        status = clqnn_buffer_create(context, device->memory.bytes, &device->buffer);
    }
    if (status == CLQNN_OK) status = create_sequence(device);
    if (status != CLQNN_OK) network_device_free(device);
    return status;
}

void network_device_free(network_device *device)
{
    clqnn_sequence_destroy(device->sequence);
    for (int i = 0; i < NETWORK_MAX_LAYERS; i++) {
        clqnn_conv_destroy(device->plans[i].conv);
        clqnn_gemm_destroy(device->plans[i].gemm);
        clqnn_op_destroy(device->plans[i].op);
    }
    clqnn_buffer_release(device->buffer);
    *device = (network_device){0};
}

clqnn_status network_device_enqueue_layer(const network_device *device, int layer)
{
    network_step_args args;
    const clqnn_step step = layer_step(device, layer, &args);
    if (step.conv) return clqnn_conv_enqueue(step.conv, device->queue, step.conv_args, 0, NULL, NULL);
    if (step.gemm) return clqnn_gemm_enqueue(step.gemm, device->queue, step.gemm_args, 0, NULL, NULL);
    return clqnn_op_enqueue(step.op, device->queue, step.op_args, 0, NULL, NULL);
}

clqnn_status network_device_enqueue(const network_device *device)
{
    return clqnn_sequence_enqueue(device->sequence, device->queue, 0, NULL, NULL);
}

/* Compares the output of one layer, which must just have been written. */
static clqnn_status compare_output(const network_device *device, int layer, const network_activations *expected, uint8_t *got, network_difference *difference)
{
    const int tensor = device->net->layers[layer].output;
    const clqnn_status status = network_device_download(device, tensor, got);
    if (status != CLQNN_OK) return status;
    const uint8_t *wanted = expected->tensors[tensor];
    const uint64_t bytes = tensor_bytes(device, tensor);
    if (memcmp(got, wanted, bytes) == 0) return CLQNN_OK;
    int64_t index = 0;
    while (got[index] == wanted[index]) index++;
    *difference = (network_difference){.layer = layer, .index = index, .expected = wanted[index], .got = got[index]};
    return CLQNN_OK;
}

static clqnn_status compare_runs(const network_device *device, const network_activations *expected, uint8_t *got, network_difference *difference)
{
    const int last = device->net->layer_count - 1;
    clqnn_status status = network_device_upload(device, 0, expected->tensors[0]);
    if (status == CLQNN_OK) status = network_device_enqueue(device);
    if (status == CLQNN_OK) status = compare_output(device, last, expected, got, difference);
    for (int i = 0; i <= last && status == CLQNN_OK; i++) {
        status = network_device_enqueue_layer(device, i);
        network_difference here = {.layer = NETWORK_NONE};
        if (status == CLQNN_OK) status = compare_output(device, i, expected, got, &here);
        if (here.layer == NETWORK_NONE) continue;
        *difference = here; /* closer to the cause than the output's */
        return CLQNN_OK;
    }
    return status;
}

clqnn_status network_device_compare(const network_device *device, const network_activations *expected, network_difference *difference)
{
    uint64_t largest = 0;
    for (int t = 0; t < device->net->tensor_count; t++) largest = tensor_bytes(device, t) > largest ? tensor_bytes(device, t) : largest;
    *difference = (network_difference){.layer = NETWORK_NONE};
    uint8_t *got = malloc(largest);
    if (!got) return CLQNN_OUT_OF_MEMORY;
    const clqnn_status status = compare_runs(device, expected, got, difference);
    free(got);
    return status;
}
