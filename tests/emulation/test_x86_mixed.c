/* SPDX-License-Identifier: Apache-2.0 */
/* Products of floats made for AVX-512 on a CPU without it: kernels and knobs as they are, conversions of halves by OpenCL C, dot products from
 * x86_bf16_emulated. Data are small integers, so that every order of sums gives the same bits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kernel_runner.h"
#include "mixed/mixed_variants.h"

enum { BLOCK_ROWS = 24, BLOCK_COLUMNS = 64, GUARD = 32 };

static const char *const common_parts[] = {CLQ_KERNEL_FOLDER "/prelude/types.cl", CLQ_KERNEL_FOLDER "/prelude/divide.cl", CLQ_KERNEL_FOLDER "/op/op_params.cl",
                                           CLQ_KERNEL_FOLDER "/op/op_walk.cl"};

/* The variant's program with what this device lacks replaced. */
static cl_program build(const kernel_runner *runner, const clq_op_program *rows)
{
    static char paths[KERNEL_MAX_PARTS][512];
    const char *parts[KERNEL_MAX_PARTS + 1] = {common_parts[0], common_parts[1], common_parts[2], common_parts[3]};
    char options[512];
    for (int i = 0; rows->parts[i]; i++) {
        const char *part = strcmp(rows->parts[i], "convert/half_avx512") == 0 ? "convert/half_vector" : rows->parts[i];
        if (strcmp(part, "tile/x86_bf16") == 0) (void)snprintf(paths[i], sizeof paths[i], "%s", CLQ_EMULATION_FOLDER "/x86_bf16_emulated.cl");
        else (void)snprintf(paths[i], sizeof paths[i], "%s/%s.cl", CLQ_KERNEL_FOLDER, part);
        parts[4 + i] = paths[i];
    }
    (void)snprintf(options, sizeof options, "-cl-std=CL1.2 -DDIVIDE_IS_EXACT=1 %s", rows->defines);
    return kernel_runner_build(runner, parts, options);
}

static int32_t value(int64_t i, int64_t k)
{
    return (int32_t)((i * 31 + k * 17 + (i * k) % 7) % 9) - 4;
}

static uint16_t bf16_of(int32_t x)
{
    const float f = (float)x;
    uint32_t bits;
    memcpy(&bits, &f, sizeof bits);
    return (uint16_t)(bits >> 16);
}

typedef struct product {
    int m, n, k;
    bool a_transposed;
} product;

/* c is f32; rows are GUARD apart from being dense, and what lies between must stay. */
static void check_product(const kernel_runner *runner, cl_program program, const clq_mixed_variant *variant, const product *s)
{
    const size_t c_row = (size_t)s->n + GUARD, c_count = c_row * (size_t)s->m;
    const clq_mixed_form form = {.type = CLQNN_BF16, .n = s->n, .k = s->k};
    uint64_t packed_bytes = 0;
    assert_true(variant->layout->size(variant->layout, &form, &packed_bytes));
    uint16_t *a = malloc(2 * (size_t)(s->m * s->k)), *b = malloc(2 * (size_t)(s->n * s->k));
    unsigned char *packed = malloc(packed_bytes);
    float *c = malloc(4 * c_count), *tables = calloc(2 * (size_t)(s->n + 64), 4);
    assert_true(a && b && packed && c && tables);
    for (int i = 0; i < s->m; i++) {
        for (int k = 0; k < s->k; k++) a[s->a_transposed ? k * s->m + i : i * s->k + k] = bf16_of(value(i, k));
    }
    for (int k = 0; k < s->k; k++) {
        for (int j = 0; j < s->n; j++) b[k * s->n + j] = bf16_of(value(j + 5, k));
    }
    for (size_t i = 0; i < c_count; i++) c[i] = 12345.0f;
    const clq_mixed_source source = {.data = b, .k_stride = s->n, .n_stride = 1};
    assert_int_equal(variant->layout->pack(variant->layout, &form, &source, packed), CLQNN_OK);
    const int64_t padded_k = (s->k + variant->layout->group_k - 1) / variant->layout->group_k * variant->layout->group_k;
    const mixed_params params = {.a_row = (clq_ulong)(s->a_transposed ? 1 : s->k), .a_column = (clq_ulong)(s->a_transposed ? s->m : 1), .b_row = 16,
                                 .b_column = 1, .b_panel = (clq_ulong)(16 * padded_k), .b_padded = 1, .c_row = c_row,
                                 .table_plane = (clq_ulong)(s->n + 64), .m = s->m, .n = s->n, .k = s->k, .inner_batches = 1,
                                 .a_type = MIXED_BF16, .b_type = MIXED_BF16, .c_type = MIXED_F32, .block_rows = BLOCK_ROWS,
                                 .block_columns = BLOCK_COLUMNS};
    const size_t sizes[] = {2 * (size_t)(s->m * s->k), packed_bytes, 8 * (size_t)(s->n + 64), 64, 4 * c_count, 128};
    void *const data[] = {a, packed, tables, tables, c, tables};
    const size_t global[] = {(size_t)((s->n + BLOCK_COLUMNS - 1) / BLOCK_COLUMNS), (size_t)((s->m + BLOCK_ROWS - 1) / BLOCK_ROWS), 1}, local[] = {1, 1, 1};
    cl_mem memory[6];
    cl_int code = CL_SUCCESS;
    cl_kernel kernel = clCreateKernel(program, variant->op.program->kernels[0].name, &code);
    assert_non_null(kernel);
    for (cl_uint i = 0; i < 6; i++) {
        memory[i] = clCreateBuffer(runner->context, CL_MEM_READ_WRITE | CL_MEM_COPY_HOST_PTR, sizes[i], data[i], &code);
        assert_int_equal(clSetKernelArg(kernel, i, sizeof(cl_mem), &memory[i]), CL_SUCCESS);
    }
    assert_int_equal(clSetKernelArg(kernel, 6, sizeof params, &params), CL_SUCCESS);
    assert_int_equal(clEnqueueNDRangeKernel(runner->queue, kernel, 3, NULL, global, local, 0, NULL, NULL), CL_SUCCESS);
    assert_int_equal(clEnqueueReadBuffer(runner->queue, memory[4], CL_TRUE, 0, 4 * c_count, c, 0, NULL, NULL), CL_SUCCESS);
    for (int i = 0; i < s->m; i++) {
        for (size_t j = 0; j < c_row; j++) {
            int32_t expected = 0;
            for (int k = 0; k < s->k && j < (size_t)s->n; k++) expected += value(i, k) * value((int64_t)j + 5, k);
            const float wanted = j < (size_t)s->n ? (float)expected : 12345.0f, got = c[(size_t)i * c_row + j];
            if (got == wanted) continue;
            fail_msg("%s, %d x %d x %d: c[%d][%zu] is %g, must be %g", variant->op.name, s->m, s->n, s->k, i, j, (double)got, (double)wanted);
        }
    }
    for (int i = 0; i < 6; i++) clReleaseMemObject(memory[i]);
    clReleaseKernel(kernel);
    free(tables), free(c), free(packed), free(b), free(a);
}

static void check_variant(const clq_mixed_variant *variant)
{
    static const product products[] = {{1, 1, 1, false}, {12, 32, 2, false}, {13, 33, 31, false}, {5, 16, 64, true}, {24, 64, 256, false}, {25, 65, 257, false},
                                       {47, 200, 600, true}, {11, 48, 513, false}, {30, 127, 255, true}};
    kernel_runner runner;
    if (!kernel_runner_open(&runner)) skip();
    cl_program program = build(&runner, variant->op.program);
    assert_non_null(program);
    for (size_t i = 0; i < sizeof products / sizeof *products; i++) check_product(&runner, program, variant, &products[i]);
    clReleaseProgram(program);
    kernel_runner_close(&runner);
}

static void test_avx512(void **state)
{
    (void)state;
    check_variant(&clq_gemm_mixed_avx512);
}

static void test_avx512_bf16(void **state)
{
    (void)state;
    check_variant(&clq_gemm_mixed_avx512_bf16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_avx512), cmocka_unit_test(test_avx512_bf16)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
