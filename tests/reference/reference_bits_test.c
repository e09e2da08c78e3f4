/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn/reference_bits.h: words written by hand, and random products and convolutions against binary64 sums of values that are decoded here by another
 * formula, value = alpha * q + lambda with q summed plane by plane (docs/numerics.md, "Bits"). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/reference.h"
#include "clqnn/reference_bits.h"
#include "clqnn/reference_float.h"

/* ---- The layout, written down a second time ---- */

typedef struct plane_type { clqnn_type type; int planes; double weights[8], lambda; } plane_type;

static const plane_type types[] = {
    {CLQNN_B1, 1, {-2}, 1},
    {CLQNN_T2, 2, {1, -2}, 0},
    {CLQNN_PU1, 1, {1}, 0},
    {CLQNN_PU3, 3, {1, 2, 4}, 0},
    {CLQNN_PU8, 8, {1, 2, 4, 8, 16, 32, 64, 128}, 0},
    {CLQNN_PS2, 2, {1, -2}, 0},
    {CLQNN_PS4, 4, {1, 2, 4, -8}, 0},
    {CLQNN_PS8, 8, {1, 2, 4, 8, 16, 32, 64, -128}, 0},
    {CLQNN_PO1, 1, {2}, -1},
    {CLQNN_PO2, 2, {2, 4}, -3},
    {CLQNN_PO8, 8, {2, 4, 8, 16, 32, 64, 128, 256}, -255},
};
enum { TYPES = sizeof types / sizeof *types };

static double value_at(const plane_type *type, const uint32_t *words, int64_t place)
{
    double value = type->lambda;
    for (int plane = 0; plane < type->planes; plane++) {
        if (words[place / 32 * type->planes + plane] & (1u << (place & 31))) value += type->weights[plane];
    }
    return value;
}

static int64_t round_up(int64_t count) { return (count + 31) / 32 * 32; }

static uint64_t state = 1;

static uint32_t random_word(void)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(state >> 32);
}

/* `rows` rows of `count` values, each behind the other, neutral bits 0. */
static uint32_t *random_rows(const plane_type *type, int64_t rows, int64_t count)
{
    const int64_t groups = round_up(count) / 32;
    uint32_t *words = calloc((size_t)(rows * groups * type->planes) + 1, sizeof *words);
    assert_non_null(words);
    for (int64_t group = 0; group < rows * groups; group++) {
        const int64_t left = count - group % groups * 32;
        const uint32_t mask = left >= 32 ? UINT32_MAX : (1u << left) - 1;
        uint32_t *at = words + group * type->planes;
        for (int plane = 0; plane < type->planes; plane++) at[plane] = random_word() & mask;
        if (type->type == CLQNN_T2) at[1] &= at[0];
    }
    return words;
}

static clqnn_gemm_desc describe(int64_t m, int64_t n, int64_t k, clqnn_type a, clqnn_type b, clqnn_type c)
{
    return (clqnn_gemm_desc){.struct_size = sizeof(clqnn_gemm_desc), .m = m, .n = n, .k = k, .a.type = a, .b = {.type = b, .transposed = 1}, .c.type = c};
}

/* ---- Worked by hand ---- */

static void words_written_by_hand(void **unused)
{
    (void)unused;
    /* a: +1 -1 -1 and, in the second word, -1; b: +1, 0, -1, and behind 29 zeros +1: 1 + 0 + 1 - 1. */
    const uint32_t a[] = {0x6, 0x1}, b[] = {0x5, 0x4, 0x1, 0x0};
    clqnn_gemm_desc desc = describe(1, 1, 33, CLQNN_B1, CLQNN_T2, CLQNN_S32);
    int32_t c = 0;
    assert_int_equal(clqnn_reference_gemm(&desc, a, b, &c, NULL), CLQNN_OK);
    assert_int_equal(c, 1);
    /* pu2: 1 2 3 0, zero point 1: 0 1 2 -1; po2: -3 -1 1 3: 0 - 1 + 2 - 3. */
    const uint32_t u[] = {0x5, 0x6}, o[] = {0xa, 0xc};
    const int32_t one = 1;
    desc = describe(1, 1, 4, CLQNN_PU2, CLQNN_PO2, CLQNN_S32);
    desc.a.quantization = (clqnn_quantization){.zero_points = &one, .zero_point_count = 1};
    assert_int_equal(clqnn_reference_gemm(&desc, u, o, &c, NULL), CLQNN_OK);
    assert_int_equal(c, -2);
    /* ps3: -4 3 times ps2: -2 1. */
    const uint32_t s3[] = {0x2, 0x2, 0x1}, s2[] = {0x2, 0x1};
    desc = describe(1, 1, 2, CLQNN_PS3, CLQNN_PS2, CLQNN_S32);
    assert_int_equal(clqnn_reference_gemm(&desc, s3, s2, &c, NULL), CLQNN_OK);
    assert_int_equal(c, 11);
}

/* k = 1, a = +1: the accumulators are the bias plus 1. */
static void epilogue_of(clqnn_gemm_desc *desc, const int32_t *bias, const void *residual, const float *row_scales, void *c)
{
    static const uint32_t a[] = {0, 0, 0}, b[40];
    desc->bias = desc->bias ? desc->bias : bias;
    desc->bias_type = desc->bias == bias ? CLQNN_S32 : CLQNN_F32;
    assert_int_equal(clqnn_reference_gemm_bits(desc, a, b, residual, row_scales, c, NULL), CLQNN_OK);
}

static void thresholds_and_directions(void **unused)
{
    (void)unused;
    const int32_t bias[] = {4, 5, 6, 4, 5, 6}, thresholds[] = {6, 6, 6, 6, 6, 6}, directions[] = {1, 1, 1, -1, -1, -1};
    clqnn_gemm_desc desc = describe(1, 6, 1, CLQNN_B1, CLQNN_B1, CLQNN_B1);
    desc.thresholds = thresholds;
    desc.threshold_count = 6;
    uint32_t c[] = {UINT32_MAX, 0x12345678};
    epilogue_of(&desc, bias, NULL, NULL, c);
    assert_int_equal(c[0], 0x9);   /* 5 6 7 >= 6, twice */
    desc.directions = directions;
    epilogue_of(&desc, bias, NULL, NULL, c);
    assert_int_equal(c[0], 0x21);  /* the last three: 5 6 7 <= 6 */
    assert_int_equal(c[1], 0x12345678);
    desc.thresholds = NULL;
    desc.threshold_count = 0;
    assert_int_equal(clqnn_reference_gemm(&desc, c, c, c, NULL), CLQNN_INVALID_ARGUMENT);
}

static void requantized_planes(void **unused)
{
    (void)unused;
    const int32_t bias[] = {-9, -3, 1, 2, 4, 30}, zero = 1;
    const float two = 2.0f;
    clqnn_gemm_desc desc = describe(1, 6, 1, CLQNN_B1, CLQNN_B1, CLQNN_PU3);
    desc.c.quantization = (clqnn_quantization){.scales = &two, .scale_count = 1, .zero_points = &zero, .zero_point_count = 1};
    uint32_t c[3] = {UINT32_MAX, UINT32_MAX, UINT32_MAX};
    epilogue_of(&desc, bias, NULL, NULL, c); /* -8 -2 2 3 5 31 by 2: -4 -1 1 1.5 2.5 15.5; + 1: 0 0 2 3 3 7 */
    const uint32_t planes[] = {0x38, 0x3c, 0x20};
    assert_memory_equal(c, planes, sizeof c);
    desc.c.type = CLQNN_PS2;                 /* -3 0 2 3 3 16: -2 0 1 1 1 1 */
    desc.has_clamp = 1;
    desc.clamp_min = -2.0f;
    desc.clamp_max = 0.0f;                   /* -2 0 0 0 0 0 */
    epilogue_of(&desc, bias, NULL, NULL, c);
    const uint32_t clamped[] = {0x0, 0x1};
    assert_memory_equal(c, clamped, sizeof clamped);
}

/* Every operation rounds once and in this order: a fused or reordered one shows. */
static void floats_in_order(void **unused)
{
    (void)unused;
    const int32_t bias[] = {16777218};                                       /* + 1: a tie of binary32, 16777220 */
    const float sa = 0x1.000002p0f, sb = 0x1.000002p0f, rows[] = {0x1.fffffep-1f}, fbias[] = {-16777220.0f}, residual[] = {0x1p-24f};
    clqnn_gemm_desc desc = describe(1, 1, 1, CLQNN_B1, CLQNN_B1, CLQNN_F32);
    desc.a.quantization = (clqnn_quantization){.scales = &sa, .scale_count = 1};
    desc.b.quantization = (clqnn_quantization){.scales = &sb, .scale_count = 1};
    desc.residual.type = CLQNN_F32;
    desc.has_row_scales = 1;
    float c[] = {residual[0]};
    volatile float t = (float)16777219;
    const volatile float scale = sa * sb;
    t = t * scale;
    t = t * rows[0];
    epilogue_of(&desc, bias, residual, rows, c);
    volatile float expected = t + residual[0];
    assert_true(c[0] == expected);
    /* a float bias instead: the accumulator is 1; c is its own residual */
    desc.bias = fbias;
    c[0] = 16777220.0f;
    t = scale * rows[0];
    t = t + fbias[0];
    expected = t + c[0];
    epilogue_of(&desc, bias, c, rows, c);
    assert_true(c[0] == expected);
    desc.residual.type = CLQNN_F16;
    desc.c.type = CLQNN_F16;
    const uint16_t half = 0x4248; /* 3.140625 */
    uint16_t out = 0;
    desc.bias = NULL;
    epilogue_of(&desc, bias, &half, rows, &out);
    assert_int_equal(out, 0x7c00);
    assert_int_equal(clqnn_reference_gemm(&desc, bias, bias, &out, NULL), CLQNN_INVALID_ARGUMENT); /* needs what it cannot be given */
}

/* ---- Against binary64 ---- */

static void expect_product(const plane_type *a_type, const plane_type *b_type, int64_t m, int64_t n, int64_t k)
{
    const int64_t row = round_up(k);
    uint32_t *a = random_rows(a_type, 2 * m, k), *b = random_rows(b_type, n, k);
    int32_t *c = calloc((size_t)(2 * m * n), sizeof *c);
    assert_non_null(c);
    clqnn_gemm_desc desc = describe(m, n, k, a_type->type, b_type->type, CLQNN_S32);
    desc.batch[1] = 2;
    desc.b.batch_stride[1] = CLQNN_BROADCAST;
    assert_int_equal(clqnn_reference_gemm(&desc, a, b, c, NULL), CLQNN_OK);
    for (int64_t at = 0; at < 2 * m * n; at++) {
        double sum = 0;
        for (int64_t p = 0; p < k; p++) sum += value_at(a_type, a, at / n * row + p) * value_at(b_type, b, at % n * row + p);
        assert_true((double)c[at] == sum);
    }
    free(a);
    free(b);
    free(c);
}

static void every_pair_of_types(void **unused)
{
    (void)unused;
    static const int64_t depths[] = {1, 31, 32, 33, 100};
    for (int i = 0; i < TYPES; i++) {
        for (int j = 0; j < TYPES; j++) expect_product(&types[i], &types[j], 3, 5, depths[(i + j) % 5]);
    }
}

typedef struct conv_sizes { int64_t in, out, groups, h, w, kernel, stride, dilation, pad; int transposed; } conv_sizes;

static int64_t output_extent(const conv_sizes *s, int64_t input)
{
    const int64_t extent = (s->kernel - 1) * s->dilation + 1;
    return s->transposed ? (input - 1) * s->stride - 2 * s->pad + extent : (input + 2 * s->pad - extent) / s->stride + 1;
}

/* The value of x at a position; what is outside is `outside`. */
static double pixel_value(const conv_sizes *s, const plane_type *type, const uint32_t *x, int64_t row, int64_t column, int64_t channel, double outside)
{
    if (row < 0 || row >= s->h || column < 0 || column >= s->w) return outside;
    return value_at(type, x, (row * s->w + column) * round_up(s->in) + channel);
}

/* The sum of one output, gathered. A transposed one gathers from (row + pad - tap * dilation) / stride where that divides. */
static double window_sum(const conv_sizes *s, const plane_type *x_type, const uint32_t *x, const plane_type *w_type, const uint32_t *w, const int64_t at[3],
                         double outside)
{
    const int64_t group_in = s->in / s->groups, first = at[2] / (s->out / s->groups) * group_in;
    double sum = 0;
    for (int64_t tap = 0; tap < s->kernel * s->kernel; tap++) {
        int64_t from[2];
        int divides = 1;
        for (int d = 0; d < 2; d++) {
            const int64_t offset = (d == 0 ? tap / s->kernel : tap % s->kernel) * s->dilation;
            const int64_t reach = at[d] + s->pad - offset;
            divides = divides && (!s->transposed || (reach >= 0 && reach % s->stride == 0));
            from[d] = s->transposed ? reach / s->stride : at[d] * s->stride + offset - s->pad;
        }
        for (int64_t i = 0; divides && i < group_in; i++) {
            sum += pixel_value(s, x_type, x, from[0], from[1], first + i, outside) * value_at(w_type, w, (at[2] * s->kernel * s->kernel + tap) * round_up(group_in) + i);
        }
    }
    return sum;
}

static void expect_convolution(const conv_sizes *s, const plane_type *x_type, const plane_type *w_type, clqnn_bit_pad pad)
{
    uint32_t *x = random_rows(x_type, s->h * s->w, s->in), *w = random_rows(w_type, s->out * s->kernel * s->kernel, s->in / s->groups);
    const int64_t rows = output_extent(s, s->h), columns = output_extent(s, s->w);
    int32_t *y = calloc((size_t)(rows * columns * s->out), sizeof *y);
    assert_non_null(y);
    const clqnn_conv_desc desc = {
        .struct_size = sizeof desc, .transposed = s->transposed, .groups = s->groups, .in_channels = s->in, .out_channels = s->out, .input = {s->h, s->w},
        .kernel = {s->kernel, s->kernel}, .stride = {s->stride, s->stride}, .dilation = {s->dilation, s->dilation}, .pad_begin = {s->pad, s->pad},
        .pad_end = {s->pad, s->pad}, .x.type = x_type->type, .y.type = CLQNN_S32, .weight_type = w_type->type, .weight_data = w, .pad = pad,
    };
    assert_int_equal(clqnn_reference_conv(&desc, x, NULL, y, NULL), CLQNN_OK);
    for (int64_t i = 0; i < rows * columns * s->out; i++) {
        const int64_t at[3] = {i / s->out / columns, i / s->out % columns, i % s->out};
        assert_true((double)y[i] == window_sum(s, x_type, x, w_type, w, at, pad == CLQNN_BIT_PAD_PLUS_ONE ? 1.0 : 0.0));
    }
    free(x);
    free(w);
    free(y);
}

static void convolutions(void **unused)
{
    (void)unused;
    static const conv_sizes sizes[] = {
        {32, 5, 1, 5, 6, 3, 1, 1, 1, 0}, {33, 34, 1, 6, 5, 3, 2, 1, 1, 0}, {48, 6, 2, 7, 7, 3, 1, 2, 2, 0}, {40, 40, 40, 6, 6, 3, 1, 1, 1, 0},
        {7, 9, 1, 4, 4, 1, 1, 1, 0, 0},  {20, 6, 1, 4, 5, 3, 2, 1, 1, 1},  {12, 8, 4, 4, 4, 4, 2, 1, 1, 1}, {36, 36, 36, 4, 4, 3, 1, 1, 1, 1},
    };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (int j = 0; j < TYPES; j++) expect_convolution(&sizes[i], &types[j], &types[(j * 3 + (int)i) % TYPES], CLQNN_BIT_PAD_ZERO);
        for (int j = 0; j < TYPES && !sizes[i].transposed; j++) expect_convolution(&sizes[i], &types[0], &types[j], CLQNN_BIT_PAD_PLUS_ONE);
    }
}

/* y of planes: words of a pixel are written whole; row scales and residuals count pixels. */
static void convolution_outputs(void **unused)
{
    (void)unused;
    const uint32_t x[2] = {0x0, 0x1}, w[3] = {0x0, 0x1, 0x0}; /* two pixels of one channel, +1 and -1; three outputs: +1 -1 +1 */
    const int32_t threshold = 1;
    const float rows[] = {0.5f, 4.0f}, residual[] = {0, 1, 2, 3, 4, 5};
    clqnn_conv_desc desc = {
        .struct_size = sizeof desc, .in_channels = 1, .out_channels = 3, .input = {1, 2}, .kernel = {1, 1}, .x.type = CLQNN_B1, .y.type = CLQNN_B1,
        .weight_type = CLQNN_B1, .weight_data = w, .thresholds = &threshold, .threshold_count = 1,
    };
    uint32_t bits[2] = {UINT32_MAX, UINT32_MAX};
    assert_int_equal(clqnn_reference_conv(&desc, x, NULL, bits, NULL), CLQNN_OK);
    assert_int_equal(bits[0], 0x2); /* +1 -1 +1 */
    assert_int_equal(bits[1], 0x5);
    float y[6];
    desc.y.type = CLQNN_F32;
    desc.has_row_scales = 1;
    desc.residual.type = CLQNN_F32;
    assert_int_equal(clqnn_reference_conv_bits(&desc, x, residual, rows, y, NULL), CLQNN_OK);
    const float expected[] = {0.5f, 0.5f, 2.5f, -1.0f, 8.0f, 1.0f};
    assert_memory_equal(y, expected, sizeof y);
    assert_int_equal(clqnn_reference_conv(&desc, x, residual, y, NULL), CLQNN_INVALID_ARGUMENT);
}

/* ---- Low-bit weights: the same product with the values written out as bytes or floats ---- */

static void low_bit_weights(void **unused)
{
    (void)unused;
    enum { M = 3, N = 4, K = 37, ROW = 64 };
    for (int t = 0; t < 2; t++) {
        uint32_t *b = random_rows(&types[t], N, K);
        int8_t a[M * K], values[N * K];
        float af[M * K], valuesf[N * K], cf[2][M * N];
        int32_t c[2][M * N];
        clqnn_reference_bounded sums[2][M * N];
        for (int i = 0; i < M * K; i++) a[i] = (int8_t)(random_word() & 0xff), af[i] = (float)a[i] * 0.37f;
        for (int i = 0; i < N * K; i++) values[i] = (int8_t)value_at(&types[t], b, i / K * ROW + i % K), valuesf[i] = (float)values[i];
        clqnn_gemm_desc bits = describe(M, N, K, CLQNN_S8, types[t].type, CLQNN_S32), plain = describe(M, N, K, CLQNN_S8, CLQNN_S8, CLQNN_S32);
        assert_int_equal(clqnn_reference_gemm(&bits, a, b, c[0], NULL), CLQNN_OK);
        assert_int_equal(clqnn_reference_gemm(&plain, a, values, c[1], NULL), CLQNN_OK);
        assert_memory_equal(c[0], c[1], sizeof c[0]);
        bits.a.type = plain.a.type = bits.c.type = plain.c.type = CLQNN_F32;
        bits.dynamic = plain.dynamic = CLQNN_DYNAMIC_PER_ROW;
        assert_int_equal(clqnn_reference_gemm(&bits, af, b, cf[0], NULL), CLQNN_OK);
        assert_int_equal(clqnn_reference_gemm(&plain, af, values, cf[1], NULL), CLQNN_OK);
        assert_memory_equal(cf[0], cf[1], sizeof cf[0]);
        bits.dynamic = plain.dynamic = CLQNN_STATIC;
        plain.b.type = CLQNN_F32;
        assert_int_equal(clqnn_reference_gemm_float(&bits, af, b, NULL, sums[0]), CLQNN_OK);
        assert_int_equal(clqnn_reference_gemm_float(&plain, af, valuesf, NULL, sums[1]), CLQNN_OK);
        assert_memory_equal(sums[0], sums[1], sizeof sums[0]);
        free(b);
    }
}

static void low_bit_weights_of_convolutions(void **unused)
{
    (void)unused;
    enum { IN = 5, OUT = 3, TAPS = 4, PIXELS = 9, ROW = 32 };
    for (int t = 0; t < 2; t++) {
        uint32_t *w = random_rows(&types[t], OUT * TAPS, IN);
        int8_t x[PIXELS * IN], values[OUT * TAPS * IN];
        float xf[PIXELS * IN], valuesf[OUT * TAPS * IN];
        int32_t y[2][4 * OUT];
        clqnn_reference_bounded sums[2][4 * OUT];
        for (int i = 0; i < PIXELS * IN; i++) x[i] = (int8_t)(random_word() & 0xff), xf[i] = (float)x[i];
        for (int i = 0; i < OUT * TAPS * IN; i++) values[i] = (int8_t)value_at(&types[t], w, i / IN * ROW + i % IN), valuesf[i] = (float)values[i];
        clqnn_conv_desc bits = {.struct_size = sizeof bits, .in_channels = IN, .out_channels = OUT, .input = {3, 3}, .kernel = {2, 2}, .x.type = CLQNN_S8,
                                .y.type = CLQNN_S32, .weight_type = types[t].type, .weight_data = w};
        clqnn_conv_desc plain = bits;
        plain.weight_type = CLQNN_S8;
        plain.weight_data = values;
        assert_int_equal(clqnn_reference_conv(&bits, x, NULL, y[0], NULL), CLQNN_OK);
        assert_int_equal(clqnn_reference_conv(&plain, x, NULL, y[1], NULL), CLQNN_OK);
        assert_memory_equal(y[0], y[1], sizeof y[0]);
        bits.x.type = plain.x.type = bits.y.type = plain.y.type = plain.weight_type = CLQNN_F32;
        plain.weight_data = valuesf;
        assert_int_equal(clqnn_reference_conv_float(&bits, xf, NULL, sums[0]), CLQNN_OK);
        assert_int_equal(clqnn_reference_conv_float(&plain, xf, NULL, sums[1]), CLQNN_OK);
        assert_memory_equal(sums[0], sums[1], sizeof sums[0]);
        free(w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_written_by_hand), cmocka_unit_test(thresholds_and_directions), cmocka_unit_test(requantized_planes),
        cmocka_unit_test(floats_in_order),       cmocka_unit_test(every_pair_of_types),       cmocka_unit_test(convolutions),
        cmocka_unit_test(convolution_outputs),   cmocka_unit_test(low_bit_weights),           cmocka_unit_test(low_bit_weights_of_convolutions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
