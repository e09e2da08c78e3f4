/* SPDX-License-Identifier: Apache-2.0 */
#include "device/warm.h"

#include <stdio.h>
#include <string.h>

#include "core/message.h"
#include "device/context.h"
#include "device/launch.h"
#include "device/opencl_error.h"

#define DUMMY_BYTES ((size_t)1 << 16)

static clqnn_status run_once(cl_command_queue queue, cl_program program, cl_mem dummy, const clq_warm_kernel *warm)
{
    cl_int code = CL_SUCCESS;
    cl_kernel kernel = clCreateKernel(program, warm->name, &code);
    if (!kernel) return clq_fail_opencl("clCreateKernel", code);
    for (cl_uint i = 0; i < warm->buffers && code == CL_SUCCESS; i++) code = clSetKernelArg(kernel, i, sizeof dummy, &dummy);
    if (code == CL_SUCCESS) code = clSetKernelArg(kernel, warm->buffers, warm->params_size, warm->params);
    clq_launches sequence = {.queue = queue};
    clqnn_status status = code == CL_SUCCESS ? clq_launches_add(&sequence, kernel, warm->local, warm->local, true, NULL) : clq_fail_opencl("clSetKernelArg", code);
    clq_launches_end(&sequence);
    if (status == CLQNN_OK && (code = clFinish(queue)) != CL_SUCCESS) status = clq_fail_opencl("clFinish", code);
    clReleaseKernel(kernel);
    return status == CLQNN_OK ? CLQNN_OK : clq_fail_within(status, warm->name);
}

clqnn_status clq_warm_run(clqnn_context *context, cl_program program, const void *user)
{
    const clq_warm_list *list = user;
    cl_int code = CL_SUCCESS;
    cl_command_queue queue = clCreateCommandQueue(context->cl, context->device, 0, &code);
    if (!queue) return clq_fail_opencl("clCreateCommandQueue", code);
    cl_mem dummy = clCreateBuffer(context->cl, CL_MEM_READ_WRITE, DUMMY_BYTES, NULL, &code);
    clqnn_status status = dummy ? CLQNN_OK : clq_fail_opencl("clCreateBuffer", code);
    for (size_t i = 0; i < list->count && status == CLQNN_OK; i++) status = run_once(queue, program, dummy, &list->kernels[i]);
    if (dummy) clReleaseMemObject(dummy);
    clReleaseCommandQueue(queue);
    return status;
}

void clq_warm_add(clq_warm_list *list, const char *name, const char *suffix, cl_uint buffers, const void *params, size_t params_size, const size_t local[3])
{
    clq_warm_kernel *warm = &list->kernels[list->count++];
    (void)snprintf(warm->name, sizeof warm->name, "%s%s", name, suffix);
    warm->buffers = buffers;
    warm->params = params;
    warm->params_size = params_size;
    memcpy(warm->local, local, sizeof warm->local);
}

clqnn_status clq_kernel_create(cl_program program, const char *name, const char *suffix, cl_kernel *kernel)
{
    char full[CLQ_KERNEL_NAME_CAPACITY];
    (void)snprintf(full, sizeof full, "%s%s", name, suffix);
    cl_int code = CL_SUCCESS;
    *kernel = clCreateKernel(program, full, &code);
    return *kernel ? CLQNN_OK : clq_fail_within(clq_fail_opencl("clCreateKernel", code), full);
}
