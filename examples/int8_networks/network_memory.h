/* SPDX-License-Identifier: Apache-2.0 */
/* One device buffer for a network's tensors and its layers' workspace. */
#ifndef NETWORK_MEMORY_H
#define NETWORK_MEMORY_H

#include "network_graph.h"

typedef struct network_memory {
    uint64_t tensors[NETWORK_MAX_TENSORS];   /* offsets */
    uint64_t workspaces[NETWORK_MAX_LAYERS];
    uint64_t bytes;                          /* of the buffer */
    uint64_t unshared_bytes;                 /* what it would be if nothing shared its place */
} network_memory;

/* A tensor lives from the layer that writes it to the last one that reads it. The network's input and output keep their places throughout, so that one upload
 * serves any number of runs. A sum takes the place of its residual where nothing reads that later. `workspace_bytes`: one value a layer. */
void network_memory_plan(const network *net, int64_t batch, const uint64_t *workspace_bytes, network_memory *memory);

#endif
