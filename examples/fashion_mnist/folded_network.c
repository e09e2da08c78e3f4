/* SPDX-License-Identifier: Apache-2.0 */
#include "folded_network.h"

#include <clqnn/fold.h>
#include <string.h>

static const float norm_epsilon = 1e-5f; /* the operator's default */

bool fold_network(const net_description *net, train_state *state)
{
    const net_layout *l = &state->layout;
    for (int i = 0; i < net->block_count; i++) {
        const size_t outputs = (size_t)net->blocks[i].out_channels;
        float bias[4096] = {0};
        if (outputs > sizeof bias / sizeof *bias) return failed("block %d has %zu channels", i, outputs);
        float *gamma = state->parameters + l->gamma[i], *beta = state->parameters + l->beta[i];
        float *mean = state->state + l->mean[i], *variance = state->state + l->variance[i];
        const clqnn_batch_norm_fold fold = {.weights = state->parameters + l->weights[i], .bias = bias, .channels = (int64_t)outputs,
                                            .elements = net->blocks[i].weight_count / (int64_t)outputs, .gamma = gamma, .beta = beta, .mean = mean,
                                            .variance = variance, .epsilon = norm_epsilon};
        if (!succeeded(clqnn_fold_batch_norm(&fold), "folding")) return false;
        for (size_t o = 0; o < outputs; o++) {
            gamma[o] = 1.0f;
            beta[o] = bias[o];
            mean[o] = 0.0f;
            variance[o] = 1.0f - norm_epsilon;
        }
    }
    return true;
}

void divide_activations(const net_description *net, const float clips[NET_MAX_BLOCKS], train_state *state)
{
    const net_layout *l = &state->layout;
    for (int i = 0; i < net->block_count; i++) {
        for (int64_t o = 0; o < net->blocks[i].out_channels; o++) {
            state->parameters[l->gamma[i] + (size_t)o] /= clips[i];
            state->parameters[l->beta[i] + (size_t)o] /= clips[i];
            if (i == 0) continue; /* what reads divided activations: its sums are divided too */
            state->state[l->mean[i] + (size_t)o] /= clips[i - 1];
            state->state[l->variance[i] + (size_t)o] /= clips[i - 1] * clips[i - 1];
        }
    }
    float *weights = state->parameters + l->weights[net->block_count];
    for (int64_t w = 0; w < net_weight_count(net, net->block_count); w++) weights[w] *= clips[net->block_count - 1];
}

void copy_network(const train_state *source, train_state *target)
{
    memcpy(target->parameters, source->parameters, source->layout.parameter_count * sizeof(float));
    memset(target->velocity, 0, source->layout.parameter_count * sizeof(float));
    memcpy(target->state, source->state, source->layout.state_count * sizeof(float));
    target->epoch = 0;
}
