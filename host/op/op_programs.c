/* SPDX-License-Identifier: Apache-2.0 */
#include "core/message.h"
#include "device/context.h"
#include "device/launch.h"
#include "device/opencl_error.h"
#include "device/program.h"
#include "op/op_plan.h"

#define DUMMY_BYTES ((size_t)1 << 12)
#define COMMON_PARTS 4

static clqnn_status set_nothing(cl_kernel kernel, const clq_op_kernel *row, cl_mem dummy)
{
    static const uint64_t nothing[CLQ_OP_PARAMS_WORDS];
    for (cl_uint i = 0; i <= row->buffer_count; i++) CLQ_FORWARD_OPENCL("clSetKernelArg", clSetKernelArg(kernel, i, sizeof dummy, &dummy));
    CLQ_FORWARD_OPENCL("clSetKernelArg", clSetKernelArg(kernel, row->buffer_count + 1, row->params_size, nothing));
    return CLQNN_OK;
}

static clqnn_status run_once(cl_command_queue queue, cl_program program, cl_mem dummy, const clq_op_kernel *row)
{
    cl_int code = CL_SUCCESS;
    cl_kernel kernel = clCreateKernel(program, row->name, &code);
    if (!kernel) return clq_fail_within(clq_fail_opencl("clCreateKernel", code), row->name);
    clq_launches sequence = {.queue = queue};
    clqnn_status status = set_nothing(kernel, row, dummy);
    if (status == CLQNN_OK) status = clq_launches_add(&sequence, kernel, row->local, row->local, true, NULL);
    clq_launches_end(&sequence);
    if (status == CLQNN_OK && (code = clFinish(queue)) != CL_SUCCESS) status = clq_fail_opencl("clFinish", code);
    clReleaseKernel(kernel);
    return status == CLQNN_OK ? CLQNN_OK : clq_fail_within(status, row->name);
}

/* Every kernel once, with params of 0. */
static clqnn_status warm_program(clqnn_context *context, cl_program program, const void *user)
{
    const clq_op_program *rows = user;
    cl_int code = CL_SUCCESS;
    cl_command_queue queue = clCreateCommandQueue(context->cl, context->device, 0, &code);
    if (!queue) return clq_fail_opencl("clCreateCommandQueue", code);
    cl_mem dummy = clCreateBuffer(context->cl, CL_MEM_READ_WRITE, DUMMY_BYTES, NULL, &code);
    clqnn_status status = dummy ? CLQNN_OK : clq_fail_opencl("clCreateBuffer", code);
    for (size_t i = 0; i < CLQ_OP_MAX_KERNELS && status == CLQNN_OK; i++) {
        if (rows->kernels[i].name) status = run_once(queue, program, dummy, &rows->kernels[i]);
    }
    if (dummy) clReleaseMemObject(dummy);
    clReleaseCommandQueue(queue);
    return status;
}

void clq_op_program_source(const clq_op_program *rows, clq_program_source *source)
{
    *source = (clq_program_source){.parts = {"prelude/types", "prelude/divide", "op/op_params", "op/op_walk"}, .defines = rows->defines};
    for (size_t i = 0; i < CLQ_OP_MAX_PARTS && rows->parts[i]; i++) source->parts[COMMON_PARTS + i] = rows->parts[i];
}

static clqnn_status get_program(clqnn_context *context, const clq_op_program *rows, cl_program *program)
{
    clq_program_source source;
    clq_op_program_source(rows, &source);
    return clq_program_get(context, &source, warm_program, rows, program);
}

clqnn_status clq_op_warm(clqnn_context *context, const clq_op_program *program)
{
    cl_program built = NULL;
    CLQ_FORWARD(get_program(context, program, &built));
    clReleaseProgram(built);
    return CLQNN_OK;
}

clqnn_status clq_op_create_kernels(clqnn_op *op)
{
    const clq_op_program *rows = op->variant->program;
    cl_program program = NULL;
    clqnn_status status = CLQNN_OK;
    if (op->variant->counts_begun) CLQ_FORWARD(clq_active_wait_prepare(op->context));
    CLQ_FORWARD(get_program(op->context, rows, &program));
    for (size_t i = 0; i < op->step_count && status == CLQNN_OK; i++) {
        const uint32_t which = op->steps[i].kernel;
        cl_int code = CL_SUCCESS;
        if (op->kernels[which]) continue;
        op->kernels[which] = clCreateKernel(program, rows->kernels[which].name, &code);
        if (!op->kernels[which]) status = clq_fail_within(clq_fail_opencl("clCreateKernel", code), rows->kernels[which].name);
    }
    clReleaseProgram(program);
    return status;
}
