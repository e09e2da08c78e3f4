/* SPDX-License-Identifier: Apache-2.0 */
#include "network_activations.h"

#include <clqnn/reference.h>
#include <clqnn/reference_shape.h>
#include <stdlib.h>

#include "network_calls.h"

bool network_activations_create(const network *net, int64_t batch, network_activations *values)
{
    *values = (network_activations){.batch = batch};
    for (int t = 0; t < net->tensor_count; t++) {
        values->tensors[t] = calloc((size_t)batch, (size_t)network_elements(net, t));
        if (!values->tensors[t]) {
            network_activations_free(values);
            return false;
        }
    }
    return true;
}

void network_activations_free(network_activations *values)
{
    for (int t = 0; t < NETWORK_MAX_TENSORS; t++) free(values->tensors[t]);
    *values = (network_activations){0};
}

clqnn_status network_expected_layer(const network *net, int layer, network_activations *values)
{
    const network_layer *l = &net->layers[layer];
    const uint8_t *x = values->tensors[l->input], *residual = l->residual == NETWORK_NONE ? NULL : values->tensors[l->residual];
    uint8_t *y = values->tensors[l->output];
    if (l->kind == LAYER_CONV) {
        const clqnn_conv_desc desc = network_conv_call(net, l, values->batch);
        return clqnn_reference_conv(&desc, x, residual, y, NULL);
    }
    if (l->kind == LAYER_FULLY_CONNECTED) {
        const clqnn_gemm_desc desc = network_fully_connected_call(net, l, values->batch);
        return clqnn_reference_gemm(&desc, x, NULL, y, NULL);
    }
    const clqnn_pool_desc desc = network_pool_call(net, l, values->batch);
    return clqnn_reference_pool(&desc, x, y);
}

clqnn_status network_expected_run(const network *net, network_activations *values)
{
    for (int layer = 0; layer < net->layer_count; layer++) {
        const clqnn_status status = network_expected_layer(net, layer, values);
        if (status != CLQNN_OK) return status;
    }
    return CLQNN_OK;
}

network_spread network_tensor_spread(const network *net, const network_activations *values, int tensor)
{
    const int64_t count = values->batch * network_elements(net, tensor);
    int64_t occurs[256] = {0}, most = 0;
    for (int64_t i = 0; i < count; i++) occurs[values->tensors[tensor][i]]++;
    network_spread spread = {0};
    for (int v = 0; v < 256; v++) {
        spread.distinct += occurs[v] > 0;
        if (occurs[v] > most) most = occurs[v];
    }
    spread.common = (double)most / (double)count;
    return spread;
}
