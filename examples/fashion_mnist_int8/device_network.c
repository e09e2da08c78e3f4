/* SPDX-License-Identifier: Apache-2.0 */
#include "device_network.h"

static bool create_buffers(device_network *device)
{
    const uint64_t images = (uint64_t)device->images;
    const uint64_t first = clqnn_gemm_workspace_size(device->first), second = clqnn_gemm_workspace_size(device->second);
    const uint64_t workspace = first > second ? first : second; /* the queue is in order: one workspace serves both */
    return clqnn_buffer_create(device->context, images * PIXELS, &device->pixels) == CLQNN_OK
           && clqnn_buffer_create(device->context, images * HIDDEN, &device->hidden) == CLQNN_OK
           && clqnn_buffer_create(device->context, images * CLASSES * sizeof(float), &device->scores) == CLQNN_OK
           && (workspace == 0 || clqnn_buffer_create(device->context, workspace, &device->workspace) == CLQNN_OK);
}

bool device_network_create(clqnn_context *context, const quantized_network *network, int images, device_network *device)
{
    *device = (device_network){.context = context, .images = images};
    const clqnn_gemm_desc first = first_gemm(network, images), second = second_gemm(network, images);
    if (clqnn_gemm_create(context, &first, &device->first) == CLQNN_OK && clqnn_gemm_create(context, &second, &device->second) == CLQNN_OK
        && create_buffers(device)) {
        return true;
    }
    device_network_free(device);
    return false;
}

bool device_network_upload(const device_network *device, const uint8_t *pixels)
{
    return clqnn_upload(device->context, device->pixels, 0, pixels, (uint64_t)device->images * PIXELS) == CLQNN_OK;
}

bool device_network_run(const device_network *device, int passes)
{
    const clqnn_gemm_args first = {.a = {device->pixels, 0}, .c = {device->hidden, 0}, .workspace = {device->workspace, 0}};
    const clqnn_gemm_args second = {.a = {device->hidden, 0}, .c = {device->scores, 0}, .workspace = {device->workspace, 0}};
    struct _cl_command_queue *queue = NULL;
    if (clqnn_default_queue(device->context, &queue) != CLQNN_OK) return false;
    for (int pass = 0; pass < passes; pass++) {
        if (clqnn_gemm_enqueue(device->first, queue, &first, 0, NULL, NULL) != CLQNN_OK) return false;
        if (clqnn_gemm_enqueue(device->second, queue, &second, 0, NULL, NULL) != CLQNN_OK) return false;
    }
    return clqnn_finish(device->context) == CLQNN_OK;
}

bool device_network_download(const device_network *device, uint8_t *hidden, float *scores)
{
    const uint64_t images = (uint64_t)device->images;
    if (hidden && clqnn_download(device->context, device->hidden, 0, hidden, images * HIDDEN) != CLQNN_OK) return false;
    return clqnn_download(device->context, device->scores, 0, scores, images * CLASSES * sizeof *scores) == CLQNN_OK;
}

void device_network_free(device_network *device)
{
    clqnn_gemm_destroy(device->first);
    clqnn_gemm_destroy(device->second);
    clqnn_buffer_release(device->pixels);
    clqnn_buffer_release(device->hidden);
    clqnn_buffer_release(device->scores);
    clqnn_buffer_release(device->workspace);
    *device = (device_network){0};
}
