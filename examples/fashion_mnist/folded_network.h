/* SPDX-License-Identifier: Apache-2.0 */
/* Starting points for rows, made from a trained network on the host. */
#ifndef FOLDED_NETWORK_H
#define FOLDED_NETWORK_H

#include "trainer.h"

/* The same network with its batch norms folded into weights and biases (clqnn/fold.h): gamma 1, beta the bias, mean 0, and a variance that gives 1. */
bool fold_network(const net_description *net, train_state *state);

/* The same network with the output of block i divided by clips[i]: what a quantizer of [0, 1] needs. */
void divide_activations(const net_description *net, const float clips[NET_MAX_BLOCKS], train_state *state);

/* target = source: parameters and statistics; velocity 0, no epoch done. Both of one network. */
void copy_network(const train_state *source, train_state *target);

#endif
