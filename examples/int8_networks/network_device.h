/* SPDX-License-Identifier: Apache-2.0 */
/* A network on an OpenCL device: a plan for each layer, one buffer for everything between them, one in-order queue. */
#ifndef NETWORK_DEVICE_H
#define NETWORK_DEVICE_H

#include <clqnn/clqnn.h>

#include "network_activations.h"
#include "network_memory.h"

/* One of the three, by the layer's kind. */
typedef struct network_plan {
    clqnn_conv *conv;
    clqnn_gemm *gemm;
    clqnn_op *op;
    const char *variant;    /* of its kernel */
} network_plan;

typedef struct network_device {
    const network *net;
    int64_t batch;
    clqnn_context *context;
    struct _cl_command_queue *queue;   /* the context's own */
    struct _cl_mem *buffer;
    network_memory memory;             /* of `buffer` */
    uint64_t weight_bytes;             /* packed weights on the device */
    network_plan plans[NETWORK_MAX_LAYERS];
    clqnn_sequence *sequence;          /* all layers */
} network_device;

/* Makes the plans and the buffer. `variant`: NULL, or the convolution kernels' variant to insist on. The network must outlive the result. */
clqnn_status network_device_create(clqnn_context *context, const network *net, int64_t batch, const char *variant, network_device *device);
void network_device_free(network_device *device);

/* Between host memory and the network's first tensor, or any tensor that is still in its place. Blocks. */
clqnn_status network_device_upload(const network_device *device, int tensor, const uint8_t *source);
clqnn_status network_device_download(const network_device *device, int tensor, uint8_t *target);

/* Enqueue without waiting: one layer, or all of them. */
clqnn_status network_device_enqueue_layer(const network_device *device, int layer);
clqnn_status network_device_enqueue(const network_device *device);

/* What differs between the device's bytes and the expected ones. */
typedef struct network_difference {
    int layer;          /* the first that differs, or NETWORK_NONE */
    int64_t index;      /* into its output */
    uint8_t expected, got;
} network_difference;

/* Runs the network as one queue of layers with one finish and compares its output, whose layer then is the last one; then runs it again layer by layer and
 * compares what each has written. */
clqnn_status network_device_compare(const network_device *device, const network_activations *expected, network_difference *difference);

#endif
