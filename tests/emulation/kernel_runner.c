/* SPDX-License-Identifier: Apache-2.0 */
#include "kernel_runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool kernel_runner_open(kernel_runner *runner)
{
    cl_platform_id platform;
    cl_int code = CL_SUCCESS;
    *runner = (kernel_runner){0};
    if (clGetPlatformIDs(1, &platform, NULL) != CL_SUCCESS) return false;
    if (clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 1, &runner->device, NULL) != CL_SUCCESS) return false;
    runner->context = clCreateContext(NULL, 1, &runner->device, NULL, NULL, &code);
    if (!runner->context) return false;
    runner->queue = clCreateCommandQueue(runner->context, runner->device, 0, &code);
    if (runner->queue) return true;
    kernel_runner_close(runner);
    return false;
}

void kernel_runner_close(kernel_runner *runner)
{
    if (runner->queue) clReleaseCommandQueue(runner->queue);
    if (runner->context) clReleaseContext(runner->context);
    *runner = (kernel_runner){0};
}

/* The file as a string in malloc'ed memory, or NULL. */
static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    char *text = NULL;
    if (fseek(file, 0, SEEK_END) == 0) {
        const long size = ftell(file);
        text = size >= 0 ? calloc(1, (size_t)size + 1) : NULL;
        rewind(file);
        if (text && fread(text, 1, (size_t)size, file) != (size_t)size) {
            free(text);
            text = NULL;
        }
    }
    fclose(file);
    return text;
}

static void print_log(const kernel_runner *runner, cl_program program)
{
    static char log[20000];
    log[0] = '\0';
    (void)clGetProgramBuildInfo(program, runner->device, CL_PROGRAM_BUILD_LOG, sizeof log - 1, log, NULL);
    fprintf(stderr, "build log: %s\n", log);
}

cl_program kernel_runner_build(const kernel_runner *runner, const char *const *parts, const char *options)
{
    char *owned[KERNEL_MAX_PARTS] = {0};
    const char *texts[KERNEL_MAX_PARTS] = {0};
    cl_uint count = 0;
    cl_program program = NULL;
    cl_int code = CL_SUCCESS;
    bool whole = true;
    for (; parts[count] && count < KERNEL_MAX_PARTS && whole; count++) {
        texts[count] = owned[count] = read_file(parts[count]);
        whole = texts[count] != NULL;
        if (!whole) fprintf(stderr, "cannot read %s\n", parts[count]);
    }
    if (whole) program = clCreateProgramWithSource(runner->context, count, texts, NULL, &code);
    if (program && clBuildProgram(program, 1, &runner->device, options, NULL, NULL) != CL_SUCCESS) {
        print_log(runner, program);
        clReleaseProgram(program);
        program = NULL;
    }
    for (cl_uint i = 0; i < KERNEL_MAX_PARTS; i++) free(owned[i]);
    return program;
}

typedef struct kernel_buffers {
    cl_mem memory[7];   /* a, b, columns, column sums, rows, c, partials */
} kernel_buffers;

/* `partials`: poison, so that a word which no part writes shows. */
static bool make_buffers(const kernel_runner *runner, const kernel_case *made, uint8_t *partials, size_t partial_bytes, kernel_buffers *buffers)
{
    const size_t sizes[7] = {made->a_bytes, made->b_bytes, made->columns_bytes, made->column_sums_bytes, made->rows_bytes, made->c_bytes, partial_bytes};
    void *const data[7] = {made->a, made->b, made->columns, made->column_sums, made->rows, made->c_before, partials};
    *buffers = (kernel_buffers){0};
    for (int i = 0; i < 7; i++) {
        cl_int code = CL_SUCCESS;
        if (sizes[i] == 0) continue;
        buffers->memory[i] = clCreateBuffer(runner->context, CL_MEM_READ_WRITE | CL_MEM_COPY_HOST_PTR, sizes[i], data[i], &code);
        if (!buffers->memory[i]) return false;
    }
    return true;
}

static bool launch_kernel(const kernel_runner *runner, cl_program program, const char *name, const kernel_buffers *buffers, const gemm_params *params,
                          const kernel_launch *launch)
{
    cl_int code = CL_SUCCESS;
    cl_kernel kernel = clCreateKernel(program, name, &code);
    if (!kernel) return false;
    cl_uint index = 0;
    for (int i = 0; i < 7; i++) {
        if (buffers->memory[i]) code |= clSetKernelArg(kernel, index++, sizeof(cl_mem), &buffers->memory[i]);
    }
    code |= clSetKernelArg(kernel, index, sizeof *params, params);
    if (code == CL_SUCCESS) {
        code = clEnqueueNDRangeKernel(runner->queue, kernel, 3, NULL, launch->global, launch->local[0] ? launch->local : NULL, 0, NULL, NULL);
    }
    if (code != CL_SUCCESS) fprintf(stderr, "kernel %s: OpenCL error %d\n", name, (int)code);
    clReleaseKernel(kernel);
    return code == CL_SUCCESS;
}

static long count_differences(const kernel_case *made, const uint8_t *c)
{
    const kernel_shape *s = &made->shape;
    long wrong = 0;
    for (size_t i = 0; i < made->c_bytes; i++) {
        if (c[i] == made->c_expected[i]) continue;
        if (wrong++ == 0) {
            fprintf(stderr, "seed %u, m %d n %d k %d batches %d, a %s aligned to %zu, flags %d out %d rule %d: byte %zu of c (%llu elements a row, the first "
                    "is %llu) is %d, expected %d\n", s->seed, s->m, s->n, s->k, s->batches, s->a_is_u8 ? "u8" : "s8", s->a_alignment, s->flags, s->out,
                    s->rule, i, (unsigned long long)made->params.c_row_stride, (unsigned long long)made->params.c_offset, c[i], made->c_expected[i]);
        }
    }
    return wrong;
}

long kernel_runner_check(const kernel_runner *runner, cl_program program, const char *name, const kernel_case *made, const kernel_launch *launch,
                         const kernel_launch *join, size_t blocks)
{
    kernel_buffers buffers = {0};
    char join_name[100];
    const size_t partial_bytes = join ? 4 * (made->params.partial_offset + made->params.partial_plane * blocks) : 0;
    uint8_t *c = malloc(made->c_bytes), *partials = malloc(partial_bytes + 1);
    if (partials) memset(partials, 0xA5, partial_bytes + 1);
    bool ran = c && partials && make_buffers(runner, made, partials, partial_bytes, &buffers);
    ran = ran && launch_kernel(runner, program, name, &buffers, &made->params, launch);
    if (join) {
        (void)snprintf(join_name, sizeof join_name, "%s_join", name);
        ran = ran && launch_kernel(runner, program, join_name, &buffers, &made->params, join);
    }
    ran = ran && clEnqueueReadBuffer(runner->queue, buffers.memory[5], CL_TRUE, 0, made->c_bytes, c, 0, NULL, NULL) == CL_SUCCESS;
    const long wrong = ran ? count_differences(made, c) : -1;
    for (int i = 0; i < 7; i++) {
        if (buffers.memory[i]) clReleaseMemObject(buffers.memory[i]);
    }
    free(partials);
    free(c);
    return wrong;
}
