/* SPDX-License-Identifier: Apache-2.0 */
/* Facts about clips, parameters and ranges that were not found with this code: published constants, ranges by hand, data of a known distribution. Most by the
 * reference, which quantizer/<family>_<variant> compares with every variant bit for bit; no device. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/context.h"
#include "clqnn/reference_quantizer.h"

static void expect_near(double got, double expected, double tolerance)
{
    if (!(fabs(got - expected) <= tolerance)) fail_msg("%.9g is not %.9g +- %g", got, expected, tolerance);
}

static void expect_refused(clqnn_status status, const char *text)
{
    assert_int_equal(status, CLQNN_INVALID_ARGUMENT);
    if (!strstr(clqnn_last_error(), text)) fail_msg("\"%s\" does not hold \"%s\"", clqnn_last_error(), text);
}

/* The constants that the paper's authors and Distiller publish for 2, 3 and 4 bits (8 bits: Distiller). */
static void clips_are_the_published_ones(void **state)
{
    (void)state;
    static const struct { int32_t bits; double gaussian, laplace; } known[] = {{2, 1.71, 2.83}, {3, 2.15, 3.89}, {4, 2.55, 5.03}, {5, 2.93, 6.20}, {6, 3.28, 7.41}, {7, 3.61, 8.64}, {8, 3.92, 9.89}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        double gaussian = 0.0, laplace = 0.0;
        assert_int_equal(clqnn_analytic_clip(CLQNN_RANGE_GAUSSIAN, known[i].bits, &gaussian), CLQNN_OK);
        assert_int_equal(clqnn_analytic_clip(CLQNN_RANGE_LAPLACE, known[i].bits, &laplace), CLQNN_OK);
        expect_near(gaussian, known[i].gaussian, 0.01);
        expect_near(laplace, known[i].laplace, 0.01);
        expect_near(laplace, log(3.0 * pow(4.0, known[i].bits) / laplace), 1e-12);
    }
    double clip;
    expect_refused(clqnn_analytic_clip(CLQNN_RANGE_GAUSSIAN, 0, &clip), "bits is 0");
    expect_refused(clqnn_analytic_clip(CLQNN_RANGE_GAUSSIAN, 33, &clip), "bits is 33");
    expect_refused(clqnn_analytic_clip(CLQNN_RANGE_ENTROPY, 4, &clip), "method is 8");
}

static void parameters_by_hand(void **state)
{
    (void)state;
    static const struct { float low, high; clqnn_codes codes; int32_t is_symmetric; float scale; int32_t zero; } cases[] = {
        {-1.0f, 1.55f, {8, 0, 0}, 0, 0.01f, 100},        /* 2.55 over 255 */
        {-1.0f, 1.55f, {8, 1, 0}, 0, 0.01f, -28},
        {-1.27f, 0.5f, {8, 1, 1}, 1, 0.01f, 0},          /* restricted: 127 steps a side */
        {-1.0f, 0.5f, {8, 1, 0}, 1, 1.0f / 127.5f, 0},   /* full: 255 steps in all */
        {-1.0f, 0.5f, {8, 0, 0}, 1, 1.0f / 127.5f, 128},
        {0.5f, 1.5f, {4, 0, 0}, 0, 0.1f, 0},             /* 0 belongs to the range */
        {-3.0f, -1.5f, {4, 0, 0}, 0, 0.2f, 15},
        {2.0f, 2.0f, {8, 0, 0}, 0, 2.0f / 255.0f, 0},    /* a constant */
        {0.0f, 0.0f, {8, 1, 1}, 1, 1.0f, 0},             /* nothing but 0 */
        {0.0f, 0.0f, {4, 1, 0}, 0, 1.0f, -8},
        {-1.0f, 1.0f, {1, 0, 0}, 0, 2.0f, 0},
        {-INFINITY, INFINITY, {8, 1, 1}, 1, 0x1p126f / 127.0f, 0},
        {NAN, 1.0f, {8, 1, 1}, 1, 1.0f / 127.0f, 0},
        {0.0f, 1e-45f, {8, 0, 0}, 0, 1.0f, 0},
        {0.0f, 0x1p-125f, {8, 0, 0}, 0, 0x1p-125f, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        float scale = 0.0f;
        int32_t zero = 99;
        assert_int_equal(clqnn_parameters_of_range(cases[i].low, cases[i].high, &cases[i].codes, cases[i].is_symmetric, &scale, &zero), CLQNN_OK);
        expect_near((double)scale, (double)cases[i].scale, 1e-7 * (double)cases[i].scale);
        assert_int_equal(zero, cases[i].zero);
    }
}

/* The host's function is the reference's, over many ranges; real 0 is a code, scales are normal. */
static void parameters_are_the_references(void **state)
{
    (void)state;
    uint32_t seed = 12345;
    for (int i = 0; i < 20000; i++) {
        float range[2], scale, expected;
        int32_t zero, expected_zero, least, most;
        for (int j = 0; j < 2; j++) {
            seed = seed * 1664525u + 1013904223u;
            memcpy(&range[j], &seed, sizeof seed);
            if (i % 2) range[j] = (float)(int32_t)seed * 0x1p-28f;
        }
        const clqnn_range_parameters_desc desc = {.slots = 1, .codes = {1 + i % 8, i / 8 % 2, i / 16 % 2 && i % 8}, .is_symmetric = i / 32 % 2};
        assert_int_equal(clqnn_parameters_of_range(range[0], range[1], &desc.codes, desc.is_symmetric, &scale, &zero), CLQNN_OK);
        assert_int_equal(clqnn_reference_range_parameters(&desc, range, &expected, &expected_zero), CLQNN_OK);
        least = (desc.codes.is_signed ? -(1 << (desc.codes.bits - 1)) : 0) + desc.codes.is_restricted;
        most = (desc.codes.is_signed ? -(1 << (desc.codes.bits - 1)) : 0) + (1 << desc.codes.bits) - 1;
        assert_true(scale == expected && zero == expected_zero && scale >= 0x1p-125f && isfinite(scale) && zero >= least && zero <= most);
    }
}

static void bad_codes_are_refused(void **state)
{
    (void)state;
    static const struct { clqnn_codes codes; const char *text; } cases[] = {
        {{0, 0, 0}, "codes.bits is 0"}, {{33, 0, 0}, "codes.bits is 33"}, {{9, 0, 0}, "codes.bits is 9"}, {{1, 1, 1}, "restricted codes need 2"},
        {{8, 2, 0}, "codes.is_signed is 2"}, {{8, 0, -1}, "codes.is_restricted is -1"},
    };
    float scale;
    int32_t zero;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) expect_refused(clqnn_parameters_of_range(0.0f, 1.0f, &cases[i].codes, 0, &scale, &zero), cases[i].text);
    expect_refused(clqnn_parameters_of_range(0.0f, 1.0f, &(clqnn_codes){8, 0, 0}, 2, &scale, &zero), "is_symmetric is 2");
    expect_refused(clqnn_parameters_of_range(0.0f, 1.0f, NULL, 0, &scale, &zero), "codes is NULL");
}

/* ---- Statistics and ranges of known data ---- */

enum { COUNT = 40000 };

static double uniform(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return ((double)(*seed >> 11) + 0.5) * 0x1p-53;
}

static float *samples(int kind)
{
    float *x = malloc(COUNT * sizeof *x);
    uint64_t seed = 42;
    assert_non_null(x);
    for (int i = 0; i < COUNT; i++) {
        const double u = uniform(&seed), v = uniform(&seed);
        const double gaussian = sqrt(-2.0 * log(u)) * cos(6.283185307179586 * v), laplace = v < 0.5 ? log(u) : -log(u);
        x[i] = (float)(kind == 0 ? 2.0 * gaussian + 1.0 : kind == 1 ? 0.5 * laplace : gaussian > 0.0 ? gaussian : 0.0);
    }
    return x;
}

static void observe(const float *x, clqnn_slot_statistics *state, uint32_t *counts, int32_t is_magnitude)
{
    const clqnn_tensor tensor = {.type = CLQNN_F32, .rank = 1, .shape = {COUNT}};
    memset(state, 0, sizeof *state);
    assert_int_equal(clqnn_reference_statistics(&(clqnn_statistics_desc){.x = tensor}, x, state), CLQNN_OK);
    memset(counts, 0, 2048 * sizeof *counts);
    assert_int_equal(clqnn_reference_histogram(&(clqnn_histogram_desc){.x = tensor, .is_magnitude = is_magnitude}, x, state, counts), CLQNN_OK);
}

/* Against sums in binary64. */
static void statistics_are_close_to_exact_ones(void **state)
{
    (void)state;
    static uint32_t counts[2048];
    float *x = samples(0);
    clqnn_slot_statistics s;
    double sum = 0.0, squares = 0.0, deviations = 0.0;
    observe(x, &s, counts, 0);
    for (int i = 0; i < COUNT; i++) sum += (double)x[i];
    for (int i = 0; i < COUNT; i++) {
        squares += ((double)x[i] - sum / COUNT) * ((double)x[i] - sum / COUNT);
        deviations += fabs((double)x[i] - sum / COUNT);
    }
    expect_near((double)s.sum[0] + (double)s.sum[1], sum, 3e-5 * COUNT * 2.0);
    expect_near((double)s.squares[0] + (double)s.squares[1], squares, 3e-5 * squares);
    expect_near((double)s.deviations[0] + (double)s.deviations[1], deviations, 3e-5 * deviations);
    assert_true(s.count[0] == COUNT && s.nonzero[0] == COUNT && s.nonfinite[0] == 0 && s.calls == 1 && s.samples == 1);
    uint64_t counted = 0;
    for (int i = 0; i < 2048; i++) counted += counts[i];
    assert_true(counted == COUNT && counts[0] > 0 && counts[2047] > 0);
    free(x);
}

static void range_of(clqnn_range_method method, int32_t bits, int32_t is_magnitude, const clqnn_slot_statistics *s, const uint32_t *counts, float range[2])
{
    const clqnn_range_desc desc = {.slots = 1, .method = method, .codes = {bits, 1, 0}, .is_magnitude = is_magnitude, .is_symmetric = 1};
    assert_int_equal(clqnn_reference_range(&desc, s, counts, range), CLQNN_OK);
}

static void ranges_of_known_distributions(void **state)
{
    (void)state;
    static uint32_t counts[2048];
    clqnn_slot_statistics s;
    float range[2];
    float *x = samples(0);   /* mean 1, s 2 */
    observe(x, &s, counts, 0);
    range_of(CLQNN_RANGE_STANDARD_DEVIATIONS, 8, 0, &s, counts, range);
    expect_near((double)range[0], -5.0, 0.1), expect_near((double)range[1], 7.0, 0.1);
    range_of(CLQNN_RANGE_GAUSSIAN, 4, 0, &s, counts, range);
    expect_near((double)range[0], 1.0 - 5.1, 0.1), expect_near((double)range[1], 1.0 + 5.1, 0.1);
    range_of(CLQNN_RANGE_PERCENTILE, 8, 0, &s, counts, range);
    assert_true(range[0] > s.min && range[1] < s.max && range[0] < -5.5f && range[1] > 7.5f);   /* 0.005 % at 3.9 s */
    free(x);
    x = samples(1);   /* b 0.5 */
    observe(x, &s, counts, 1);
    range_of(CLQNN_RANGE_LAPLACE, 4, 0, &s, counts, range);
    expect_near((double)range[1], 0.5 * 5.03, 0.05);
    range_of(CLQNN_RANGE_LEAST_SQUARES, 4, 1, &s, counts, range);
    expect_near((double)range[1], 0.5 * 5.03, 0.35);   /* what the equation minimises, on data, 1/128 of the range a step */
    range_of(CLQNN_RANGE_ENTROPY, 8, 1, &s, counts, range);
    assert_true(range[1] > 1.0f && range[1] <= s.max && range[0] == fmaxf(-range[1], s.min));
    free(x);
    x = samples(2);   /* rectified: one-sided, of s 1 */
    observe(x, &s, counts, 1);
    range_of(CLQNN_RANGE_GAUSSIAN, 4, 0, &s, counts, range);
    assert_true(range[0] == 0.0f);
    expect_near((double)range[1], 2.93, 0.05);   /* of 5 bits */
    free(x);
}

/* A distribution that all levels can tell loses nothing: the whole range is kept. */
static void entropy_keeps_what_the_levels_can_tell(void **state)
{
    (void)state;
    static uint32_t counts[2048];
    clqnn_slot_statistics s = {.count = {2048}, .nonzero = {2048}, .min = -4.0f, .max = 4.0f};
    float range[2];
    for (int i = 0; i < 2048; i++) counts[i] = 1;
    range_of(CLQNN_RANGE_ENTROPY, 8, 1, &s, counts, range);
    assert_true(range[0] == -4.0f && range[1] == 4.0f);
    counts[0] = 1000000;                         /* and far outliers are cut off: nearly all is in the first quarter */
    for (int i = 1; i < 512; i++) counts[i] = 1000;
    for (int i = 512; i < 2048; i++) counts[i] = i == 2047;
    range_of(CLQNN_RANGE_ENTROPY, 8, 1, &s, counts, range);
    assert_true(range[1] < 1.5f);
}

static void nothing_known_is_the_range_of_zero(void **state)
{
    (void)state;
    static uint32_t counts[2048];
    static const float odd[] = {NAN, INFINITY, -INFINITY};
    const clqnn_tensor tensor = {.type = CLQNN_F32, .rank = 1, .shape = {3}};
    clqnn_slot_statistics s = {.calls = 0}, some = {.count = {5}, .min = -1.0f, .max = 3.0f};
    assert_int_equal(clqnn_reference_statistics(&(clqnn_statistics_desc){.x = tensor}, odd, &s), CLQNN_OK);
    assert_true(s.nonfinite[0] == 3 && s.count[0] == 0 && s.calls == 0);
    for (int method = 0; method <= CLQNN_RANGE_ENTROPY; method++) {
        float range[2] = {9.0f, 9.0f};
        range_of((clqnn_range_method)method, 8, method == CLQNN_RANGE_ENTROPY, &s, counts, range);
        assert_true(range[0] == 0.0f && range[1] == 0.0f);
        if (method < CLQNN_RANGE_STANDARD_DEVIATIONS && method != CLQNN_RANGE_MIN_MAX) continue;
        range_of((clqnn_range_method)method, 8, method == CLQNN_RANGE_ENTROPY, &some, counts, range);   /* no moments, an empty histogram */
        assert_true(range[0] == -1.0f && range[1] == 3.0f);
    }
}

/* Two calls of the moments are one call of all, up to rounding; the running extremes by hand. */
static void calls_are_joined(void **state)
{
    (void)state;
    float *x = samples(0);
    clqnn_slot_statistics parts = {.calls = 0}, whole = {.calls = 0};
    const clqnn_tensor all = {.type = CLQNN_F32, .rank = 1, .shape = {COUNT}}, half = {.type = CLQNN_F32, .rank = 1, .shape = {COUNT / 2}};
    for (int i = 0; i < COUNT / 2; i++) x[i] += 50.0f;   /* two means */
    assert_int_equal(clqnn_reference_statistics(&(clqnn_statistics_desc){.x = all}, x, &whole), CLQNN_OK);
    const clqnn_statistics_desc desc = {.x = half, .momentum = 0.75f, .samples = 4};
    assert_int_equal(clqnn_reference_statistics(&desc, x, &parts), CLQNN_OK);
    const float first_min = parts.min, first_max = parts.max;
    assert_true(parts.running_min == first_min && parts.running_max == first_max && parts.samples == 4);
    assert_int_equal(clqnn_reference_statistics(&desc, x + COUNT / 2, &parts), CLQNN_OK);
    expect_near((double)parts.squares[0], (double)whole.squares[0], 1e-5 * (double)whole.squares[0]);
    expect_near((double)parts.sum[0], (double)whole.sum[0], 1e-5 * (double)whole.sum[0]);
    assert_true(parts.min == whole.min && parts.max == whole.max && parts.calls == 2 && parts.samples == 8);
    expect_near((double)parts.running_min, (double)first_min + 0.25 * ((double)whole.min - (double)first_min), 1e-4);
    free(x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clips_are_the_published_ones),       cmocka_unit_test(parameters_by_hand),
        cmocka_unit_test(parameters_are_the_references),      cmocka_unit_test(bad_codes_are_refused),
        cmocka_unit_test(statistics_are_close_to_exact_ones), cmocka_unit_test(ranges_of_known_distributions),
        cmocka_unit_test(entropy_keeps_what_the_levels_can_tell), cmocka_unit_test(nothing_known_is_the_range_of_zero),
        cmocka_unit_test(calls_are_joined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
