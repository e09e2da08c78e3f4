/* SPDX-License-Identifier: Apache-2.0 */
/* Products summed in f16 on a device without cl_khr_fp16: the kernel and its knobs as they are, sums from half_sums_emulated. Random halves; each result must lie
 * within the bound that the reference derives for sums in f16, and some outside that of sums in f32, else the emulation would show nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/reference.h"
#include "clqnn/reference_float.h"
#include "kernel_runner.h"
#include "mixed/mixed_variants.h"

enum { TILE = 64, GUARD = 8, ITEMS = 256, PLANE = 128 };

static cl_program build(const kernel_runner *runner, const clq_op_program *rows)
{
    static char paths[KERNEL_MAX_PARTS][512];
    static const char *const first[] = {CLQ_KERNEL_FOLDER "/prelude/types.cl", CLQ_KERNEL_FOLDER "/prelude/divide.cl", CLQ_KERNEL_FOLDER "/op/op_params.cl",
                                        CLQ_KERNEL_FOLDER "/op/op_walk.cl"};
    const char *parts[KERNEL_MAX_PARTS + 1] = {first[0], first[1], first[2], first[3]};
    char options[512];
    for (int i = 0; rows->parts[i]; i++) {
        const bool replaced = strcmp(rows->parts[i], "mixed/local_sums_f16") == 0;
        if (replaced) (void)snprintf(paths[i], sizeof paths[i], "%s", CLQ_EMULATION_FOLDER "/half_sums_emulated.cl");
        else (void)snprintf(paths[i], sizeof paths[i], "%s/%s.cl", CLQ_KERNEL_FOLDER, rows->parts[i]);
        parts[4 + i] = paths[i];
    }
    (void)snprintf(options, sizeof options, "-cl-std=CL1.2 -DDIVIDE_IS_EXACT=1 %s", rows->defines);
    return kernel_runner_build(runner, parts, options);
}

typedef struct product {
    int m, n, k;
    bool a_transposed;
} product;

/* What a test of one product owns. */
typedef struct product_data {
    size_t c_row;
    uint16_t *a, *b;
    float *c, *tables;
    clqnn_reference_bounded *exact, *half;
} product_data;

static float next_value(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (float)(int32_t)*state * 0x1p-30f;
}

static void make_data(const product *s, product_data *data)
{
    uint32_t state = (uint32_t)(s->m * 1000 + s->n * 10 + s->k);
    data->c_row = (size_t)(s->n + GUARD);
    data->a = malloc(2 * (size_t)(s->m * s->k));
    data->b = malloc(2 * (size_t)(s->n * s->k));
    data->c = malloc(4 * data->c_row * (size_t)s->m);
    data->tables = calloc(2 * PLANE, 4);
    data->exact = calloc((size_t)(s->m * s->n), sizeof *data->exact);
    data->half = calloc((size_t)(s->m * s->n), sizeof *data->half);
    assert_true(data->a && data->b && data->c && data->tables && data->exact && data->half);
    for (int i = 0; i < s->m * s->k; i++) data->a[i] = clqnn_reference_f32_to_f16(next_value(&state));
    for (int i = 0; i < s->n * s->k; i++) data->b[i] = clqnn_reference_f32_to_f16(next_value(&state));
    for (size_t i = 0; i < data->c_row * (size_t)s->m; i++) data->c[i] = 12345.0f;
    clqnn_gemm_desc desc = {.struct_size = sizeof desc, .m = s->m, .n = s->n, .k = s->k, .a = {.type = CLQNN_F16, .transposed = s->a_transposed},
                            .b = {.type = CLQNN_F16}, .c = {.type = CLQNN_F32}, .b_data = data->b};
    assert_int_equal(clqnn_reference_gemm_float(&desc, data->a, NULL, NULL, data->exact), CLQNN_OK);
    desc.accumulation = CLQNN_ACCUMULATE_F16;
    assert_int_equal(clqnn_reference_gemm_float(&desc, data->a, NULL, NULL, data->half), CLQNN_OK);
}

static void run(const kernel_runner *runner, cl_program program, const product *s, product_data *data)
{
    const mixed_params params = {.a_row = (clq_ulong)(s->a_transposed ? 1 : s->k), .a_column = (clq_ulong)(s->a_transposed ? s->m : 1), .b_row = (clq_ulong)s->n,
                                 .b_column = 1, .c_row = data->c_row, .table_plane = PLANE, .m = s->m, .n = s->n, .k = s->k, .inner_batches = 1,
                                 .a_type = MIXED_F16, .b_type = MIXED_F16, .c_type = MIXED_F32};
    const size_t c_bytes = 4 * data->c_row * (size_t)s->m, sizes[] = {2 * (size_t)(s->m * s->k), 2 * (size_t)(s->n * s->k), 8 * PLANE, 64, c_bytes, 128};
    void *const given[] = {data->a, data->b, data->tables, data->tables, data->c, data->tables};
    const size_t global[] = {(size_t)((s->n + TILE - 1) / TILE * ITEMS), (size_t)((s->m + TILE - 1) / TILE), 1}, local[] = {ITEMS, 1, 1};
    cl_mem memory[6];
    cl_int code = CL_SUCCESS;
    cl_kernel kernel = clCreateKernel(program, "gemm_mixed_local", &code);
    assert_non_null(kernel);
    for (cl_uint i = 0; i < 6; i++) {
        memory[i] = clCreateBuffer(runner->context, CL_MEM_READ_WRITE | CL_MEM_COPY_HOST_PTR, sizes[i], given[i], &code);
        assert_int_equal(clSetKernelArg(kernel, i, sizeof(cl_mem), &memory[i]), CL_SUCCESS);
    }
    assert_int_equal(clSetKernelArg(kernel, 6, sizeof params, &params), CL_SUCCESS);
    assert_int_equal(clEnqueueNDRangeKernel(runner->queue, kernel, 3, NULL, global, local, 0, NULL, NULL), CL_SUCCESS);
    assert_int_equal(clEnqueueReadBuffer(runner->queue, memory[4], CL_TRUE, 0, c_bytes, data->c, 0, NULL, NULL), CL_SUCCESS);
    for (int i = 0; i < 6; i++) clReleaseMemObject(memory[i]);
    clReleaseKernel(kernel);
}

/* How many results a sum in f32 could not have given. */
static size_t compare(const product *s, const product_data *data)
{
    const clqnn_reference_float_output output = {.type = CLQNN_F32};
    size_t beyond = 0;
    for (int i = 0; i < s->m; i++) {
        for (size_t j = 0; j < data->c_row; j++) {
            const float *const got = &data->c[(size_t)i * data->c_row + j];
            if (j >= (size_t)s->n) {
                if (*got != 12345.0f) fail_msg("%d x %d x %d: c[%d][%zu], behind the row, was overwritten", s->m, s->n, s->k, i, j);
                continue;
            }
            const clqnn_reference_bounded *const half = &data->half[(size_t)i * (size_t)s->n + j];
            const clqnn_reference_range right = clqnn_reference_float_range(&output, *half);
            const clqnn_reference_range narrow = clqnn_reference_float_range(&output, data->exact[(size_t)i * (size_t)s->n + j]);
            if (!clqnn_reference_in_range(CLQNN_F32, got, &right)) {
                fail_msg("%d x %d x %d: c[%d][%zu] is %.9g, must be in %.9g..%.9g", s->m, s->n, s->k, i, j, (double)*got, right.low, right.high);
            }
            beyond += !clqnn_reference_in_range(CLQNN_F32, got, &narrow);
        }
    }
    return beyond;
}

static void test_products(void **state)
{
    (void)state;
    static const product products[] = {{1, 1, 1, false}, {3, 5, 16, false}, {64, 64, 17, false}, {65, 70, 40, true}, {5, 65, 300, true}, {66, 3, 33, false}};
    kernel_runner runner;
    if (!kernel_runner_open(&runner)) skip();
    cl_program program = build(&runner, clq_gemm_mixed_local_f16.op.program);
    assert_non_null(program);
    size_t beyond = 0;
    for (size_t i = 0; i < sizeof products / sizeof *products; i++) {
        product_data data;
        make_data(&products[i], &data);
        run(&runner, program, &products[i], &data);
        beyond += compare(&products[i], &data);
        free(data.a), free(data.b), free(data.c), free(data.tables), free(data.exact), free(data.half);
    }
    assert_true(beyond > 1000);
    clReleaseProgram(program);
    kernel_runner_close(&runner);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_products)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
