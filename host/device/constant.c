/* SPDX-License-Identifier: Apache-2.0 */
#include "device/constant.h"

#include <stdlib.h>

#include "core/message.h"
#include "device/context.h"
#include "device/opencl_error.h"

clqnn_status clq_constant_create(clqnn_context *context, const void *bytes, uint64_t size, const char *what, cl_mem *memory)
{
    *memory = NULL;
    if (size == 0) return CLQNN_OK;
    cl_int code = CL_SUCCESS;
    /* OpenCL 1.2 takes a void pointer that it only reads. */
    *memory = clCreateBuffer(context->cl, CL_MEM_READ_ONLY | CL_MEM_COPY_HOST_PTR, (size_t)size, (void *)(uintptr_t)bytes, &code);
    return *memory ? CLQNN_OK : clq_fail_within(clq_fail_opencl("clCreateBuffer", code), what);
}

clqnn_status clq_constant_read(clqnn_context *context, cl_mem memory, uint64_t size, unsigned char **bytes)
{
    *bytes = malloc(size ? (size_t)size : 1);
    if (!*bytes) return clq_fail(CLQNN_OUT_OF_MEMORY, "no host memory for packed weights of %llu bytes", (unsigned long long)size);
    cl_int code = CL_SUCCESS;
    if (size) {
        cl_command_queue queue = clCreateCommandQueue(context->cl, context->device, 0, &code);
        if (queue) {
            code = clEnqueueReadBuffer(queue, memory, CL_TRUE, 0, (size_t)size, *bytes, 0, NULL, NULL);
            clReleaseCommandQueue(queue);
        }
    }
    if (code == CL_SUCCESS) return CLQNN_OK;
    free(*bytes);
    *bytes = NULL;
    return clq_fail_opencl("reading packed weights", code);
}
