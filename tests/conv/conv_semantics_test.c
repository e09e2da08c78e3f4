/* SPDX-License-Identifier: Apache-2.0 */
/* What a convolution means, against sums written out here and against identities, neither of which knows the reference: ConvInteger by its definition, a
 * transposed convolution as a convolution of a spread input, fused parts as separate steps, slices, tensors shared in place, and the matrix product. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "clqnn/reference.h"
#include "conv_fixture.h"

/* ONNX ConvInteger, two dimensions, NCHW and OIHW, groups, stride, dilation, asymmetric pads: quadruple loops on ints. */
static void test_by_definition(void **state)
{
    (void)state;
    enum { N = 2, C = 4, M = 6, G = 2, H = 6, W = 5, KH = 3, KW = 2, OH = 3, OW = 4 };
    uint8_t x[N * C * H * W];
    int8_t w[M * (C / G) * KH * KW];
    int32_t y[N * M * OH * OW], from_reference[N * M * OH * OW];
    static const int32_t x_zero = 7, w_zero = -4;
    conv_fixture_bytes(x, sizeof x, 1);
    conv_fixture_bytes((unsigned char *)w, sizeof w, 2);
    const clqnn_conv_desc desc = {
        .struct_size = sizeof desc, .batch = N, .groups = G, .in_channels = C, .out_channels = M, .input = {H, W}, .kernel = {KH, KW}, .stride = {2, 1}, .dilation = {1, 2},
        .pad_begin = {1, 0}, .pad_end = {0, 1},
        .x = {.type = CLQNN_U8, .layout = CLQNN_CHANNELS_FIRST, .quantization = {.zero_points = &x_zero, .zero_point_count = 1}},
        .y = {.type = CLQNN_S32, .layout = CLQNN_CHANNELS_FIRST},
        .weight_type = CLQNN_S8, .weight_layout = CLQNN_WEIGHTS_OIHW, .weight_quantization = {.zero_points = &w_zero, .zero_point_count = 1}, .weight_data = w,
    };
    int64_t shape[CLQNN_MAX_SPATIAL];
    assert_int_equal(clqnn_conv_output_shape(&desc, shape), CLQNN_OK);
    assert_int_equal(shape[0], OH);
    assert_int_equal(shape[1], OW);
    (void)conv_fixture_run(&desc, x, sizeof x, NULL, 0, y, sizeof y);
    assert_int_equal(clqnn_reference_conv(&desc, x, NULL, from_reference, NULL), CLQNN_OK);
    for (int i = 0; i < N * M * OH * OW; i++) {
        const int ow = i % OW, oh = i / OW % OH, m = i / (OW * OH) % M, n = i / (OW * OH * M), group = m / (M / G);
        int sum = 0;
        for (int k = 0; k < (C / G) * KH * KW; k++) {
            const int kw = k % KW, kh = k / KW % KH, c = k / (KW * KH), ih = oh * 2 + kh - 1, iw = ow + kw * 2;
            if (ih < 0 || ih >= H || iw < 0 || iw >= W) continue;
            sum += (x[((n * C + group * (C / G) + c) * H + ih) * W + iw] - x_zero) * (w[m * (C / G) * KH * KW + k] - w_zero);
        }
        assert_int_equal(y[i], sum);
        assert_int_equal(from_reference[i], sum);
    }
}

/* A transposed convolution is a convolution with mirrored weights of x spread out by the stride, the zero point between its pixels, padded by what the kernel
 * reaches beyond. One dimension. */
static void test_transposed_is_spread(void **state)
{
    (void)state;
    enum { C = 3, M = 5, IN = 4, K = 3, STRIDE = 3, PAD_BEGIN = 1, PAD_END = 0, MORE = 2, OUT = (IN - 1) * STRIDE - PAD_BEGIN - PAD_END + K + MORE };
    enum { SPREAD = OUT + K - 1, ZERO = 50 };
    uint8_t x[IN * C], spread[SPREAD * C];
    int8_t w[M * K * C], mirrored[M * K * C];
    int32_t y[OUT * M], expected[OUT * M];
    static const int32_t x_zero = ZERO, bias[M] = {1, -2, 3, -4, 5};
    conv_fixture_bytes(x, sizeof x, 3);
    conv_fixture_bytes((unsigned char *)w, sizeof w, 4);
    memset(spread, ZERO, sizeof spread);
    for (int i = 0; i < IN; i++) memcpy(spread + (i * STRIDE + K - 1 - PAD_BEGIN) * C, x + i * C, C);
    for (int i = 0; i < M * K; i++) memcpy(mirrored + (i / K * K + (K - 1 - i % K)) * C, w + i * C, C);
    clqnn_conv_desc desc = {
        .struct_size = sizeof desc, .spatial_rank = 1, .transposed = 1, .in_channels = C, .out_channels = M, .input = {IN}, .kernel = {K}, .stride = {STRIDE},
        .pad_begin = {PAD_BEGIN}, .pad_end = {PAD_END}, .output_padding = {MORE},
        .x = {.type = CLQNN_U8, .quantization = {.zero_points = &x_zero, .zero_point_count = 1}}, .y = {.type = CLQNN_S32},
        .weight_type = CLQNN_S8, .weight_data = w, .bias = bias, .bias_type = CLQNN_S32,
    };
    (void)conv_fixture_run(&desc, x, sizeof x, NULL, 0, y, sizeof y);
    desc.transposed = 0;
    desc.input[0] = SPREAD;
    desc.stride[0] = 1;
    desc.pad_begin[0] = desc.output_padding[0] = 0;
    desc.weight_data = mirrored;
    (void)conv_fixture_run(&desc, spread, sizeof spread, NULL, 0, expected, sizeof expected);
    assert_memory_equal(y, expected, sizeof y);
}

/* Table and residual sum give the bytes of the separate steps, in float arithmetic written out here. */
static void test_fused_is_separate(void **state)
{
    (void)state;
    unsigned char x[FIXTURE_X_BYTES], r[FIXTURE_Y_BYTES], plain[FIXTURE_Y_BYTES], fused[FIXTURE_Y_BYTES], expected[FIXTURE_Y_BYTES];
    clqnn_conv_desc desc = conv_fixture_desc();
    conv_fixture_bytes(x, sizeof x, 6);
    conv_fixture_bytes(r, sizeof r, 7);
    (void)conv_fixture_run(&desc, x, sizeof x, NULL, 0, plain, sizeof plain);
    desc = conv_fixture_full_desc();
    desc.has_sum_clamp = 1;
    desc.sum_clamp_min = 3;
    desc.sum_clamp_max = 250;
    const float scale = desc.table_quantization.scales[0], r_scale = desc.residual.quantization.scales[0], sum_scale = desc.sum_quantization.scales[0];
    for (int i = 0; i < FIXTURE_Y_BYTES; i++) {
        const float left = scale * (float)(desc.table[plain[i]] - desc.table_quantization.zero_points[0]);
        const float right = r_scale * (float)((int8_t)r[i] - desc.residual.quantization.zero_points[0]);
        const float quotient = rintf((left + right) / sum_scale) + (float)desc.sum_quantization.zero_points[0];
        expected[i] = (unsigned char)fminf(fmaxf(quotient, 3.0f), 250.0f);
    }
    (void)conv_fixture_run(&desc, x, sizeof x, r, sizeof r, fused, sizeof fused);
    assert_memory_equal(fused, expected, sizeof fused);
    assert_memory_not_equal(fused, plain, sizeof fused);
}

/* Two convolutions write neighbouring slices of one tensor, and the second reads the first one's slice of it. */
static void test_slices_of_one_tensor(void **state)
{
    (void)state;
    enum { PIXELS = FIXTURE_HEIGHT * FIXTURE_WIDTH, ALL = FIXTURE_IN + FIXTURE_OUT + 3, AT = 1, CANARY = 0xc3 };
    unsigned char x[FIXTURE_X_BYTES], wide[PIXELS * ALL], dense[FIXTURE_Y_BYTES];
    conv_fixture_bytes(x, sizeof x, 8);
    clqnn_conv_desc desc = conv_fixture_desc();
    (void)conv_fixture_run(&desc, x, sizeof x, NULL, 0, dense, sizeof dense);
    memset(wide, CANARY, sizeof wide);
    for (int i = 0; i < PIXELS; i++) memcpy(wide + i * ALL + AT, x + i * FIXTURE_IN, FIXTURE_IN);
    desc.x.pixel_stride = desc.y.pixel_stride = ALL;
    clqnn_conv *conv = NULL;
    cl_command_queue queue = NULL;
    cl_mem memory = conv_fixture_buffer(wide, sizeof wide);
    assert_int_equal(clqnn_conv_create(conv_fixture_context(), &desc, &conv), CLQNN_OK);
    assert_int_equal(clqnn_default_queue(conv_fixture_context(), &queue), CLQNN_OK);
    const clqnn_conv_args args = {.x = {memory, AT}, .y = {memory, AT + FIXTURE_IN}};
    assert_int_equal(clqnn_conv_enqueue(conv, queue, &args, 0, NULL, NULL), CLQNN_OK);
    assert_int_equal(clqnn_finish(conv_fixture_context()), CLQNN_OK);
    assert_int_equal(clqnn_download(conv_fixture_context(), memory, 0, wide, sizeof wide), CLQNN_OK);
    for (int i = 0; i < PIXELS; i++) {
        const unsigned char *pixel = wide + i * ALL;
        assert_int_equal(pixel[0], CANARY);
        assert_memory_equal(pixel + AT, x + i * FIXTURE_IN, FIXTURE_IN);
        assert_memory_equal(pixel + AT + FIXTURE_IN, dense + i * FIXTURE_OUT, FIXTURE_OUT);
        for (int c = AT + FIXTURE_IN + FIXTURE_OUT; c < ALL; c++) assert_int_equal(pixel[c], CANARY);
    }
    clqnn_buffer_release(memory);
    clqnn_conv_destroy(conv);
}

/* y may be its own residual. */
static void test_residual_in_place(void **state)
{
    (void)state;
    unsigned char x[FIXTURE_X_BYTES], r[FIXTURE_Y_BYTES], apart[FIXTURE_Y_BYTES], in_place[FIXTURE_Y_BYTES];
    conv_fixture_bytes(x, sizeof x, 10);
    conv_fixture_bytes(r, sizeof r, 11);
    const clqnn_conv_desc desc = conv_fixture_full_desc();
    (void)conv_fixture_run(&desc, x, sizeof x, r, sizeof r, apart, sizeof apart);
    clqnn_conv *conv = NULL;
    cl_command_queue queue = NULL;
    cl_mem y = conv_fixture_buffer(r, sizeof r), input = conv_fixture_buffer(x, sizeof x);
    assert_int_equal(clqnn_conv_create(conv_fixture_context(), &desc, &conv), CLQNN_OK);
    assert_int_equal(clqnn_default_queue(conv_fixture_context(), &queue), CLQNN_OK);
    const clqnn_conv_args args = {.x = {input, 0}, .y = {y, 0}, .residual = {y, 0}};
    assert_int_equal(clqnn_conv_enqueue(conv, queue, &args, 0, NULL, NULL), CLQNN_OK);
    assert_int_equal(clqnn_finish(conv_fixture_context()), CLQNN_OK);
    assert_int_equal(clqnn_download(conv_fixture_context(), y, 0, in_place, sizeof in_place), CLQNN_OK);
    assert_memory_equal(in_place, apart, sizeof apart);
    clqnn_buffer_release(y);
    clqnn_buffer_release(input);
    clqnn_conv_destroy(conv);
}

/* A convolution of one tap runs as a matrix product, with images apart and in slices too, and gives the bytes of the portable convolution. */
static void test_one_tap_is_a_product(void **state)
{
    (void)state;
    enum { N = 3, PIXELS = FIXTURE_HEIGHT * FIXTURE_WIDTH, STRIDE = 9, GAP = 5, IMAGE = PIXELS * STRIDE + GAP };
    unsigned char x[N * IMAGE], as_product[N * IMAGE], as_convolution[N * IMAGE];
    conv_fixture_bytes(x, sizeof x, 12);
    clqnn_conv_desc desc = conv_fixture_desc();
    desc.batch = N;
    desc.kernel[0] = desc.kernel[1] = 1;
    memset(desc.pad_begin, 0, sizeof desc.pad_begin);
    memset(desc.pad_end, 0, sizeof desc.pad_end);
    desc.x.pixel_stride = desc.y.pixel_stride = STRIDE;
    for (int gap = 0; gap <= GAP; gap += GAP) {
        desc.x.batch_stride = desc.y.batch_stride = IMAGE - GAP + gap;
        memset(as_product, 0x11, sizeof as_product);
        memset(as_convolution, 0x11, sizeof as_convolution);
        desc.variant = NULL;
        assert_memory_equal(conv_fixture_run(&desc, x, sizeof x, NULL, 0, as_product, sizeof as_product), "gemm_", 5);
        desc.variant = "conv_i8_portable";
        assert_string_equal(conv_fixture_run(&desc, x, sizeof x, NULL, 0, as_convolution, sizeof as_convolution), desc.variant);
        assert_memory_equal(as_product, as_convolution, sizeof as_product);
        desc.variant = "gemm_i8_portable";
        memset(as_product, 0x11, sizeof as_product);
        assert_string_equal(conv_fixture_run(&desc, x, sizeof x, NULL, 0, as_product, sizeof as_product), desc.variant);
        assert_memory_equal(as_product, as_convolution, sizeof as_product);
    }
    desc.variant = NULL;
    desc.stride[0] = 2;
    (void)memset(as_product, 0, sizeof as_product);
    assert_memory_equal(conv_fixture_run(&desc, x, sizeof x, NULL, 0, as_product, sizeof as_product), "conv_", 5);
}

/* The ranking that a caller sees: what would run first, refused variants last with a reason, and no more written than there is room for. */
static void test_candidates(void **state)
{
    (void)state;
    enum { MOST = 64 };
    clqnn_conv_candidate list[MOST];
    clqnn_conv_info info;
    size_t count = 0, variants = 0;
    const clqnn_conv_desc desc = conv_fixture_desc();
    memset(list, 0, sizeof list);
    assert_int_equal(clqnn_conv_candidates(conv_fixture_context(), &desc, list, MOST, &count), CLQNN_OK);
    assert_int_equal(clqnn_conv_variants(NULL, 0, &variants), CLQNN_OK);
    assert_int_equal(count, variants);
    assert_int_equal(clqnn_conv_query(conv_fixture_context(), &desc, &info), CLQNN_OK);
    assert_string_equal(list[0].variant, info.variant);
    bool refused = false;
    for (size_t i = 0; i < count; i++) {
        assert_true(list[i].admitted ? !refused && list[i].estimated_seconds > 0 : list[i].reason[0] != '\0');
        if (i && list[i].admitted) assert_true(list[i - 1].estimated_seconds <= list[i].estimated_seconds);
        refused = refused || !list[i].admitted;
    }
    assert_true(refused); /* the depthwise ones */
    list[1].variant = NULL;
    assert_int_equal(clqnn_conv_candidates(conv_fixture_context(), &desc, list, 1, &count), CLQNN_OK);
    assert_int_equal(count, variants);
    assert_null(list[1].variant);
}

/* Channels first on a variant that reads channels last: x is moved first, with a workspace of its size; the bytes are those of the portable convolution. */
static void test_channels_first(void **state)
{
    (void)state;
    unsigned char x[2 * FIXTURE_X_BYTES], moved[2 * FIXTURE_Y_BYTES], expected[2 * FIXTURE_Y_BYTES];
    clqnn_conv_info info;
    clqnn_conv_desc desc = conv_fixture_desc();
    desc.batch = 2;
    desc.x.layout = desc.y.layout = CLQNN_CHANNELS_FIRST;
    conv_fixture_bytes(x, sizeof x, 14);
    desc.variant = "conv_i8_vec16";
    if (clqnn_conv_query(conv_fixture_context(), &desc, &info) == CLQNN_UNSUPPORTED) skip(); /* not a CPU */
    assert_int_equal(info.workspace_bytes, sizeof x);
    memset(moved, 0x33, sizeof moved);
    memset(expected, 0x44, sizeof expected);
    assert_string_equal(conv_fixture_run(&desc, x, sizeof x, NULL, 0, moved, sizeof moved), desc.variant);
    desc.variant = "conv_i8_portable";
    (void)conv_fixture_run(&desc, x, sizeof x, NULL, 0, expected, sizeof expected);
    assert_memory_equal(moved, expected, sizeof moved);
}

/* A 3 x 3 column of ones in three dimensions counts its neighbours. */
static void test_three_dimensions(void **state)
{
    (void)state;
    enum { SIDE = 3, CELLS = SIDE * SIDE * SIDE };
    uint8_t x[CELLS];
    int8_t w[27];
    int32_t y[CELLS];
    memset(x, 1, sizeof x);
    memset(w, 1, sizeof w);
    const clqnn_conv_desc desc = {
        .struct_size = sizeof desc, .spatial_rank = 3, .in_channels = 1, .out_channels = 1, .input = {SIDE, SIDE, SIDE}, .kernel = {3, 3, 3}, .pad_begin = {1, 1, 1},
        .pad_end = {1, 1, 1}, .x = {.type = CLQNN_U8}, .y = {.type = CLQNN_S32}, .weight_type = CLQNN_S8, .weight_data = w,
    };
    (void)conv_fixture_run(&desc, x, sizeof x, NULL, 0, y, sizeof y);
    for (int i = 0; i < CELLS; i++) {
        const int at[3] = {i / 9, i / 3 % 3, i % 3};
        int neighbours = 1;
        for (int d = 0; d < 3; d++) neighbours *= at[d] == 1 ? 3 : 2;
        assert_int_equal(y[i], neighbours);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_definition),        cmocka_unit_test(test_transposed_is_spread), cmocka_unit_test(test_fused_is_separate),
        cmocka_unit_test(test_slices_of_one_tensor), cmocka_unit_test(test_residual_in_place),    cmocka_unit_test(test_one_tap_is_a_product),
        cmocka_unit_test(test_channels_first),       cmocka_unit_test(test_candidates),           cmocka_unit_test(test_three_dimensions),
    };
    if (!conv_fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    conv_fixture_close();
    return failures;
}
