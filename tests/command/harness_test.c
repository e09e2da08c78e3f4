/* SPDX-License-Identifier: Apache-2.0 */
/* The harness itself, without a device: it repeats, it reaches what it promises, and it sees every kind of wrong byte. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gemm_run.h"
#include "seeded_random.h"

enum { POISON = 0xa5 };

static const clq_gemm_sweep quick = { .level = CLQ_LEVEL_QUICK, .seed = 11, .tile_m = 14, .tile_n = 32, .tile_k = 4 };
static const clq_gemm_sweep normal = { .level = CLQ_LEVEL_NORMAL, .seed = 11, .tile_m = 14, .tile_n = 32, .tile_k = 4 };

static clq_gemm_problem *create(const clq_gemm_case *spec)
{
    char message[256], text[400];
    clq_gemm_problem *const problem = clq_gemm_problem_create(spec, message, sizeof message);
    if (problem == NULL) print_error("%s: %s\n", clq_gemm_case_describe(spec, text, sizeof text), message);
    assert_non_null(problem);
    return problem;
}

static clq_gemm_case simple_case(clqnn_type c_type)
{
    return (clq_gemm_case){ .seed = 5, .m = 3, .n = 5, .k = 7, .batch = { 2, 2 }, .a_type = CLQNN_U8, .b_type = CLQNN_S8, .c_type = c_type, .c_padding = 2,
                            .c_offset = 3, .batch_gap = 4, .bias_type = CLQNN_S32 };
}

static void test_random(void **state)
{
    (void)state;
    clq_random a = clq_random_seed(1, 2), b = clq_random_seed(1, 2), c = clq_random_seed(1, 3);
    assert_int_equal(clq_random_bits(&a), clq_random_bits(&b));
    assert_int_not_equal(clq_random_bits(&a), clq_random_bits(&c));
    bool low = false, high = false;
    for (int i = 0; i < 1000; i++) {
        const int64_t value = clq_random_range(&a, -2, 2);
        assert_in_range(value + 2, 0, 4);
        low = low || value == -2;
        high = high || value == 2;
    }
    assert_true(low && high);
}

static void test_cases_repeat(void **state)
{
    (void)state;
    clq_gemm_sweep other = quick;
    other.seed++;
    size_t different = 0;
    for (size_t i = 0; i < clq_gemm_case_count(&quick); i++) {
        char first[400], second[400], third[400];
        const clq_gemm_case one = clq_gemm_case_make(&quick, i), two = clq_gemm_case_make(&quick, i), three = clq_gemm_case_make(&other, i);
        assert_string_equal(clq_gemm_case_describe(&one, first, sizeof first), clq_gemm_case_describe(&two, second, sizeof second));
        assert_int_equal(one.seed, two.seed);
        assert_int_not_equal(one.seed, three.seed);
        different += strcmp(first, clq_gemm_case_describe(&three, third, sizeof third)) != 0;
    }
    assert_true(different > 20);
}

/* Quick already meets every type, rule and way of giving data. */
static void test_quick_reaches_every_feature(void **state)
{
    (void)state;
    bool mixes[4] = { false }, outputs[6] = { false }, rules[3] = { false }, sources[3] = { false }, data[5] = { false }, dynamics[3] = { false };
    bool biases[6] = { false }, zero_rows = false, zero_columns = false, scale_rows = false, a_transposed = false, b_transposed = false, clamp = false;
    bool broadcast = false, padded = false, moved = false, sub_buffers = false, wait_list = false;
    for (size_t i = 0; i < clq_gemm_case_count(&quick); i++) {
        const clq_gemm_case spec = clq_gemm_case_make(&quick, i);
        if (spec.dynamic == CLQNN_STATIC) mixes[(spec.a_type == CLQNN_U8) * 2 + (spec.b_type == CLQNN_U8)] = true;
        outputs[spec.c_type] = rules[spec.rounding] = sources[spec.b_source] = data[spec.b_data] = dynamics[spec.dynamic] = biases[spec.bias_type] = true;
        zero_rows = zero_rows || spec.a_zero == CLQ_PER_VECTOR;
        zero_columns = zero_columns || spec.b_zero == CLQ_PER_VECTOR;
        scale_rows = scale_rows || spec.a_scale == CLQ_PER_VECTOR;
        a_transposed = a_transposed || spec.a_transposed;
        b_transposed = b_transposed || spec.b_transposed;
        clamp = clamp || spec.clamp;
        broadcast = broadcast || spec.b_broadcast[0] || spec.b_broadcast[1];
        padded = padded || spec.c_padding > 0;
        moved = moved || spec.c_offset > 0;
        sub_buffers = sub_buffers || spec.sub_buffers;
        wait_list = wait_list || spec.wait_list;
    }
    for (int i = 0; i < 4; i++) assert_true(mixes[i] && data[i]);
    for (int i = CLQNN_S8; i <= CLQNN_F16; i++) assert_true(outputs[i]);
    for (int i = 0; i < 3; i++) assert_true(rules[i] && sources[i] && dynamics[i]);
    assert_true(biases[CLQNN_TYPE_NONE] && biases[CLQNN_S32] && biases[CLQNN_F32]);
    assert_true(zero_rows && zero_columns && scale_rows && a_transposed && b_transposed && clamp && broadcast && padded && moved && sub_buffers && wait_list);
}

/* 0, 1, 2, primes, tile-1, tile, tile+1 in m and n; 0..9, tails behind whole blocks and long k. */
static void test_normal_reaches_every_shape(void **state)
{
    (void)state;
    static const int64_t rows[] = { 0, 1, 2, 3, 5, 7, 13, 14, 15, 31, 97 }, columns[] = { 0, 1, 2, 3, 7, 31, 32, 33, 97 };
    static const int64_t depths[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 65, 66, 67, 68, 69, 70, 71, 72, 73, 4099, 32000 };
    for (size_t want = 0; want < sizeof depths / sizeof *depths; want++) {
        bool m = want >= sizeof rows / sizeof *rows, n = want >= sizeof columns / sizeof *columns, k = false;
        for (size_t i = 0; i < clq_gemm_case_count(&normal); i++) {
            const clq_gemm_case spec = clq_gemm_case_make(&normal, i);
            m = m || spec.m == rows[want];
            n = n || spec.n == columns[want];
            k = k || spec.k == depths[want];
        }
        assert_true(m && n && k);
    }
}

/* Every case is one that the reference takes, and outputs are not all at the ends of their range. */
static void test_problems_are_good(void **state)
{
    (void)state;
    size_t bytes_outputs = 0, varied = 0;
    for (size_t i = 0; i < clq_gemm_case_count(&normal); i++) {
        const clq_gemm_case spec = clq_gemm_case_make(&normal, i);
        clq_gemm_problem *const problem = create(&spec);
        bool seen[256] = { false };
        size_t elements = 0, values = 0;
        for (size_t at = 0; at < problem->c.size; at++) {
            if (!problem->written[at]) continue;
            elements++;
            values += !seen[problem->c.data[at]];
            seen[problem->c.data[at]] = true;
        }
        if (elements >= 100 && (spec.c_type == CLQNN_S8 || spec.c_type == CLQNN_U8)) {
            bytes_outputs++;
            varied += values >= 16;
        }
        clq_gemm_problem_destroy(problem);
    }
    assert_true(bytes_outputs > 50);
    assert_true(varied * 10 >= bytes_outputs * 8);
}

/* A copy of the expected buffer as a perfect device would leave it. */
static unsigned char *perfect(const clq_gemm_problem *problem)
{
    unsigned char *const got = malloc(problem->c.size);
    assert_non_null(got);
    for (size_t i = 0; i < problem->c.size; i++) got[i] = problem->written[i] ? problem->c.data[i] : POISON;
    return got;
}

static void test_compare_sees_every_byte(void **state)
{
    (void)state;
    static const clqnn_type types[] = { CLQNN_S8, CLQNN_U8, CLQNN_S32, CLQNN_F32, CLQNN_F16 };
    for (size_t type = 0; type < 5; type++) {
        const clq_gemm_case spec = simple_case(types[type]);
        clq_gemm_problem *const problem = create(&spec);
        unsigned char *const got = perfect(problem);
        clq_gemm_result result = { .outcome = CLQ_FAILED };
        clq_gemm_compare(problem, got, POISON, &result);
        assert_int_equal(result.outcome, CLQ_PASSED);
        size_t outside = 0;
        for (size_t i = 0; i < problem->c.size; i++) {
            got[i] ^= 1;
            clq_gemm_compare(problem, got, POISON, &result);
            assert_int_equal(result.outcome, CLQ_FAILED);
            assert_int_equal(result.differences, problem->written[i]);
            assert_non_null(strstr(result.message, problem->written[i] ? "accumulator" : "outside c"));
            outside += !problem->written[i];
            got[i] ^= 1;
        }
        assert_true(outside > 64);
        free(got);
        clq_gemm_problem_destroy(problem);
    }
}

static void test_compare_names_the_place(void **state)
{
    (void)state;
    const clq_gemm_case spec = simple_case(CLQNN_S32);
    clq_gemm_problem *const problem = create(&spec);
    unsigned char *const got = perfect(problem);
    const size_t element = 3 + 1 * (2 * (3 * 7 + 4) + 4) + 1 * (3 * 7 + 4) + 2 * 7 + 4; /* [1,1][2][4] */
    clq_gemm_result result = { .outcome = CLQ_PASSED };
    got[element * 4] ^= 1;
    clq_gemm_compare(problem, got, POISON, &result);
    assert_int_equal(result.differences, 1);
    assert_non_null(strstr(result.message, "c[1,1][2][4]"));
    free(got);
    clq_gemm_problem_destroy(problem);
}

static void test_compare_floats(void **state)
{
    (void)state;
    const clq_gemm_case spec = simple_case(CLQNN_F32);
    clq_gemm_problem *const problem = create(&spec);
    const float quiet = NAN, zero = 0.0f, negative_zero = -0.0f;
    const uint32_t other_nan = 0xffc00123u;
    const size_t at = problem->c.offset;
    clq_gemm_result result = { .outcome = CLQ_FAILED };
    memcpy(problem->c.data + at, &quiet, 4);
    unsigned char *const got = perfect(problem);
    memcpy(got + at, &other_nan, 4);
    clq_gemm_compare(problem, got, POISON, &result);
    assert_int_equal(result.outcome, CLQ_PASSED);
    memcpy(problem->c.data + at, &zero, 4);
    clq_gemm_compare(problem, got, POISON, &result);
    assert_int_equal(result.outcome, CLQ_FAILED);
    memcpy(got + at, &negative_zero, 4);
    clq_gemm_compare(problem, got, POISON, &result);
    assert_int_equal(result.outcome, CLQ_FAILED);
    free(got);
    clq_gemm_problem_destroy(problem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_cases_repeat),
        cmocka_unit_test(test_quick_reaches_every_feature),
        cmocka_unit_test(test_normal_reaches_every_shape),
        cmocka_unit_test(test_problems_are_good),
        cmocka_unit_test(test_compare_sees_every_byte),
        cmocka_unit_test(test_compare_names_the_place),
        cmocka_unit_test(test_compare_floats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
