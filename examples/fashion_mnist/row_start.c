/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "experiment.h"
#include "folded_network.h"

/* A clip for each block: what calibration gives for the row's bits, from 0 to the last code. */
static bool clips_of(experiment *run, const table_row *row, float clips[NET_MAX_BLOCKS])
{
    for (int i = 0; i < run->net.block_count; i++) {
        if (!calibration_scale(&run->calibration, i, row->method, row->scheme.activation_bits, &clips[i])) return false;
        clips[i] *= (float)((1 << row->scheme.activation_bits) - 1);
    }
    return true;
}

/* Where the learned numbers of the weights' quantizers begin: LSQ's step as its paper has it; TTQ's scales at the means of what they stand for. */
static void start_weight_quantizer(const quantization_scheme *scheme, const float *weights, int64_t count, float *learned)
{
    double sum = 0.0, sums[2] = {0}, greatest = 0.0;
    int64_t counts[2] = {0};
    for (int64_t w = 0; w < count; w++) {
        sum += fabs((double)weights[w]);
        greatest = fmax(greatest, fabs((double)weights[w]));
    }
    if (scheme->weights == WEIGHTS_LSQ) {
        learned[0] = (float)(2.0 * sum / (double)count / sqrt((double)((1 << (scheme->weight_bits - 1)) - 1)));
        return;
    }
    for (int64_t w = 0; w < count; w++) {
        if (fabs((double)weights[w]) <= 0.05 * greatest) continue;
        sums[weights[w] < 0.0f] += fabs((double)weights[w]);
        counts[weights[w] < 0.0f]++;
    }
    for (int side = 0; side < 2; side++) learned[side] = counts[side] ? (float)(sums[side] / (double)counts[side]) : 1.0f;
}

bool row_start(experiment *run, const table_row *row, const net_description *net, train_state *state)
{
    const net_layout *l = &state->layout;
    const quantization_scheme *scheme = &row->scheme;
    if (row->widening > 1) {
        net_parameters_start(net, l, run->options->seed, state->parameters, state->state);
        return true;
    }
    copy_network(&run->trained, state);
    if (row->kind != ROW_RETRAINED) return fold_network(net, state);
    float clips[NET_MAX_BLOCKS];
    if (scheme->activations != ACTIVATIONS_AFFINE && scheme->activations != ACTIVATIONS_SIGN && !clips_of(run, row, clips)) return false;
    if (scheme->activations == ACTIVATIONS_UNIT) divide_activations(net, clips, state);
    for (int i = 0; i < net->block_count; i++) {
        float *learned = state->parameters + l->activation_quantizer[i];
        if (scheme->activations == ACTIVATIONS_PACT) *learned = clips[i];
        if (scheme->activations == ACTIVATIONS_LSQ) *learned = clips[i] / (float)((1 << scheme->activation_bits) - 1);
    }
    for (int i = 1; i < net->block_count; i++) { /* the first and the last layer have affine weights of 8 bits */
        if (scheme->weights != WEIGHTS_LSQ && scheme->weights != WEIGHTS_TTQ) break;
        start_weight_quantizer(scheme, state->parameters + l->weights[i], net->blocks[i].weight_count, state->parameters + l->weight_quantizer[i]);
    }
    return true;
}
