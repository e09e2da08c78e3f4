/* SPDX-License-Identifier: Apache-2.0 */
/* The tensor-core GEMM and its probe on a device without tensor cores: kernels as they are, instructions from nv_mma_emulated. Bit by bit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kernel_runner.h"

#ifndef CLQ_KERNEL_FOLDER
#error "CLQ_KERNEL_FOLDER and CLQ_EMULATION_FOLDER must be given"
#endif

#define TILE 128
#define ITEMS 256
#define OPTIONS "-cl-std=CL1.2 -DLANES=2 -DDIVIDE_IS_EXACT=0"

static const char *const gemm_parts[] = {
    CLQ_KERNEL_FOLDER "/prelude/types.cl", CLQ_KERNEL_FOLDER "/prelude/divide.cl", CLQ_KERNEL_FOLDER "/prelude/gemm_params.cl",
    CLQ_KERNEL_FOLDER "/prelude/gemm_batch.cl", CLQ_EMULATION_FOLDER "/nv_mma_emulated.cl", CLQ_KERNEL_FOLDER "/epilogue/requantize.cl",
    CLQ_KERNEL_FOLDER "/gemm/gemm_i8_nv_mma.cl", NULL};

static const char *const probe_parts[] = {CLQ_KERNEL_FOLDER "/prelude/types.cl", CLQ_EMULATION_FOLDER "/nv_mma_emulated.cl",
                                          CLQ_KERNEL_FOLDER "/probe/nv_mma_u8s8.cl", NULL};

typedef struct fixture {
    kernel_runner runner;
    cl_program gemm;
} fixture;

static int open_device(void **state)
{
    static fixture shared;
    *state = &shared;
    if (!kernel_runner_open(&shared.runner)) return -1;
    shared.gemm = kernel_runner_build(&shared.runner, gemm_parts, OPTIONS);
    return shared.gemm ? 0 : -1;
}

static int close_device(void **state)
{
    fixture *shared = *state;
    if (shared->gemm) clReleaseProgram(shared->gemm);
    kernel_runner_close(&shared->runner);
    return 0;
}

static long run(const fixture *shared, cl_program program, kernel_shape shape)
{
    kernel_case made;
    shape.kernel_reads_u8 = true;
    shape.panel_n = TILE;
    shape.group_k = 64;
    assert_true(kernel_case_make(&shape, &made));
    const size_t tiles = (size_t)((shape.m + TILE - 1) / TILE) * (size_t)((shape.n + TILE - 1) / TILE);
    const kernel_launch launch = {{tiles * ITEMS, 1, (size_t)shape.batches}, {ITEMS, 1, 1}};
    const long wrong = kernel_runner_check(&shared->runner, program, "gemm_i8_nv_mma", &made, &launch, NULL, 0);
    kernel_case_free(&made);
    return wrong;
}

/* Tails of every dimension, more steps than stages and fewer, several tiles, each alignment of a. */
static void shapes(void **state)
{
    static const struct { int m, n, k; } list[] = {{1, 1, 1}, {3, 5, 7}, {16, 8, 32}, {17, 9, 63}, {127, 127, 64}, {128, 128, 65}, {129, 131, 128},
                                                   {64, 33, 191}, {40, 260, 200}, {300, 20, 321}};
    static const size_t alignments[] = {16, 4, 1};
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
        for (size_t j = 0; j < 3; j++) {
            const kernel_shape shape = {.m = list[i].m, .n = list[i].n, .k = list[i].k, .batches = 1 + (int)(i % 2), .a_alignment = alignments[j],
                                        .a_is_u8 = (i + j) % 2, .flags = GEMM_USE_ROW_SUMS | (i % 3 ? GEMM_USE_COLUMN_SUMS : 0), .out = GEMM_OUT_S32,
                                        .seed = (uint32_t)(100 * i + j)};
            assert_int_equal(run(*state, ((fixture *)*state)->gemm, shape), 0);
        }
    }
}

/* Bands of eight tiles of rows, the last one lower. */
static void raster(void **state)
{
    const kernel_shape shape = {.m = 9 * TILE + 3, .n = TILE + 1, .k = 16, .batches = 1, .a_alignment = 16, .out = GEMM_OUT_S32, .seed = 5};
    assert_int_equal(run(*state, ((fixture *)*state)->gemm, shape), 0);
}

/* Every output type and rule, both types of a, all terms. */
static void outputs(void **state)
{
    for (int out = GEMM_OUT_S8; out <= GEMM_OUT_F16; out++) {
        for (int rule = GEMM_FLOAT_EVEN; rule <= (out <= GEMM_OUT_U8 ? GEMM_FIXED_SINGLE : GEMM_FLOAT_EVEN); rule++) {
            for (int a_is_u8 = 0; a_is_u8 < 2; a_is_u8++) {
                kernel_shape shape = {.m = 70, .n = 139, .k = 150, .batches = 2, .a_alignment = 4, .a_is_u8 = a_is_u8, .out = out, .rule = rule,
                                      .seed = (uint32_t)(1000 + out * 10 + rule)};
                shape.flags = GEMM_USE_ROW_SUMS | GEMM_USE_COLUMN_SUMS | GEMM_ROW_ZERO_POINTS | GEMM_FLOAT_BIAS | GEMM_CLAMP;
                if (rule == GEMM_FLOAT_EVEN) shape.flags |= GEMM_ROW_SCALES;
                assert_int_equal(run(*state, ((fixture *)*state)->gemm, shape), 0);
            }
        }
    }
}

/* The emulation is worth something only if it finds what it is made to find. */
static void missing_wait_is_found(void **state)
{
    const fixture *shared = *state;
    cl_program program = kernel_runner_build(&shared->runner, gemm_parts, OPTIONS " -DNV_EMULATED_NO_WAIT");
    assert_non_null(program);
    const kernel_shape shape = {.m = 20, .n = 20, .k = 100, .batches = 1, .a_alignment = 16, .out = GEMM_OUT_S32, .seed = 9};
    assert_true(run(shared, program, shape) > 0);
    clReleaseProgram(program);
}

static void fill_operands(uint32_t *words)
{
    uint32_t random = 7;
    for (int i = 0; i < 128 + 64; i++) words[i] = random = random * 1664525u + 1013904223u;
}

static void probe(void **state)
{
    const kernel_runner *runner = &((fixture *)*state)->runner;
    uint32_t operands[192];
    int32_t out[128];
    const size_t items = 32;
    cl_int code = CL_SUCCESS;
    fill_operands(operands);
    cl_program program = kernel_runner_build(runner, probe_parts, "-cl-std=CL1.2");
    assert_non_null(program);
    cl_kernel kernel = clCreateKernel(program, "probe_nv_mma", &code);
    cl_mem a = clCreateBuffer(runner->context, CL_MEM_COPY_HOST_PTR, 512, operands, &code);
    cl_mem b = clCreateBuffer(runner->context, CL_MEM_COPY_HOST_PTR, 256, operands + 128, &code);
    cl_mem c = clCreateBuffer(runner->context, CL_MEM_READ_WRITE, sizeof out, NULL, &code);
    code = clSetKernelArg(kernel, 0, sizeof a, &a) | clSetKernelArg(kernel, 1, sizeof b, &b) | clSetKernelArg(kernel, 2, sizeof c, &c);
    assert_int_equal(code, CL_SUCCESS);
    assert_int_equal(clEnqueueNDRangeKernel(runner->queue, kernel, 1, NULL, &items, &items, 0, NULL, NULL), CL_SUCCESS);
    assert_int_equal(clEnqueueReadBuffer(runner->queue, c, CL_TRUE, 0, sizeof out, out, 0, NULL, NULL), CL_SUCCESS);
    const uint8_t *bytes = (const uint8_t *)operands;
    for (int row = 0; row < 16; row++) {
        for (int column = 0; column < 8; column++) {
            int32_t sum = 0;
            for (int k = 0; k < 32; k++) sum += bytes[row * 32 + k] * (int8_t)bytes[512 + column * 32 + k];
            assert_int_equal(out[row * 8 + column], sum);
        }
    }
    clReleaseMemObject(c);
    clReleaseMemObject(b);
    clReleaseMemObject(a);
    clReleaseKernel(kernel);
    clReleaseProgram(program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(probe), cmocka_unit_test(shapes), cmocka_unit_test(raster), cmocka_unit_test(outputs), cmocka_unit_test(missing_wait_is_found),
    };
    return cmocka_run_group_tests(tests, open_device, close_device);
}
