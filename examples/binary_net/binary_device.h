/* SPDX-License-Identifier: Apache-2.0 */
/* A network on an OpenCL device: a plan a step, a buffer a tensor, one in-order queue. */
#ifndef BINARY_DEVICE_H
#define BINARY_DEVICE_H

#include "binary_graph.h"

typedef struct binary_plan {
    clqnn_conv *conv;                                  /* one of the two */
    clqnn_op *op;
    const char *variant;
    uint64_t packed_bytes;                             /* of weights */
} binary_plan;

typedef struct binary_device {
    const binary_graph *graph;
    clqnn_context *context;
    struct _cl_command_queue *queue;
    binary_plan plans[BINARY_MAX_STEPS];
    struct _cl_mem *tensors[BINARY_MAX_TENSORS], *workspace;
} binary_device;

/* On failure nothing is left behind, and clqnn_last_error says why. */
clqnn_status binary_device_create(clqnn_context *context, const binary_graph *graph, binary_device *device);
void binary_device_free(binary_device *device);

clqnn_status binary_device_upload(const binary_device *device, const void *image);
clqnn_status binary_device_download(const binary_device *device, int tensor, void *target);

/* One step, or all of them; returns without waiting. */
clqnn_status binary_device_enqueue_step(const binary_device *device, int step);
clqnn_status binary_device_enqueue(const binary_device *device);

#endif
