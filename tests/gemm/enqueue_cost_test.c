/* SPDX-License-Identifier: Apache-2.0 */
/* Host time of clqnn_gemm_enqueue above a bare clEnqueueNDRangeKernel of an empty kernel, alternating on one queue that is held back by a
 * user event, so that no kernel runs while the host is measured. The aim is 2 us; the test fails beyond five times that, so that a busy
 * machine does not fail it. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "clqnn/clqnn.h"
#include "clqnn/opencl.h"

enum { CALLS = 200, ROUNDS = 25, SKIPPED = 77 };

#define AIM_US 2.0
#define LIMIT_US 10.0

typedef struct cost_run {
    clqnn_context *context;
    clqnn_gemm *gemm;
    cl_command_queue queue;
    cl_kernel bare;
    clqnn_gemm_args args;
} cost_run;

static double now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static bool open_plan(cost_run *run)
{
    enum { SIDE = 16 };
    static const int8_t weights[SIDE * SIDE] = {1};
    const clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = SIDE, .n = SIDE, .k = SIDE, .a = {.type = CLQNN_U8}, .b = {.type = CLQNN_S8}, .c = {.type = CLQNN_S32},
                                  .b_data = weights};
    return clqnn_gemm_create(run->context, &desc, &run->gemm) == CLQNN_OK && clqnn_gemm_workspace_size(run->gemm) == 0 &&
           clqnn_default_queue(run->context, &run->queue) == CLQNN_OK && clqnn_buffer_create(run->context, SIDE * SIDE, &run->args.a.memory) == CLQNN_OK &&
           clqnn_buffer_create(run->context, SIDE * SIDE * 4, &run->args.c.memory) == CLQNN_OK;
}

static bool open_bare(cost_run *run)
{
    const char *text = "__kernel void bare(__global int *x) { if (get_global_id(0) > 1000) x[0] = 1; }";
    cl_int code = CL_SUCCESS;
    cl_program program = clCreateProgramWithSource(clqnn_context_opencl_context(run->context), 1, &text, NULL, &code);
    if (code != CL_SUCCESS || clBuildProgram(program, 0, NULL, "", NULL, NULL) != CL_SUCCESS) return false;
    run->bare = clCreateKernel(program, "bare", &code);
    clReleaseProgram(program);
    return code == CL_SUCCESS && clSetKernelArg(run->bare, 0, sizeof run->args.c.memory, &run->args.c.memory) == CL_SUCCESS;
}

static bool enqueue_bare(const cost_run *run)
{
    const size_t one[3] = {1, 1, 1};
    return clEnqueueNDRangeKernel(run->queue, run->bare, 3, NULL, one, one, 0, NULL, NULL) == CL_SUCCESS;
}

/* Host time of `CALLS` enqueues behind a closed gate, in us a call. */
static bool measure(const cost_run *run, bool plan, double *us)
{
    cl_int code = CL_SUCCESS;
    cl_event gate = clCreateUserEvent(clqnn_context_opencl_context(run->context), &code);
    bool done = code == CL_SUCCESS && clEnqueueMarkerWithWaitList(run->queue, 1, &gate, NULL) == CL_SUCCESS;
    const double start = now_us();
    for (int i = 0; i < CALLS && done; i++) done = plan ? clqnn_gemm_enqueue(run->gemm, run->queue, &run->args, 0, NULL, NULL) == CLQNN_OK : enqueue_bare(run);
    *us = (now_us() - start) / CALLS;
    clSetUserEventStatus(gate, CL_COMPLETE);
    clReleaseEvent(gate);
    return done && clqnn_finish(run->context) == CLQNN_OK;
}

int main(void)
{
    cost_run run = {.context = NULL};
    double bare = 0, plan = 0, least_bare = 1e9, least_plan = 1e9;
    const clqnn_status status = clqnn_context_create(NULL, &run.context);
    if (status == CLQNN_NO_DEVICE) return SKIPPED;
    bool done = status == CLQNN_OK && open_plan(&run) && open_bare(&run);
    for (int round = 0; round < ROUNDS && done; round++) {
        done = measure(&run, false, &bare) && measure(&run, true, &plan);
        if (bare < least_bare) least_bare = bare;
        if (plan < least_plan) least_plan = plan;
    }
    if (!done) printf("FAIL: %s\n", clqnn_last_error());
    printf("enqueue: %.2f us, bare kernel %.2f us, difference %.2f us (aim %.0f, limit %.0f)\n", least_plan, least_bare, least_plan - least_bare, AIM_US, LIMIT_US);
    if (run.bare) clReleaseKernel(run.bare);
    clqnn_buffer_release(run.args.a.memory);
    clqnn_buffer_release(run.args.c.memory);
    clqnn_gemm_destroy(run.gemm);
    clqnn_context_release(run.context);
    return done && least_plan - least_bare <= LIMIT_US ? 0 : 1;
}
