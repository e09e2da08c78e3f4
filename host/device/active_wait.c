/* SPDX-License-Identifier: Apache-2.0 */
#include "device/active_wait.h"

#include <string.h>

#include "core/message.h"
#include "device/context.h"
#include "device/launch.h"
#include "device/opencl_error.h"
#include "device/program.h"

#define LINE 16                       /* words of a cache line, as in the kernels */
#define BEGUN LINE

static bool is_wanted(const clqnn_context *context)
{
    const uint32_t needs = CLQ_CAP_HOST_CPU | CLQ_CAP_X86_AVX2; /* the address space of this process, and `pause` */
    return context->active_waiting && (context->capabilities.bits & needs) == needs && context->capabilities.compute_units > 1;
}

/* The launch that makes the runtime compile: nothing is announced, so it ends at once. */
static clqnn_status run_once(clqnn_context *context, cl_program program, const void *user)
{
    const size_t one[3] = {1, 1, 1};
    const clq_active_wait *wait = user;
    const cl_int number = 0;
    (void)context;
    cl_int code = CL_SUCCESS;
    cl_kernel kernel = clCreateKernel(program, "active_wait", &code);
    if (!kernel) return clq_fail_opencl("clCreateKernel", code);
    const char *call = "clSetKernelArg";
    code = clSetKernelArg(kernel, 0, sizeof wait->memory, &wait->memory);
    if (code == CL_SUCCESS) code = clSetKernelArg(kernel, 1, sizeof number, &number);
    if (code == CL_SUCCESS) call = "clEnqueueNDRangeKernel", code = clq_launch(wait->queue, kernel, one, one);
    if (code == CL_SUCCESS) call = "clFinish", code = clFinish(wait->queue);
    clReleaseKernel(kernel);
    return code == CL_SUCCESS ? CLQNN_OK : clq_fail_opencl(call, code);
}

static void discard(clq_active_wait *wait)
{
    if (wait->counters) (void)clEnqueueUnmapMemObject(wait->queue, wait->memory, wait->counters, 0, NULL, NULL);
    if (wait->kernel) clReleaseKernel(wait->kernel);
    if (wait->memory) clReleaseMemObject(wait->memory);
    if (wait->queue) clReleaseCommandQueue(wait->queue);
}

/* Two lines of counters; then, for each queue, a line a thread and one more. */
static int32_t claims_offset(const clqnn_context *context, int32_t slot)
{
    return 2 * LINE + slot * ((int32_t)context->capabilities.compute_units + 1) * LINE;
}

static clqnn_status fill(clqnn_context *context, clq_active_wait *wait)
{
    static const clq_program_source source = {.parts = {"prelude/types", "launch/active_wait"}, .defines = "-DWAIT_STEPS=2000"};
    cl_int code = CL_SUCCESS;
    cl_program program = NULL;
    const size_t size = (size_t)claims_offset(context, CLQ_CLAIM_SLOTS) * sizeof(int32_t);
    wait->queue = clCreateCommandQueue(context->cl, context->device, 0, &code);
    if (!wait->queue) return clq_fail_opencl("clCreateCommandQueue", code);
    wait->memory = clCreateBuffer(context->cl, CL_MEM_READ_WRITE | CL_MEM_ALLOC_HOST_PTR, size, NULL, &code);
    if (!wait->memory) return clq_fail_opencl("clCreateBuffer", code);
    /* Mapped for good: on a CPU device of this process both sides then see the same words. */
    wait->counters = clEnqueueMapBuffer(wait->queue, wait->memory, CL_TRUE, CL_MAP_READ | CL_MAP_WRITE, 0, size, 0, NULL, NULL, &code);
    if (!wait->counters) return clq_fail_opencl("clEnqueueMapBuffer", code);
    memset(wait->counters, 0, size);
    CLQ_FORWARD(clq_program_get(context, &source, run_once, wait, &program));
    wait->kernel = clCreateKernel(program, "active_wait", &code);
    clReleaseProgram(program);
    if (!wait->kernel) return clq_fail_opencl("clCreateKernel", code);
    CLQ_FORWARD_OPENCL("clSetKernelArg", clSetKernelArg(wait->kernel, 0, sizeof wait->memory, &wait->memory));
    return CLQNN_OK;
}

clqnn_status clq_active_wait_prepare(clqnn_context *context)
{
    if (!is_wanted(context)) return CLQNN_OK;
    clqnn_status status = CLQNN_OK;
    pthread_mutex_lock(&context->wait.lock);
    if (!context->wait.counters) {
        clq_active_wait made = {0};
        status = fill(context, &made);
        if (status == CLQNN_OK) {
            context->wait.queue = made.queue;
            context->wait.memory = made.memory;
            context->wait.kernel = made.kernel;
            context->wait.counters = made.counters;
        } else {
            discard(&made);
        }
    }
    pthread_mutex_unlock(&context->wait.lock);
    return status;
}

void clq_active_wait_release(clqnn_context *context)
{
    discard(&context->wait);
}

clq_announcement clq_active_wait_announce(clqnn_context *context, const clq_launches *launches, bool counts)
{
    clq_active_wait *wait = &context->wait;
    if (!counts || !wait->counters || launches->out_of_order) return (clq_announcement){0};
    const uint32_t before = (uint32_t)__atomic_fetch_add(&wait->counters[0], 1, __ATOMIC_SEQ_CST);
    const uint32_t begun = (uint32_t)__atomic_load_n(&wait->counters[BEGUN], __ATOMIC_SEQ_CST);
    const bool same_queue = __atomic_exchange_n(&wait->last_queue, launches->queue, __ATOMIC_SEQ_CST) == launches->queue;
    return (clq_announcement){.is_counted = true, .is_followed = same_queue && (int32_t)(before - begun) > 0, .number = (int32_t)(before + 1u)};
}

int32_t clq_active_wait_claims(clqnn_context *context, cl_command_queue queue)
{
    for (int32_t slot = 0; slot < CLQ_CLAIM_SLOTS; slot++) {
        cl_command_queue owner = NULL;
        const bool taken = __atomic_compare_exchange_n(&context->wait.owners[slot], &owner, queue, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
        if (taken || owner == queue) return claims_offset(context, slot);
    }
    return 0;
}

static size_t group_count(const clq_geometry *geometry)
{
    size_t groups = 1;
    for (int i = 0; i < 3; i++) groups *= geometry->global[i] / geometry->local[i];
    return groups;
}

/* Puts idle threads to waiting for the launch after the announced one. */
static void follow(clqnn_context *context, clq_announcement announcement)
{
    clq_active_wait *wait = &context->wait;
    const size_t threads[3] = {context->capabilities.compute_units - 1, 1, 1}, one[3] = {1, 1, 1};
    const cl_int number = announcement.number;
    pthread_mutex_lock(&wait->lock);
    if (clSetKernelArg(wait->kernel, 1, sizeof number, &number) == CL_SUCCESS) (void)clq_launch(wait->queue, wait->kernel, threads, one);
    pthread_mutex_unlock(&wait->lock);
}

clqnn_status clq_active_wait_launched(clqnn_context *context, clq_announcement announcement, const clq_geometry *geometry, clqnn_status status)
{
    if (!announcement.is_counted) return status;
    if (status != CLQNN_OK) __atomic_fetch_sub(&context->wait.counters[0], 1, __ATOMIC_SEQ_CST);
    else if (announcement.is_followed && group_count(geometry) > 1) follow(context, announcement);
    return status;
}
