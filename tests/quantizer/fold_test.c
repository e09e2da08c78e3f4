/* SPDX-License-Identifier: Apache-2.0 */
/* Folding, biases and equalization, by hand and against the float layers that they must not change. No device. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/context.h"
#include "clqnn/fold.h"

static void expect_refused(clqnn_status status, clqnn_status expected, const char *text)
{
    assert_int_equal(status, expected);
    if (!strstr(clqnn_last_error(), text)) fail_msg("\"%s\" does not hold \"%s\"", clqnn_last_error(), text);
}

static void expect_near(float got, double expected, double relative)
{
    if (!(fabs((double)got - expected) <= relative * fabs(expected))) fail_msg("%.9g is not near %.9g", (double)got, expected);
}

static void a_batch_norm_becomes_weights_and_bias(void **state)
{
    (void)state;
    float weights[] = {1.0f, -2.0f, 3.0f, 0.5f}, bias[] = {1.0f, 0.0f};
    const float gamma[] = {2.0f, -1.0f}, beta[] = {0.5f, 3.0f}, mean[] = {0.5f, -1.0f}, variance[] = {3.0f, 0.0f};
    clqnn_batch_norm_fold fold = {weights, bias, 2, 2, gamma, beta, mean, variance, 1.0f};
    assert_int_equal(clqnn_fold_batch_norm(&fold), CLQNN_OK);   /* factors 2 / 2 and -1 / 1 */
    const float expected[] = {1.0f, -2.0f, -3.0f, -0.5f};
    assert_memory_equal(weights, expected, sizeof expected);
    assert_true(bias[0] == 1.0f && bias[1] == 2.0f);
    fold.gamma = fold.beta = NULL;
    fold.epsilon = 0.25f;
    const float one[] = {0.0f, 0.0f};
    fold.variance = one;
    assert_int_equal(clqnn_fold_batch_norm(&fold), CLQNN_OK);   /* both factors are 2 */
    assert_true(weights[0] == 2.0f && weights[3] == -1.0f && bias[0] == 1.0f && bias[1] == 6.0f);
}

static void a_bad_batch_norm_writes_nothing(void **state)
{
    (void)state;
    float weights[] = {1.0f, 2.0f}, bias[] = {1.0f, 2.0f};
    const float mean[] = {0.0f, 0.0f}, zero[] = {1.0f, 0.0f}, negative[] = {1.0f, -2.0f}, nan[] = {1.0f, NAN}, tiny[] = {1.0f, 1e-44f}, large[] = {3e38f, 3e38f};
    clqnn_batch_norm_fold fold = {weights, bias, 2, 1, NULL, NULL, mean, zero, 0.0f};
    expect_refused(clqnn_fold_batch_norm(&fold), CLQNN_INVALID_ARGUMENT, "variance[1] + epsilon is 0");
    fold.variance = negative;
    expect_refused(clqnn_fold_batch_norm(&fold), CLQNN_INVALID_ARGUMENT, "variance[1] + epsilon is -2");
    fold.variance = nan;
    expect_refused(clqnn_fold_batch_norm(&fold), CLQNN_INVALID_ARGUMENT, "variance[1] + epsilon is");
    fold.variance = tiny, fold.gamma = large;
    expect_refused(clqnn_fold_batch_norm(&fold), CLQNN_INVALID_ARGUMENT, "bias[1] becomes");
    fold.channels = 0;
    expect_refused(clqnn_fold_batch_norm(&fold), CLQNN_INVALID_ARGUMENT, "channels is 0");
    fold.weights = NULL;
    expect_refused(clqnn_fold_batch_norm(&fold), CLQNN_INVALID_ARGUMENT, "weights is NULL");
    assert_true(weights[0] == 1.0f && weights[1] == 2.0f && bias[0] == 1.0f && bias[1] == 2.0f);
}

static void biases_are_rounded_to_even_and_limited(void **state)
{
    (void)state;
    const float bias[] = {1.25f, 0.75f, -1.25f, 3e9f, -3e9f}, scale = 0.5f, scales[] = {0.5f, 0.5f, 0.25f, 1.0f, 1.0f};
    int32_t q[5];
    int64_t saturated = -1;
    assert_int_equal(clqnn_quantize_bias(bias, 5, 1.0f, &scale, 1, q, &saturated), CLQNN_OK);
    assert_true(q[0] == 2 && q[1] == 2 && q[2] == -2 && q[3] == INT32_MAX && q[4] == INT32_MIN && saturated == 2);
    assert_int_equal(clqnn_quantize_bias(bias, 5, 0.5f, scales, 5, q, NULL), CLQNN_OK);
    assert_true(q[0] == 5 && q[1] == 3 && q[2] == -10);
    const float nan[] = {1.0f, NAN}, none = 0.0f, least = 0x1p-126f;
    expect_refused(clqnn_quantize_bias(nan, 2, 1.0f, &scale, 1, q, NULL), CLQNN_INVALID_ARGUMENT, "bias[1] is");
    expect_refused(clqnn_quantize_bias(bias, 5, 1.0f, &none, 1, q, NULL), CLQNN_INVALID_QUANTIZATION, "weight scale 0 is 0");
    expect_refused(clqnn_quantize_bias(bias, 5, 0.5f, &least, 1, q, NULL), CLQNN_INVALID_QUANTIZATION, "product of scales 0 is");
    expect_refused(clqnn_quantize_bias(bias, 5, 1.0f, scales, 3, q, NULL), CLQNN_INVALID_ARGUMENT, "scale_count is 3");
}

/* With the corrected bias the layer's mean output is that of the float weights, for inputs of that mean. */
static void corrected_biases_keep_the_mean(void **state)
{
    (void)state;
    const float weights[] = {0.3f, -0.7f, 0.2f, 0.9f, 1.1f, -0.4f, 0.6f, 0.8f}, quantized[] = {0.5f, -0.5f, 0.0f, 1.0f, 1.0f, -0.5f, 0.5f, 1.0f}, mean[] = {2.0f, -1.0f};
    float bias[] = {0.25f, 0.5f};
    const clqnn_bias_correction correction = {weights, quantized, bias, 2, 4, mean, 2, 0};
    assert_int_equal(clqnn_correct_bias(&correction), CLQNN_OK);
    expect_near(bias[0], 0.25 - (0.2 * 2.0 - 0.2 - 0.2 * 2.0 - 0.1), 1e-6);
    expect_near(bias[1], 0.5 - (-0.1 * 2.0 + 0.1 - 0.1 * 2.0 - 0.2), 1e-6);
    float depthwise[] = {0.0f, 0.0f};
    clqnn_bias_correction by_channel = {weights, quantized, depthwise, 2, 4, mean, 2, 1};
    assert_int_equal(clqnn_correct_bias(&by_channel), CLQNN_OK);
    expect_near(depthwise[0], -(0.2 + 0.2 - 0.2 + 0.1) * 2.0, 1e-6);
    expect_near(depthwise[1], -0.1 - 0.1 - 0.1 + 0.2, 1e-5);
    by_channel.mean_count = 1;
    expect_refused(clqnn_correct_bias(&by_channel), CLQNN_INVALID_ARGUMENT, "mean_count is 1, must be 2");
    by_channel.mean_by_channel = 0, by_channel.mean_count = 3;
    expect_refused(clqnn_correct_bias(&by_channel), CLQNN_INVALID_ARGUMENT, "mean_count is 3, must divide 4");
}

enum { IN = 3, MIDDLE = 4, OUT = 5 };

static void run_layers(const float first[MIDDLE][IN], const float bias[MIDDLE], const float second[OUT][MIDDLE], const float x[IN], double y[OUT])
{
    for (int o = 0; o < OUT; o++) {
        y[o] = 0.0;
        for (int m = 0; m < MIDDLE; m++) {
            double sum = (double)bias[m];
            for (int i = 0; i < IN; i++) sum += (double)first[m][i] * (double)x[i];
            y[o] += (double)second[o][m] * (sum > 0.0 ? sum : 0.0);
        }
    }
}

static void equalized_layers_do_the_same_with_equal_ranges(void **state)
{
    (void)state;
    float first[MIDDLE][IN] = {{8.0f, -1.0f, 2.0f}, {0.01f, 0.02f, -0.005f}, {1.0f, 1.0f, 1.0f}, {0.0f, 0.0f, 0.0f}}, bias[MIDDLE] = {1.0f, 0.5f, -0.25f, 2.0f};
    float second[OUT][MIDDLE], scales[MIDDLE];
    const float x[IN] = {0.5f, 1.5f, 1.0f};
    double before[OUT], after[OUT];
    for (int o = 0; o < OUT; o++) {
        for (int m = 0; m < MIDDLE; m++) second[o][m] = 0.1f * (float)(o - 2) + 0.3f * (float)m;
    }
    run_layers((const float(*)[IN])first, bias, (const float(*)[MIDDLE])second, x, before);
    const clqnn_equalization equalization = {&first[0][0], bias, &second[0][0], MIDDLE, IN, OUT, 1, scales};
    assert_int_equal(clqnn_equalize(&equalization), CLQNN_OK);
    run_layers((const float(*)[IN])first, bias, (const float(*)[MIDDLE])second, x, after);
    for (int o = 0; o < OUT; o++) expect_near((float)after[o], before[o], 1e-5);
    for (int m = 0; m < 3; m++) {
        float r1 = 0.0f, r2 = 0.0f;
        for (int i = 0; i < IN; i++) r1 = fmaxf(r1, fabsf(first[m][i]));
        for (int o = 0; o < OUT; o++) r2 = fmaxf(r2, fabsf(second[o][m]));
        expect_near(r1, (double)r2, 1e-6);
    }
    assert_true(scales[3] == 1.0f && bias[3] == 2.0f);   /* a channel of nothing */
    expect_near(scales[0], sqrt(8.0 * 0.2) / 0.2, 1e-6);
    second[1][1] = INFINITY;
    expect_refused(clqnn_equalize(&equalization), CLQNN_INVALID_ARGUMENT, "second[5] is inf");
}

static void equalization_of_a_depthwise_layer(void **state)
{
    (void)state;
    float first[] = {4.0f, 1.0f}, second[] = {1.0f, 0.5f, 0.25f, 9.0f, 1.0f, 2.0f};   /* two channels of three taps */
    const clqnn_equalization equalization = {first, NULL, second, 2, 1, 1, 3, NULL};
    assert_int_equal(clqnn_equalize(&equalization), CLQNN_OK);
    const float expected[] = {2.0f, 1.0f, 0.5f, 3.0f, 1.0f / 3.0f, 2.0f / 3.0f};
    assert_true(first[0] == 2.0f && first[1] == 3.0f);
    for (int i = 0; i < 6; i++) expect_near(second[i], (double)expected[i], 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_batch_norm_becomes_weights_and_bias), cmocka_unit_test(a_bad_batch_norm_writes_nothing),
        cmocka_unit_test(biases_are_rounded_to_even_and_limited), cmocka_unit_test(corrected_biases_keep_the_mean),
        cmocka_unit_test(equalized_layers_do_the_same_with_equal_ranges), cmocka_unit_test(equalization_of_a_depthwise_layer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
