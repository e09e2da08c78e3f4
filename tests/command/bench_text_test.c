/* SPDX-License-Identifier: Apache-2.0 */
/* Shapes and types as text, statistics, and the sampled comparison behind every timed row. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/reference.h"
#include "clqnn/reference_float.h"
#include "gemm_shape.h"
#include "mixed_values.h"
#include "sampled_check.h"
#include "timing.h"

static void test_shapes(void **state)
{
    (void)state;
    static const char *const good[] = { "1x2x3", "8:128x768x64", "2:3:4x5x6", "0x0x0", "2147483647x1x1", "3:1:4x5x6" };
    static const char *const bad[] = { "", "1x2", "1x2x", "x1x2", "1x2x3x4", "1:2", "1:2:3:4x5x6", "0:1x2x3", "1x2:3x4", "-1x2x3", "2147483648x1x1",
                                       "1x2x3 ", " 1x2x3", "1X2X3", "1x2x3:4", "99999999999999999999x1x1", ":1x2x3" };
    clq_gemm_shape shape;
    char message[200], text[96];
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(clq_gemm_shape_parse(good[i], &shape, message, sizeof message));
        assert_string_equal(clq_gemm_shape_print(&shape, text, sizeof text), good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(clq_gemm_shape_parse(bad[i], &shape, message, sizeof message));
        assert_non_null(strstr(message, bad[i]));
    }
    assert_true(clq_gemm_shape_parse("2:3:4x5x6", &shape, message, sizeof message));
    assert_int_equal(shape.batch[0] * 10000 + shape.batch[1] * 1000 + shape.m * 100 + shape.n * 10 + shape.k, 23456);
    assert_true(clq_gemm_shape_parse("7:4x5x6", &shape, message, sizeof message));
    assert_int_equal(shape.batch[0] * 10 + shape.batch[1], 17);
}

static void test_types(void **state)
{
    (void)state;
    static const char *const bad[] = { "", "u8", "u8s8", "u8s8u8u8", "u9s8u8", "u8s8u8 ", "U8S8U8", "f16u4f16:", "f16u4f16:g", "f16u4f16:g0", "f16u4f16:gk", "f16u4f16:128",
                                       "f16u4f16:g2147483648", "f16u4f16:g128:", "f16u4f16:g128:a16", "f16u4f16:a8", "f16u4f16:g128:a8 ", "f16s5f16:g128", "f8f16f16" };
    static const char *const good[] = { "u8s8s32", "f16f16f16", "bf16bf16f32", "f8e4m3f8e5m2f16", "f16s3f32:g1", "f32u4f32:g128", "f32s2f32:g64", "bf16u6bf16:g2147483647:a8" };
    clq_gemm_types types;
    char message[200], text[CLQ_GEMM_TYPES_TEXT];
    assert_true(clq_gemm_types_parse("f16s8f32", &types, message, sizeof message));
    assert_true(types.a == CLQNN_F16 && types.b == CLQNN_S8 && types.c == CLQNN_F32);
    assert_string_equal(clq_gemm_types_print(&types, text, sizeof text), "f16s8f32");
    assert_false(clq_gemm_types_are_floats(&types)); /* a is quantized by the call */
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(clq_gemm_types_parse(bad[i], &types, message, sizeof message));
        assert_non_null(strstr(message, bad[i]));
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(clq_gemm_types_parse(good[i], &types, message, sizeof message));
        assert_string_equal(clq_gemm_types_print(&types, text, sizeof text), good[i]);
        assert_true(clq_gemm_types_are_floats(&types) == (i > 0));
    }
    assert_true(types.a == CLQNN_BF16 && types.b == CLQNN_U6 && types.c == CLQNN_BF16 && types.group == 2147483647 && types.quantize_a);
}

/* Bits by any of their names; the weights may be named first where only they can be of bits. */
static void test_types_of_bits(void **state)
{
    (void)state;
    static const char *const names[][2] = { { "b1b1s32", "b1b1s32" },   { "t2t2b1", "t2t2b1" },       { "pu8po8f16", "pu8po8f16" }, { "u2u2s32", "pu2pu2s32" },
                                            { "s3u4u8", "ps3pu4u8" },   { "s8t2s32", "s8t2s32" },     { "t2s8s32", "s8t2s32" },     { "b1u8f32", "u8b1f32" },
                                            { "t2f32f32", "f32t2f32" }, { "f16b1f16:a8", "f16b1f16:a8" }, { "b1ps2pu3", "b1ps2pu3" } };
    static const char *const bad[] = { "b2b1s32", "b1b1", "pu9pu2s32", "ps1b1s32", "b1b1s32:a8", "po0po1s32", "s8t2s32:g32" };
    clq_gemm_types types;
    char message[256], text[CLQ_GEMM_TYPES_TEXT];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!clq_gemm_types_parse(names[i][0], &types, message, sizeof message)) fail_msg("%s", message);
        assert_string_equal(clq_gemm_types_print(&types, text, sizeof text), names[i][1]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const clq_bench_shape shape = { .op = CLQ_BENCH_GEMM, .gemm = { .batch = { 1, 1 }, .m = 1, .n = 1, .k = 64 } };
        clq_bench_problem problem;
        if (!clq_gemm_types_parse(bad[i], &types, message, sizeof message)) continue;
        assert_false(clq_bench_problem_create(&shape, &types, &problem, message, sizeof message));
        assert_true(strlen(message) > 10);
    }
}

static void test_statistics(void **state)
{
    (void)state;
    clq_samples samples = { .ns = NULL };
    for (int i = 0; i < 1001; i++) assert_true(clq_samples_add(&samples, (double)(i * 5 % 1001) + 1.0));
    assert_int_equal((int)clq_samples_min(&samples), 1);
    assert_int_equal((int)clq_samples_median(&samples), 501);
    clq_samples_free(&samples);
}

static bool pretend(void *state, size_t calls)
{
    *(size_t *)state += calls;
    clq_pause_ms((long)calls);
    return true;
}

static bool refuse(void *state, size_t calls)
{
    (void)state;
    (void)calls;
    return false;
}

static void test_rows(void **state)
{
    (void)state;
    size_t calls = 0;
    double least = 0.0;
    assert_int_equal(clq_row_calls(1e5, 4, 64), 20);
    assert_int_equal(clq_row_calls(1e9, 4, 64), 4);
    assert_int_equal(clq_row_calls(100.0, 4, 64), 64);
    assert_int_equal(clq_row_calls(0.0, 4, 64), 64);
    assert_true(clq_measure_rows(pretend, &calls, 3, 0.0, &least));
    assert_int_equal(calls, 3);
    assert_true(least >= 1e6);
    least = 5.0; /* is kept: it is less */
    assert_true(clq_measure_rows(pretend, &calls, 2, 0.01, &least));
    assert_true(least == 5.0);
    assert_true(calls >= 5 && calls % 2 == 1);
    assert_false(clq_measure_rows(refuse, NULL, 1, 0.0, &least));
}

static void test_block(void **state)
{
    (void)state;
    clq_samples samples = { .ns = NULL };
    size_t calls = 0;
    assert_true(clq_measure_block(pretend, &calls, 0.05, &samples));
    assert_true(samples.count >= 2 && calls > samples.count);
    assert_true(clq_samples_min(&samples) >= 1e6);
    assert_true(samples.ns_pipelined >= 1e6);
    assert_false(clq_measure_block(refuse, NULL, 0.05, &samples));
    clq_samples_free(&samples);
}

/* The output by the reference, then one element changed at a time: a small problem is compared whole, a large one in its first and last rows, or
 * output channels, at least. */
static void check_sample(const char *text, const char *types_text, size_t must_see_first, size_t must_see_last)
{
    clq_bench_shape shape;
    clq_gemm_types types;
    clq_bench_problem problem;
    char message[256];
    assert_true(clq_bench_shape_parse(text, CLQ_BENCH_ANY, &shape, message, sizeof message));
    assert_true(clq_gemm_types_parse(types_text, &types, message, sizeof message));
    assert_true(clq_bench_problem_create(&shape, &types, &problem, message, sizeof message));
    unsigned char *const c = malloc(problem.c_bytes);
    assert_non_null(c);
    const clqnn_status status = problem.op == CLQ_BENCH_CONV ? clqnn_reference_conv(&problem.conv_desc, problem.a, NULL, c, NULL)
                                                             : clqnn_reference_gemm(&problem.desc, problem.a, NULL, c, NULL);
    assert_int_equal(status, CLQNN_OK);
    assert_true(clq_sampled_check(&problem, c, message, sizeof message));
    const size_t places[] = { must_see_first, must_see_last };
    for (size_t i = 0; i < 2; i++) {
        c[places[i]] ^= 4;
        assert_false(clq_sampled_check(&problem, c, message, sizeof message));
        assert_non_null(strstr(message, "expected"));
        c[places[i]] ^= 4;
    }
    free(c);
    clq_bench_problem_destroy(&problem);
}

static void test_sampled_check(void **state)
{
    (void)state;
    check_sample("2:9x7x5", "u8s8u8", 60, 125);
    check_sample("300x512x512", "u8s8u8", 511, 300 * 512 - 1);
    check_sample("1x3000x100", "u8s8u8", 0, 2999);
    check_sample("mb2_ic5_ih7_oc9_kh3_ph1", "u8s8u8", 441, 881);
    check_sample("ic64_ih40_oc80_kh3_ph1", "u8s8u8", 0, 40 * 40 * 80 - 1);
    check_sample("ic64_ih9_oc64_kh3_ph1_g64", "u8s8u8", 63, 80 * 64);
}

static void test_sampled_check_of_bits(void **state)
{
    (void)state;
    check_sample("2:9x7x50", "b1t2s32", 0, 2 * 9 * 7 * 4 - 4);
    check_sample("300x512x1024", "b1b1b1", 0, 299 * 64);       /* one bit of the first word of the last row */
    check_sample("30x40x100", "pu3po2pu2", 0, 29 * 16 + 12);
    check_sample("30x40x100", "s8t2u8", 7, 30 * 40 - 1);
    check_sample("ic40_ih9_oc36_kh3_ph1", "b1b1b1", 0, 80 * 8);
    check_sample("ic64_ih40_oc80_kh3_ph1", "b1pu2f32", 2, 40 * 40 * 80 * 4 - 2);
}

/* The output by the reference, rounded to c's type, then one element off by `wrong`, which is far outside its bound. */
static void check_float_sample(const char *shape_text, const char *types_text, float wrong)
{
    clq_bench_shape shape;
    clq_gemm_types types;
    clq_bench_problem problem;
    char message[256];
    assert_true(clq_bench_shape_parse(shape_text, CLQ_BENCH_GEMM, &shape, message, sizeof message));
    assert_true(clq_gemm_types_parse(types_text, &types, message, sizeof message));
    assert_true(clq_bench_problem_create(&shape, &types, &problem, message, sizeof message));
    const size_t count = problem.c_bytes / clqnn_type_size(types.c);
    clqnn_reference_bounded *const x = malloc(count * sizeof *x);
    unsigned char *const c = malloc(problem.c_bytes);
    assert_true(x != NULL && c != NULL);
    assert_int_equal(clqnn_reference_gemm_float(&problem.desc, problem.a, NULL, NULL, x), CLQNN_OK);
    for (size_t i = 0; i < count; i++) clq_mixed_store(c, (int64_t)i, types.c, (float)x[i].value);
    assert_true(clq_sampled_check(&problem, c, message, sizeof message));
    const size_t places[] = {0, (size_t)shape.gemm.n - 1, count - (size_t)shape.gemm.n, count - 1};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const float right = clq_mixed_load(c, (int64_t)places[i], types.c);
        clq_mixed_store(c, (int64_t)places[i], types.c, right + wrong);
        assert_false(clq_sampled_check(&problem, c, message, sizeof message));
        assert_non_null(strstr(message, "expected"));
        clq_mixed_store(c, (int64_t)places[i], types.c, NAN);
        assert_false(clq_sampled_check(&problem, c, message, sizeof message));
        clq_mixed_store(c, (int64_t)places[i], types.c, right);
    }
    free(x);
    free(c);
    clq_bench_problem_destroy(&problem);
}

static void test_sampled_float_check(void **state)
{
    (void)state;
    check_float_sample("2:3:9x7x5", "f32f32f32", 1e-3f);
    check_float_sample("33x65x129", "f16bf16f16", 1.0f);
    check_float_sample("17x19x70", "bf16s3f32:g32", 1e-2f);
    check_float_sample("5x11x37", "f32u6f32:g16", 1e-2f);
    check_float_sample("3x7x40", "f16u4f32:g32:a8", 1e-2f);
    check_float_sample("70x600x1000", "f32f8e4m3f32", 1e-1f); /* a sample of rows and columns from here on */
    check_float_sample("2x9000x1024", "f16u4f32:g128", 1e-1f);
    check_float_sample("3:5x7x1", "f32t2f32", 1e-1f);
    check_float_sample("20x2000x200", "f16b1f32", 1e1f);
    check_float_sample("65x700x500", "f32s3f32:g64", 1e-1f);
}

static void test_float_problems_refused(void **state)
{
    (void)state;
    static const char *const bad[][3] = { { "1x1x8", "f16u4f16:g9", "longer than k" }, { "2:1x1x8", "f16u4f16:g8", "batches" },
                                          { "1x1x8", "f16f16s32", "output" }, { "1x1x8", "u8u4u8:g8", "types" }, { "1x1x8", "u8u4u8", "types" }, { "1x1x8", "f16u4f16", "types" },
                                          { "1x1x8", "f16t2f16:g8", "groups" }, { "1x1x8", "f16t2s32", "output" } };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        clq_bench_shape shape;
        clq_gemm_types types;
        clq_bench_problem problem;
        char message[256] = "";
        assert_true(clq_bench_shape_parse(bad[i][0], CLQ_BENCH_GEMM, &shape, message, sizeof message));
        assert_true(clq_gemm_types_parse(bad[i][1], &types, message, sizeof message));
        assert_false(clq_bench_problem_create(&shape, &types, &problem, message, sizeof message));
        assert_non_null(strstr(message, bad[i][2]));
    }
}

static void test_too_large(void **state)
{
    (void)state;
    const clq_bench_shape huge = { .op = CLQ_BENCH_GEMM,
                                   .gemm = { .batch = { 2147483647, 2147483647 }, .m = 2147483647, .n = 2147483647, .k = 2147483647 } };
    const clq_gemm_types types = { .a = CLQNN_U8, .b = CLQNN_S8, .c = CLQNN_U8 }, wrong = { .a = CLQNN_F32, .b = CLQNN_S8, .c = CLQNN_U8 };
    const clq_bench_shape small = { .op = CLQ_BENCH_GEMM, .gemm = { .batch = { 1, 1 }, .m = 1, .n = 1, .k = 1 } };
    clq_bench_shape image = { .op = CLQ_BENCH_CONV };
    clq_bench_problem problem;
    char message[256];
    assert_false(clq_bench_problem_create(&huge, &types, &problem, message, sizeof message));
    assert_false(clq_bench_problem_create(&small, &wrong, &problem, message, sizeof message));
    assert_true(clq_conv_shape_parse("mb2147483647_ic2147483647_ih2147483647_oc2147483647_kh1", &image.conv, message, sizeof message));
    assert_false(clq_bench_problem_create(&image, &types, &problem, message, sizeof message));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shapes),   cmocka_unit_test(test_types),         cmocka_unit_test(test_statistics),
        cmocka_unit_test(test_types_of_bits), cmocka_unit_test(test_sampled_check_of_bits),
        cmocka_unit_test(test_rows),     cmocka_unit_test(test_block),         cmocka_unit_test(test_sampled_check),
        cmocka_unit_test(test_too_large), cmocka_unit_test(test_sampled_float_check), cmocka_unit_test(test_float_problems_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
