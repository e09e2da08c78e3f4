/* SPDX-License-Identifier: Apache-2.0 */
#include "device_peak.h"

#include <string.h>

#include "clqnn/opencl.h"
#include "peak_kernels.h"
#include "timing.h"

enum { MAX_CAPABILITIES = 128, REPEATS = 8 };
static const double loop_ns = 10e6;                /* one launch of a register loop lasts about this long */
static const size_t read_bytes = (size_t)512 << 20, copy_bytes = (size_t)64 << 20;

typedef struct peak_bench {
    cl_context context;
    cl_device_id device;
    cl_command_queue queue;
    clqnn_device_info info;
} peak_bench;

static cl_kernel build(const peak_bench *bench, const char *source, const char *name, cl_program *program)
{
    cl_int code = CL_SUCCESS;
    cl_kernel kernel = NULL;
    *program = clCreateProgramWithSource(bench->context, 1, &source, NULL, &code);
    if (code != CL_SUCCESS) return NULL;
    if (clBuildProgram(*program, 1, &bench->device, "", NULL, NULL) == CL_SUCCESS) kernel = clCreateKernel(*program, name, &code);
    if (kernel == NULL) {
        clReleaseProgram(*program);
        *program = NULL;
    }
    return kernel;
}

/* Nanoseconds of one launch until finished; negative on failure. */
static double launch(const peak_bench *bench, cl_kernel kernel, size_t global, size_t local)
{
    const uint64_t start = clq_now_ns();
    if (clEnqueueNDRangeKernel(bench->queue, kernel, 1, NULL, &global, &local, 0, NULL, NULL) != CL_SUCCESS) return -1.0;
    if (clFinish(bench->queue) != CL_SUCCESS) return -1.0;
    return (double)(clq_now_ns() - start);
}

static double best_launch(const peak_bench *bench, cl_kernel kernel, size_t global, size_t local)
{
    double best = -1.0;
    for (int i = 0; i < REPEATS; i++) {
        const double ns = launch(bench, kernel, global, local);
        if (ns > 0.0 && (best < 0.0 || ns < best)) best = ns;
    }
    return best;
}

static double measure_loop(const peak_bench *bench, const clq_peak_kernel *loop)
{
    /* a CPU: one group a thread and turn; others: enough groups that every unit is full */
    const size_t local = loop->local <= bench->info.max_work_group ? loop->local : 1;
    const size_t groups = (size_t)bench->info.compute_units * (bench->info.is_cpu ? 1 : 32), global = groups * local;
    const size_t bytes = (32 + global) * sizeof(cl_int) * (loop->local == 1 ? 16 : 1);
    cl_program program = NULL;
    cl_int code = CL_SUCCESS, rounds = 2000;
    cl_kernel kernel = build(bench, loop->source, "peak", &program);
    if (kernel == NULL) return 0.0;
    double gops = 0.0;
    cl_mem data = clCreateBuffer(bench->context, CL_MEM_READ_WRITE, bytes, NULL, &code);
    cl_int seed[32];
    for (int i = 0; i < 32; i++) seed[i] = (cl_int)(0x9e3779b9u * (unsigned)(i + 1));
    if (code == CL_SUCCESS && clEnqueueWriteBuffer(bench->queue, data, CL_TRUE, 0, sizeof seed, seed, 0, NULL, NULL) == CL_SUCCESS &&
        clSetKernelArg(kernel, 0, sizeof data, &data) == CL_SUCCESS && clSetKernelArg(kernel, 1, sizeof rounds, &rounds) == CL_SUCCESS) {
        launch(bench, kernel, global, local);
        const double trial = best_launch(bench, kernel, global, local);
        if (trial > 0.0) rounds = (cl_int)(2000.0 * loop_ns / trial < 1e8 ? 2000.0 * loop_ns / trial : 1e8);
        if (rounds < 2000) rounds = 2000;
        clSetKernelArg(kernel, 1, sizeof rounds, &rounds);
        const double ns = best_launch(bench, kernel, global, local);
        if (ns > 0.0) gops = loop->operations * (double)rounds * (double)global / ns;
    }
    if (data != NULL) clReleaseMemObject(data);
    clReleaseKernel(kernel);
    clReleaseProgram(program);
    return gops;
}

/* Grids that were the fastest on some machine, in work-items or groups a compute unit. */
static const size_t read_grids[] = { 1, 8, 64 };

static double best_grid(const peak_bench *bench, cl_kernel kernel, double bytes)
{
    double gbs = 0.0;
    for (size_t i = 0; i < sizeof read_grids / sizeof *read_grids; i++) {
        const size_t local = bench->info.is_cpu ? 1 : 128, global = (size_t)bench->info.compute_units * read_grids[i] * local;
        const double ns = best_launch(bench, kernel, global, local);
        if (ns > 0.0 && bytes / ns > gbs) gbs = bytes / ns;
    }
    return gbs;
}

static double measure_read(const peak_bench *bench)
{
    const size_t largest = (size_t)bench->info.compute_units * read_grids[sizeof read_grids / sizeof *read_grids - 1] * 128;
    const cl_ulong count = read_bytes / sizeof(cl_int);
    cl_program program = NULL;
    cl_int code = CL_SUCCESS, sums_code = CL_SUCCESS;
    cl_kernel kernel = build(bench, bench->info.is_cpu ? clq_read_kernel_cpu : clq_read_kernel_other, "read_all", &program);
    if (kernel == NULL) return 0.0;
    double gbs = 0.0;
    cl_mem data = clCreateBuffer(bench->context, CL_MEM_READ_WRITE, read_bytes, NULL, &code);
    cl_mem sums = clCreateBuffer(bench->context, CL_MEM_READ_WRITE, largest * sizeof(cl_int), NULL, &sums_code);
    const cl_int pattern = 0x01020304;
    if (code == CL_SUCCESS && sums_code == CL_SUCCESS && /* every page is written, so that none is the shared zero page */
        clEnqueueFillBuffer(bench->queue, data, &pattern, sizeof pattern, 0, read_bytes, 0, NULL, NULL) == CL_SUCCESS &&
        clSetKernelArg(kernel, 0, sizeof data, &data) == CL_SUCCESS && clSetKernelArg(kernel, 1, sizeof sums, &sums) == CL_SUCCESS &&
        clSetKernelArg(kernel, 2, sizeof count, &count) == CL_SUCCESS) {
        gbs = best_grid(bench, kernel, (double)read_bytes);
    }
    if (data != NULL) clReleaseMemObject(data);
    if (sums != NULL) clReleaseMemObject(sums);
    clReleaseKernel(kernel);
    clReleaseProgram(program);
    return gbs;
}

static double measure_copy(const peak_bench *bench, const char *name, cl_mem data, cl_mem copy)
{
    const cl_ulong count = copy_bytes / sizeof(cl_int);
    cl_program program = NULL;
    cl_kernel kernel = build(bench, bench->info.is_cpu ? clq_copy_kernel_cpu : clq_copy_kernel_other, name, &program);
    if (kernel == NULL) return 0.0;
    double gbs = 0.0;
    if (clSetKernelArg(kernel, 0, sizeof data, &data) == CL_SUCCESS && clSetKernelArg(kernel, 1, sizeof copy, &copy) == CL_SUCCESS &&
        clSetKernelArg(kernel, 2, sizeof count, &count) == CL_SUCCESS) {
        gbs = best_grid(bench, kernel, 2.0 * (double)copy_bytes);
    }
    clReleaseKernel(kernel);
    clReleaseProgram(program);
    return gbs;
}

static bool has_capability(const clqnn_capability *list, size_t count, const char *name)
{
    if (name == NULL) return true;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].name, name) == 0) return list[i].available;
    }
    return false;
}

static bool open_bench(clqnn_context *context, peak_bench *bench)
{
    cl_int code = CL_SUCCESS;
    *bench = (peak_bench){ .context = clqnn_context_opencl_context(context), .device = clqnn_context_opencl_device(context) };
    if (clqnn_context_device(context, &bench->info) != CLQNN_OK) return false;
    bench->queue = clCreateCommandQueue(bench->context, bench->device, 0, &code);
    return code == CL_SUCCESS;
}

double clq_device_read_measure(clqnn_context *context)
{
    peak_bench bench;
    if (!open_bench(context, &bench)) return 0.0;
    const double gbs = measure_read(&bench);
    clReleaseCommandQueue(bench.queue);
    return gbs;
}

double clq_device_copy_measure(clqnn_context *context)
{
    peak_bench bench;
    cl_int data_code = CL_SUCCESS, copy_code = CL_SUCCESS;
    double gbs = 0.0;
    if (!open_bench(context, &bench)) return 0.0;
    cl_mem data = clCreateBuffer(bench.context, CL_MEM_READ_WRITE, copy_bytes, NULL, &data_code);
    cl_mem copy = clCreateBuffer(bench.context, CL_MEM_READ_WRITE, copy_bytes, NULL, &copy_code);
    const cl_int pattern = 0x01020304;
    if (data_code == CL_SUCCESS && copy_code == CL_SUCCESS && /* every page is written, so that none is the shared zero page */
        clEnqueueFillBuffer(bench.queue, data, &pattern, sizeof pattern, 0, copy_bytes, 0, NULL, NULL) == CL_SUCCESS) {
        const double cached = measure_copy(&bench, "copy_all", data, copy), past = measure_copy(&bench, "copy_past", data, copy);
        gbs = cached > past ? cached : past;
    }
    if (data != NULL) clReleaseMemObject(data);
    if (copy != NULL) clReleaseMemObject(copy);
    clReleaseCommandQueue(bench.queue);
    return gbs;
}

void clq_device_peak_measure(clqnn_context *context, clq_device_peak *peak)
{
    clqnn_capability capabilities[MAX_CAPABILITIES];
    size_t count = 0;
    peak_bench bench;
    *peak = (clq_device_peak){ .instruction = "none", .float_instruction = "none", .bit_instruction = "none" };
    if (clqnn_context_capabilities(context, capabilities, MAX_CAPABILITIES, &count) != CLQNN_OK || !open_bench(context, &bench)) return;
    if (count > MAX_CAPABILITIES) count = MAX_CAPABILITIES;
    for (size_t i = 0; i < clq_peak_kernel_count; i++) {
        if (!has_capability(capabilities, count, clq_peak_kernels[i].capability)) continue;
        const clq_peak_kernel *const kernel = &clq_peak_kernels[i];
        const double gops = measure_loop(&bench, kernel);
        double *const best = kernel->floats ? &peak->float_gops : kernel->bits ? &peak->bit_gops : &peak->gops;
        if (gops <= *best) continue;
        *best = gops;
        *(kernel->floats ? &peak->float_instruction : kernel->bits ? &peak->bit_instruction : &peak->instruction) = kernel->instruction;
    }
    peak->read_gbs = measure_read(&bench);
    clReleaseCommandQueue(bench.queue);
}
