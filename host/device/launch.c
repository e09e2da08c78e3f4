/* SPDX-License-Identifier: Apache-2.0 */
#include "device/launch.h"

#include "core/message.h"
#include "device/opencl_error.h"

cl_int clq_launch(cl_command_queue queue, cl_kernel kernel, const size_t global[3], const size_t local[3])
{
    return clEnqueueNDRangeKernel(queue, kernel, 3, NULL, global, local, 0, NULL, NULL);
}

clqnn_status clq_launches_begin(clq_launches *launches, cl_context context, cl_device_id device, cl_command_queue queue, cl_uint wait_count,
                                const cl_event *wait)
{
    if (!queue) return clq_fail(CLQNN_INVALID_ARGUMENT, "queue is NULL");
    if ((wait_count == 0) != (wait == NULL)) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "wait_count is %u but wait is %s", (unsigned)wait_count, wait ? "not NULL" : "NULL");
    }
    cl_context queue_context = NULL;
    cl_device_id queue_device = NULL;
    cl_command_queue_properties properties = 0;
    CLQ_FORWARD_OPENCL("clGetCommandQueueInfo(CL_QUEUE_CONTEXT)", clGetCommandQueueInfo(queue, CL_QUEUE_CONTEXT, sizeof queue_context, &queue_context, NULL));
    CLQ_FORWARD_OPENCL("clGetCommandQueueInfo(CL_QUEUE_DEVICE)", clGetCommandQueueInfo(queue, CL_QUEUE_DEVICE, sizeof queue_device, &queue_device, NULL));
    CLQ_FORWARD_OPENCL("clGetCommandQueueInfo(CL_QUEUE_PROPERTIES)", clGetCommandQueueInfo(queue, CL_QUEUE_PROPERTIES, sizeof properties, &properties, NULL));
    if (queue_context != context) return clq_fail(CLQNN_INVALID_ARGUMENT, "queue belongs to another OpenCL context than the plan");
    if (queue_device != device) return clq_fail(CLQNN_INVALID_ARGUMENT, "queue belongs to another device than the plan");
    *launches = (clq_launches){.queue = queue, .out_of_order = (properties & CL_QUEUE_OUT_OF_ORDER_EXEC_MODE_ENABLE) != 0, .wait_count = wait_count, .wait = wait};
    return CLQNN_OK;
}

clqnn_status clq_launches_add(clq_launches *launches, cl_kernel kernel, const size_t global[3], const size_t local[3], bool is_last, cl_event *event)
{
    cl_event made = NULL;
    cl_event *wanted = is_last ? event : launches->out_of_order ? &made : NULL;
    const cl_int code = clEnqueueNDRangeKernel(launches->queue, kernel, 3, NULL, global, local && local[0] ? local : NULL, launches->wait_count, launches->wait,
                                               wanted);
    if (code != CL_SUCCESS) return clq_fail_opencl("clEnqueueNDRangeKernel", code);
    clq_launches_end(launches);
    launches->last = made;
    launches->wait_count = made ? 1 : 0;
    launches->wait = made ? &launches->last : NULL;
    return CLQNN_OK;
}

clqnn_status clq_launches_nothing(clq_launches *launches, cl_event *event)
{
    if (!event && launches->wait_count == 0) return CLQNN_OK;
    CLQ_FORWARD_OPENCL("clEnqueueMarkerWithWaitList", clEnqueueMarkerWithWaitList(launches->queue, launches->wait_count, launches->wait, event));
    return CLQNN_OK;
}

void clq_launches_end(clq_launches *launches)
{
    if (launches->last) clReleaseEvent(launches->last);
    launches->last = NULL;
}
