/* SPDX-License-Identifier: Apache-2.0 */
/* CLBlast on the library's own OpenCL device: HGEMM of f16 by f16 where the device has fp16, else SGEMM of a and b widened to f32. Its kernels read plain
 * matrices; what it rearranges, it rearranges in each call. */
#include <clblast_c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "peer.h"

static char kernels_text[32] = "";

typedef struct clblast_state {
    const clq_bench_problem *problem;
    bool half;                       /* HGEMM, of the problem's own f16 */
    cl_command_queue queue;
    cl_mem a, c, *weights;
    size_t weight_count, next, element, c_count;
} clblast_state;

static bool open_clblast(int threads, char *message, size_t size)
{
    (void)threads;
    (void)message;
    (void)size;
    return true;
}

static void close_clblast(void) { CLBlastClearCache(); }

static const char *version(void)
{
    static char text[32];
    snprintf(text, sizeof text, "%d.%d.%d", CLBLAST_VERSION_MAJOR, CLBLAST_VERSION_MINOR, CLBLAST_VERSION_PATCH);
    return text;
}

static const char *kernels(void) { return kernels_text; }
static const char *warning(void) { return NULL; }

static void destroy(void *opaque)
{
    clblast_state *const state = opaque;
    for (size_t i = 0; i < state->weight_count; i++) clReleaseMemObject(state->weights[i]);
    free(state->weights);
    if (state->a != NULL) clReleaseMemObject(state->a);
    if (state->c != NULL) clReleaseMemObject(state->c);
    if (state->queue != NULL) clReleaseCommandQueue(state->queue);
    free(state);
}

/* HGEMM where all three are f16 and the device computes in it. Its sums are in f16 too: another bound than the library's. */
static bool has_half(const clq_bench_problem *problem)
{
    char extensions[8192] = "";
    const clq_gemm_types *const types = &problem->types;
    if (types->a != CLQNN_F16 || types->b != CLQNN_F16 || types->c != CLQNN_F16) return false;
    return clGetDeviceInfo((cl_device_id)problem->opencl_device, CL_DEVICE_EXTENSIONS, sizeof extensions, extensions, NULL) == CL_SUCCESS &&
           strstr(extensions, "cl_khr_fp16") != NULL;
}

static bool create_buffers(clblast_state *state)
{
    const clq_bench_problem *const problem = state->problem;
    const clq_gemm_shape *const shape = &problem->shape;
    const size_t batches = (size_t)(shape->batch[0] * shape->batch[1]), copies = state->half ? problem->copies : clq_peer_float_copies(problem);
    const size_t a_bytes = batches * (size_t)(shape->m * shape->k) * state->element, b_bytes = batches * (size_t)(shape->k * shape->n) * state->element;
    const cl_context context = (cl_context)problem->opencl_context;
    const cl_mem_flags copied = CL_MEM_READ_ONLY | CL_MEM_COPY_HOST_PTR;
    cl_int code = CL_SUCCESS;
    state->c_count = batches * (size_t)(shape->m * shape->n);
    state->queue = clCreateCommandQueue(context, (cl_device_id)problem->opencl_device, 0, &code);
    if (code == CL_SUCCESS) state->a = clCreateBuffer(context, copied, a_bytes, state->half ? problem->a : problem->a_values, &code);
    if (code == CL_SUCCESS) state->c = clCreateBuffer(context, CL_MEM_READ_WRITE, state->c_count * state->element, NULL, &code);
    state->weights = calloc(copies, sizeof *state->weights);
    for (size_t i = 0; code == CL_SUCCESS && state->weights != NULL && i < copies; i++) {
        state->weights[i] = clCreateBuffer(context, copied, b_bytes, state->half ? problem->b : problem->b_values, &code);
        if (code == CL_SUCCESS) state->weight_count++;
    }
    return code == CL_SUCCESS && state->weight_count == copies;
}

static void *create(const clq_bench_problem *problem, char *message, size_t size)
{
    const bool is_product = problem->floats && problem->op == CLQ_BENCH_GEMM;
    clblast_state *const state = is_product ? calloc(1, sizeof *state) : NULL;
    if (state == NULL) {
        snprintf(message, size, "%s", is_product ? "not enough host memory" : "it has products of floats alone");
        return NULL;
    }
    state->problem = problem;
    state->half = has_half(problem);
    state->element = state->half ? 2 : sizeof(float);
    snprintf(kernels_text, sizeof kernels_text, "%s", state->half ? "HGEMM" : "SGEMM");
    if (create_buffers(state)) return state;
    snprintf(message, size, "its buffers could not be made");
    destroy(state);
    return NULL;
}

static bool multiply(clblast_state *state, int64_t batch, cl_mem b)
{
    const clq_gemm_shape *const shape = &state->problem->shape;
    const size_t m = (size_t)shape->m, n = (size_t)shape->n, k = (size_t)shape->k, at = (size_t)batch;
    const cl_half half_one = 0x3c00;
    if (state->half) {
        return CLBlastHgemm(CLBlastLayoutRowMajor, CLBlastTransposeNo, CLBlastTransposeNo, m, n, k, half_one, state->a, at * m * k, k, b, at * k * n, n, 0, state->c,
                            at * m * n, n, &state->queue, NULL) == CLBlastSuccess;
    }
    return CLBlastSgemm(CLBlastLayoutRowMajor, CLBlastTransposeNo, CLBlastTransposeNo, m, n, k, 1.0f, state->a, at * m * k, k, b, at * k * n, n, 0.0f, state->c,
                        at * m * n, n, &state->queue, NULL) == CLBlastSuccess;
}

static bool run(void *opaque, size_t calls)
{
    clblast_state *const state = opaque;
    const int64_t batches = state->problem->shape.batch[0] * state->problem->shape.batch[1];
    for (size_t i = 0; i < calls; i++) {
        const cl_mem b = state->weights[state->next];
        state->next = state->next + 1 < state->weight_count ? state->next + 1 : 0;
        for (int64_t batch = 0; batch < batches; batch++) {
            if (!multiply(state, batch, b)) return false;
        }
    }
    return clFinish(state->queue) == CL_SUCCESS;
}

static bool result(void *opaque, void *c)
{
    const clblast_state *const state = opaque;
    if (state->half || state->problem->desc.dynamic != CLQNN_STATIC) return false;
    return clEnqueueReadBuffer(state->queue, state->c, CL_TRUE, 0, state->c_count * sizeof(float), c, 0, NULL, NULL) == CL_SUCCESS;
}

static const clq_peer clblast_peer = { .name = "clblast", .open = open_clblast, .close = close_clblast, .version = version, .kernels = kernels, .warning = warning,
                                       .create = create, .destroy = destroy, .run = run, .result = result, .slowest_gops = 2.0 };

__attribute__((visibility("default"))) const clq_peer *clq_peer_entry(void) { return &clblast_peer; }
