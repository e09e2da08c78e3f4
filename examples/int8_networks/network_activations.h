/* SPDX-License-Identifier: Apache-2.0 */
/* Every tensor of a network on the host, and the run of clqnn's reference that fills them: what the device's bytes are compared with. */
#ifndef NETWORK_ACTIVATIONS_H
#define NETWORK_ACTIVATIONS_H

#include <clqnn/clqnn.h>

#include "network_graph.h"

typedef struct network_activations {
    uint8_t *tensors[NETWORK_MAX_TENSORS]; /* [batch][row][column][channel]; owned */
    int64_t batch;
} network_activations;

/* Room for every tensor; false: no memory. */
bool network_activations_create(const network *net, int64_t batch, network_activations *values);
void network_activations_free(network_activations *values);

/* One layer, or all, of the reference. */
clqnn_status network_expected_layer(const network *net, int layer, network_activations *values);
clqnn_status network_expected_run(const network *net, network_activations *values);

/* How much of the 8 bits a tensor uses. */
typedef struct network_spread {
    int distinct;       /* values that occur */
    double common;      /* share of the value that occurs most */
} network_spread;
network_spread network_tensor_spread(const network *net, const network_activations *values, int tensor);

#endif
