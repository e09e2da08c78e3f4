/* SPDX-License-Identifier: Apache-2.0 */
/* prelude/float_types on the first OpenCL device, bit for bit beside the reference: every code of every type, and floats at and about every place where a
 * rounding may turn; also where the compiler may flush subnormals and believe in finite arithmetic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/reference.h"
#include "kernel_runner.h"

enum { NARROW_PLANES = 6, WIDEN_PLANES = 4, STEPS = 16, CODES = 1 << 16, FLOATS = CODES * STEPS * 3 };

static const char *const narrow_names[] = {"f16", "bf16", "f8e4m3 saturating", "f8e4m3 overflowing", "f8e5m2 saturating", "f8e5m2 overflowing"};
static const char *const widen_names[] = {"f16", "bf16", "f8e4m3", "f8e5m2"};
static kernel_runner runner;

static uint32_t narrowed(int plane, float x)
{
    switch (plane) {
    case 0: return clqnn_reference_f32_to_f16(x);
    case 1: return clqnn_reference_f32_to_bf16(x);
    case 2:
    case 3: return clqnn_reference_f32_to_f8e4m3(x, plane == 2 ? CLQNN_F8_SATURATES : CLQNN_F8_OVERFLOWS);
    default: return clqnn_reference_f32_to_f8e5m2(x, plane == 4 ? CLQNN_F8_SATURATES : CLQNN_F8_OVERFLOWS);
    }
}

static uint32_t widened(int plane, uint16_t code)
{
    const float value = plane == 0   ? clqnn_reference_f16_to_f32(code)
                        : plane == 1 ? clqnn_reference_bf16_to_f32(code)
                        : plane == 2 ? clqnn_reference_f8e4m3_to_f32((uint8_t)code)
                                     : clqnn_reference_f8e5m2_to_f32((uint8_t)code);
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* Multiples of 2^12, and their neighbours: f16, of the finest fraction, has its ties there, subnormal or not, and so have the others. */
static void fill_floats(uint32_t *bits)
{
    for (uint32_t i = 0; i < FLOATS; i++) bits[i] = (i / 3 << 12) + i % 3 - 1;
}

/* Runs a kernel over `count` elements of x into planes of words. */
static void run(cl_program program, const char *name, size_t width, const void *x, size_t x_bytes, size_t count, uint32_t *y, size_t y_bytes)
{
    cl_int code = CL_SUCCESS;
    const cl_uint length = (cl_uint)count;
    const size_t global = count / width;
    char full[32];
    (void)snprintf(full, sizeof full, "%s_%zu", name, width);
    memset(y, 0xa5, y_bytes);
    cl_mem from = clCreateBuffer(runner.context, CL_MEM_READ_ONLY | CL_MEM_USE_HOST_PTR, x_bytes, (void *)(uintptr_t)x, &code);
    cl_mem to = clCreateBuffer(runner.context, CL_MEM_READ_WRITE | CL_MEM_COPY_HOST_PTR, y_bytes, y, &code);
    cl_kernel kernel = clCreateKernel(program, full, &code);
    assert_true(from && to && kernel);
    code |= clSetKernelArg(kernel, 0, sizeof(cl_mem), &from);
    code |= clSetKernelArg(kernel, 1, sizeof(cl_mem), &to);
    code |= clSetKernelArg(kernel, 2, sizeof length, &length);
    code |= clEnqueueNDRangeKernel(runner.queue, kernel, 1, NULL, &global, NULL, 0, NULL, NULL);
    code |= clEnqueueReadBuffer(runner.queue, to, CL_TRUE, 0, y_bytes, y, 0, NULL, NULL);
    assert_int_equal(code, CL_SUCCESS);
    clReleaseKernel(kernel);
    clReleaseMemObject(to);
    clReleaseMemObject(from);
}

static const size_t widths[] = {1, 4, 8, 16};

static void check_narrowing(cl_program program, const uint32_t *bits, const uint32_t *expected, uint32_t *got)
{
    for (size_t w = 0; w < sizeof widths / sizeof widths[0]; w++) {
        run(program, "narrow", widths[w], bits, FLOATS * sizeof *bits, FLOATS, got, (size_t)FLOATS * NARROW_PLANES * sizeof *got);
        for (size_t i = 0; i < (size_t)FLOATS * NARROW_PLANES; i++) {
            if (got[i] == expected[i]) continue;
            fail_msg("float 0x%08x to %s, %zu at a time: expected %02x, got %02x", bits[i % FLOATS], narrow_names[i / FLOATS], widths[w], expected[i], got[i]);
        }
    }
}

static void check_widening(cl_program program, uint32_t *got)
{
    static uint16_t codes[CODES];
    for (uint32_t i = 0; i < CODES; i++) codes[i] = (uint16_t)i;
    for (size_t w = 0; w < sizeof widths / sizeof widths[0]; w++) {
        run(program, "widen", widths[w], codes, sizeof codes, CODES, got, (size_t)CODES * WIDEN_PLANES * sizeof *got);
        for (size_t i = 0; i < (size_t)CODES * WIDEN_PLANES; i++) {
            const uint32_t expected = widened((int)(i / CODES), (uint16_t)(i % CODES));
            if (got[i] != expected) fail_msg("%s 0x%04zx, %zu at a time: expected 0x%08x, got 0x%08x", widen_names[i / CODES], i % CODES, widths[w], expected, got[i]);
        }
    }
}

static void every_width_is_exact(void **state)
{
    static const char *const options[] = {"-cl-std=CL1.2", "-cl-std=CL1.2 -cl-denorms-are-zero", "-cl-std=CL1.2 -cl-fast-relaxed-math"};
    static const char *const parts[] = {CLQ_KERNEL_FOLDER "/prelude/types.cl", CLQ_KERNEL_FOLDER "/prelude/float_types.cl", CLQ_TEST_FOLDER "/every_width.cl", NULL};
    uint32_t *const bits = malloc(FLOATS * sizeof *bits);
    uint32_t *const expected = malloc((size_t)FLOATS * NARROW_PLANES * sizeof *expected), *const got = malloc((size_t)FLOATS * NARROW_PLANES * sizeof *got);
    (void)state;
    assert_true(bits && expected && got);
    fill_floats(bits);
    for (size_t i = 0; i < (size_t)FLOATS * NARROW_PLANES; i++) {
        float x;
        memcpy(&x, &bits[i % FLOATS], sizeof x);
        expected[i] = narrowed((int)(i / FLOATS), x);
    }
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        cl_program program = kernel_runner_build(&runner, parts, options[i]);
        assert_non_null(program);
        check_narrowing(program, bits, expected, got);
        check_widening(program, got);
        clReleaseProgram(program);
    }
    free(got);
    free(expected);
    free(bits);
}

int main(void)
{
    if (!kernel_runner_open(&runner)) {
        printf("skipped: no OpenCL device\n");
        return 77;
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_width_is_exact)};
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    kernel_runner_close(&runner);
    return failed;
}
