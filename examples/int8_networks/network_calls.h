/* SPDX-License-Identifier: Apache-2.0 */
/* The layers of a network as descriptors that the library and its reference both take. They point into the network. */
#ifndef NETWORK_CALLS_H
#define NETWORK_CALLS_H

#include <clqnn/clqnn.h>

#include "network_graph.h"

/* With a residual, the sum is the convolution's own last step. */
clqnn_conv_desc network_conv_call(const network *net, const network_layer *layer, int64_t batch);

/* Max pooling and global average. */
clqnn_pool_desc network_pool_call(const network *net, const network_layer *layer, int64_t batch);

clqnn_gemm_desc network_fully_connected_call(const network *net, const network_layer *layer, int64_t batch);

#endif
