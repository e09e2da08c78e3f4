/* SPDX-License-Identifier: Apache-2.0 */
/* The reference of the operators that pool, reduce or move elements beside values worked by hand and beside float64. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/reference_shape.h"

static clqnn_tensor tensor(clqnn_type type, int32_t rank, const int64_t *shape)
{
    clqnn_tensor made = {.type = type, .rank = rank};
    memcpy(made.shape, shape, (size_t)rank * sizeof *shape);
    return made;
}

#define TENSOR(type, ...) tensor(type, sizeof((int64_t[]){__VA_ARGS__}) / sizeof(int64_t), (int64_t[]){__VA_ARGS__})
#define QUANTIZED(scale, zero) ((clqnn_quantization){(const float[]){scale}, 1, (const int32_t[]){zero}, 1})

static void pooling_by_hand(void **state)
{
    (void)state;
    const int8_t x[9] = {1, 2, 3, 4, 5, 6, 7, 8, -9};
    int8_t y[9] = {0};
    clqnn_pool_desc desc = {.struct_size = sizeof desc, .x = TENSOR(CLQNN_S8, 1, 3, 3, 1), .y = TENSOR(CLQNN_S8, 1, 2, 2, 1), .kernel = {2, 2}};
    assert_int_equal(clqnn_reference_pool(&desc, x, y), CLQNN_OK);
    assert_memory_equal(y, ((int8_t[]){5, 6, 8, 8}), 4);
    desc.kind = CLQNN_POOL_AVERAGE; /* 12, 16, 24, 10 over 4: 3, 4, 6, 2.5 to even */
    assert_int_equal(clqnn_reference_pool(&desc, x, y), CLQNN_OK);
    assert_memory_equal(y, ((int8_t[]){3, 4, 6, 2}), 4);
    desc.rounding = CLQNN_AVERAGE_HALF_AWAY;
    assert_int_equal(clqnn_reference_pool(&desc, x, y), CLQNN_OK);
    assert_memory_equal(y, ((int8_t[]){3, 4, 6, 3}), 4);
    desc.rounding = CLQNN_AVERAGE_FLOAT_EVEN;
    desc.y = TENSOR(CLQNN_S8, 1, 3, 3, 1);
    desc.pad_begin[0] = desc.pad_begin[1] = 1;
    desc.stride[0] = desc.stride[1] = 1;
    assert_int_equal(clqnn_reference_pool(&desc, x, y), CLQNN_OK);
    assert_memory_equal(y, ((int8_t[]){1, 2, 2, 2, 3, 4, 6, 6, 2}), 9); /* 1, 3/2, 5/2, 5/2, .., 11/2, .. over the taps inside */
    desc.count_include_pad = 1;
    assert_int_equal(clqnn_reference_pool(&desc, x, y), CLQNN_OK);
    assert_memory_equal(y, ((int8_t[]){0, 1, 1, 1, 3, 4, 3, 6, 2}), 9); /* 1/4, 3/4, 5/4, 5/4, 3, 4, 11/4, 6, 5/2 */
}

static void reductions_by_hand(void **state)
{
    (void)state;
    const uint8_t x[6] = {1, 7, 7, 3, 3, 2};
    uint8_t y[3] = {0};
    int32_t index[2] = {0};
    clqnn_reduce_desc desc = {.struct_size = sizeof desc, .kind = CLQNN_REDUCE_SUM, .x = TENSOR(CLQNN_U8, 2, 3), .y = TENSOR(CLQNN_U8, 3), .axes = {0}, .axis_count = 1};
    assert_int_equal(clqnn_reference_reduce(&desc, x, y), CLQNN_OK);
    assert_memory_equal(y, ((uint8_t[]){4, 10, 9}), 3);
    desc.kind = CLQNN_REDUCE_MEAN;
    assert_int_equal(clqnn_reference_reduce(&desc, x, y), CLQNN_OK);
    assert_memory_equal(y, ((uint8_t[]){2, 5, 4}), 3);
    clqnn_argmax_desc argmax = {.struct_size = sizeof argmax, .x = TENSOR(CLQNN_U8, 2, 3), .y = TENSOR(CLQNN_S32, 2), .axis = 1};
    assert_int_equal(clqnn_reference_argmax(&argmax, x, index), CLQNN_OK);
    assert_memory_equal(index, ((int32_t[]){1, 0}), sizeof index);
    argmax.select_last = 1;
    assert_int_equal(clqnn_reference_argmax(&argmax, x, index), CLQNN_OK);
    assert_memory_equal(index, ((int32_t[]){2, 1}), sizeof index);
}

static void moves_by_hand(void **state)
{
    (void)state;
    const uint8_t x[3] = {1, 2, 3};
    uint8_t y[7] = {0};
    clqnn_pad_desc pad = {.struct_size = sizeof pad, .mode = CLQNN_PAD_REFLECT, .x = TENSOR(CLQNN_U8, 3), .y = TENSOR(CLQNN_U8, 7), .begin = {2}, .end = {2}};
    assert_int_equal(clqnn_reference_pad(&pad, x, y), CLQNN_OK);
    assert_memory_equal(y, ((uint8_t[]){3, 2, 1, 2, 3, 2, 1}), 7);
    pad.mode = CLQNN_PAD_EDGE;
    assert_int_equal(clqnn_reference_pad(&pad, x, y), CLQNN_OK);
    assert_memory_equal(y, ((uint8_t[]){1, 1, 1, 2, 3, 3, 3}), 7);
    pad.mode = CLQNN_PAD_CONSTANT;
    pad.x.quantization = pad.y.quantization = QUANTIZED(1.0f, 9);
    assert_int_equal(clqnn_reference_pad(&pad, x, y), CLQNN_OK);
    assert_memory_equal(y, ((uint8_t[]){9, 9, 1, 2, 3, 9, 9}), 7);
    const clqnn_tensor parts[2] = {TENSOR(CLQNN_U8, 3), {.type = CLQNN_U8, .rank = 1, .shape = {3}, .quantization = QUANTIZED(0.5f, 0)}};
    const clqnn_concat_desc concat = {.struct_size = sizeof concat, .inputs = parts, .input_count = 2, .y = TENSOR(CLQNN_U8, 6)};
    assert_int_equal(clqnn_reference_concat(&concat, (const void *const[]){x, x}, y), CLQNN_OK);
    assert_memory_equal(y, ((uint8_t[]){1, 2, 3, 0, 1, 2}), 6); /* 0.5, 1, 1.5 to even */
}

static void resizing_by_hand(void **state)
{
    (void)state;
    const uint8_t x[2] = {0, 100};
    uint8_t y[4] = {0};
    clqnn_resize_desc desc = {.struct_size = sizeof desc, .x = TENSOR(CLQNN_U8, 1, 1, 2, 1), .y = TENSOR(CLQNN_U8, 1, 1, 4, 1)};
    assert_int_equal(clqnn_reference_resize(&desc, x, y), CLQNN_OK);
    assert_memory_equal(y, ((uint8_t[]){0, 0, 100, 100}), 4);
    desc.mode = CLQNN_RESIZE_LINEAR; /* positions -0.25, 0.25, 0.75, 1.25 */
    assert_int_equal(clqnn_reference_resize(&desc, x, y), CLQNN_OK);
    assert_memory_equal(y, ((uint8_t[]){0, 25, 75, 100}), 4);
    desc.coordinates = CLQNN_RESIZE_ALIGN_CORNERS;
    assert_int_equal(clqnn_reference_resize(&desc, x, y), CLQNN_OK);
    assert_memory_equal(y, ((uint8_t[]){0, 33, 67, 100}), 4);
    desc.coordinates = CLQNN_RESIZE_ASYMMETRIC;
    assert_int_equal(clqnn_reference_resize(&desc, x, y), CLQNN_OK);
    assert_memory_equal(y, ((uint8_t[]){0, 50, 100, 100}), 4);
}

/* TFLite's 10-bit weights: positions 0 and 512 of 1024 beside a tie of -1/2, and a step whose rounding shows: 2 pixels to 300, 7 instead of 6.83. */
static void resizing_in_fixed_point(void **state)
{
    (void)state;
    const uint8_t x[2] = {0, 100};
    const int8_t tie[4] = {-1, 0, -1, 0}, negative[2] = {-128, 127};
    uint8_t y[300] = {0};
    clqnn_resize_desc desc = {.struct_size = sizeof desc, .mode = CLQNN_RESIZE_LINEAR, .rounding = CLQNN_FIXED_DOUBLE};
    desc.x = TENSOR(CLQNN_U8, 1, 1, 2, 1);
    desc.y = TENSOR(CLQNN_U8, 1, 1, 4, 1);
    assert_int_equal(clqnn_reference_resize(&desc, x, y), CLQNN_OK); /* -256, 256, 768, 1280 */
    assert_memory_equal(y, ((uint8_t[]){0, 25, 75, 100}), 4);
    desc.coordinates = CLQNN_RESIZE_ALIGN_CORNERS; /* 0, 341, 682, 1023 */
    assert_int_equal(clqnn_reference_resize(&desc, x, y), CLQNN_OK);
    assert_memory_equal(y, ((uint8_t[]){0, 33, 67, 100}), 4);
    desc.coordinates = CLQNN_RESIZE_ASYMMETRIC;
    desc.y.shape[2] = 300;
    assert_int_equal(clqnn_reference_resize(&desc, x, y), CLQNN_OK);
    assert_int_equal(y[100], 68); /* 700 / 1024; 2/3 would be 67 */
    assert_int_equal(y[299], 100);
    desc.x = TENSOR(CLQNN_S8, 1, 2, 2, 1);
    desc.y = TENSOR(CLQNN_S8, 1, 2, 4, 1);
    assert_int_equal(clqnn_reference_resize(&desc, tie, y), CLQNN_OK);
    assert_memory_equal(y, ((int8_t[]){-1, -1, 0, 0, -1, -1, 0, 0}), 8);
    desc.rounding = CLQNN_FIXED_SINGLE;
    assert_int_equal(clqnn_reference_resize(&desc, tie, y), CLQNN_OK);
    assert_memory_equal(y, ((int8_t[]){-1, 0, 0, 0, -1, 0, 0, 0}), 8);
    desc.x.shape[1] = desc.y.shape[1] = 1;
    assert_int_equal(clqnn_reference_resize(&desc, negative, y), CLQNN_OK); /* -0.5 up */
    assert_memory_equal(y, ((int8_t[]){-128, 0, 127, 127}), 4);
}

static int quantized(double real, double scale, int zero, int low, int high)
{
    const double q = rint(real / scale) + zero;
    return q < low ? low : q > high ? high : (int)q;
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Softmax and its logarithm within 1 of float64, over lines short and long, flat and steep. */
static void softmax_beside_float64(void **state)
{
    (void)state;
    static const float scales[] = {0.003f, 0.05f, 0.3f};
    static uint8_t x[60000], y[2][60000];
    uint32_t seed = 7;
    for (int round = 0; round < 12; round++) {
        const int64_t n = round % 4 == 0 ? 3 : round % 4 == 1 ? 100 : round % 4 == 2 ? 1000 : 60000;
        const float scale = scales[round / 4];
        const uint32_t width = round % 2 ? 256 : 20;
        for (int64_t i = 0; i < n; i++) x[i] = (uint8_t)(next_random(&seed) % width);
        double sum = 0;
        int largest = 0;
        for (int64_t i = 0; i < n; i++) largest = x[i] > largest ? x[i] : largest;
        for (int64_t i = 0; i < n; i++) sum += exp((double)scale * (x[i] - largest));
        const float y_scale = n > 1000 ? 1e-6f : 1.0f / 256.0f;
        clqnn_softmax_desc desc = {.struct_size = sizeof desc, .x = tensor(CLQNN_U8, 1, &n), .y = tensor(CLQNN_U8, 1, &n)};
        desc.x.quantization = QUANTIZED(scale, 40);
        desc.y.quantization = QUANTIZED(y_scale, 0);
        assert_int_equal(clqnn_reference_softmax(&desc, x, y[0]), CLQNN_OK);
        desc.is_log = 1;
        desc.y.quantization = QUANTIZED(0.1f, 255);
        assert_int_equal(clqnn_reference_softmax(&desc, x, y[1]), CLQNN_OK);
        for (int64_t i = 0; i < n; i++) {
            const double d = (double)scale * (x[i] - largest);
            assert_in_range(y[0][i] - quantized(exp(d) / sum, (double)y_scale, 0, 0, 255) + 1, 0, 2);
            assert_in_range(y[1][i] - quantized(d - log(sum), (double)0.1f, 255, 0, 255) + 1, 0, 2);
        }
    }
}

/* TFLite's integers, a difference of 1 being 1/16: equal elements share 256, of which one alone gets 255; 0 and -1 are 0.73106 and 0.26894; -2 lies beyond diff_min. */
static void softmax_in_fixed_point(void **state)
{
    (void)state;
    static const int8_t steps[3] = {32, 16, 0};
    static const int64_t lengths[] = {1, 2, 3, 4, 100, 511, 512, 600};
    static const int shares[] = {255, 128, 85, 64, 3, 1, 0, 0}; /* 256/511 = 0.501; 256/512 is a hair below its tie */
    static int8_t x[600], y[600]; /* x of zeros */
    clqnn_softmax_desc desc = {.struct_size = sizeof desc, .rounding = CLQNN_FIXED_DOUBLE, .multiplier = 1 << 30, .shift = 23, .diff_min = -24};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        desc.x = tensor(CLQNN_S8, 1, &lengths[i]);
        desc.y = tensor(CLQNN_S8, 1, &lengths[i]);
        assert_int_equal(clqnn_reference_softmax(&desc, x, y), CLQNN_OK);
        assert_int_equal(y[0], shares[i] - 128);
        assert_int_equal(y[lengths[i] - 1], shares[i] - 128);
    }
    desc.x = TENSOR(CLQNN_S8, 3);
    desc.y = TENSOR(CLQNN_U8, 3);
    assert_int_equal(clqnn_reference_softmax(&desc, steps, y), CLQNN_OK);
    assert_memory_equal(y, ((uint8_t[]){187, 69, 0}), 3);
    desc.diff_min = -15;
    desc.rounding = CLQNN_FIXED_SINGLE;
    assert_int_equal(clqnn_reference_softmax(&desc, steps, y), CLQNN_OK);
    assert_memory_equal(y, ((uint8_t[]){255, 0, 0}), 3);
    desc.diff_min = -32; /* 0.66524, 0.24473, 0.09003 */
    assert_int_equal(clqnn_reference_softmax(&desc, steps, y), CLQNN_OK);
    assert_memory_equal(y, ((uint8_t[]){170, 63, 23}), 3);
}

/* The logarithm within 2^-24 of float64 from one power of two to many. */
static void logarithm_beside_float64(void **state)
{
    (void)state;
    uint32_t seed = 3;
    for (int i = 0; i < 20000; i++) {
        const int bits = (int)(next_random(&seed) % 31);
        const uint64_t s = (UINT64_C(1) << (31 + bits)) + (((uint64_t)next_random(&seed) << 24 | next_random(&seed)) & ((UINT64_C(1) << (31 + bits)) - 1));
        const double difference = (double)clqnn_reference_log_q40(s) * 0x1p-40 - log((double)s * 0x1p-31);
        assert_true(fabs(difference) < 0x1p-24);
    }
    assert_int_equal(clqnn_reference_log_q40(UINT64_C(1) << 31), 0);
    assert_int_equal(clqnn_reference_log_q40(UINT64_C(1) << 32), CLQNN_REFERENCE_LN2_Q40);
}

static void layer_norm_beside_float64(void **state)
{
    (void)state;
    enum { N = 300 };
    int8_t x[N], y[N];
    float gamma[N], beta[N];
    uint32_t seed = 11;
    for (int round = 0; round < 20; round++) {
        double mean = 0, variance = 0;
        for (int i = 0; i < N; i++) {
            x[i] = (int8_t)((int)(next_random(&seed) % (round % 2 ? 256 : 4)) - 128);
            gamma[i] = (float)(next_random(&seed) % 100) / 50.0f;
            beta[i] = (float)(next_random(&seed) % 100) / 100.0f - 0.5f;
        }
        for (int i = 0; i < N; i++) mean += 0.05 * (x[i] + 3) / N;
        for (int i = 0; i < N; i++) variance += pow(0.05 * (x[i] + 3) - mean, 2) / N;
        clqnn_layer_norm_desc desc = {.struct_size = sizeof desc, .x = TENSOR(CLQNN_S8, N), .y = TENSOR(CLQNN_S8, N), .gamma = gamma, .beta = beta};
        desc.x.quantization = QUANTIZED(0.05f, -3);
        desc.y.quantization = QUANTIZED(0.03f, 5);
        assert_int_equal(clqnn_reference_layer_norm(&desc, x, y), CLQNN_OK);
        for (int i = 0; i < N; i++) {
            const double real = (0.05 * (x[i] + 3) - mean) / sqrt(variance + 1e-5) * (double)gamma[i] + (double)beta[i];
            assert_in_range(y[i] - quantized(real, 0.03, 5, -128, 127) + 1, 0, 2);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pooling_by_hand),          cmocka_unit_test(reductions_by_hand),       cmocka_unit_test(moves_by_hand),
        cmocka_unit_test(resizing_by_hand),         cmocka_unit_test(resizing_in_fixed_point),
        cmocka_unit_test(softmax_beside_float64),   cmocka_unit_test(softmax_in_fixed_point),   cmocka_unit_test(logarithm_beside_float64),
        cmocka_unit_test(layer_norm_beside_float64),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
