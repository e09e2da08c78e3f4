/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn_reference_gemm where operands are transposed, padded, batched and broadcast. The padding holds values that would show in any sum. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/reference.h"

static clqnn_gemm_desc describe(int64_t m, int64_t n, int64_t k)
{
    return (clqnn_gemm_desc){
        .struct_size = sizeof(clqnn_gemm_desc), .m = m, .n = n, .k = k, .a.type = CLQNN_U8, .b.type = CLQNN_S8, .c.type = CLQNN_S32};
}

/* [1 2 3; 4 5 6] times [1 -1; 2 0; -3 4]. */
static const int32_t small_product[] = {-4, 11, -4, 20};

static void transposed_operands(void **state)
{
    (void)state;
    const uint8_t a_t[] = {1, 4, 2, 5, 3, 6};
    const int8_t b_t[] = {1, 2, -3, -1, 0, 4};
    int32_t c[4];
    clqnn_gemm_desc desc = describe(2, 2, 3);
    desc.a.transposed = 1;
    desc.b.transposed = 1;
    assert_int_equal(clqnn_reference_gemm(&desc, a_t, b_t, c, NULL), CLQNN_OK);
    assert_memory_equal(c, small_product, sizeof c);
}

static void leading_dimensions(void **state)
{
    (void)state;
    const uint8_t a[] = {1, 2, 3, 99, 99, 4, 5, 6};
    const uint8_t a_t[] = {1, 4, 99, 2, 5, 99, 3, 6};
    const int8_t b[] = {1, -1, 99, 2, 0, 99, -3, 4};
    const int8_t b_t[] = {1, 2, -3, 99, -1, 0, 4};
    const int32_t expected[] = {-4, 11, 7, 7, -4, 20};
    int32_t c[6] = {7, 7, 7, 7, 7, 7};
    clqnn_gemm_desc desc = describe(2, 2, 3);
    desc.a.leading_dimension = 5;
    desc.b.leading_dimension = 3;
    desc.c.leading_dimension = 4;
    assert_int_equal(clqnn_reference_gemm(&desc, a, b, c, NULL), CLQNN_OK);
    assert_memory_equal(c, expected, sizeof c);

    memset(c, 0, sizeof c);
    c[2] = c[3] = 7;
    desc.a.transposed = 1;
    desc.a.leading_dimension = 3;
    desc.b.transposed = 1;
    desc.b.leading_dimension = 4;
    assert_int_equal(clqnn_reference_gemm(&desc, a_t, b_t, c, NULL), CLQNN_OK);
    assert_memory_equal(c, expected, sizeof c);
}

/* Batches of 1 x 1 matrices, 2 outer and 3 inner. */
static clqnn_gemm_desc describe_batches(void)
{
    clqnn_gemm_desc desc = describe(1, 1, 1);
    desc.batch[0] = 2;
    desc.batch[1] = 3;
    return desc;
}

static void expect_batches(const clqnn_gemm_desc *desc, const uint8_t *a, const int8_t *b, const int32_t expected[6])
{
    int32_t c[6], accumulators[6];
    assert_int_equal(clqnn_reference_gemm(desc, a, b, c, accumulators), CLQNN_OK);
    assert_memory_equal(c, expected, sizeof c);
    assert_memory_equal(accumulators, expected, sizeof c);
}

static void dense_and_broadcast_batches(void **state)
{
    (void)state;
    const uint8_t a[] = {1, 2, 3, 4, 5, 6};
    const int8_t b[] = {10, 20, 30, 40, 50, 60};
    clqnn_gemm_desc desc = describe_batches();
    expect_batches(&desc, a, b, (const int32_t[]){10, 40, 90, 160, 250, 360});
    desc.b.batch_stride[1] = CLQNN_BROADCAST; /* the dense outer stride is then one matrix */
    expect_batches(&desc, a, b, (const int32_t[]){10, 20, 30, 80, 100, 120});
    desc.b.batch_stride[0] = CLQNN_BROADCAST;
    expect_batches(&desc, a, b, (const int32_t[]){10, 20, 30, 40, 50, 60});
    desc.b.batch_stride[1] = 0;
    expect_batches(&desc, a, b, (const int32_t[]){10, 40, 90, 40, 100, 180});
    desc.a.batch_stride[1] = CLQNN_BROADCAST;
    expect_batches(&desc, a, b, (const int32_t[]){10, 20, 30, 20, 40, 60});
}

static void strided_batches(void **state)
{
    (void)state;
    const uint8_t spread[] = {1, 99, 2, 99, 3, 99, 4, 99, 5, 99, 6};
    const uint8_t interleaved[] = {1, 4, 2, 5, 3, 6};
    const uint8_t gap[] = {1, 2, 3, 99, 4, 5, 6};
    const int8_t b[] = {10};
    const int32_t expected[] = {10, 20, 30, 40, 50, 60};
    clqnn_gemm_desc desc = describe_batches();
    desc.b.batch_stride[0] = desc.b.batch_stride[1] = CLQNN_BROADCAST;
    desc.a.batch_stride[1] = 2; /* the dense outer stride follows: 3 * 2 */
    expect_batches(&desc, spread, b, expected);
    desc.a.batch_stride[0] = 1;
    expect_batches(&desc, interleaved, b, expected);
    desc.a.batch_stride[0] = 4;
    desc.a.batch_stride[1] = 0;
    expect_batches(&desc, gap, b, expected);

    /* c interleaved: element outer + 2 * inner. The accumulators stay dense. */
    int32_t c[6], accumulators[6];
    desc = describe_batches();
    desc.b.batch_stride[0] = desc.b.batch_stride[1] = CLQNN_BROADCAST;
    desc.c.batch_stride[0] = 1;
    desc.c.batch_stride[1] = 2;
    assert_int_equal(clqnn_reference_gemm(&desc, (const uint8_t[]){1, 2, 3, 4, 5, 6}, b, c, accumulators), CLQNN_OK);
    assert_memory_equal(c, ((const int32_t[]){10, 40, 20, 50, 30, 60}), sizeof c);
    assert_memory_equal(accumulators, expected, sizeof accumulators);
}

/* A dense stride counts the padding of the last row too: stored rows * leading dimension. */
static void dense_batch_strides_follow_the_leading_dimension(void **state)
{
    (void)state;
    const uint8_t a[] = {1, 99, 2, 99, 3, 99, 4, 99}; /* two matrices of 2 x 1, rows 2 apart */
    const uint8_t a_t[] = {1, 2, 99, 3, 4, 99};       /* two of 1 x 2 stored, rows 3 apart */
    const int8_t b[] = {5};
    int32_t c[8] = {7, 7, 7, 7, 7, 7, 7, 7};
    clqnn_gemm_desc desc = describe(2, 1, 1);
    desc.batch[1] = 2;
    desc.a.leading_dimension = 2;
    desc.b.batch_stride[1] = CLQNN_BROADCAST;
    desc.c.leading_dimension = 2;
    assert_int_equal(clqnn_reference_gemm(&desc, a, b, c, NULL), CLQNN_OK);
    assert_memory_equal(c, ((const int32_t[]){5, 7, 10, 7, 15, 7, 20, 7}), sizeof c);

    desc.batch[0] = 2; /* the outer dimension alone */
    desc.batch[1] = 1;
    desc.b.batch_stride[0] = CLQNN_BROADCAST;
    desc.a.transposed = 1;
    desc.a.leading_dimension = 3;
    desc.c.leading_dimension = 0;
    assert_int_equal(clqnn_reference_gemm(&desc, a_t, b, c, NULL), CLQNN_OK);
    assert_memory_equal(c, ((const int32_t[]){5, 10, 15, 20}), 4 * sizeof c[0]);
}

/* Row and column parameters belong to the mathematical matrix, whatever its storage, and repeat in every batch. */
static void parameters_follow_the_mathematical_matrix(void **state)
{
    (void)state;
    const uint8_t a_t[] = {1, 4, 2, 5, 3, 6, 1, 4, 2, 5, 3, 6};
    const int8_t b_t[] = {1, 2, -3, -1, 0, 4};
    const int32_t row_points[] = {1, 2}, column_points[] = {1, -1};
    int32_t c[8];
    clqnn_gemm_desc desc = describe(2, 2, 3);
    desc.batch[0] = 2;
    desc.a.transposed = 1;
    desc.a.quantization = (clqnn_quantization){.zero_points = row_points, .zero_point_count = 2};
    desc.b.transposed = 1;
    desc.b.batch_stride[0] = CLQNN_BROADCAST;
    desc.b.quantization = (clqnn_quantization){.zero_points = column_points, .zero_point_count = 2};
    assert_int_equal(clqnn_reference_gemm(&desc, a_t, b_t, c, NULL), CLQNN_OK);
    assert_memory_equal(c, ((const int32_t[]){-7, 11, -13, 23, -7, 11, -13, 23}), sizeof c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(transposed_operands),
        cmocka_unit_test(leading_dimensions),
        cmocka_unit_test(dense_and_broadcast_batches),
        cmocka_unit_test(strided_batches),
        cmocka_unit_test(dense_batch_strides_follow_the_leading_dimension),
        cmocka_unit_test(parameters_follow_the_mathematical_matrix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
