/* SPDX-License-Identifier: Apache-2.0 */
/* The quantized network on an OpenCL device through clqnn: two plans that are made once, and buffers for a fixed number of images. */
#ifndef DEVICE_NETWORK_H
#define DEVICE_NETWORK_H

#include "quantized_network.h"

typedef struct device_network {
    clqnn_context *context;
    int images;
    clqnn_gemm *first, *second;
    struct _cl_mem *pixels, *hidden, *scores, *workspace;
} device_network;

/* All return false with the reason in clqnn_last_error(). `network` need not outlive the call: the plans hold packed copies. */
bool device_network_create(clqnn_context *context, const quantized_network *network, int images, device_network *device);

bool device_network_upload(const device_network *device, const uint8_t *pixels);

/* Enqueues both multiplications `passes` times and waits once, at the end. */
bool device_network_run(const device_network *device, int passes);

/* hidden: images x HIDDEN, may be NULL; scores: images x CLASSES. */
bool device_network_download(const device_network *device, uint8_t *hidden, float *scores);

void device_network_free(device_network *device);

#endif
