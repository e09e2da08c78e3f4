/* SPDX-License-Identifier: Apache-2.0 */
/* The quantizer: groups worked out by hand, then random ones beside the reference, bit for bit, and what each option promises of its errors. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/reference.h"
#include "clqnn/reference_groups.h"
#include "import_fixture.h"

/* Scales and zero points as numbers, whatever they are stored as. */
static float scale_at(const clqnn_groups *groups, int64_t at)
{
    if (groups->scale_type == CLQNN_F32) return ((const float *)groups->scales)[at];
    const uint16_t bits = ((const uint16_t *)groups->scales)[at];
    const uint32_t wide = (uint32_t)bits << 16;
    float value;
    memcpy(&value, &wide, sizeof value);
    return groups->scale_type == CLQNN_F16 ? clqnn_reference_f16_to_f32(bits) : value;
}

static clqnn_imported_info describe(const clqnn_imported *imported)
{
    clqnn_imported_info info;
    assert_int_equal(clqnn_imported_describe(imported, &info), CLQNN_OK);
    return info;
}

static float scale_of(const clqnn_imported *imported, int64_t at)
{
    const clqnn_imported_info info = describe(imported);
    return scale_at(&info.groups, at);
}

/* max |w| is 7: a scale of 1. Halves go to even codes. */
static void symmetric_group(void **state)
{
    (void)state;
    const float weights[8] = {7.0f, -7.0f, 0.5f, 1.5f, -0.5f, -2.5f, 6.4999f, -0.0f};
    const clqnn_quantize_groups_desc desc = {.struct_size = sizeof desc, .n = 1, .k = 8, .weights = weights, .group_size = 8, .bits = 4};
    clqnn_imported *imported = NULL;
    assert_int_equal(clqnn_quantize_groups(&desc, &imported), CLQNN_OK);
    expect_codes(imported, CLQNN_S4, (const int[]){7, -7, 0, 2, 0, -2, 6, 0}, 8);
    assert_true(describe(imported).groups.scale_type == CLQNN_F16 && describe(imported).groups.zero_points == NULL);
    assert_true(scale_of(imported, 0) == 1.0f);
    clqnn_imported_destroy(imported);
}

/* -1 .. 2: a scale of 1, zero point 1. Then weights above 0 only: the range still holds 0. */
static void asymmetric_groups(void **state)
{
    (void)state;
    const float weights[8] = {-1.0f, 2.0f, 0.49f, 0.5f, 3.0f, 6.0f, 5.0f, 2.9f};
    const clqnn_quantize_groups_desc desc = {.struct_size = sizeof desc, .n = 1, .k = 8, .weights = weights, .group_size = 4, .bits = 2, .asymmetric = 1};
    clqnn_imported *imported = NULL;
    assert_int_equal(clqnn_quantize_groups(&desc, &imported), CLQNN_OK);
    expect_codes(imported, CLQNN_U2, (const int[]){0, 3, 1, 1, 2, 3, 2, 1}, 8);
    const clqnn_imported_info info = describe(imported);
    assert_true(scale_at(&info.groups, 0) == 1.0f && scale_at(&info.groups, 1) == 2.0f);
    assert_memory_equal(info.groups.zero_points, ((const uint8_t[]){1, 0}), 2);
    assert_int_equal(info.groups.zero_point_type, CLQNN_U8);
    clqnn_imported_destroy(imported);
}

/* 100 / 7 is 14.2857..; bf16 keeps 14.3125, and 50 / 14.3125 is 3.493: code 3. With 14.2857 it is 3.5: code 4. */
static void codes_fit_the_stored_scale(void **state)
{
    (void)state;
    const float weights[2] = {100.0f, 50.0f};
    clqnn_quantize_groups_desc desc = {.struct_size = sizeof desc, .n = 1, .k = 2, .weights = weights, .group_size = 2, .bits = 4, .scale_type = CLQNN_BF16};
    clqnn_imported *imported = NULL;
    assert_int_equal(clqnn_quantize_groups(&desc, &imported), CLQNN_OK);
    assert_true(scale_of(imported, 0) == 14.3125f);
    expect_codes(imported, CLQNN_S4, (const int[]){7, 3}, 2);
    clqnn_imported_destroy(imported);
    desc.scale_type = CLQNN_F32;
    assert_int_equal(clqnn_quantize_groups(&desc, &imported), CLQNN_OK);
    assert_true(scale_of(imported, 0) == 100.0f / 7.0f);
    expect_codes(imported, CLQNN_S4, (const int[]){7, 4}, 2);
    clqnn_imported_destroy(imported);
}

/* Zeros, and weights too small for a scale of f16: a scale of 1 and codes of 0. */
static void groups_without_a_scale(void **state)
{
    (void)state;
    const float weights[4] = {0.0f, -0.0f, 1e-9f, -1e-8f};
    for (int asymmetric = 0; asymmetric < 2; asymmetric++) {
        for (int search = 0; search < 2; search++) {
            const clqnn_quantize_groups_desc desc = {.struct_size = sizeof desc, .n = 1, .k = 4, .weights = weights, .group_size = 2, .bits = 8,
                                                     .asymmetric = asymmetric, .scale = search ? CLQNN_GROUP_LEAST_ERROR : CLQNN_GROUP_RANGE};
            clqnn_imported *imported = NULL;
            assert_int_equal(clqnn_quantize_groups(&desc, &imported), CLQNN_OK);
            expect_codes(imported, asymmetric ? CLQNN_U8 : CLQNN_S8, (const int[]){0, 0, 0, 0}, 4);
            assert_true(scale_of(imported, 0) == 1.0f && scale_of(imported, 1) == 1.0f);
            clqnn_imported_destroy(imported);
        }
    }
}

/* One weight far out: the search gives it up, and the rest gain. An outlier upwards needs a negative scale, whose lowest code reaches further. */
static void least_error_clips(void **state)
{
    (void)state;
    float weights[64];
    for (int i = 0; i < 64; i++) weights[i] = (float)(i % 9 - 4);
    weights[5] = 8.0f;
    const clqnn_quantize_groups_desc desc = {.struct_size = sizeof desc, .n = 1, .k = 64, .weights = weights, .group_size = 64, .bits = 4,
                                             .scale = CLQNN_GROUP_LEAST_ERROR};
    clqnn_imported *imported = NULL;
    assert_int_equal(clqnn_quantize_groups(&desc, &imported), CLQNN_OK);
    assert_true(scale_of(imported, 0) == -1.0f);
    expect_weights(imported, weights, 64);
    clqnn_imported_destroy(imported);
}

/* Weights as networks have them: sums of uniform numbers, some groups all of one sign, some with outliers, some 0. */
static void draw_weights(unsigned *seed, int64_t count, clqnn_type type, void *weights)
{
    unsigned kind = 0;
    for (int64_t i = 0; i < count; i++) {
        if (i % 23 == 0) kind = random_next(seed) % 8;
        float value = 0.0f;
        for (int j = 0; j < 4; j++) value += (float)random_next(seed) * 0x1p-24f - 0.5f;
        if (kind == 0) value = 0.0f;
        if (kind == 1 || kind == 2) value = kind == 1 ? fabsf(value) : -fabsf(value);
        if (kind == 3 && i % 7 == 0) value *= 30.0f;
        if (kind == 4) value *= 1e-6f;
        if (kind == 5) value = (float)(int)(value * 8.0f); /* exact ties */
        uint32_t bits;
        memcpy(&bits, &value, sizeof bits);
        if (type == CLQNN_F32) {
            ((float *)weights)[i] = value;
        } else {
            ((uint16_t *)weights)[i] = type == CLQNN_F16 ? clqnn_reference_f32_to_f16(value) : (uint16_t)(bits >> 16);
        }
    }
}

static void compare_with_reference(const clqnn_quantize_groups_desc *desc, const clqnn_imported *imported)
{
    const clqnn_imported_info info = describe(imported);
    const int64_t count = desc->n * desc->k, values = info.group_count * desc->n;
    int32_t *codes = calloc((size_t)count, sizeof *codes), *zero_points = calloc((size_t)values, sizeof *zero_points);
    int *as_int = calloc((size_t)count, sizeof *as_int);
    float *scales = calloc((size_t)values, sizeof *scales);
    assert_true(codes && zero_points && as_int && scales);
    assert_int_equal(clqnn_reference_quantize_groups(desc, codes, scales, zero_points), CLQNN_OK);
    for (int64_t i = 0; i < values; i++) {
        const int zero_point = info.groups.zero_points ? ((const uint8_t *)info.groups.zero_points)[i] : 0;
        const float scale = scale_at(&info.groups, i);
        if (memcmp(&scale, &scales[i], sizeof scale) == 0 && zero_point == zero_points[i]) continue;
        fail_msg("group %lld of n %lld k %lld size %lld bits %d asymmetric %d search %d: scale %a zero point %d, the reference %a %d", (long long)i,
                 (long long)desc->n, (long long)desc->k, (long long)desc->group_size, (int)desc->bits, (int)desc->asymmetric, (int)desc->scale, (double)scale,
                 zero_point, (double)scales[i], (int)zero_points[i]);
    }
    for (int64_t i = 0; i < count; i++) as_int[i] = codes[i];
    expect_codes(imported, info.type, as_int, (int)count);
    free(codes);
    free(zero_points);
    free(as_int);
    free(scales);
}

/* Sum of squared errors of each group, in `errors`. */
static void group_errors(const clqnn_quantize_groups_desc *desc, const clqnn_imported *imported, const float *dense, double *errors)
{
    float *w = calloc((size_t)(desc->n * desc->k), sizeof *w);
    assert_non_null(w);
    assert_int_equal(clqnn_imported_dequantize(imported, w), CLQNN_OK);
    for (int64_t row = 0; row < desc->k; row++) {
        for (int64_t column = 0; column < desc->n; column++) {
            const double error = (double)w[row * desc->n + column] - (double)dense[desc->transposed ? column * desc->k + row : row * desc->n + column];
            errors[row / desc->group_size * desc->n + column] += error * error;
        }
    }
    free(w);
}

/* The search never makes a group worse than its range does. */
static void search_gains(clqnn_quantize_groups_desc desc)
{
    const int64_t groups = (desc.k + desc.group_size - 1) / desc.group_size * desc.n;
    double *errors[2] = {calloc((size_t)groups, sizeof(double)), calloc((size_t)groups, sizeof(double))};
    assert_true(errors[0] && errors[1] && desc.weight_type == CLQNN_F32);
    for (int search = 0; search < 2; search++) {
        clqnn_imported *imported = NULL;
        desc.scale = search ? CLQNN_GROUP_LEAST_ERROR : CLQNN_GROUP_RANGE;
        assert_int_equal(clqnn_quantize_groups(&desc, &imported), CLQNN_OK);
        group_errors(&desc, imported, desc.weights, errors[search]);
        clqnn_imported_destroy(imported);
    }
    for (int64_t i = 0; i < groups; i++) assert_true(errors[1][i] <= errors[0][i] * (1 + 1e-6));
    free(errors[0]);
    free(errors[1]);
}

static void sweep(void **state)
{
    (void)state;
    static const int64_t shapes[][3] = {{1, 1, 1}, {3, 7, 2}, {16, 32, 32}, {17, 45, 32}, {33, 31, 31}, {5, 129, 64}, {40, 12, 5}};
    static const int32_t widths[] = {2, 3, 4, 8};
    static const clqnn_type types[] = {CLQNN_F32, CLQNN_F16, CLQNN_BF16};
    unsigned seed = 20240611;
    float weights[33 * 45];
    for (size_t shape = 0; shape < sizeof shapes / sizeof shapes[0]; shape++) {
        for (int option = 0; option < 4 * 2 * 2 * 2 * 9; option++) {
            const clqnn_quantize_groups_desc desc = {
                .struct_size = sizeof desc, .n = shapes[shape][0], .k = shapes[shape][1], .group_size = shapes[shape][2], .weights = weights,
                .bits = widths[option % 4], .asymmetric = option / 4 % 2, .transposed = option / 8 % 2,
                .scale = option / 16 % 2 ? CLQNN_GROUP_LEAST_ERROR : CLQNN_GROUP_RANGE, .weight_type = types[option / 32 % 3], .scale_type = types[option / 96]};
            clqnn_imported *imported = NULL;
            draw_weights(&seed, desc.n * desc.k, desc.weight_type, weights);
            assert_int_equal(clqnn_quantize_groups(&desc, &imported), CLQNN_OK);
            compare_with_reference(&desc, imported);
            clqnn_imported_destroy(imported);
            if (desc.weight_type == CLQNN_F32 && desc.scale == CLQNN_GROUP_RANGE) search_gains(desc);
        }
    }
}

/* The conversions to f16 and bf16, at and around every tie, beside the reference. */
static void stored_scales_round_to_even(void **state)
{
    (void)state;
    unsigned seed = 5;
    for (int i = 0; i < 20000; i++) {
        const uint32_t step = i % 2 ? 0x1000u : 0x8000u, bits = (random_next(&seed) % 0x70000u * 0x1000u + (i % 3 ? step : 0)) | (i % 5 == 0);
        const uint32_t limited = bits % 0x47000000u;
        float magnitude;
        memcpy(&magnitude, &limited, sizeof magnitude);
        if (!(magnitude > 0x1p-25f) || magnitude > 30000.0f) continue;
        const clqnn_quantize_groups_desc desc = {.struct_size = sizeof desc, .n = 1, .k = 1, .weights = &magnitude, .group_size = 1, .bits = 2,
                                                 .scale_type = i % 2 ? CLQNN_F16 : CLQNN_BF16};
        clqnn_imported *imported = NULL;
        assert_int_equal(clqnn_quantize_groups(&desc, &imported), CLQNN_OK); /* 2 bits: the scale is |w| itself */
        compare_with_reference(&desc, imported);
        clqnn_imported_destroy(imported);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(symmetric_group),
        cmocka_unit_test(asymmetric_groups),
        cmocka_unit_test(codes_fit_the_stored_scale),
        cmocka_unit_test(groups_without_a_scale),
        cmocka_unit_test(least_error_clips),
        cmocka_unit_test(sweep),
        cmocka_unit_test(stored_scales_round_to_even),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
