/* SPDX-License-Identifier: Apache-2.0 */
#include "device_bytes.h"

#include <stdlib.h>
#include <string.h>

enum { GUARD = 4096 }; /* covers CL_DEVICE_MEM_BASE_ADDR_ALIGN of every device: at most 1024 bytes */

clqnn_status clq_device_bytes_create(clqnn_context *context, size_t size, bool sub_buffer, clq_device_bytes *bytes)
{
    *bytes = (clq_device_bytes){ .size = size > 0 ? size : 1, .guard = sub_buffer ? GUARD : 0 };
    if (!sub_buffer) return clqnn_buffer_create(context, bytes->size, &bytes->memory);
    const clqnn_status status = clqnn_buffer_create(context, bytes->size + 2 * GUARD, &bytes->parent);
    if (status != CLQNN_OK) return status;
    const cl_buffer_region region = { .origin = GUARD, .size = bytes->size };
    cl_int code = CL_SUCCESS;
    bytes->memory = clCreateSubBuffer(bytes->parent, CL_MEM_READ_WRITE, CL_BUFFER_CREATE_TYPE_REGION, &region, &code);
    if (code == CL_SUCCESS) return CLQNN_OK;
    clqnn_buffer_release(bytes->parent);
    *bytes = (clq_device_bytes){ .memory = NULL };
    return CLQNN_OPENCL_ERROR;
}

void clq_device_bytes_release(clq_device_bytes *bytes)
{
    clqnn_buffer_release(bytes->memory);
    clqnn_buffer_release(bytes->parent);
    *bytes = (clq_device_bytes){ .memory = NULL };
}

clqnn_status clq_device_bytes_fill(clqnn_context *context, const clq_device_bytes *bytes, unsigned char value)
{
    const size_t size = bytes->size + 2 * bytes->guard;
    unsigned char *const filler = malloc(size);
    if (filler == NULL) return CLQNN_OUT_OF_MEMORY;
    memset(filler, value, size);
    const clqnn_status status = clqnn_upload(context, bytes->parent != NULL ? bytes->parent : bytes->memory, 0, filler, size);
    free(filler);
    return status;
}

clqnn_status clq_device_bytes_guarded(clqnn_context *context, const clq_device_bytes *bytes, unsigned char value, bool *guarded)
{
    unsigned char guards[2 * GUARD];
    *guarded = true;
    if (bytes->parent == NULL) return CLQNN_OK;
    clqnn_status status = clqnn_download(context, bytes->parent, 0, guards, GUARD);
    if (status == CLQNN_OK) status = clqnn_download(context, bytes->parent, GUARD + bytes->size, guards + GUARD, GUARD);
    for (size_t i = 0; status == CLQNN_OK && i < sizeof guards; i++) *guarded = *guarded && guards[i] == value;
    return status;
}
