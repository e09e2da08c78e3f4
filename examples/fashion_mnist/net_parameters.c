/* SPDX-License-Identifier: Apache-2.0 */
#include "net_parameters.h"

#include <math.h>

#include "counter_random.h"

static size_t take(size_t *end, int64_t count)
{
    const size_t begin = *end;
    *end += ((size_t)count + 15) / 16 * 16;
    return begin;
}

void net_layout_make(const net_description *net, net_layout *layout)
{
    *layout = (net_layout){0};
    for (int i = 0; i <= net->block_count; i++) {
        layout->weights[i] = take(&layout->parameter_count, net_weight_count(net, i));
        layout->weight_quantizer[i] = take(&layout->parameter_count, 2);
    }
    for (int i = 0; i < net->block_count; i++) {
        const int64_t channels = net->blocks[i].out_channels;
        layout->gamma[i] = take(&layout->parameter_count, channels);
        layout->beta[i] = take(&layout->parameter_count, channels);
        layout->activation_quantizer[i] = take(&layout->parameter_count, 1);
        layout->mean[i] = take(&layout->state_count, channels);
        layout->variance[i] = take(&layout->state_count, channels);
    }
    layout->bias = take(&layout->parameter_count, NET_CLASSES);
}

void net_parameters_start(const net_description *net, const net_layout *layout, uint64_t seed, float *parameters, float *state)
{
    for (size_t i = 0; i < layout->parameter_count; i++) parameters[i] = 0.0f;
    for (size_t i = 0; i < layout->state_count; i++) state[i] = 0.0f;
    for (int i = 0; i <= net->block_count; i++) {
        const int64_t count = net_weight_count(net, i), outputs = net_output_count(net, i);
        const double deviation = sqrt((i < net->block_count ? 2.0 : 1.0) * (double)outputs / (double)count);
        float *const weights = parameters + layout->weights[i];
        for (int64_t w = 0; w < count; w++) weights[w] = (float)(deviation * counter_normal(seed, (uint64_t)i, (uint64_t)w));
        if (i == net->block_count) continue;
        for (int64_t c = 0; c < outputs; c++) parameters[layout->gamma[i] + (size_t)c] = 1.0f;
        for (int64_t c = 0; c < outputs; c++) state[layout->variance[i] + (size_t)c] = 1.0f;
    }
}
