/* SPDX-License-Identifier: Apache-2.0 */
#include <clqnn/train_layers.h>
#include <stdio.h>
#include <string.h>

#include "code_network.h"

/* Bytes of a batch; rows of planes are whole words. */
static uint64_t tensor_bytes(const code_network *network, const code_tensor *t)
{
    const uint64_t pixels = (uint64_t)(network->batch * t->height * t->width), channels = (uint64_t)t->channels;
    if (t->type < CLQNN_B1) return pixels * channels * clqnn_type_size(t->type);
    return pixels * ((channels + 31) / 32) * clqnn_type_bits(t->type) * sizeof(uint32_t);
}

static bool create_buffer(code_network *network, uint64_t bytes, struct _cl_mem **buffer)
{
    if (network->buffer_count == CODE_MAX_BUFFERS) return failed("more than %d buffers", CODE_MAX_BUFFERS);
    if (!succeeded(clqnn_buffer_create(network->context, bytes, buffer), "buffer")) return false;
    network->buffers[network->buffer_count++] = *buffer;
    return true;
}

/* A new call from x to y, whose memory is made; its workspace too. */
static code_call *begin(code_network *network, const code_tensor *x, code_tensor *y, uint64_t workspace_bytes, clqnn_region *workspace)
{
    if (network->call_count == CODE_MAX_CALLS) {
        (void)failed("more than %d calls", CODE_MAX_CALLS);
        return NULL;
    }
    *workspace = (clqnn_region){0};
    if (!create_buffer(network, tensor_bytes(network, y), &y->memory)) return NULL;
    if (workspace_bytes > 0 && !create_buffer(network, workspace_bytes, &workspace->memory)) return NULL;
    code_call *call = &network->calls[network->call_count++];
    call->x = (clqnn_region){.memory = x->memory};
    call->y = (clqnn_region){.memory = y->memory};
    return call;
}

static void note_kernel(code_network *network, const char *variant)
{
    if (strstr(network->kernels, variant)) return;
    const size_t used = strlen(network->kernels);
    (void)snprintf(network->kernels + used, sizeof network->kernels - used, "%s%s", used ? ", " : "", variant);
}

bool code_add_conv(code_network *network, const clqnn_conv_desc *desc, const code_tensor *x, const code_tensor *residual, code_tensor *y)
{
    clqnn_conv *conv = NULL;
    clqnn_conv_info info;
    clqnn_region workspace;
    if (!succeeded(clqnn_conv_create(network->context, desc, &conv), "convolution")) return false;
    code_call *call = begin(network, x, y, clqnn_conv_workspace_size(conv), &workspace);
    if (!call) {
        clqnn_conv_destroy(conv);
        return false;
    }
    call->conv = conv;
    call->conv_args = (clqnn_conv_args){.x = call->x, .y = call->y, .workspace = workspace, .residual = {.memory = residual ? residual->memory : NULL}};
    if (clqnn_conv_describe(conv, &info) == CLQNN_OK) note_kernel(network, info.variant);
    return true;
}

bool code_add_gemm(code_network *network, const clqnn_gemm_desc *desc, const code_tensor *x, code_tensor *y)
{
    clqnn_gemm *gemm = NULL;
    clqnn_gemm_info info;
    clqnn_region workspace;
    if (!succeeded(clqnn_gemm_create(network->context, desc, &gemm), "fully connected layer")) return false;
    code_call *call = begin(network, x, y, clqnn_gemm_workspace_size(gemm), &workspace);
    if (!call) {
        clqnn_gemm_destroy(gemm);
        return false;
    }
    call->gemm = gemm;
    call->gemm_args = (clqnn_gemm_args){.a = call->x, .c = call->y, .workspace = workspace};
    if (clqnn_gemm_describe(gemm, &info) == CLQNN_OK) note_kernel(network, info.variant);
    return true;
}

static bool add_op(code_network *network, clqnn_status status, clqnn_op *op, const char *what, const code_tensor *x, code_tensor *y)
{
    clqnn_region workspace;
    if (!succeeded(status, what)) return false;
    code_call *call = begin(network, x, y, clqnn_op_workspace_size(op), &workspace);
    if (!call) {
        clqnn_op_destroy(op);
        return false;
    }
    call->op = op;
    call->op_args = (clqnn_op_args){.inputs = &call->x, .input_count = 1, .outputs = &call->y, .output_count = 1, .workspace = workspace};
    return true;
}

static clqnn_tensor images_of(const code_network *network, const code_tensor *t)
{
    return (clqnn_tensor){.type = t->type, .rank = 4, .shape = {network->batch, t->height, t->width, t->channels}};
}

static clqnn_tensor scaled_images_of(const code_network *network, const code_tensor *t)
{
    clqnn_tensor tensor = images_of(network, t);
    const bool is_float = t->type == CLQNN_F32 || t->type == CLQNN_F16 || t->type == CLQNN_BF16;
    if (!is_float) tensor.quantization = (clqnn_quantization){.scales = &t->scale, .scale_count = 1};
    return tensor;
}

bool code_add_convert(code_network *network, const code_tensor *x, code_tensor *y)
{
    const clqnn_convert_desc desc = {.struct_size = sizeof desc, .x = scaled_images_of(network, x), .y = scaled_images_of(network, y)};
    clqnn_op *op = NULL;
    const clqnn_status status = clqnn_convert_create(network->context, &desc, &op);
    return add_op(network, status, op, "conversion", x, y);
}

bool code_add_pack(code_network *network, const code_tensor *x, code_tensor *y)
{
    const clqnn_pack_bits_desc desc = {.struct_size = sizeof desc, .x = images_of(network, x), .y = images_of(network, y)};
    clqnn_op *op = NULL;
    const clqnn_status status = clqnn_pack_bits_create(network->context, &desc, &op);
    return add_op(network, status, op, "packing of bits", x, y);
}

bool code_add_unpack(code_network *network, const code_tensor *x, code_tensor *y)
{
    const clqnn_unpack_bits_desc desc = {.struct_size = sizeof desc, .x = images_of(network, x), .y = images_of(network, y)};
    clqnn_op *op = NULL;
    const clqnn_status status = clqnn_unpack_bits_create(network->context, &desc, &op);
    return add_op(network, status, op, "unpacking of bits", x, y);
}

bool code_add_pool(code_network *network, const code_tensor *x, code_tensor *y)
{
    clqnn_op *op = NULL;
    clqnn_status status;
    if (x->type == CLQNN_F32) {
        const clqnn_train_pool_desc desc = {.struct_size = sizeof desc, .kind = CLQNN_TRAIN_POOL_MAX, .batch = network->batch, .height = x->height,
                                            .width = x->width, .channels = x->channels, .kernel = {2, 2}, .stride = {2, 2}};
        status = clqnn_train_pool_create(network->context, &desc, &op);
    } else {
        const clqnn_pool_desc desc = {.struct_size = sizeof desc, .kind = CLQNN_POOL_MAX, .x = images_of(network, x), .y = images_of(network, y),
                                      .kernel = {2, 2}, .stride = {2, 2}};
        status = clqnn_pool_create(network->context, &desc, &op);
    }
    return add_op(network, status, op, "pool", x, y);
}
