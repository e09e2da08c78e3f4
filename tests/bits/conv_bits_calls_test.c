/* SPDX-License-Identifier: Apache-2.0 */
/* Convolutions of bits: descriptors and calls that mean nothing are refused by name, blobs that are damaged are corrupt, weights survive packing, questions
 * answer as creation does. Internal: gives damaged headers a right checksum. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "conv_fixture.h"
#include "layout/blob.h"

/* What conv_blob.c writes. */
enum { TYPE_AT = 12, GROUPS_AT = 16, SOURCE_AT = 64, LAYOUT_AT = 72, HEADER_BYTES = 112 };

/* 3 x 3 with pads of 1 over 5 x 6 pixels, 40 channels to 36: the last word of a pixel, of a tap and of a result has room. */
enum { IN = 40, OUT = 36, HEIGHT = 5, WIDTH = 6, TAPS = 9, IN_WORDS = 2, OUT_WORDS = 2, PIXELS = HEIGHT * WIDTH };
enum { X_BYTES = PIXELS * IN_WORDS * 4, Y_BYTES = PIXELS * OUT_WORDS * 4, W_BYTES = OUT * TAPS * IN_WORDS * 4 };

static const uint32_t *some_weights(int planes)
{
    static uint32_t words[OUT * TAPS * IN_WORDS * 8];
    conv_fixture_bytes((unsigned char *)words, sizeof words, 3);
    for (int i = 0; i < OUT * TAPS * IN_WORDS * planes; i++) {
        if (i / planes % IN_WORDS == IN_WORDS - 1) words[i] &= (1u << IN % 32) - 1u;
    }
    return words;
}

static clqnn_conv_desc bit_desc(void)
{
    static const int32_t thresholds[OUT] = {1, -2, 3};
    return (clqnn_conv_desc){
        .struct_size = sizeof(clqnn_conv_desc), .in_channels = IN, .out_channels = OUT, .input = {HEIGHT, WIDTH}, .kernel = {3, 3}, .pad_begin = {1, 1},
        .pad_end = {1, 1}, .x = {.type = CLQNN_B1}, .y = {.type = CLQNN_B1}, .weight_type = CLQNN_B1, .weight_data = some_weights(1), .thresholds = thresholds,
        .threshold_count = OUT,
    };
}

#define REFUSED(change, status, field, value)              \
    do {                                                   \
        clqnn_conv_desc desc = bit_desc();                 \
        change;                                            \
        conv_expect_refused(&desc, status, field, value);  \
    } while (0)

/* With a y that needs no thresholds. */
#define REFUSED_OF(result, change, status, field, value)                                               \
    REFUSED((desc.y.type = (result), desc.thresholds = NULL, desc.threshold_count = 0, change), status, field, value)

static const float one = 1.0f;
static const int32_t five = 5, seven[] = {1, -1, 7};

static void test_types_and_layouts(void **state)
{
    (void)state;
    REFUSED(desc.weight_type = CLQNN_S8, CLQNN_INVALID_ARGUMENT, "weight_type", "s8");
    REFUSED(desc.weight_type = (clqnn_type)41, CLQNN_INVALID_ARGUMENT, "weight_type", "41");
    REFUSED(desc.x.type = (clqnn_type)49, CLQNN_INVALID_ARGUMENT, "x.type", "49");
    REFUSED(desc.y.type = CLQNN_T2, CLQNN_INVALID_ARGUMENT, "y.type", "t2");
    REFUSED(desc.y.type = CLQNN_PO2, CLQNN_INVALID_ARGUMENT, "y.type", "po2");
    REFUSED(desc.y.type = CLQNN_BF16, CLQNN_INVALID_ARGUMENT, "y.type", "bf16");
    REFUSED(desc.x.layout = CLQNN_CHANNELS_FIRST, CLQNN_UNSUPPORTED, "x.layout", "1");
    REFUSED(desc.y.layout = CLQNN_CHANNELS_FIRST, CLQNN_UNSUPPORTED, "y.layout", "1");
    REFUSED(desc.x.layout = (clqnn_layout)3, CLQNN_INVALID_ARGUMENT, "x.layout", "3");
    REFUSED(desc.weight_layout = CLQNN_WEIGHTS_OIHW, CLQNN_UNSUPPORTED, "weight_layout", "1");
    REFUSED(desc.x.pixel_stride = 72, CLQNN_INVALID_SHAPE, "x.pixel_stride", "72");
    REFUSED(desc.x.pixel_stride = 32, CLQNN_INVALID_SHAPE, "x.pixel_stride", "64");
    REFUSED(desc.x.batch_stride = 64 * PIXELS + 8, CLQNN_INVALID_SHAPE, "x.batch_stride", "multiple of 32");
    REFUSED(desc.y.pixel_stride = 40, CLQNN_INVALID_SHAPE, "y.pixel_stride", "40");
    REFUSED((desc.batch = 2, desc.y.batch_stride = 32), CLQNN_INVALID_SHAPE, "y overlaps itself", NULL);
    REFUSED_OF(CLQNN_F32, desc.residual.type = CLQNN_BF16, CLQNN_INVALID_ARGUMENT, "residual.type", "bf16");
    REFUSED_OF(CLQNN_F32, (desc.residual.type = CLQNN_F32, desc.residual.layout = CLQNN_CHANNELS_FIRST), CLQNN_UNSUPPORTED, "residual.layout", "1");
    REFUSED_OF(CLQNN_S32, desc.residual.type = CLQNN_F32, CLQNN_INVALID_ARGUMENT, "residual.type", "s32");
}

static void test_padding_and_thresholds(void **state)
{
    (void)state;
    REFUSED(desc.pad = (clqnn_bit_pad)2, CLQNN_INVALID_ARGUMENT, "pad is 2", NULL);
    REFUSED((desc.pad = CLQNN_BIT_PAD_PLUS_ONE, desc.x.type = CLQNN_T2), CLQNN_INVALID_ARGUMENT, "pad is 1", "t2");
    REFUSED((desc.pad = CLQNN_BIT_PAD_PLUS_ONE, desc.transposed = 1), CLQNN_INVALID_ARGUMENT, "pad is 1", "transposed");
    REFUSED(desc.thresholds = NULL, CLQNN_INVALID_ARGUMENT, "thresholds", "NULL");
    REFUSED(desc.threshold_count = 2, CLQNN_INVALID_ARGUMENT, "threshold_count is 2", "36");
    REFUSED(desc.threshold_count = 0, CLQNN_INVALID_ARGUMENT, "threshold_count is 0", NULL);
    REFUSED((desc.threshold_count = 1, desc.directions = &five), CLQNN_INVALID_ARGUMENT, "directions[0]", "5");
    REFUSED((desc.out_channels = 3, desc.threshold_count = 3, desc.directions = seven), CLQNN_INVALID_ARGUMENT, "directions[2]", "7");
    REFUSED(desc.y.type = CLQNN_S32, CLQNN_INVALID_ARGUMENT, "threshold_count", "s32");
    REFUSED((desc.y.type = CLQNN_U8, desc.threshold_count = 0), CLQNN_INVALID_ARGUMENT, "thresholds", "u8");
    REFUSED(desc.has_row_scales = 1, CLQNN_INVALID_ARGUMENT, "has_row_scales", "b1");
    REFUSED(desc.has_row_scales = 2, CLQNN_INVALID_ARGUMENT, "has_row_scales", "2");
    REFUSED(desc.has_clamp = 1, CLQNN_INVALID_ARGUMENT, "has_clamp", "b1");
}

static void test_numbers(void **state)
{
    static const uint8_t table[256];
    static int32_t large[OUT] = {[35] = INT32_MAX - 300};
    const clqnn_quantization scaled = {.scales = &one, .scale_count = 1}, shifted = {.zero_points = &five, .zero_point_count = 1};
    (void)state;
    REFUSED(desc.x.quantization = shifted, CLQNN_INVALID_QUANTIZATION, "x.quantization", "b1");
    REFUSED(desc.weight_quantization = shifted, CLQNN_INVALID_QUANTIZATION, "weight_quantization", "b1");
    REFUSED((desc.x.type = CLQNN_PU2, desc.x.quantization = shifted), CLQNN_INVALID_QUANTIZATION, "x.quantization.zero_points[0]", "5");
    REFUSED(desc.y.quantization = scaled, CLQNN_INVALID_QUANTIZATION, "y.quantization", "b1");
    REFUSED(desc.residual.quantization = scaled, CLQNN_INVALID_QUANTIZATION, "residual.quantization", NULL);
    REFUSED(desc.table_quantization = scaled, CLQNN_INVALID_QUANTIZATION, "table_quantization", NULL);
    REFUSED(desc.sum_quantization = scaled, CLQNN_INVALID_QUANTIZATION, "sum_quantization", NULL);
    REFUSED(desc.table = table, CLQNN_INVALID_ARGUMENT, "table", "bits");
    REFUSED(desc.has_sum_clamp = 1, CLQNN_INVALID_ARGUMENT, "has_sum_clamp", "1");
    REFUSED(desc.activation = CLQNN_RELU, CLQNN_UNSUPPORTED, "activation is 1", NULL);
    REFUSED(desc.accumulation = CLQNN_ACCUMULATE_F16, CLQNN_INVALID_ARGUMENT, "accumulation is 1", NULL);
    REFUSED((desc.bias = large, desc.bias_type = CLQNN_F32), CLQNN_INVALID_ARGUMENT, "bias_type", "f32");
    REFUSED((desc.bias = large, desc.bias_type = CLQNN_S32), CLQNN_OVERFLOW, "output channel 35", "2147483707");
    REFUSED(desc.rounding = CLQNN_FIXED_DOUBLE, CLQNN_INVALID_ARGUMENT, "rounding", "b1");
    REFUSED(desc.weight_data = NULL, CLQNN_INVALID_ARGUMENT, "weight_data", "NULL");
    REFUSED(desc.variant = "gemm_bits_portable", CLQNN_UNSUPPORTED, "gemm_bits_portable", "not a matrix product");
    REFUSED(desc.variant = "conv_i8_portable", CLQNN_UNSUPPORTED, "conv_i8_portable", NULL);
}

/* What only bits have, given to a convolution of integers. */
static void test_fields_of_bits_elsewhere(void **state)
{
    (void)state;
    clqnn_conv_desc desc = conv_fixture_desc();
    desc.pad = CLQNN_BIT_PAD_PLUS_ONE;
    conv_expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "pad is 1", "u8");
    desc = conv_fixture_desc();
    desc.has_row_scales = 1;
    conv_expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "has_row_scales", "u8");
    desc = conv_fixture_desc();
    desc.thresholds = &five;
    conv_expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "thresholds", "u8");
    desc = conv_fixture_desc();
    desc.directions = &five;
    conv_expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "directions", "u8");
}

static void expect_call(const clqnn_conv *conv, const clqnn_conv_args *args, clqnn_status status, const char *field, const char *value)
{
    cl_command_queue queue = NULL;
    assert_int_equal(clqnn_default_queue(conv_fixture_context(), &queue), CLQNN_OK);
    const clqnn_status got = clqnn_conv_enqueue(conv, queue, args, 0, NULL, NULL);
    if (got != status) fail_msg("enqueueing answers %s (%s)", clqnn_status_name(got), clqnn_last_error());
    if (status != CLQNN_OK) conv_expect_message(field, value);
    assert_int_equal(clqnn_finish(conv_fixture_context()), CLQNN_OK);
}

/* `desc` reads X_BYTES and writes Y_BYTES, whether it is a product or not. */
static void check_regions(const clqnn_conv_desc *desc)
{
    static unsigned char bytes[X_BYTES + Y_BYTES];
    clqnn_conv *conv = NULL;
    cl_mem memory = conv_fixture_buffer(bytes, sizeof bytes);
    assert_int_equal(clqnn_conv_create(conv_fixture_context(), desc, &conv), CLQNN_OK);
    const clqnn_conv_args right = {.x = {memory, 0}, .y = {memory, X_BYTES}};
    clqnn_conv_args args = right;
    expect_call(conv, &args, CLQNN_OK, NULL, NULL);
    args.y.offset -= 4;
    expect_call(conv, &args, CLQNN_INVALID_ARGUMENT, "overlaps", NULL);
    args = right, args.y.offset += 4;
    expect_call(conv, &args, CLQNN_BUFFER_TOO_SMALL, "y", NULL);
    args = right, args.x.offset = 2;
    expect_call(conv, &args, CLQNN_INVALID_ARGUMENT, "x.offset", "2");
    args = right, args.x.memory = NULL;
    expect_call(conv, &args, CLQNN_INVALID_ARGUMENT, "x.memory", NULL);
    clqnn_conv_destroy(conv);
    clqnn_buffer_release(memory);
}

static void test_regions(void **state)
{
    (void)state;
    clqnn_conv_desc desc = bit_desc();
    check_regions(&desc);
    desc.kernel[0] = desc.kernel[1] = 1;
    memset(desc.pad_begin, 0, sizeof desc.pad_begin);
    memset(desc.pad_end, 0, sizeof desc.pad_end);
    check_regions(&desc);
}

static void test_row_scales_are_needed(void **state)
{
    (void)state;
    static unsigned char zeros[PIXELS * OUT * 4];
    clqnn_conv_desc desc = bit_desc();
    clqnn_conv *conv = NULL;
    desc.y.type = CLQNN_F32;
    desc.thresholds = NULL;
    desc.threshold_count = 0;
    desc.has_row_scales = 1;
    cl_mem x = conv_fixture_buffer(zeros, X_BYTES), y = conv_fixture_buffer(zeros, sizeof zeros), scales = conv_fixture_buffer(zeros, 4 * PIXELS - 4);
    assert_int_equal(clqnn_conv_create(conv_fixture_context(), &desc, &conv), CLQNN_OK);
    clqnn_conv_args args = {.x = {x, 0}, .y = {y, 0}};
    expect_call(conv, &args, CLQNN_INVALID_ARGUMENT, "row_scales.memory", NULL);
    args.row_scales.memory = scales;
    expect_call(conv, &args, CLQNN_BUFFER_TOO_SMALL, "row_scales", "120");
    clqnn_conv_destroy(conv);
    clqnn_buffer_release(x);
    clqnn_buffer_release(y);
    clqnn_buffer_release(scales);
}

/* ---- Weights ---- */

static unsigned char *serialized(const clqnn_conv_weights *weights, size_t *size)
{
    assert_int_equal(clqnn_conv_weights_serialize(weights, NULL, 0, size), CLQNN_OK);
    unsigned char *blob = malloc(*size);
    assert_non_null(blob);
    assert_int_equal(clqnn_conv_weights_serialize(weights, blob, *size - 1, size), CLQNN_BUFFER_TOO_SMALL);
    assert_int_equal(clqnn_conv_weights_serialize(weights, blob, *size, size), CLQNN_OK);
    return blob;
}

/* Packed, serialised, read and unpacked they are what they were; a plan of them makes the same bytes. */
static void check_round_trip(clqnn_conv_desc desc, int planes)
{
    static unsigned char unpacked[W_BYTES * 8];
    static unsigned char x[X_BYTES * 8], direct[PIXELS * OUT * 4], read[PIXELS * OUT * 4];
    const size_t bytes = (size_t)OUT * (size_t)(desc.kernel[0] * desc.kernel[1]) * IN_WORDS * 4 * (size_t)planes;
    clqnn_conv_weights *packed = NULL, *again = NULL;
    size_t size = 0;
    assert_int_equal(clqnn_conv_pack(conv_fixture_context(), &desc, &packed), CLQNN_OK);
    unsigned char *blob = serialized(packed, &size);
    assert_int_equal(clqnn_conv_weights_deserialize(conv_fixture_context(), blob, size, &again), CLQNN_OK);
    assert_string_equal(clqnn_conv_weights_layout(again), clqnn_conv_weights_layout(packed));
    assert_int_equal(clqnn_conv_weights_size(again), clqnn_conv_weights_size(packed));
    assert_int_equal(clqnn_conv_weights_unpack(again, unpacked, bytes - 1), CLQNN_BUFFER_TOO_SMALL);
    assert_int_equal(clqnn_conv_weights_unpack(again, unpacked, bytes), CLQNN_OK);
    assert_memory_equal(unpacked, desc.weight_data, bytes);
    conv_fixture_bytes(x, sizeof x, 8);
    const size_t x_bytes = (size_t)X_BYTES * clqnn_type_bits(desc.x.type);
    for (size_t at = 0; at < x_bytes; at += 4) { /* neutral bits: the second word of a pixel */
        if (at / 4 / clqnn_type_bits(desc.x.type) % IN_WORDS == 1) memset(x + at + 1, 0, 3);
    }
    (void)conv_fixture_run(&desc, x, x_bytes, NULL, 0, direct, sizeof direct);
    desc.weight_data = NULL;
    desc.weights = again;
    desc.weight_type = CLQNN_TYPE_NONE;
    desc.weight_quantization.zero_points = NULL;
    desc.weight_quantization.zero_point_count = 0;
    (void)conv_fixture_run(&desc, x, x_bytes, NULL, 0, read, sizeof read);
    assert_memory_equal(direct, read, sizeof direct);
    desc.out_channels = OUT - 1;
    conv_expect_refused(&desc, CLQNN_INVALID_SHAPE, "weights", NULL);
    free(blob);
    clqnn_conv_weights_release(packed);
    clqnn_conv_weights_release(again);
}

static void test_round_trips(void **state)
{
    (void)state;
    static int32_t zeros[OUT] = {[0] = 3, [7] = 1, [35] = 2};
    clqnn_conv_desc desc = bit_desc();
    desc.y.type = CLQNN_S32;
    desc.thresholds = NULL;
    desc.threshold_count = 0;
    for (int k = 3; k > 0; k -= 2) { /* the second one is a product */
        desc.kernel[0] = desc.kernel[1] = k;
        desc.pad_begin[0] = desc.pad_begin[1] = desc.pad_end[0] = desc.pad_end[1] = k / 2;
        clqnn_conv_desc other = desc;
        other.weight_type = CLQNN_PU2;
        other.weight_data = some_weights(2);
        other.weight_quantization = (clqnn_quantization){.zero_points = zeros, .zero_point_count = OUT};
        check_round_trip(other, 2);
        desc.weight_data = some_weights(1);
        check_round_trip(desc, 1);
    }
}

/* What a product has packed, a variant of the convolution can read, and the other way round. */
static void test_weights_of_products(void **state)
{
    (void)state;
    static unsigned char x[X_BYTES], expected[PIXELS * OUT * 4], got[PIXELS * OUT * 4];
    static const char *const variants[2] = {"conv_bits_portable", "gemm_bits_portable"};
    clqnn_conv_desc desc = bit_desc();
    desc.y.type = CLQNN_S32;
    desc.thresholds = NULL;
    desc.threshold_count = 0;
    desc.kernel[0] = desc.kernel[1] = 1;
    memset(desc.pad_begin, 0, sizeof desc.pad_begin);
    memset(desc.pad_end, 0, sizeof desc.pad_end);
    (void)conv_fixture_run(&desc, x, sizeof x, NULL, 0, expected, sizeof expected);
    for (int i = 0; i < 2; i++) {
        clqnn_conv_desc packing = desc, using = desc;
        packing.variant = variants[i];
        assert_int_equal(clqnn_conv_pack(conv_fixture_context(), &packing, &using.weights), CLQNN_OK);
        using.weight_data = NULL;
        using.variant = variants[1 - i];
        assert_string_equal(conv_fixture_run(&using, x, sizeof x, NULL, 0, got, sizeof got), variants[1 - i]);
        assert_memory_equal(got, expected, sizeof got);
        clqnn_conv_weights_release(using.weights);
    }
}

static void test_weights_of_the_other_kind(void **state)
{
    (void)state;
    clqnn_conv_desc bits = bit_desc(), integers = conv_fixture_desc();
    clqnn_conv_weights *of_bits = NULL, *of_integers = NULL;
    clqnn_conv *conv = NULL;
    assert_int_equal(clqnn_conv_pack(conv_fixture_context(), &bits, &of_bits), CLQNN_OK);
    assert_int_equal(clqnn_conv_pack(conv_fixture_context(), &integers, &of_integers), CLQNN_OK);
    integers.in_channels = IN, integers.out_channels = OUT, integers.input[0] = HEIGHT, integers.input[1] = WIDTH;
    integers.weight_data = NULL, integers.weights = of_bits, integers.weight_type = CLQNN_TYPE_NONE, integers.weight_layout = CLQNN_WEIGHTS_OHWI;
    integers.weight_quantization = (clqnn_quantization){0}, integers.bias = NULL, integers.bias_type = CLQNN_TYPE_NONE;
    assert_int_equal(clqnn_conv_create(conv_fixture_context(), &integers, &conv), CLQNN_INVALID_ARGUMENT);
    conv_expect_message("weight", NULL);
    bits.in_channels = FIXTURE_IN, bits.out_channels = FIXTURE_OUT, bits.threshold_count = 1;
    bits.weight_data = NULL, bits.weights = of_integers, bits.weight_type = CLQNN_TYPE_NONE;
    assert_int_equal(clqnn_conv_create(conv_fixture_context(), &bits, &conv), CLQNN_INVALID_ARGUMENT);
    conv_expect_message("weight", NULL);
    clqnn_conv_weights_release(of_bits);
    clqnn_conv_weights_release(of_integers);
}

static unsigned char *small_blob(size_t *size)
{
    clqnn_conv_desc desc = bit_desc();
    clqnn_conv_weights *weights = NULL;
    desc.variant = "conv_bits_portable";
    assert_int_equal(clqnn_conv_pack(conv_fixture_context(), &desc, &weights), CLQNN_OK);
    unsigned char *blob = serialized(weights, size);
    clqnn_conv_weights_release(weights);
    return blob;
}

static void expect_corrupt(const unsigned char *blob, size_t size, const char *text)
{
    clqnn_conv_weights *weights = (clqnn_conv_weights *)(uintptr_t)64;
    const clqnn_status status = clqnn_conv_weights_deserialize(conv_fixture_context(), blob, size, &weights);
    if (status != CLQNN_CORRUPT_DATA) fail_msg("reading %zu bytes answers %s", size, clqnn_status_name(status));
    assert_null(weights);
    conv_expect_message("packed weights", text);
}

static void expect_sealed_corrupt(size_t at, const void *bytes, size_t count, const char *text)
{
    size_t size = 0;
    unsigned char *blob = small_blob(&size);
    memcpy(blob + at, bytes, count);
    clq_blob_close(blob, HEADER_BYTES, blob + HEADER_BYTES);
    expect_corrupt(blob, size, text);
    free(blob);
}

static void test_damaged_blobs(void **state)
{
    (void)state;
    size_t size = 0;
    unsigned char *blob = small_blob(&size);
    for (size_t length = 0; length < size; length += length < HEADER_BYTES ? 1 : 997) {
        unsigned char *cut = malloc(length ? length : 1); /* its own block: a sanitizer sees a read beyond it */
        assert_non_null(cut);
        memcpy(cut, blob, length);
        expect_corrupt(cut, length, NULL);
        free(cut);
    }
    free(blob);
    static const int64_t numbers[] = {0, -1, INT64_MIN, INT64_MAX, INT64_C(1) << 31, INT32_MAX, 1000};
    for (size_t place = 0; place < 6; place++) { /* channels, then kernel */
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) expect_sealed_corrupt(GROUPS_AT + 8 * place, &numbers[i], sizeof *numbers, NULL);
    }
    static const uint32_t bytes = CLQNN_S8, ternary = CLQNN_T2, unsigned_bits = CLQNN_PU1, oihw = CLQNN_WEIGHTS_OIHW;
    static const uint32_t neutral[32] = {1u << 8};
    expect_sealed_corrupt(TYPE_AT, &bytes, sizeof bytes, "does not know");
    expect_sealed_corrupt(TYPE_AT, &ternary, sizeof ternary, "do not fill");
    expect_sealed_corrupt(TYPE_AT, &unsigned_bits, sizeof unsigned_bits, NULL); /* its zero points are missing */
    expect_sealed_corrupt(SOURCE_AT, &oihw, sizeof oihw, "weight layout 1");
    expect_sealed_corrupt(LAYOUT_AT, "bits_none", 10, "bits_none");
    expect_sealed_corrupt(HEADER_BYTES + 32 * 4, neutral, sizeof neutral, "padding"); /* channel 40 of the first tap: in the midst of k */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types_and_layouts),   cmocka_unit_test(test_padding_and_thresholds),
        cmocka_unit_test(test_numbers),             cmocka_unit_test(test_fields_of_bits_elsewhere),
        cmocka_unit_test(test_regions),             cmocka_unit_test(test_row_scales_are_needed),
        cmocka_unit_test(test_round_trips),         cmocka_unit_test(test_weights_of_products),
        cmocka_unit_test(test_weights_of_the_other_kind), cmocka_unit_test(test_damaged_blobs),
    };
    if (!conv_fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    conv_fixture_close();
    return failures;
}
