/* SPDX-License-Identifier: Apache-2.0 */
/* enqueue_cost_test CALL: host time of one call (gemm, conv, conv_product, op) above a bare clEnqueueNDRangeKernel of an empty kernel,
 * alternating on one queue that is held back by a user event, so that no kernel runs while the host is measured. The aim is 2 us; the
 * test fails beyond five times that, so that a busy machine does not fail it. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clqnn/clqnn.h"
#include "clqnn/opencl.h"

enum { CALLS = 200, ROUNDS = 25, SIDE = 16, BYTES = SIDE * SIDE * 4, WRONG_USE = 2, SKIPPED = 77 };

#define AIM_US 2.0
#define LIMIT_US 10.0

typedef struct cost_run {
    clqnn_context *context;
    clqnn_gemm *gemm;
    clqnn_conv *conv;
    clqnn_op *op;
    cl_command_queue queue;
    cl_kernel bare;
    struct _cl_mem *x, *y;
} cost_run;

typedef struct cost_row {
    const char *name;
    clqnn_status (*create)(cost_run *run);
    clqnn_status (*enqueue)(const cost_run *run);
} cost_row;

static double now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static const int8_t weights[SIDE * SIDE * 9] = {1};

static clqnn_status create_gemm(cost_run *run)
{
    const clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = SIDE, .n = SIDE, .k = SIDE, .a = {.type = CLQNN_U8}, .b = {.type = CLQNN_S8}, .c = {.type = CLQNN_S32},
                                  .b_data = weights};
    return clqnn_gemm_create(run->context, &desc, &run->gemm);
}

static clqnn_status enqueue_gemm(const cost_run *run)
{
    const clqnn_gemm_args args = {.a = {run->x, 0}, .c = {run->y, 0}};
    return clqnn_gemm_enqueue(run->gemm, run->queue, &args, 0, NULL, NULL);
}

static clqnn_status create_conv_of(cost_run *run, int64_t kernel)
{
    const clqnn_conv_desc desc = {.struct_size = sizeof desc, .in_channels = SIDE, .out_channels = SIDE, .input = {4, 4}, .kernel = {kernel, kernel},
                                  .pad_begin = {kernel / 2, kernel / 2}, .pad_end = {kernel / 2, kernel / 2}, .x = {.type = CLQNN_U8}, .y = {.type = CLQNN_U8},
                                  .weight_type = CLQNN_S8, .weight_data = weights};
    return clqnn_conv_create(run->context, &desc, &run->conv);
}

static clqnn_status create_conv(cost_run *run)
{
    return create_conv_of(run, 3);
}

static clqnn_status create_conv_product(cost_run *run)
{
    return create_conv_of(run, 1);
}

static clqnn_status enqueue_conv(const cost_run *run)
{
    const clqnn_conv_args args = {.x = {run->x, 0}, .y = {run->y, 0}};
    return clqnn_conv_enqueue(run->conv, run->queue, &args, 0, NULL, NULL);
}

static clqnn_status create_op(cost_run *run)
{
    const clqnn_tensor tensor = {.type = CLQNN_U8, .rank = 2, .shape = {SIDE, SIDE}};
    const clqnn_table_desc desc = {.struct_size = sizeof desc, .x = tensor, .y = tensor, .function = CLQNN_RELU};
    return clqnn_table_create(run->context, &desc, &run->op);
}

static clqnn_status enqueue_op(const cost_run *run)
{
    const clqnn_region x = {run->x, 0}, y = {run->y, 0};
    const clqnn_op_args args = {.inputs = &x, .input_count = 1, .outputs = &y, .output_count = 1};
    return clqnn_op_enqueue(run->op, run->queue, &args, 0, NULL, NULL);
}

static const cost_row rows[] = {
    {"gemm", create_gemm, enqueue_gemm},
    {"conv", create_conv, enqueue_conv},
    {"conv_product", create_conv_product, enqueue_conv},
    {"op", create_op, enqueue_op},
};

/* All of these are one launch without a workspace. */
static bool open_plan(const cost_row *row, cost_run *run)
{
    return row->create(run) == CLQNN_OK && clqnn_gemm_workspace_size(run->gemm) + clqnn_conv_workspace_size(run->conv) + clqnn_op_workspace_size(run->op) == 0 &&
           clqnn_default_queue(run->context, &run->queue) == CLQNN_OK && clqnn_buffer_create(run->context, BYTES, &run->x) == CLQNN_OK &&
           clqnn_buffer_create(run->context, BYTES, &run->y) == CLQNN_OK;
}

static bool open_bare(cost_run *run)
{
    const char *text = "__kernel void bare(__global int *x) { if (get_global_id(0) > 1000) x[0] = 1; }";
    cl_int code = CL_SUCCESS;
    cl_program program = clCreateProgramWithSource(clqnn_context_opencl_context(run->context), 1, &text, NULL, &code);
    if (code != CL_SUCCESS || clBuildProgram(program, 0, NULL, "", NULL, NULL) != CL_SUCCESS) return false;
    run->bare = clCreateKernel(program, "bare", &code);
    clReleaseProgram(program);
    return code == CL_SUCCESS && clSetKernelArg(run->bare, 0, sizeof run->y, &run->y) == CL_SUCCESS;
}

static bool enqueue_bare(const cost_run *run)
{
    const size_t one[3] = {1, 1, 1};
    return clEnqueueNDRangeKernel(run->queue, run->bare, 3, NULL, one, one, 0, NULL, NULL) == CL_SUCCESS;
}

/* Host time of `CALLS` enqueues behind a closed gate, in us a call; of bare kernels where `row` is NULL. */
static bool measure(const cost_run *run, const cost_row *row, double *us)
{
    cl_int code = CL_SUCCESS;
    cl_event gate = clCreateUserEvent(clqnn_context_opencl_context(run->context), &code);
    bool done = code == CL_SUCCESS && clEnqueueMarkerWithWaitList(run->queue, 1, &gate, NULL) == CL_SUCCESS;
    const double start = now_us();
    for (int i = 0; i < CALLS && done; i++) done = row ? row->enqueue(run) == CLQNN_OK : enqueue_bare(run);
    *us = (now_us() - start) / CALLS;
    clSetUserEventStatus(gate, CL_COMPLETE);
    clReleaseEvent(gate);
    return done && clqnn_finish(run->context) == CLQNN_OK;
}

static int run_row(const cost_row *row)
{
    cost_run run = {.context = NULL};
    double bare = 0, plan = 0, least_bare = 1e9, least_plan = 1e9;
    const clqnn_status status = clqnn_context_create(NULL, &run.context);
    if (status == CLQNN_NO_DEVICE) return SKIPPED;
    bool done = status == CLQNN_OK && open_plan(row, &run) && open_bare(&run);
    for (int round = 0; round < ROUNDS && done; round++) {
        done = measure(&run, NULL, &bare) && measure(&run, row, &plan);
        if (bare < least_bare) least_bare = bare;
        if (plan < least_plan) least_plan = plan;
    }
    if (!done) printf("FAIL: %s\n", clqnn_last_error());
    printf("%s: %.2f us, bare kernel %.2f us, difference %.2f us (aim %.0f, limit %.0f)\n", row->name, least_plan, least_bare, least_plan - least_bare, AIM_US, LIMIT_US);
    if (run.bare) clReleaseKernel(run.bare);
    clqnn_buffer_release(run.x);
    clqnn_buffer_release(run.y);
    clqnn_gemm_destroy(run.gemm);
    clqnn_conv_destroy(run.conv);
    clqnn_op_destroy(run.op);
    clqnn_context_release(run.context);
    return done && least_plan - least_bare <= LIMIT_US ? 0 : 1;
}

int main(int argc, char **argv)
{
    for (size_t i = 0; argc == 2 && i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(argv[1], rows[i].name) == 0) return run_row(&rows[i]);
    }
    return WRONG_USE;
}
