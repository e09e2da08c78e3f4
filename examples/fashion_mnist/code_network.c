/* SPDX-License-Identifier: Apache-2.0 */
#include "code_network.h"

#include "fashion_data.h"
#include "wall_clock.h"

static clqnn_step step_of(const code_call *call)
{
    if (call->conv) return (clqnn_step){.conv = call->conv, .conv_args = &call->conv_args};
    if (call->gemm) return (clqnn_step){.gemm = call->gemm, .gemm_args = &call->gemm_args};
    return (clqnn_step){.op = call->op, .op_args = &call->op_args};
}

static bool create_calls(code_network *network)
{
    const net_description *net = network->codes->net;
    code_tensor x = {.type = CLQNN_U8, .scale = 1.0f / 255.0f, .height = NET_IMAGE, .width = NET_IMAGE, .channels = 1}, y;
    if (!succeeded(clqnn_buffer_create(network->context, (uint64_t)network->batch * PIXELS, &x.memory), "pixels")) return false;
    network->buffers[network->buffer_count++] = x.memory;
    network->pixels = x.memory;
    if (network->codes->layers[0].type == CLQNN_F32) {
        y = x;
        y.type = network->storage;
        if (!code_add_convert(network, &x, &y)) return false;
        x = y;
    }
    for (int i = 0; i < net->block_count; i++) {
        if (!code_add_block(network, i, &x, &y)) return false;
        x = y;
    }
    if (!code_add_dense(network, &x, &y)) return false;
    network->logits = y.memory;
    clqnn_step steps[CODE_MAX_CALLS];
    for (int i = 0; i < network->call_count; i++) steps[i] = step_of(&network->calls[i]);
    return succeeded(clqnn_sequence_create(network->context, steps, (size_t)network->call_count, &network->sequence), "sequence");
}

bool code_network_create(clqnn_context *context, const network_codes *codes, int batch, clqnn_type storage, code_network *network)
{
    *network = (code_network){.context = context, .codes = codes, .batch = batch, .storage = storage};
    if (create_calls(network)) return true;
    code_network_free(network);
    return false;
}

void code_network_free(code_network *network)
{
    clqnn_sequence_destroy(network->sequence);
    for (int i = 0; i < network->call_count; i++) {
        clqnn_conv_destroy(network->calls[i].conv);
        clqnn_gemm_destroy(network->calls[i].gemm);
        clqnn_op_destroy(network->calls[i].op);
    }
    for (int i = 0; i < network->buffer_count; i++) clqnn_buffer_release(network->buffers[i]);
    *network = (code_network){0};
}

bool code_network_run(const code_network *network, const uint8_t *pixels, int count, float *logits, double *seconds)
{
    struct _cl_command_queue *queue = NULL;
    if (count % network->batch) return failed("%d images are no multiple of %d", count, network->batch);
    if (!succeeded(clqnn_default_queue(network->context, &queue), "queue")) return false;
    const uint64_t read = (uint64_t)network->batch * PIXELS, written = (uint64_t)network->batch * NET_CLASSES * sizeof(float);
    const double start = wall_seconds();
    for (int i = 0; i < count / network->batch; i++) {
        if (!succeeded(clqnn_upload(network->context, network->pixels, 0, pixels + (uint64_t)i * read, read), "pixels")
            || !succeeded(clqnn_sequence_enqueue(network->sequence, queue, 0, NULL, NULL), "inference")
            || !succeeded(clqnn_download(network->context, network->logits, 0, logits + (size_t)i * (size_t)network->batch * NET_CLASSES, written), "logits")) {
            return false;
        }
    }
    *seconds = wall_seconds() - start;
    return true;
}
