/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn/memory.h: helpers on the context's default queue. */
#include "clqnn/memory.h"

#include "core/message.h"
#include "device/context.h"
#include "device/opencl_error.h"
#include "device/region.h"

static clqnn_status check_copy(const clqnn_context *context, cl_mem buffer, uint64_t offset, uint64_t bytes)
{
    const clqnn_region region = {buffer, offset};
    clq_extent extent;
    return clq_region_check("buffer", &region, bytes, 1, context->cl, &extent);
}

static clqnn_status require(const clqnn_context *context, const void *pointer, const char *name)
{
    if (!context) return clq_fail(CLQNN_INVALID_ARGUMENT, "context is NULL");
    return pointer ? CLQNN_OK : clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", name);
}

clqnn_status clqnn_default_queue(clqnn_context *context, cl_command_queue *queue)
{
    CLQ_FORWARD(require(context, queue, "queue"));
    cl_int code = CL_SUCCESS;
    pthread_mutex_lock(&context->lock);
    if (!context->queue) context->queue = clCreateCommandQueue(context->cl, context->device, 0, &code);
    *queue = context->queue;
    pthread_mutex_unlock(&context->lock);
    CLQ_FORWARD_OPENCL("clCreateCommandQueue", code);
    return CLQNN_OK;
}

clqnn_status clqnn_buffer_create(clqnn_context *context, uint64_t bytes, cl_mem *buffer)
{
    CLQ_FORWARD(require(context, buffer, "buffer"));
    if (bytes == 0 || bytes > context->info.max_alloc_bytes) {
        return clq_fail(CLQNN_INVALID_SHAPE, "bytes is %llu, the device allocates 1 to %llu", (unsigned long long)bytes,
                        (unsigned long long)context->info.max_alloc_bytes);
    }
    cl_int code = CL_SUCCESS;
    *buffer = clCreateBuffer(context->cl, CL_MEM_READ_WRITE, (size_t)bytes, NULL, &code);
    CLQ_FORWARD_OPENCL("clCreateBuffer", code);
    return CLQNN_OK;
}

void clqnn_buffer_release(cl_mem buffer)
{
    if (buffer) clReleaseMemObject(buffer);
}

clqnn_status clqnn_upload(clqnn_context *context, cl_mem buffer, uint64_t offset, const void *source, uint64_t bytes)
{
    CLQ_FORWARD(require(context, buffer, "buffer"));
    if (bytes == 0) return CLQNN_OK;
    CLQ_FORWARD(require(context, source, "source"));
    CLQ_FORWARD(check_copy(context, buffer, offset, bytes));
    cl_command_queue queue = NULL;
    CLQ_FORWARD(clqnn_default_queue(context, &queue));
    CLQ_FORWARD_OPENCL("clEnqueueWriteBuffer", clEnqueueWriteBuffer(queue, buffer, CL_TRUE, (size_t)offset, (size_t)bytes, source, 0, NULL, NULL));
    return CLQNN_OK;
}

clqnn_status clqnn_download(clqnn_context *context, cl_mem buffer, uint64_t offset, void *target, uint64_t bytes)
{
    CLQ_FORWARD(require(context, buffer, "buffer"));
    if (bytes == 0) return CLQNN_OK;
    CLQ_FORWARD(require(context, target, "target"));
    CLQ_FORWARD(check_copy(context, buffer, offset, bytes));
    cl_command_queue queue = NULL;
    CLQ_FORWARD(clqnn_default_queue(context, &queue));
    CLQ_FORWARD_OPENCL("clEnqueueReadBuffer", clEnqueueReadBuffer(queue, buffer, CL_TRUE, (size_t)offset, (size_t)bytes, target, 0, NULL, NULL));
    return CLQNN_OK;
}

clqnn_status clqnn_finish(clqnn_context *context)
{
    cl_command_queue queue = NULL;
    CLQ_FORWARD(clqnn_default_queue(context, &queue));
    CLQ_FORWARD_OPENCL("clFinish", clFinish(queue));
    return CLQNN_OK;
}
