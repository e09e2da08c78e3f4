/* SPDX-License-Identifier: Apache-2.0 */
/* Convolutions of floats: descriptors and calls that mean nothing are refused by name, blobs that are damaged are corrupt, questions answer as creation does,
 * and what has other kernels of its own (a product, integers) keeps them. Internal: gives damaged headers a right checksum. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "conv_fixture.h"
#include "layout/blob.h"

/* What conv_blob.c writes: 16 mark, 24 channels, 24 kernel, 8 layout of the source, 24 layout, 16 seal. */
enum { TYPE_AT = 12, GROUPS_AT = 16, LAYOUT_AT = 72, HEADER_BYTES = 112 };

/* The fixture's shape, f32 all through: 3 x 3 with pads of 1, 6 channels to 4. */
static clqnn_conv_desc float_desc(void)
{
    static float weights[FIXTURE_W_BYTES], bias[FIXTURE_OUT];
    clqnn_conv_desc desc = conv_fixture_desc();
    for (int i = 0; i < FIXTURE_W_BYTES; i++) weights[i] = (float)(i % 7 - 3);
    for (int i = 0; i < FIXTURE_OUT; i++) bias[i] = (float)i;
    desc.x = (clqnn_conv_tensor){.type = CLQNN_F32, .layout = desc.x.layout};
    desc.y = (clqnn_conv_tensor){.type = CLQNN_F32, .layout = desc.y.layout};
    desc.weight_type = CLQNN_F32;
    desc.weight_quantization = (clqnn_quantization){0};
    desc.weight_data = weights;
    desc.bias = bias;
    desc.bias_type = CLQNN_F32;
    desc.has_clamp = 0;
    return desc;
}

#define REFUSED(change, status, field, value)              \
    do {                                                   \
        clqnn_conv_desc desc = float_desc();               \
        change;                                            \
        conv_expect_refused(&desc, status, field, value);  \
    } while (0)

static const float one = 1.0f, nothing = 0.0f;
static const int32_t zero = 0, five = 5;

static void test_types(void **state)
{
    (void)state;
    REFUSED(desc.weight_type = CLQNN_S8, CLQNN_INVALID_ARGUMENT, "weight_type is s8", "float x");
    REFUSED(desc.weight_type = CLQNN_TYPE_NONE, CLQNN_INVALID_ARGUMENT, "weight_type", "none");
    REFUSED(desc.weight_type = (clqnn_type)33, CLQNN_INVALID_ARGUMENT, "weight_type", "33");
    REFUSED(desc.y.type = CLQNN_S32, CLQNN_INVALID_ARGUMENT, "y.type", "s32");
    REFUSED(desc.y.type = CLQNN_F8E4M3, CLQNN_INVALID_ARGUMENT, "y.type", "f8e4m3");
    REFUSED(desc.y.type = CLQNN_TYPE_NONE, CLQNN_INVALID_ARGUMENT, "y.type", "none");
    REFUSED(desc.residual.type = CLQNN_S8, CLQNN_INVALID_ARGUMENT, "residual.type", "s8");
    REFUSED(desc.residual.type = CLQNN_F8E5M2, CLQNN_INVALID_ARGUMENT, "residual.type", "f8e5m2");
    REFUSED(desc.bias_type = CLQNN_S32, CLQNN_INVALID_ARGUMENT, "bias_type", "s32");
    REFUSED(desc.bias_type = CLQNN_F16, CLQNN_INVALID_ARGUMENT, "bias_type", "f16");
    REFUSED(desc.activation = CLQNN_EXP, CLQNN_UNSUPPORTED, "activation", NULL);
    REFUSED(desc.activation = (clqnn_function)-1, CLQNN_UNSUPPORTED, "activation is -1", NULL);
    REFUSED(desc.activation = (clqnn_function)32, CLQNN_UNSUPPORTED, "activation is 32", NULL);
    REFUSED(desc.rounding = CLQNN_FIXED_DOUBLE, CLQNN_UNSUPPORTED, "rounding", "1");
    REFUSED(desc.accumulation = (clqnn_accumulation)2, CLQNN_INVALID_ARGUMENT, "accumulation is 2", NULL);
    REFUSED(desc.accumulation = CLQNN_ACCUMULATE_F16, CLQNN_UNSUPPORTED, "x.type is f32", "must be f16");
    REFUSED((desc.accumulation = CLQNN_ACCUMULATE_F16, desc.x.type = desc.weight_type = CLQNN_F16, desc.variant = "conv_mixed_portable"), CLQNN_UNSUPPORTED,
            "accumulation is f16", "sums in f32");
}

static void test_numbers(void **state)
{
    static const uint8_t table[256];
    const clqnn_quantization scaled = {.scales = &one, .scale_count = 1}, shifted = {.zero_points = &five, .zero_point_count = 1};
    const clqnn_quantization empty = {.scales = &nothing, .scale_count = 1}, two = {.scales = &one, .scale_count = 2}, null = {.scale_count = 1};
    (void)state;
    REFUSED(desc.x.quantization = scaled, CLQNN_INVALID_QUANTIZATION, "x.quantization", "floats");
    REFUSED(desc.y.quantization = scaled, CLQNN_INVALID_QUANTIZATION, "y.quantization", "floats");
    REFUSED(desc.residual.quantization = shifted, CLQNN_INVALID_QUANTIZATION, "residual.quantization", NULL);
    REFUSED(desc.table_quantization = scaled, CLQNN_INVALID_QUANTIZATION, "table_quantization", NULL);
    REFUSED(desc.sum_quantization = scaled, CLQNN_INVALID_QUANTIZATION, "sum_quantization", NULL);
    REFUSED(desc.weight_quantization = shifted, CLQNN_INVALID_QUANTIZATION, "zero points", "f32");
    REFUSED(desc.weight_quantization = empty, CLQNN_INVALID_QUANTIZATION, "weight_quantization", "0");
    REFUSED(desc.weight_quantization = two, CLQNN_INVALID_QUANTIZATION, "weight_quantization", "2");
    REFUSED(desc.weight_quantization = null, CLQNN_INVALID_ARGUMENT, "weight_quantization", "NULL");
    REFUSED((desc.y.type = CLQNN_U8, desc.y.quantization = empty), CLQNN_INVALID_QUANTIZATION, "y.quantization", "0");
    REFUSED(desc.table = table, CLQNN_INVALID_ARGUMENT, "table", "floats");
    REFUSED(desc.has_sum_clamp = 1, CLQNN_INVALID_ARGUMENT, "has_sum_clamp", "1");
    REFUSED(desc.multipliers = &zero, CLQNN_UNSUPPORTED, "rounding", NULL);
    REFUSED((desc.has_clamp = 1, desc.clamp_min = 2.0f, desc.clamp_max = 1.0f), CLQNN_INVALID_ARGUMENT, "clamp_min", "2");
    REFUSED((desc.has_clamp = 1, desc.clamp_min = NAN), CLQNN_INVALID_ARGUMENT, "clamp_min", "nan");
    REFUSED(desc.has_clamp = 3, CLQNN_INVALID_ARGUMENT, "has_clamp", "3");
}

static void test_shapes_and_weights(void **state)
{
    (void)state;
    REFUSED(desc.weight_data = NULL, CLQNN_INVALID_ARGUMENT, "weight_data", "NULL");
    REFUSED(desc.x.pixel_stride = 3, CLQNN_INVALID_SHAPE, "x.pixel_stride", "3");
    REFUSED(desc.y.batch_stride = -1, CLQNN_INVALID_SHAPE, "y.batch_stride", "-1");
    REFUSED(desc.kernel[0] = 0, CLQNN_INVALID_SHAPE, "kernel[0]", "0");
    REFUSED((desc.residual.type = CLQNN_F32, desc.residual.layout = (clqnn_layout)5), CLQNN_INVALID_ARGUMENT, "residual.layout", "5");
    REFUSED(desc.variant = "gemm_mixed_portable", CLQNN_UNSUPPORTED, "gemm_mixed_portable", "not a matrix product");
    REFUSED(desc.variant = "conv_i8_portable", CLQNN_UNSUPPORTED, "conv_i8_portable", NULL);
    REFUSED(desc.variant = "conv_mixed_depthwise", CLQNN_UNSUPPORTED, "conv_mixed_depthwise", "depthwise");
    REFUSED((desc.variant = "conv_mixed_vec16", desc.transposed = 1), CLQNN_UNSUPPORTED, "conv_mixed_vec16", NULL);
}

/* Weights of integers for a float x, of floats for an integer x, and of another shape. */
static void test_weights_of_the_other_kind(void **state)
{
    (void)state;
    clqnn_context *context = conv_fixture_context();
    clqnn_conv_desc integers = conv_fixture_desc(), floats = float_desc();
    clqnn_conv_weights *packed_integers = NULL, *packed_floats = NULL;
    clqnn_conv *conv = NULL;
    assert_int_equal(clqnn_conv_pack(context, &integers, &packed_integers), CLQNN_OK);
    assert_int_equal(clqnn_conv_pack(context, &floats, &packed_floats), CLQNN_OK);
    floats.weight_data = integers.weight_data = NULL;
    floats.weights = packed_integers;
    floats.weight_type = CLQNN_TYPE_NONE;
    assert_int_equal(clqnn_conv_create(context, &floats, &conv), CLQNN_INVALID_ARGUMENT);
    conv_expect_message("weight_type", "float x");
    integers.weights = packed_floats;
    integers.weight_type = CLQNN_TYPE_NONE;
    assert_int_equal(clqnn_conv_create(context, &integers, &conv), CLQNN_INVALID_ARGUMENT);
    conv_expect_message("weight_type", "f32");
    floats.weights = packed_floats;
    floats.variant = "conv_mixed_portable";
    if (strcmp(clqnn_conv_weights_layout(packed_floats), "float_rows") != 0) {
        assert_int_equal(clqnn_conv_create(context, &floats, &conv), CLQNN_UNSUPPORTED);
        conv_expect_message("conv_mixed_portable", "layout");
    }
    floats.variant = NULL;
    floats.out_channels = 5;
    assert_int_equal(clqnn_conv_create(context, &floats, &conv), CLQNN_INVALID_SHAPE);
    assert_null(conv);
    clqnn_conv_weights_release(packed_integers);
    clqnn_conv_weights_release(packed_floats);
}

static void test_regions(void **state)
{
    (void)state;
    enum { X_BYTES = 4 * FIXTURE_X_BYTES, Y_BYTES = 4 * FIXTURE_Y_BYTES };
    clqnn_conv_desc desc = float_desc();
    static unsigned char bytes[X_BYTES + Y_BYTES];
    clqnn_conv *conv = NULL;
    cl_command_queue queue = NULL;
    desc.residual = (clqnn_conv_tensor){.type = CLQNN_F32};
    cl_mem memory = conv_fixture_buffer(bytes, sizeof bytes), other = conv_fixture_buffer(bytes, Y_BYTES);
    assert_int_equal(clqnn_default_queue(conv_fixture_context(), &queue), CLQNN_OK);
    assert_int_equal(clqnn_conv_create(conv_fixture_context(), &desc, &conv), CLQNN_OK);
    const clqnn_conv_args right = {.x = {memory, 0}, .y = {memory, X_BYTES}, .residual = {other, 0}};
    clqnn_conv_args args = right;
    assert_int_equal(clqnn_conv_enqueue(conv, queue, &args, 0, NULL, NULL), CLQNN_OK);
    args.residual = args.y;
    assert_int_equal(clqnn_conv_enqueue(conv, queue, &args, 0, NULL, NULL), CLQNN_OK);
    args = right, args.y.offset -= 4;
    assert_int_equal(clqnn_conv_enqueue(conv, queue, &args, 0, NULL, NULL), CLQNN_INVALID_ARGUMENT);
    conv_expect_message("y", "overlaps");
    args = right, args.y.offset += 4;
    assert_int_equal(clqnn_conv_enqueue(conv, queue, &args, 0, NULL, NULL), CLQNN_BUFFER_TOO_SMALL);
    args = right, args.x.offset = 2;
    assert_int_equal(clqnn_conv_enqueue(conv, queue, &args, 0, NULL, NULL), CLQNN_INVALID_ARGUMENT);
    conv_expect_message("x", "2");
    args = right, args.residual.memory = NULL;
    assert_int_equal(clqnn_conv_enqueue(conv, queue, &args, 0, NULL, NULL), CLQNN_INVALID_ARGUMENT);
    conv_expect_message("residual", NULL);
    assert_int_equal(clqnn_conv_enqueue(conv, NULL, &right, 0, NULL, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_conv_enqueue(conv, queue, NULL, 0, NULL, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_finish(conv_fixture_context()), CLQNN_OK);
    clqnn_conv_destroy(conv);
    clReleaseMemObject(memory);
    clReleaseMemObject(other);
}

static unsigned char *small_blob(size_t *size)
{
    clqnn_conv_desc desc = float_desc();
    clqnn_conv_weights *weights = NULL;
    desc.variant = "conv_mixed_portable";
    assert_int_equal(clqnn_conv_pack(conv_fixture_context(), &desc, &weights), CLQNN_OK);
    assert_int_equal(clqnn_conv_weights_serialize(weights, NULL, 0, size), CLQNN_OK);
    unsigned char *blob = malloc(*size);
    assert_non_null(blob);
    assert_int_equal(clqnn_conv_weights_serialize(weights, blob, *size - 1, size), CLQNN_BUFFER_TOO_SMALL);
    assert_int_equal(clqnn_conv_weights_serialize(weights, blob, *size, size), CLQNN_OK);
    assert_int_equal(clqnn_conv_weights_unpack(weights, blob, 4 * FIXTURE_W_BYTES - 1), CLQNN_BUFFER_TOO_SMALL);
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
    for (size_t length = 0; length < size; length += length < HEADER_BYTES ? 1 : 37) {
        unsigned char *cut = malloc(length ? length : 1); /* its own block: a sanitizer sees a read beyond it */
        assert_non_null(cut);
        memcpy(cut, blob, length);
        expect_corrupt(cut, length, NULL);
        free(cut);
    }
    for (size_t bit = 0; bit < 8 * size; bit += bit < 8 * HEADER_BYTES ? 1 : 29) {
        blob[bit / 8] ^= (unsigned char)(1u << bit % 8);
        expect_corrupt(blob, size, NULL);
        blob[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    free(blob);
    static const int64_t numbers[] = {0, -1, INT64_MIN, INT64_MAX, INT64_C(1) << 31, INT32_MAX, 1000};
    for (size_t place = 0; place < 6; place++) { /* channels, then kernel */
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) expect_sealed_corrupt(GROUPS_AT + 8 * place, &numbers[i], sizeof *numbers, NULL);
    }
    static const uint32_t bytes = CLQNN_S8, halves = CLQNN_F16, nibbles = CLQNN_S4;
    expect_sealed_corrupt(TYPE_AT, &bytes, sizeof bytes, "does not know");
    expect_sealed_corrupt(TYPE_AT, &halves, sizeof halves, "do not fill");
    expect_sealed_corrupt(TYPE_AT, &nibbles, sizeof nibbles, "type");
    expect_sealed_corrupt(LAYOUT_AT, "float_n16", 10, "do not fill");
    expect_sealed_corrupt(LAYOUT_AT, "float_none", 11, "float_none");
    expect_sealed_corrupt(LAYOUT_AT, "groups_n32", 11, "does not hold");
}

/* Panels of 16 with 4 channels: the other 12 are zero. */
static void test_padding_of_a_blob(void **state)
{
    (void)state;
    clqnn_conv_desc desc = float_desc();
    clqnn_conv_weights *weights = NULL;
    size_t size = 0;
    desc.variant = "conv_mixed_vec16";
    if (clqnn_conv_pack(conv_fixture_context(), &desc, &weights) != CLQNN_OK) return; /* not a CPU */
    assert_string_equal(clqnn_conv_weights_layout(weights), "float_n16");
    assert_int_equal(clqnn_conv_weights_serialize(weights, NULL, 0, &size), CLQNN_OK);
    unsigned char *blob = malloc(size);
    assert_non_null(blob);
    assert_int_equal(clqnn_conv_weights_serialize(weights, blob, size, &size), CLQNN_OK);
    clqnn_conv_weights_release(weights);
    blob[HEADER_BYTES + 4 * 15] = 1;
    clq_blob_close(blob, HEADER_BYTES, blob + HEADER_BYTES);
    expect_corrupt(blob, size, "padding");
    free(blob);
}

/* A convolution that is a product runs the GEMM's variants, with its residual and activation; and one asked for by name its own. */
static void test_products(void **state)
{
    (void)state;
    clqnn_conv_desc desc = float_desc();
    clqnn_conv_info info;
    desc.kernel[0] = desc.kernel[1] = 1;
    memset(desc.pad_begin, 0, sizeof desc.pad_begin);
    memset(desc.pad_end, 0, sizeof desc.pad_end);
    desc.residual = (clqnn_conv_tensor){.type = CLQNN_F32};
    desc.activation = CLQNN_GELU;
    assert_int_equal(clqnn_conv_query(conv_fixture_context(), &desc, &info), CLQNN_OK);
    assert_memory_equal(info.variant, "gemm_mixed", 10);
    conv_expect_accepted(&desc);
    desc.variant = "conv_mixed_portable";
    assert_int_equal(clqnn_conv_query(conv_fixture_context(), &desc, &info), CLQNN_OK);
    assert_string_equal(info.variant, "conv_mixed_portable");
    conv_expect_accepted(&desc);
    desc.variant = NULL;
    desc.residual.layout = CLQNN_CHANNELS_FIRST;
    assert_int_equal(clqnn_conv_query(conv_fixture_context(), &desc, &info), CLQNN_OK);
    assert_memory_equal(info.variant, "conv_mixed", 10);
}

static void test_candidates(void **state)
{
    (void)state;
    const clqnn_conv_desc desc = float_desc();
    clqnn_conv_candidate list[16];
    size_t count = 0, admitted = 0;
    assert_int_equal(clqnn_conv_candidates(conv_fixture_context(), &desc, list, 16, &count), CLQNN_OK);
    assert_in_range(count, 3, 16);
    for (size_t i = 0; i < count; i++) {
        assert_memory_equal(list[i].variant, "conv_mixed", 10);
        if (list[i].admitted) assert_int_equal(admitted, i); /* admitted ones first */
        if (list[i].admitted) admitted++;
        else assert_true(list[i].reason[0] != '\0');
    }
    assert_in_range(admitted, 1, count);
    assert_int_equal(clqnn_conv_candidates(conv_fixture_context(), &desc, list, 1, &admitted), CLQNN_OK);
    assert_int_equal(admitted, count);
}

int main(void)
{
    if (!conv_fixture_open()) return FIXTURE_SKIPPED;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types),      cmocka_unit_test(test_numbers),      cmocka_unit_test(test_shapes_and_weights),
            cmocka_unit_test(test_weights_of_the_other_kind),
        cmocka_unit_test(test_regions),    cmocka_unit_test(test_damaged_blobs), cmocka_unit_test(test_padding_of_a_blob),  cmocka_unit_test(test_products),
        cmocka_unit_test(test_candidates),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    conv_fixture_close();
    return failed;
}
