/* SPDX-License-Identifier: Apache-2.0 */
/* The reference by hand and by other ways: formulas at ties and edges, gradients against differences, tanh against the C library's, Philox against the known answers of
 * Random123. No device. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/reference_fake_quant.h"

#define ROW(n) {.type = CLQNN_F32, .rank = 1, .shape = {n}}

/* y, as floats, of up to 16 elements by one scheme without slots. */
static void forward(clqnn_fake_quant_desc desc, const float *x, int64_t count, const float *scales, const void *others, float *y)
{
    const clqnn_tensor row = ROW(count);
    desc.x = desc.y = row;
    assert_int_equal(clqnn_reference_fake_quant(&desc, x, scales, others, y, NULL), CLQNN_OK);
}

static void expect(const float *got, const float *expected, int count, const char *what)
{
    for (int i = 0; i < count; i++) {
        if (got[i] != expected[i]) fail_msg("%s: element %d is %a, expected %a", what, i, (double)got[i], (double)expected[i]);
    }
}

static void values_are_those_of_the_papers(void **state)
{
    (void)state;
    const float x[] = {-2.0f, -1.0f, -0.3f, -0.0f, 0.0f, 0.125f, 0.375f, 0.6f, 1.0f, NAN};
    const float half = 0.5f, two[] = {2.0f, 3.0f}, quarter = 0.25f, tanh_most = 0.5f;
    const int32_t one = 1;
    float y[10];
    /* rne(x / 0.5) + 1 in 0..2: ties to even */
    forward((clqnn_fake_quant_desc){.scheme = CLQNN_AFFINE, .qmin = 0, .qmax = 2}, x, 10, &half, &one, y);
    expect(y, (const float[]){-0.5f, -0.5f, -0.5f, 0.0f, 0.0f, 0.0f, 0.5f, 0.5f, 0.5f, 0.0f}, 10, "affine");
    forward((clqnn_fake_quant_desc){.scheme = CLQNN_LSQ, .qmin = -2, .qmax = 1}, x, 10, &quarter, NULL, y);
    expect(y, (const float[]){-0.5f, -0.5f, -0.25f, 0.0f, 0.0f, 0.0f, 0.25f, 0.25f, 0.25f, 0.0f}, 10, "lsq");
    forward((clqnn_fake_quant_desc){.scheme = CLQNN_PACT, .bits = 2}, x, 10, (const float[]){0.75f}, NULL, y);
    expect(y, (const float[]){0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.5f, 0.5f, 0.75f, 0.0f}, 10, "pact");
    forward((clqnn_fake_quant_desc){.scheme = CLQNN_BNN}, x, 10, NULL, NULL, y);
    expect(y, (const float[]){-1, -1, -1, 1, 1, 1, 1, 1, 1, 1}, 10, "bnn");
    forward((clqnn_fake_quant_desc){.scheme = CLQNN_XNOR}, x, 10, &half, NULL, y);
    expect(y, (const float[]){-half, -half, -half, half, half, half, half, half, half, half}, 10, "xnor");
    forward((clqnn_fake_quant_desc){.scheme = CLQNN_TWN}, x, 10, &half, (const float[]){0.375f}, y);
    expect(y, (const float[]){-half, -half, 0, 0, 0, 0, 0, half, half, 0}, 10, "twn");
    forward((clqnn_fake_quant_desc){.scheme = CLQNN_TTQ}, x, 10, two, (const float[]){0.1f}, y);
    expect(y, (const float[]){-3, -3, -3, 0, 0, 2, 2, 2, 2, 0}, 10, "ttq");
    forward((clqnn_fake_quant_desc){.scheme = CLQNN_DOREFA_ACTIVATIONS, .bits = 1}, x, 10, NULL, NULL, y);
    expect(y, (const float[]){0, 0, 0, 0, 0, 0, 0, 1, 1, 0}, 10, "dorefa activations");
    forward((clqnn_fake_quant_desc){.scheme = CLQNN_WRPN_WEIGHTS, .bits = 2}, x, 10, NULL, NULL, y);
    expect(y, (const float[]){-1, -1, 0, 0, 0, 0, 0, 1, 1, 0}, 10, "wrpn weights");
    forward((clqnn_fake_quant_desc){.scheme = CLQNN_DOREFA_WEIGHTS, .bits = 1}, x, 10, &half, NULL, y);
    expect(y, (const float[]){-half, -half, -half, half, half, half, half, half, half, half}, 10, "dorefa weights of 1 bit");
    /* tanh(x) / (2 * 0.5) + 1/2 in thirds: tanh -0.964, -0.762, -0.291, 0, 0, 0.124, 0.358, 0.537, 0.762 */
    forward((clqnn_fake_quant_desc){.scheme = CLQNN_DOREFA_WEIGHTS, .bits = 2}, x, 10, &tanh_most, NULL, y);
    const float third = 1.0f / 3.0f;
    expect(y, (const float[]){-1, -1, -third, third, third, third, 3 * third, 3 * third, 3 * third, third}, 10, "dorefa weights of 2 bits");
}

/* The gradient of one element by one scheme. */
static float gradient(clqnn_fake_quant_backward_desc desc, float x, const float *scales, const void *others, float *dscales)
{
    const float dy = 2.0f;
    float dx = -77.0f;
    const clqnn_tensor row = ROW(1);
    desc.dy = desc.x = desc.dx = row;
    assert_int_equal(clqnn_reference_fake_quant_backward(&desc, &dy, &x, scales, others, &dx, dscales), CLQNN_OK);
    return dx / dy;
}

static void gradients_are_those_of_the_papers(void **state)
{
    (void)state;
    const float half = 0.5f, scales[] = {2.0f, 3.0f}, threshold = 0.25f;
    const int32_t zero = 0;
    float d[2];
    const clqnn_fake_quant_backward_desc affine = {.scheme = CLQNN_AFFINE, .qmin = 0, .qmax = 2}, lsq = {.scheme = CLQNN_LSQ, .qmin = -2, .qmax = 1}, pact = {.scheme = CLQNN_PACT, .bits = 2},
                                         bnn = {.scheme = CLQNN_BNN}, ttq = {.scheme = CLQNN_TTQ}, xnor = {.scheme = CLQNN_XNOR};
    /* Inside: what rounds to a level, so from -0.25 (a tie that goes to 0) to 1.25 (one that goes to 2) */
    assert_true(gradient(affine, -0.25f, &half, &zero, NULL) == 1.0f && gradient(affine, -0.26f, &half, &zero, NULL) == 0.0f);
    assert_true(gradient(affine, 1.25f, &half, &zero, NULL) == 1.0f && gradient(affine, 1.26f, &half, &zero, NULL) == 0.0f);
    assert_true(gradient(affine, NAN, &half, &zero, NULL) == 0.0f && gradient(affine, INFINITY, &half, &zero, NULL) == 0.0f);
    /* Equations 3 and 4 of LSQ: v = 0.6, rne(v) - v = 0.4; at the ends qmin and qmax, and dx is 0 there */
    assert_true(gradient(lsq, 0.3f, &half, NULL, d) == 1.0f);
    assert_true(fabsf(d[0] - 2.0f * 0.4f) < 1e-6f);
    assert_true(gradient(lsq, 0.5f, &half, NULL, d) == 0.0f && d[0] == 2.0f);
    assert_true(gradient(lsq, -9.0f, &half, NULL, d) == 0.0f && d[0] == -4.0f);
    /* Equation 3 of PACT: below the clip 0, from it on 1 */
    assert_true(gradient(pact, 0.4999f, &half, NULL, d) == 1.0f && d[0] == 0.0f);
    assert_true(gradient(pact, 0.5f, &half, NULL, d) == 0.0f && d[0] == 2.0f);
    assert_true(gradient(pact, -0.001f, &half, NULL, d) == 0.0f && d[0] == 0.0f);
    assert_true(gradient(bnn, 1.0f, NULL, NULL, NULL) == 1.0f && gradient(bnn, -1.0001f, NULL, NULL, NULL) == 0.0f);
    assert_true(gradient(ttq, 0.3f, scales, &threshold, d) == 2.0f && d[0] == 2.0f && d[1] == 0.0f);
    assert_true(gradient(ttq, -0.3f, scales, &threshold, d) == 3.0f && d[0] == 0.0f && d[1] == -2.0f);
    assert_true(gradient(ttq, 0.25f, scales, &threshold, d) == 1.0f && d[0] == 0.0f && d[1] == 0.0f);
    assert_true(gradient(xnor, 0.7f, &half, NULL, NULL) == 1.5f && gradient(xnor, 1.7f, &half, NULL, NULL) == 1.0f);
}

/* The loss sum(c * y) as a function of a scheme's learned parameters, by differences: where no element crosses a step, that is the gradient. */
static double loss(const clqnn_fake_quant_desc *desc, const float *x, const float *c, int64_t count, const float *scales, const float *threshold)
{
    double sum = 0.0;
    float *const y = malloc((size_t)count * sizeof *y);
    assert_non_null(y);
    forward(*desc, x, count, scales, threshold, y);
    for (int64_t i = 0; i < count; i++) sum += (double)c[i] * (double)y[i];
    free(y);
    return sum;
}

enum { COUNT = 3000 };

static void random_row(uint64_t seed, float *x, float size)
{
    for (int i = 0; i < COUNT; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        x[i] = ((float)(seed >> 40) * 0x1p-23f - 1.0f) * size;
    }
}

static void learned_scales_have_the_gradient_of_differences(void **state)
{
    (void)state;
    static float x[COUNT], c[COUNT], dx[COUNT];
    const clqnn_tensor row = ROW(COUNT);
    const float threshold = 0.3f, scales[] = {0.75f, 1.25f};
    random_row(1, x, 1.0f);
    random_row(2, c, 1.0f);
    for (int i = 0; i < 3; i++) {
        const bool is_clip = i == 2;
        for (int j = 0; is_clip && j < COUNT; j++) c[j] = 1.0f;
        const clqnn_fake_quant_backward_desc back = {.scheme = is_clip ? CLQNN_PACT : CLQNN_TTQ, .bits = is_clip ? 8 : 0, .dy = row, .x = row, .dx = row};
        const clqnn_fake_quant_desc desc = {.scheme = back.scheme, .bits = back.bits};
        float d[2], up[] = {scales[0], scales[1]}, down[] = {scales[0], scales[1]};
        const int which = is_clip ? 0 : i;
        const float step = is_clip ? 0.0625f : 0.125f;
        up[which] += step;
        down[which] -= step;
        assert_int_equal(clqnn_reference_fake_quant_backward(&back, c, x, scales, &threshold, dx, d), CLQNN_OK);
        /* Of the clip, about 375 elements are beyond it; below, levels move too, which evens out, as do elements that the step itself passes */
        const double numeric = (loss(&desc, x, c, COUNT, up, &threshold) - loss(&desc, x, c, COUNT, down, &threshold)) / (2.0 * (double)step);
        const double allowed = is_clip ? 8.0 : 1e-3;
        if (fabs(numeric - (double)d[which]) > allowed) fail_msg("parameter %d: %g by differences, %g", i, numeric, (double)d[which]);
        if (is_clip) assert_true(d[0] > 300.0f && d[0] < 450.0f);
    }
}

/* tanh / M before rounding, by differences of the C library's tanh. */
static void the_gradient_of_tanh_is_that_of_differences(void **state)
{
    (void)state;
    const clqnn_fake_quant_backward_desc desc = {.scheme = CLQNN_DOREFA_WEIGHTS, .bits = 4};
    const float most = 0.9f;
    for (int i = -40; i <= 40; i++) {
        const double x = i / 10.0, numeric = (tanh(x + 1e-4) - tanh(x - 1e-4)) / 2e-4 / (double)most;
        assert_true(fabs((double)gradient(desc, (float)x, &most, NULL, NULL) - numeric) < 2e-6);
    }
}

static void tanh_is_within_4_units(void **state)
{
    (void)state;
    double worst = 0.0;
    for (int64_t i = 0; i < 1 << 20; i++) {
        const uint32_t bits = (uint32_t)(0x0d800000u + (uint64_t)i * (0x41a00000u - 0x0d800000u) / (1 << 20)); /* 2^-100 .. 20 */
        float x;
        memcpy(&x, &bits, sizeof x);
        const double real = tanh((double)x), got = (double)clqnn_reference_fake_tanh(x);
        const double unit = ldexp(1.0, ilogb(real) - 23), error = fabs(got - real) / unit;
        if (error > worst) worst = error;
        assert_true(clqnn_reference_fake_tanh(-x) == -(float)got);
    }
    if (worst > 4.0) fail_msg("%g units in the last place", worst);
    assert_true(clqnn_reference_fake_tanh(INFINITY) == 1.0f && clqnn_reference_fake_tanh(-INFINITY) == -1.0f && clqnn_reference_fake_tanh(NAN) == 0.0f);
    assert_true(clqnn_reference_fake_tanh(0.0f) == 0.0f);
}

/* Random123's kat_vectors, philox4x32 with 10 rounds. */
static void philox_gives_the_known_answers(void **state)
{
    (void)state;
    static const uint32_t vectors[][10] = {
        {0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
        {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
        {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
    };
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        uint32_t words[4];
        clqnn_philox(vectors[i], vectors[i] + 4, words);
        assert_memory_equal(words, vectors[i] + 6, sizeof words);
    }
}

/* A scheme of gradients is unbiased: over many calls the mean of the values comes near x. */
static void noise_makes_gradients_unbiased(void **state)
{
    (void)state;
    enum { CALLS = 4096 };
    const float x[] = {0.3f, -0.61f, 0.05f, 0.99f, -0.2f}, most = 1.0f;
    double sums[5] = {0};
    for (int32_t call = 0; call < CALLS; call++) {
        float y[5];
        forward((clqnn_fake_quant_desc){.scheme = CLQNN_DOREFA_GRADIENTS, .bits = 2, .seed = 99}, x, 5, &most, &call, y);
        for (int i = 0; i < 5; i++) sums[i] += (double)y[i];
    }
    for (int i = 0; i < 5; i++) assert_true(fabs(sums[i] / CALLS - (double)x[i]) < 0.025); /* 4.8 standard deviations of 2/3 / sqrt(12 * 4096), and more */
}

static void measured(clqnn_fake_quant_measure_desc desc, const float *x, int64_t count, float *scale, float *threshold)
{
    const clqnn_tensor row = ROW(count);
    desc.x = row;
    assert_int_equal(clqnn_reference_fake_quant_measure(&desc, x, scale, threshold), CLQNN_OK);
}

static void measurements_by_hand(void **state)
{
    (void)state;
    const float x[] = {1.0f, -2.0f, 3.0f, -4.0f, 0.0f, NAN, INFINITY, -6.0f}, zeros[3] = {0}, same[] = {-0.25f, -0.25f, -0.25f, -0.25f};
    float s = 0.0f, t = 0.0f;
    measured((clqnn_fake_quant_measure_desc){.scheme = CLQNN_XNOR}, x, 8, &s, NULL);
    assert_true(s == 2.0f);
    measured((clqnn_fake_quant_measure_desc){.scheme = CLQNN_LSQ, .qmax = 4}, x, 8, &s, NULL);
    assert_true(s == 2.0f);
    measured((clqnn_fake_quant_measure_desc){.scheme = CLQNN_TWN}, x, 8, &s, &t);
    assert_true(t == 2.0f * 0.7f && s == 15.0f / 4.0f); /* above 1.4: 2, 3, 4, 6 */
    measured((clqnn_fake_quant_measure_desc){.scheme = CLQNN_TTQ, .threshold_factor = 0.5f}, x, 8, NULL, &t);
    assert_true(t == 3.0f);
    measured((clqnn_fake_quant_measure_desc){.scheme = CLQNN_DOREFA_GRADIENTS, .bits = 4}, x, 8, &s, NULL);
    assert_true(s == 6.0f);
    measured((clqnn_fake_quant_measure_desc){.scheme = CLQNN_DOREFA_WEIGHTS, .bits = 4}, same, 4, &s, NULL);
    assert_true(s == clqnn_reference_fake_tanh(0.25f));
    measured((clqnn_fake_quant_measure_desc){.scheme = CLQNN_TWN}, same, 4, &s, &t);
    assert_true(s == 0.25f && t == 0.25f * 0.7f);
    measured((clqnn_fake_quant_measure_desc){.scheme = CLQNN_TWN}, zeros, 3, &s, &t);
    assert_true(s == 0x1p-100f && t == 0.0f);
    measured((clqnn_fake_quant_measure_desc){.scheme = CLQNN_DOREFA_WEIGHTS, .bits = 2}, zeros, 3, &s, NULL);
    assert_true(s == 0x1p-100f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_those_of_the_papers),
        cmocka_unit_test(gradients_are_those_of_the_papers),
        cmocka_unit_test(learned_scales_have_the_gradient_of_differences),
        cmocka_unit_test(the_gradient_of_tanh_is_that_of_differences),
        cmocka_unit_test(tanh_is_within_4_units),
        cmocka_unit_test(philox_gives_the_known_answers),
        cmocka_unit_test(noise_makes_gradients_unbiased),
        cmocka_unit_test(measurements_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
