/* SPDX-License-Identifier: Apache-2.0 */
/* What convolutions of bits mean, written out by hand and without the reference: true zero padding is the float convolution of the values padded with 0, +1
 * padding that of the values padded with +1; a chain of three binary layers stays packed and equals the same chain through s32 and thresholds on the host. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "conv_fixture.h"

enum { MOST = 96 };   /* channels */

/* A bit of a dense tensor of b1: pixel after pixel, each of whole words. */
static uint32_t *word_of(uint32_t *words, int64_t pixel, int channels, int channel)
{
    return words + pixel * ((channels + 31) / 32) + channel / 32;
}

static int value_of(const uint32_t *words, int64_t pixel, int channels, int channel)
{
    return words[pixel * ((channels + 31) / 32) + channel / 32] >> (channel % 32) & 1 ? -1 : 1;
}

/* Random values; neutral bits 0. */
static void fill(uint32_t *words, int64_t pixels, int channels, uint32_t seed)
{
    unsigned char bytes[MOST];
    memset(words, 0, (size_t)(pixels * ((channels + 31) / 32)) * sizeof *words);
    for (int64_t pixel = 0; pixel < pixels; pixel++) {
        conv_fixture_bytes(bytes, (size_t)channels, seed * 7919u + (uint32_t)pixel);
        for (int c = 0; c < channels; c++) *word_of(words, pixel, channels, c) |= (uint32_t)(bytes[c] >> 7) << (c % 32);
    }
}

/* One binary layer of square images: 2 dimensions, one group. */
typedef struct layer {
    int in, out, size, kernel, stride, pad;
    double outside;              /* the value of positions outside */
} layer;

static int output_size(const layer *l)
{
    return (l->size + 2 * l->pad - l->kernel) / l->stride + 1;
}

/* The float convolution, in doubles: y is [row][column][output channel]. */
static void convolve(const layer *l, const uint32_t *x, const uint32_t *w, double *y)
{
    const int size = output_size(l);
    for (int at = 0; at < size * size; at++) {
        for (int o = 0; o < l->out; o++) {
            double sum = 0;
            for (int tap = 0; tap < l->kernel * l->kernel; tap++) {
                const int row = at / size * l->stride - l->pad + tap / l->kernel, column = at % size * l->stride - l->pad + tap % l->kernel;
                const bool inside = row >= 0 && row < l->size && column >= 0 && column < l->size;
                for (int i = 0; i < l->in; i++) {
                    const double value = inside ? value_of(x, row * l->size + column, l->in, i) : l->outside;
                    sum += value * value_of(w, o * l->kernel * l->kernel + tap, l->in, i);
                }
            }
            y[at * l->out + o] = sum;
        }
    }
}

static clqnn_conv_desc desc_of(const layer *l, const uint32_t *w, clqnn_type out)
{
    return (clqnn_conv_desc){
        .struct_size = sizeof(clqnn_conv_desc), .in_channels = l->in, .out_channels = l->out, .input = {l->size, l->size}, .kernel = {l->kernel, l->kernel},
        .stride = {l->stride, l->stride}, .pad_begin = {l->pad, l->pad}, .pad_end = {l->pad, l->pad}, .x = {.type = CLQNN_B1}, .y = {.type = out},
        .weight_type = CLQNN_B1, .weight_data = w, .pad = l->outside != 0 ? CLQNN_BIT_PAD_PLUS_ONE : CLQNN_BIT_PAD_ZERO,
    };
}

static const layer layers[] = {
    {64, 32, 7, 3, 1, 1, 0.0}, {64, 32, 7, 3, 1, 1, 1.0}, {40, 33, 6, 3, 2, 1, 0.0}, {40, 33, 6, 3, 2, 1, 1.0},
    {32, 64, 9, 5, 1, 4, 0.0}, {96, 5, 5, 2, 3, 1, 0.0},  {1, 1, 4, 3, 1, 2, 0.0},
};

static void test_padding(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
        const layer *l = &layers[i];
        const int pixels = l->size * l->size, taps = l->kernel * l->kernel, outputs = output_size(l) * output_size(l) * l->out;
        uint32_t *x = malloc((size_t)pixels * 3 * sizeof *x), *w = malloc((size_t)(l->out * taps) * 3 * sizeof *w);
        double *expected = malloc((size_t)outputs * sizeof *expected);
        int32_t *got = malloc((size_t)outputs * sizeof *got);
        assert_true(x && w && expected && got);
        fill(x, pixels, l->in, (uint32_t)i + 1);
        fill(w, l->out * taps, l->in, (uint32_t)i + 100);
        memset(got, 0xa5, (size_t)outputs * sizeof *got);
        convolve(l, x, w, expected);
        const clqnn_conv_desc desc = desc_of(l, w, CLQNN_S32);
        const size_t words = (size_t)((l->in + 31) / 32);
        (void)conv_fixture_run(&desc, x, (size_t)pixels * words * sizeof *x, NULL, 0, got, (size_t)outputs * sizeof *got);
        for (int at = 0; at < outputs; at++) {
            if (got[at] != expected[at]) fail_msg("layer %zu, result %d: %d, not %g", i, at, (int)got[at], expected[at]);
        }
        free(x);
        free(w);
        free(expected);
        free(got);
    }
}

/* Transposed: every x scatters; with steps wider than the kernel some pixels of y get nothing, and have the bias alone. One dimension. */
static void test_transposed(void **state)
{
    (void)state;
    enum { SIZE = 5, KERNEL = 2, STRIDE = 3, TARGET = (SIZE - 1) * STRIDE + KERNEL, FROM = 40, TO = 5 };
    static uint32_t x[SIZE * 2], w[TO * KERNEL * 2];
    static const int32_t bias[TO] = {7, -3, 0, 100, 1};
    int32_t expected[TARGET * TO], got[TARGET * TO];
    fill(x, SIZE, FROM, 31);
    fill(w, TO * KERNEL, FROM, 32);
    for (int at = 0; at < TARGET * TO; at++) expected[at] = bias[at % TO];
    for (int at = 0; at < SIZE * KERNEL * TO * FROM; at++) {
        const int i = at % FROM, o = at / FROM % TO, tap = at / FROM / TO % KERNEL, pixel = at / FROM / TO / KERNEL;
        expected[(pixel * STRIDE + tap) * TO + o] += value_of(x, pixel, FROM, i) * value_of(w, o * KERNEL + tap, FROM, i);
    }
    const clqnn_conv_desc desc = {
        .struct_size = sizeof desc, .spatial_rank = 1, .transposed = 1, .in_channels = FROM, .out_channels = TO, .input = {SIZE}, .kernel = {KERNEL}, .stride = {STRIDE},
        .x = {.type = CLQNN_B1}, .y = {.type = CLQNN_S32}, .weight_type = CLQNN_B1, .weight_data = w, .bias = bias, .bias_type = CLQNN_S32,
    };
    memset(got, 0xa5, sizeof got);
    (void)conv_fixture_run(&desc, x, sizeof x, NULL, 0, got, sizeof got);
    assert_memory_equal(got, expected, sizeof got);
}

/* ---- A chain of layers ---- */

enum { DEPTH = 3, SIDE = 8, PIXELS = SIDE * SIDE };
static const layer chain[DEPTH] = {{48, 64, SIDE, 3, 1, 1, 0.0}, {64, 96, SIDE, 3, 1, 1, 1.0}, {96, 70, SIDE, 1, 1, 0, 0.0}};

typedef struct chain_data {
    uint32_t weights[DEPTH][MOST * 9 * 3];
    int32_t thresholds[DEPTH][MOST], directions[DEPTH][MOST];
    uint32_t images[DEPTH + 1][PIXELS * 3];   /* on the host: x, then what each layer makes of it */
} chain_data;

/* The same chain: s32 sums of each layer, and their signs. */
static void run_on_host(chain_data *data)
{
    static double sums[PIXELS * MOST];
    for (int depth = 0; depth < DEPTH; depth++) {
        const layer *l = &chain[depth];
        convolve(l, data->images[depth], data->weights[depth], sums);
        memset(data->images[depth + 1], 0, sizeof data->images[depth + 1]);
        for (int at = 0; at < PIXELS * l->out; at++) {
            const int o = at % l->out, threshold = data->thresholds[depth][o];
            const bool plus = data->directions[depth][o] > 0 ? sums[at] >= threshold : sums[at] <= threshold;
            if (!plus) *word_of(data->images[depth + 1], at / l->out, l->out, o) |= UINT32_C(1) << (o % 32);
        }
    }
}

static size_t image_bytes(int channels)
{
    return (size_t)(PIXELS * ((channels + 31) / 32)) * sizeof(uint32_t);
}

/* Three plans, four buffers of words, and nothing on the host between. */
static void run_on_device(chain_data *data, const char *const variants[DEPTH], uint32_t *result)
{
    cl_mem buffers[DEPTH + 1];
    clqnn_conv *plans[DEPTH] = {NULL};
    cl_command_queue queue = NULL;
    assert_int_equal(clqnn_default_queue(conv_fixture_context(), &queue), CLQNN_OK);
    buffers[0] = conv_fixture_buffer(data->images[0], image_bytes(chain[0].in));
    for (int depth = 0; depth < DEPTH; depth++) {
        clqnn_conv_desc desc = desc_of(&chain[depth], data->weights[depth], CLQNN_B1);
        desc.thresholds = data->thresholds[depth];
        desc.directions = data->directions[depth];
        desc.threshold_count = chain[depth].out;
        desc.variant = variants[depth];
        memset(result, 0xa5, image_bytes(chain[depth].out));
        buffers[depth + 1] = conv_fixture_buffer(result, image_bytes(chain[depth].out));
        assert_int_equal(clqnn_conv_create(conv_fixture_context(), &desc, &plans[depth]), CLQNN_OK);
        const clqnn_conv_args args = {.x = {buffers[depth], 0}, .y = {buffers[depth + 1], 0}};
        assert_int_equal(clqnn_conv_enqueue(plans[depth], queue, &args, 0, NULL, NULL), CLQNN_OK);
    }
    assert_int_equal(clqnn_finish(conv_fixture_context()), CLQNN_OK);
    assert_int_equal(clqnn_download(conv_fixture_context(), buffers[DEPTH], 0, result, image_bytes(chain[DEPTH - 1].out)), CLQNN_OK);
    for (int depth = 0; depth <= DEPTH; depth++) clqnn_buffer_release(buffers[depth]);
    for (int depth = 0; depth < DEPTH; depth++) clqnn_conv_destroy(plans[depth]);
}

static void test_chain_stays_packed(void **state)
{
    (void)state;
    static chain_data data;
    static uint32_t result[PIXELS * 3];
    fill(data.images[0], PIXELS, chain[0].in, 5);
    for (int depth = 0; depth < DEPTH; depth++) {
        unsigned char bytes[2 * MOST];
        fill(data.weights[depth], chain[depth].out * chain[depth].kernel * chain[depth].kernel, chain[depth].in, 50 + (uint32_t)depth);
        conv_fixture_bytes(bytes, sizeof bytes, 500 + (uint32_t)depth);
        for (int o = 0; o < MOST; o++) {
            data.thresholds[depth][o] = bytes[2 * o] % 41 - 20;
            data.directions[depth][o] = bytes[2 * o + 1] & 64 ? 1 : -1;
        }
    }
    run_on_host(&data);
    static const char *const chosen[DEPTH] = {NULL, NULL, NULL}, *const portable[DEPTH] = {"conv_bits_portable", "conv_bits_portable", "conv_bits_portable"};
    run_on_device(&data, chosen, result);
    assert_memory_equal(result, data.images[DEPTH], image_bytes(chain[DEPTH - 1].out));
    run_on_device(&data, portable, result);
    assert_memory_equal(result, data.images[DEPTH], image_bytes(chain[DEPTH - 1].out));
}

/* ---- Float results ---- */

/* XNOR-Net: the convolution of signs, times alpha of the output channel, times K of the output pixel. Every operation is one of binary32. */
static void test_scales_and_residual(void **state)
{
    (void)state;
    static const layer l = {64, 32, 5, 3, 1, 1, 0.0};
    enum { OUTPUTS = 25 * 32 };
    static uint32_t x[25 * 2], w[32 * 9 * 2];
    static double sums[OUTPUTS];
    static float alpha[32], map[25], residual[OUTPUTS], y[OUTPUTS], bias[32];
    fill(x, 25, 64, 71);
    fill(w, 32 * 9, 64, 72);
    convolve(&l, x, w, sums);
    for (int i = 0; i < 32; i++) alpha[i] = 0.01f * (float)(i + 1), bias[i] = (float)(i - 16) / 3.0f;
    for (int i = 0; i < 25; i++) map[i] = 0.37f * (float)(i + 1);
    for (int i = 0; i < OUTPUTS; i++) residual[i] = (float)(i % 17) / 7.0f;
    clqnn_conv_desc desc = desc_of(&l, w, CLQNN_F32);
    desc.weight_quantization = (clqnn_quantization){.scales = alpha, .scale_count = 32};
    desc.bias = bias;
    desc.bias_type = CLQNN_F32;
    desc.has_row_scales = 1;
    desc.residual.type = CLQNN_F32;
    clqnn_conv *conv = NULL;
    cl_command_queue queue = NULL;
    assert_int_equal(clqnn_default_queue(conv_fixture_context(), &queue), CLQNN_OK);
    assert_int_equal(clqnn_conv_create(conv_fixture_context(), &desc, &conv), CLQNN_OK);
    const clqnn_conv_args args = {.x = {conv_fixture_buffer(x, sizeof x), 0}, .y = {conv_fixture_buffer(residual, sizeof residual), 0},
                                  .row_scales = {conv_fixture_buffer(map, sizeof map), 0}};
    clqnn_conv_args in_place = args;
    in_place.residual = args.y; /* a residual may be y itself */
    assert_int_equal(clqnn_conv_enqueue(conv, queue, &in_place, 0, NULL, NULL), CLQNN_OK);
    assert_int_equal(clqnn_finish(conv_fixture_context()), CLQNN_OK);
    assert_int_equal(clqnn_download(conv_fixture_context(), args.y.memory, 0, y, sizeof y), CLQNN_OK);
    for (int at = 0; at < OUTPUTS; at++) {
        volatile float value = (float)sums[at] * alpha[at % 32];
        value = value * map[at / 32];
        value = value + bias[at % 32];
        value = value + residual[at];
        if (y[at] != value) fail_msg("result %d: %.9g, not %.9g", at, (double)y[at], (double)value);
    }
    clqnn_buffer_release(args.x.memory);
    clqnn_buffer_release(args.y.memory);
    clqnn_buffer_release(args.row_scales.memory);
    clqnn_conv_destroy(conv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_padding),
        cmocka_unit_test(test_transposed),
        cmocka_unit_test(test_chain_stays_packed),
        cmocka_unit_test(test_scales_and_residual),
    };
    if (!conv_fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    conv_fixture_close();
    return failures;
}
