/* SPDX-License-Identifier: Apache-2.0 */
#include "sequence/chain.h"

#include <stdlib.h>
#include <string.h>

#include "core/message.h"
#include "device/active_wait.h"
#include "device/context.h"
#include "device/opencl_error.h"
#include "device/program.h"

#define LINE_BYTES 64

bool clq_chain_is_possible(const clqnn_context *context)
{
    const uint32_t needs = CLQ_CAP_HOST_CPU | CLQ_CAP_X86_AVX512 | CLQ_CAP_X86_AVX512_VNNI;
    return context->wait.counters && (context->capabilities.bits & needs) == needs;
}

/* The kernel of this name, run once: `buffers` times the dummy, then a last argument of 0, which asks for nothing. */
static clqnn_status run_idle(cl_command_queue queue, cl_program program, const char *name, cl_mem dummy, cl_uint buffers)
{
    static const size_t one[3] = {1, 1, 1};
    const cl_int nothing = 0;
    cl_int code = CL_SUCCESS;
    cl_kernel kernel = clCreateKernel(program, name, &code);
    if (!kernel) return clq_fail_opencl("clCreateKernel", code);
    for (cl_uint i = 0; i < buffers && code == CL_SUCCESS; i++) code = clSetKernelArg(kernel, i, sizeof dummy, &dummy);
    if (code == CL_SUCCESS) code = clSetKernelArg(kernel, buffers, sizeof nothing, &nothing);
    if (code == CL_SUCCESS) code = clq_launch(queue, kernel, one, one);
    if (code == CL_SUCCESS) code = clFinish(queue);
    clReleaseKernel(kernel);
    return code == CL_SUCCESS ? CLQNN_OK : clq_fail_within(clq_fail_opencl("running an idle kernel", code), name);
}

static clqnn_status warm(clqnn_context *context, cl_program program, const void *user)
{
    (void)user;
    cl_int code = CL_SUCCESS;
    cl_command_queue queue = clCreateCommandQueue(context->cl, context->device, 0, &code);
    if (!queue) return clq_fail_opencl("clCreateCommandQueue", code);
    cl_mem dummy = clCreateBuffer(context->cl, CL_MEM_READ_WRITE, LINE_BYTES, NULL, &code);
    clqnn_status status = dummy ? CLQNN_OK : clq_fail_opencl("clCreateBuffer", code);
    if (status == CLQNN_OK) status = run_idle(queue, program, "chain_vnni", dummy, 3);
    if (status == CLQNN_OK) status = run_idle(queue, program, "chain_address", dummy, 2);
    if (dummy) clReleaseMemObject(dummy);
    clReleaseCommandQueue(queue);
    return status;
}

static clqnn_status get_program(clqnn_context *context, cl_program *program)
{
    static const clq_program_source source = {
        .parts = {"prelude/types", "prelude/divide", "prelude/gemm_params", "prelude/gemm_batch", "prelude/conv_params", "prelude/conv_enter", "prelude/chain_kinds", "prelude/chain_job",
                  "epilogue/requantize", "epilogue/conv_store", "epilogue/requantize_x86", "epilogue/residual_x86", "epilogue/table_x86", "tile/x86_masked",
                  "tile/x86_vnni", "tile/x86_vnni_taps", "tile/x86_runs", "tile/x86_depthwise", "launch/shares",
                  "gemm/gemm_i8_vnni", "conv/conv_i8_vnni", "conv/conv_i8_vnni_first", "conv/conv_i8_vnni_depthwise"},
        .own_part = "launch/chain_vnni",
        .defines = "-DLANES=16",
    };
    return clq_program_get(context, &source, warm, NULL, program);
}

clqnn_status clq_chain_warm(clqnn_context *context)
{
    cl_program program = NULL;
    CLQ_FORWARD(get_program(context, &program));
    clReleaseProgram(program);
    return CLQNN_OK;
}

static size_t find_memory(const clq_chain *chain, cl_mem memory)
{
    size_t i = 0;
    while (i < chain->memory_count && chain->memories[i] != memory) i++;
    return i;
}

/* Each buffer once, retained. */
static clqnn_status collect_memories(const clq_chain_call *calls, size_t count, clq_chain *chain)
{
    chain->memories = calloc(count * CHAIN_BUFFERS, sizeof(cl_mem));
    if (!chain->memories) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a chain's %zu buffers", count * CHAIN_BUFFERS);
    for (size_t i = 0; i < count * CHAIN_BUFFERS; i++) {
        cl_mem memory = calls[i / CHAIN_BUFFERS].buffers[i % CHAIN_BUFFERS];
        if (!memory || find_memory(chain, memory) < chain->memory_count) continue;
        CLQ_FORWARD_OPENCL("clRetainMemObject", clRetainMemObject(memory));
        chain->memories[chain->memory_count++] = memory;
    }
    return CLQNN_OK;
}

/* The address of each buffer, by a kernel that is given it. */
static clqnn_status find_addresses(cl_command_queue queue, cl_kernel kernel, cl_mem slot, const clq_chain *chain, cl_ulong *addresses)
{
    static const size_t one[3] = {1, 1, 1};
    const cl_int wanted = 1;
    CLQ_FORWARD_OPENCL("clSetKernelArg", clSetKernelArg(kernel, 1, sizeof slot, &slot));
    CLQ_FORWARD_OPENCL("clSetKernelArg", clSetKernelArg(kernel, 2, sizeof wanted, &wanted));
    for (size_t i = 0; i < chain->memory_count; i++) {
        CLQ_FORWARD_OPENCL("clSetKernelArg", clSetKernelArg(kernel, 0, sizeof chain->memories[i], &chain->memories[i]));
        CLQ_FORWARD_OPENCL("clEnqueueNDRangeKernel", clq_launch(queue, kernel, one, one));
        CLQ_FORWARD_OPENCL("clEnqueueReadBuffer", clEnqueueReadBuffer(queue, slot, CL_TRUE, 0, sizeof *addresses, &addresses[i], 0, NULL, NULL));
    }
    return CLQNN_OK;
}

static clqnn_status upload_jobs(clqnn_context *context, const clq_chain_call *calls, size_t count, const cl_ulong *addresses, clq_chain *chain)
{
    cl_int code = CL_SUCCESS;
    chain_job *jobs = calloc(count, sizeof *jobs);
    if (!jobs) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a chain of %zu calls", count);
    for (size_t i = 0; i < count; i++) {
        jobs[i] = calls[i].job;
        for (size_t b = 0; b < CHAIN_BUFFERS; b++) {
            if (calls[i].buffers[b]) jobs[i].buffers[b] = addresses[find_memory(chain, calls[i].buffers[b])];
        }
    }
    chain->jobs = clCreateBuffer(context->cl, CL_MEM_READ_ONLY | CL_MEM_COPY_HOST_PTR, count * sizeof *jobs, jobs, &code);
    free(jobs);
    return chain->jobs ? CLQNN_OK : clq_fail_opencl("clCreateBuffer", code);
}

/* Claim words: for each call a line a share and one more, and one for the launch. */
static clqnn_status create_control(clqnn_context *context, size_t count, clq_chain *chain)
{
    cl_int code = CL_SUCCESS;
    const size_t lines = count * ((size_t)context->capabilities.compute_units + 1) + 1;
    void *zeros = calloc(lines, LINE_BYTES);
    if (!zeros) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for the claim words of a chain of %zu calls", count);
    chain->control = clCreateBuffer(context->cl, CL_MEM_READ_WRITE | CL_MEM_COPY_HOST_PTR, lines * LINE_BYTES, zeros, &code);
    free(zeros);
    return chain->control ? CLQNN_OK : clq_fail_opencl("clCreateBuffer", code);
}

static clqnn_status resolve_jobs(clqnn_context *context, cl_program program, const clq_chain_call *calls, size_t count, clq_chain *chain)
{
    cl_int code = CL_SUCCESS;
    cl_ulong *addresses = calloc(chain->memory_count, sizeof *addresses);
    if (!addresses) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a chain's addresses");
    cl_command_queue queue = clCreateCommandQueue(context->cl, context->device, 0, &code);
    clqnn_status status = queue ? CLQNN_OK : clq_fail_opencl("clCreateCommandQueue", code);
    cl_kernel kernel = status == CLQNN_OK ? clCreateKernel(program, "chain_address", &code) : NULL;
    if (status == CLQNN_OK && !kernel) status = clq_fail_opencl("clCreateKernel", code);
    cl_mem slot = status == CLQNN_OK ? clCreateBuffer(context->cl, CL_MEM_READ_WRITE, LINE_BYTES, NULL, &code) : NULL;
    if (status == CLQNN_OK && !slot) status = clq_fail_opencl("clCreateBuffer", code);
    if (status == CLQNN_OK) status = find_addresses(queue, kernel, slot, chain, addresses);
    if (status == CLQNN_OK) status = upload_jobs(context, calls, count, addresses, chain);
    if (slot) clReleaseMemObject(slot);
    if (kernel) clReleaseKernel(kernel);
    if (queue) clReleaseCommandQueue(queue);
    free(addresses);
    return status;
}

static clqnn_status fill(clqnn_context *context, const clq_chain_call *calls, size_t count, clq_chain *chain)
{
    cl_program program = NULL;
    cl_int code = CL_SUCCESS;
    CLQ_FORWARD(collect_memories(calls, count, chain));
    CLQ_FORWARD(get_program(context, &program));
    chain->kernel = clCreateKernel(program, "chain_vnni", &code);
    clqnn_status status = chain->kernel ? CLQNN_OK : clq_fail_opencl("clCreateKernel", code);
    if (status == CLQNN_OK) status = resolve_jobs(context, program, calls, count, chain);
    clReleaseProgram(program);
    if (status == CLQNN_OK) status = create_control(context, count, chain);
    chain->count = (cl_int)count;
    return status;
}

clqnn_status clq_chain_create(clqnn_context *context, const clq_chain_call *calls, size_t count, clq_chain *chain)
{
    memset(chain, 0, sizeof *chain);
    const clqnn_status status = fill(context, calls, count, chain);
    if (status != CLQNN_OK) clq_chain_release(chain);
    return status;
}

clqnn_status clq_chain_launch(clqnn_context *context, const clq_chain *chain, clq_launches *launches, cl_event *event)
{
    const clq_geometry geometry = {.global = {context->capabilities.compute_units, 1, 1}, .local = {1, 1, 1}};
    const cl_mem buffers[] = {chain->jobs, chain->control, context->wait.memory};
    for (cl_uint i = 0; i < 3; i++) CLQ_FORWARD_OPENCL("clSetKernelArg", clSetKernelArg(chain->kernel, i, sizeof buffers[i], &buffers[i]));
    CLQ_FORWARD_OPENCL("clSetKernelArg", clSetKernelArg(chain->kernel, 3, sizeof chain->count, &chain->count));
    const clq_announcement announcement = clq_active_wait_announce(context, launches, true);
    return clq_active_wait_launched(context, announcement, &geometry, clq_launches_add(launches, chain->kernel, geometry.global, geometry.local, true, event));
}

void clq_chain_release(clq_chain *chain)
{
    for (size_t i = 0; i < chain->memory_count; i++) clReleaseMemObject(chain->memories[i]);
    free(chain->memories);
    if (chain->jobs) clReleaseMemObject(chain->jobs);
    if (chain->control) clReleaseMemObject(chain->control);
    if (chain->kernel) clReleaseKernel(chain->kernel);
    memset(chain, 0, sizeof *chain);
}
