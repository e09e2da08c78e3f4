/* SPDX-License-Identifier: Apache-2.0 */
/* All that is learned lies in one buffer of floats, so that one call updates it; the running statistics of the batch norms lie in another. */
#ifndef NET_PARAMETERS_H
#define NET_PARAMETERS_H

#include "net_description.h"

/* Offsets in floats, each a multiple of 16. Weights are [output][kernel][kernel][input of the group]; those of the fully connected layer, last, are
 * [class][feature]. Two learned numbers a layer belong to the quantizer of its weights, one to that of its activations; what a scheme doesn't use stays 0. */
typedef struct net_layout {
    size_t weights[NET_MAX_BLOCKS + 1], weight_quantizer[NET_MAX_BLOCKS + 1];
    size_t gamma[NET_MAX_BLOCKS], beta[NET_MAX_BLOCKS], activation_quantizer[NET_MAX_BLOCKS];
    size_t bias;              /* of the fully connected layer */
    size_t parameter_count;
    size_t mean[NET_MAX_BLOCKS], variance[NET_MAX_BLOCKS];
    size_t state_count;
} net_layout;

void net_layout_make(const net_description *net, net_layout *layout);

/* Parameters before training: weights normal with variance 2 / fan-in, gamma 1, the rest 0; running means 0, variances 1. A function of the seed. */
void net_parameters_start(const net_description *net, const net_layout *layout, uint64_t seed, float *parameters, float *state);

#endif
