/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptors of products of floats that mean nothing: each is refused with a status and a message that names field and value. Buffers:
 * mixed_bad_call_test.c. */
#include <math.h>
#include <string.h>

#include "mixed_fixture.h"

static void test_what_is_right_is_accepted(void **state)
{
    (void)state;
    const clqnn_gemm_desc plain = mixed_fixture_desc(), full = mixed_fixture_full_desc();
    expect_accepted(&plain);
    expect_accepted(&full);
}

static void test_dimensions(void **state)
{
    (void)state;
    static const int64_t values[] = {-1, INT64_MIN, INT64_C(1) << 31, INT64_MAX};
    static const char *const texts[] = {"-1", "-9223372036854775808", "2147483648", "9223372036854775807"};
    for (size_t i = 0; i < 4; i++) {
        clqnn_gemm_desc desc = mixed_fixture_desc();
        desc.m = values[i];
        expect_refused(&desc, CLQNN_INVALID_SHAPE, "m is", texts[i]);
        desc = mixed_fixture_desc();
        desc.n = values[i];
        expect_refused(&desc, CLQNN_INVALID_SHAPE, "n is", texts[i]);
        desc = mixed_fixture_desc();
        desc.k = values[i];
        expect_refused(&desc, CLQNN_INVALID_SHAPE, "k is", texts[i]);
        desc = mixed_fixture_desc();
        desc.batch[1] = values[i];
        expect_refused(&desc, CLQNN_INVALID_SHAPE, "batch[1]", texts[i]);
    }
    clqnn_gemm_desc desc = mixed_fixture_desc();
    desc.m = desc.n = desc.k = INT32_MAX;
    desc.b_data = NULL;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "too large", NULL);
    desc.n = desc.k = 3;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "a", "allocation"); /* beyond the device's largest allocation */
}

static void test_types(void **state)
{
    (void)state;
    static const clqnn_type not_b[] = {CLQNN_TYPE_NONE, CLQNN_S32, CLQNN_S16, (clqnn_type)99, (clqnn_type)-1};
    static const clqnn_type not_c[] = {CLQNN_TYPE_NONE, CLQNN_S32, CLQNN_S16, CLQNN_U4, CLQNN_F8E4M3, CLQNN_F8E5M2, (clqnn_type)99, (clqnn_type)-1};
    static const clqnn_type not_residual[] = {CLQNN_U8, CLQNN_S32, CLQNN_F8E4M3, (clqnn_type)99, (clqnn_type)-1};
    for (size_t i = 0; i < sizeof not_b / sizeof *not_b; i++) {
        clqnn_gemm_desc desc = mixed_fixture_desc();
        desc.b.type = not_b[i];
        expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "b.type", NULL);
    }
    for (size_t i = 0; i < sizeof not_c / sizeof *not_c; i++) {
        clqnn_gemm_desc desc = mixed_fixture_desc();
        desc.c.type = not_c[i];
        expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "c.type", NULL);
    }
    for (size_t i = 0; i < sizeof not_residual / sizeof *not_residual; i++) {
        clqnn_gemm_desc desc = mixed_fixture_full_desc();
        desc.residual.type = not_residual[i];
        expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "residual.type", NULL);
    }
    clqnn_gemm_desc desc = mixed_fixture_desc();
    desc.b.type = CLQNN_S8;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "b.type is s8", "groups");
}

static void test_activations(void **state)
{
    (void)state;
    static const clqnn_function none[] = {CLQNN_LEAKY_RELU, CLQNN_ELU, CLQNN_HARD_SIGMOID, CLQNN_EXP, (clqnn_function)13, (clqnn_function)31, (clqnn_function)32,
                                          (clqnn_function)-1};
    static const clqnn_function some[] = {CLQNN_IDENTITY, CLQNN_RELU, CLQNN_RELU6, CLQNN_SIGMOID, CLQNN_HARD_SWISH, CLQNN_TANH, CLQNN_GELU, CLQNN_GELU_TANH, CLQNN_SILU};
    clqnn_gemm_desc desc = mixed_fixture_desc();
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        desc.activation = none[i];
        expect_refused(&desc, CLQNN_UNSUPPORTED, "activation is", NULL);
    }
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        desc.activation = some[i];
        expect_accepted(&desc);
    }
}

/* Sums in f16: of halves only, and only on a device with arithmetic of halves, which PoCL is not. */
static void test_accumulation(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = mixed_fixture_desc();
    clqnn_gemm_info info;
    desc.accumulation = (clqnn_accumulation)2;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "accumulation is 2", NULL);
    desc.accumulation = (clqnn_accumulation)-1;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "accumulation is -1", NULL);
    desc.accumulation = CLQNN_ACCUMULATE_F16;
    desc.a.type = CLQNN_BF16;
    expect_refused(&desc, CLQNN_UNSUPPORTED, "accumulation is CLQNN_ACCUMULATE_F16", "a.type is bf16");
    desc.a.type = desc.b.type = CLQNN_F16;
    if (clqnn_gemm_query(fixture_context(), &desc, &info) == CLQNN_OK) {
        assert_string_equal(info.variant, "gemm_mixed_local_f16");
        return;
    }
    expect_refused(&desc, CLQNN_UNSUPPORTED, "gemm_mixed_local_f16", "lacks fp16");
    desc.variant = "gemm_mixed_portable";
    expect_refused(&desc, CLQNN_UNSUPPORTED, "accumulation is f16", "sums in f32");
}

static void test_layout_fields(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = mixed_fixture_full_desc();
    desc.a.transposed = 2;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "a.transposed", "2");
    desc = mixed_fixture_full_desc();
    desc.b.transposed = -1;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "b.transposed", "-1");
    desc = mixed_fixture_full_desc();
    desc.c.transposed = 1;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "c.transposed", "1");
    desc = mixed_fixture_full_desc();
    desc.residual.transposed = 1;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "residual.transposed", "1");
    desc = mixed_fixture_full_desc();
    desc.residual.leading_dimension = FIXTURE_N - 1;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "residual.leading_dimension is 4", "5");
    desc = mixed_fixture_full_desc();
    desc.a.leading_dimension = -7;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "a.leading_dimension", "-7");
    desc = mixed_fixture_full_desc();
    desc.c.batch_stride[0] = CLQNN_BROADCAST;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "c.batch_stride[0]", "-1");
    desc = mixed_fixture_full_desc();
    desc.residual.batch_stride[1] = -2;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "residual.batch_stride[1]", "-2");
    desc = mixed_fixture_full_desc();
    desc.batch[1] = 2;
    desc.c.batch_stride[1] = FIXTURE_N;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "c overlaps itself", NULL);
}

static void test_numbers(void **state)
{
    (void)state;
    static const float bad_scales[] = {0.0f, -1.0f, 1e-40f, INFINITY, NAN};
    static const int32_t zeros[] = {0, 256};
    for (size_t i = 0; i < 5; i++) {
        clqnn_gemm_desc desc = mixed_fixture_full_desc();
        desc.c.quantization.scales = &bad_scales[i];
        expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "c.quantization", NULL);
        desc = mixed_fixture_full_desc();
        desc.b.quantization = (clqnn_quantization){.scales = &bad_scales[i], .scale_count = 1};
        expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "b.quantization", NULL);
    }
    clqnn_gemm_desc desc = mixed_fixture_full_desc();
    desc.b.quantization.scale_count = 3;
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "b.quantization", "3");
    desc = mixed_fixture_full_desc();
    desc.b.quantization.zero_points = zeros;
    desc.b.quantization.zero_point_count = 1;
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "b.quantization", "zero points");
    desc = mixed_fixture_full_desc();
    desc.c.quantization.zero_points = &zeros[1];
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "c.quantization", "256");
    desc = mixed_fixture_full_desc();
    desc.a.quantization = desc.c.quantization;
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "a.quantization", "f16");
    desc = mixed_fixture_full_desc();
    desc.residual.quantization = desc.c.quantization;
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "residual.quantization", NULL);
    desc = mixed_fixture_desc();
    desc.c.quantization.scales = bad_scales;
    desc.c.quantization.scale_count = 1;
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "c.quantization", "f32");
    desc = mixed_fixture_full_desc();
    desc.bias_type = CLQNN_S32;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "bias_type", "s32");
}

static void test_clamp_and_rounding(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = mixed_fixture_full_desc();
    desc.has_clamp = 2;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "has_clamp", "2");
    desc = mixed_fixture_full_desc();
    desc.clamp_min = 201;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "clamp_min is 201", "200");
    desc = mixed_fixture_full_desc();
    desc.clamp_max = NAN;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "clamp_max", "nan");
    desc = mixed_fixture_full_desc();
    desc.rounding = CLQNN_FIXED_DOUBLE;
    expect_refused(&desc, CLQNN_UNSUPPORTED, "rounding is 1", NULL);
}

static void test_variants_and_weights(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = mixed_fixture_desc(), integers = fixture_desc();
    clqnn_gemm_weights *weights = NULL, *integer_weights = NULL;
    desc.variant = "gemm_mixed_nowhere";
    expect_refused(&desc, CLQNN_UNSUPPORTED, "gemm_mixed_nowhere", NULL);
    desc.variant = NULL;
    assert_int_equal(clqnn_gemm_pack(fixture_context(), &desc, &weights), CLQNN_OK);
    assert_int_equal(clqnn_gemm_pack(fixture_context(), &integers, &integer_weights), CLQNN_OK);
    desc.weights = weights;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "b_data and weights", NULL);
    desc.b_data = NULL;
    expect_accepted(&desc);
    desc.n = FIXTURE_N + 1;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "n 5", "6");
    desc.n = FIXTURE_N;
    desc.b.type = CLQNN_BF16;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "b.type", "f16");
    desc.b.type = CLQNN_F16;
    desc.weights = integer_weights;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "weights", "integers");
    integers.b_data = NULL;
    integers.weights = weights;
    expect_refused(&integers, CLQNN_INVALID_ARGUMENT, "b.type is 1", "f16");
    integers.b.type = CLQNN_TYPE_NONE;
    expect_refused(&integers, CLQNN_INVALID_ARGUMENT, "a.type", "f32, f16, bf16");
    clqnn_gemm_weights_release(weights);
    clqnn_gemm_weights_release(integer_weights);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_right_is_accepted), cmocka_unit_test(test_dimensions),           cmocka_unit_test(test_types),
        cmocka_unit_test(test_activations),               cmocka_unit_test(test_accumulation), cmocka_unit_test(test_layout_fields),        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_clamp_and_rounding),        cmocka_unit_test(test_variants_and_weights),
    };
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failures;
}
