/* SPDX-License-Identifier: Apache-2.0 */
#include "network_memory.h"

#include "memory_plan.h"

enum { ALIGNMENT = 64 };

/* blocks[t] of every tensor: size, and the layers between which it lives. */
static void tensor_lifetimes(const network *net, int64_t batch, memory_block *blocks)
{
    for (int t = 0; t < net->tensor_count; t++) blocks[t] = (memory_block){.bytes = (uint64_t)(batch * network_elements(net, t))};
    for (int i = 0; i < net->layer_count; i++) {
        const network_layer *layer = &net->layers[i];
        blocks[layer->output].first = blocks[layer->output].last = i;
        blocks[layer->input].last = i;
        if (layer->residual != NETWORK_NONE) blocks[layer->residual].last = i;
    }
    blocks[0].last = net->layer_count - 1;
    blocks[network_output(net)].first = 0;
}

/* owner[t]: the tensor whose block t stands in. */
static void share_sums(const network *net, memory_block *blocks, int *owner)
{
    for (int t = 0; t < net->tensor_count; t++) owner[t] = t;
    for (int i = 0; i < net->layer_count; i++) {
        const network_layer *layer = &net->layers[i];
        if (layer->residual == NETWORK_NONE) continue;
        memory_block *residual = &blocks[owner[layer->residual]], *sum = &blocks[layer->output];
        if (residual->last != i || residual->bytes != sum->bytes || layer->output == network_output(net)) continue;
        owner[layer->output] = owner[layer->residual];
        residual->last = sum->last;
        sum->bytes = 0;
    }
}

void network_memory_plan(const network *net, int64_t batch, const uint64_t *workspace_bytes, network_memory *memory)
{
    _Static_assert(NETWORK_MAX_TENSORS + NETWORK_MAX_LAYERS <= MEMORY_PLAN_MAX_BLOCKS, "a block for every tensor and every workspace");
    memory_block blocks[NETWORK_MAX_TENSORS + NETWORK_MAX_LAYERS];
    int owner[NETWORK_MAX_TENSORS];
    tensor_lifetimes(net, batch, blocks);
    memory_block *workspaces = blocks + net->tensor_count;
    for (int i = 0; i < net->layer_count; i++) workspaces[i] = (memory_block){.bytes = workspace_bytes[i], .first = i, .last = i};
    memory->unshared_bytes = 0;
    for (int i = 0; i < net->tensor_count + net->layer_count; i++) memory->unshared_bytes += blocks[i].bytes;

    share_sums(net, blocks, owner);
    memory->bytes = memory_plan(blocks, net->tensor_count + net->layer_count, ALIGNMENT);
    for (int t = 0; t < net->tensor_count; t++) memory->tensors[t] = blocks[owner[t]].offset;
    for (int i = 0; i < net->layer_count; i++) memory->workspaces[i] = workspaces[i].offset;
}
