/* SPDX-License-Identifier: Apache-2.0 */
/* Weights of b1 and t2 below wider activations: descriptors, blobs and targets that are wrong, of products and convolutions. What is right the harness
 * verifies. Internal: links the static library, to give damaged headers a right checksum. */
#include <stdlib.h>
#include <string.h>

#include "gemm_fixture.h"
#include "layout/blob.h"

enum { M = 3, N = 5, K = 40, LEADING = 64, HEADER_BYTES = 88, TYPE_AT = 12, CHANNELS = 40 };

/* N rows of two groups of 32 values: nonzero and sign. Row i has +1 at 0, -1 at 1 + i. */
static const uint32_t *planes(void)
{
    static uint32_t words[N * 4];
    for (uint32_t i = 0; i < N; i++) {
        words[4 * i] = 1u | 2u << i;
        words[4 * i + 1] = 2u << i;
    }
    return words;
}

static clqnn_gemm_desc plane_desc(void)
{
    return (clqnn_gemm_desc){.struct_size = sizeof(clqnn_gemm_desc), .m = M, .n = N, .k = K, .a = {.type = CLQNN_S8}, .b = {.type = CLQNN_T2, .transposed = 1},
                             .c = {.type = CLQNN_S32}, .b_data = planes()};
}

static clqnn_gemm_desc float_desc(void)
{
    clqnn_gemm_desc desc = plane_desc();
    desc.a.type = desc.c.type = CLQNN_F32;
    return desc;
}

/* One pixel of CHANNELS channels and one tap. */
static clqnn_conv_desc conv_desc(clqnn_type x, clqnn_type y)
{
    return (clqnn_conv_desc){.struct_size = sizeof(clqnn_conv_desc), .in_channels = CHANNELS, .out_channels = N, .input = {3, 3}, .kernel = {1, 1}, .stride = {2, 2},
                             .x = {.type = x}, .y = {.type = y}, .weight_type = CLQNN_T2, .weight_data = planes()};
}

static void refuse_each(clqnn_gemm_desc plain)
{
    clqnn_gemm_desc desc = plain;
    expect_accepted(&desc);
    desc.b.transposed = 0;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "b.transposed", "0");
    desc = plain, desc.b.leading_dimension = 48;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "b.leading_dimension", "48");
    desc = plain, desc.b.leading_dimension = 32;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "b.leading_dimension", "32");
    desc = plain, desc.b.batch_stride[1] = 321;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "b.batch_stride[1]", "321");
    desc = plain, desc.b.batch_stride[0] = 16;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "b.batch_stride[0]", "16");
    desc = plain, desc.b_data = NULL;
    expect_refused(&desc, CLQNN_UNSUPPORTED, "b_data", "t2");
    static const int32_t zero[] = {1};
    desc = plain, desc.b.quantization = (clqnn_quantization){.zero_points = zero, .zero_point_count = 1};
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "b.quantization", "t2");
    desc = plain, desc.b.type = CLQNN_PU2;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "b.type", "pu2");
}

static void test_descriptors(void **state)
{
    (void)state;
    refuse_each(plane_desc());
    refuse_each(float_desc());
    static const float scales[N] = {1, 1, 1, 1, 1};
    clqnn_gemm_desc desc = float_desc();
    desc.groups = (clqnn_groups){.size = K, .scales = scales, .scale_type = CLQNN_F32};
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "groups.size", "t2");
}

static void refuse_conv(const clqnn_conv_desc *desc, clqnn_status status, const char *field, const char *value)
{
    clqnn_conv *conv = (clqnn_conv *)(uintptr_t)64;
    clqnn_conv_info info;
    assert_int_equal(clqnn_conv_create(fixture_context(), desc, &conv), status);
    assert_null(conv);
    expect_message(field, value);
    assert_int_equal(clqnn_conv_query(fixture_context(), desc, &info), status);
}

static void test_convolution_descriptors(void **state)
{
    (void)state;
    const clqnn_type kinds[][2] = {{CLQNN_U8, CLQNN_S32}, {CLQNN_F32, CLQNN_F32}};
    for (size_t i = 0; i < 2; i++) {
        clqnn_conv_desc desc = conv_desc(kinds[i][0], kinds[i][1]);
        clqnn_conv_info info;
        assert_int_equal(clqnn_conv_query(fixture_context(), &desc, &info), CLQNN_OK);
        desc.weight_layout = CLQNN_WEIGHTS_OIHW;
        refuse_conv(&desc, CLQNN_UNSUPPORTED, "weight_layout", "t2");
        static const int32_t zero[] = {-1};
        desc = conv_desc(kinds[i][0], kinds[i][1]);
        desc.weight_quantization = (clqnn_quantization){.zero_points = zero, .zero_point_count = 1};
        refuse_conv(&desc, CLQNN_INVALID_QUANTIZATION, "weight_quantization", "t2");
    }
}

static clqnn_gemm_weights *pack(clqnn_gemm_desc desc)
{
    clqnn_gemm_weights *weights = NULL;
    assert_int_equal(clqnn_gemm_pack(fixture_context(), &desc, &weights), CLQNN_OK);
    return weights;
}

/* Unpacking writes dense rows of planes and nothing else. */
static void test_unpacking(void **state)
{
    (void)state;
    const clqnn_gemm_desc descs[] = {plane_desc(), float_desc()};
    for (size_t i = 0; i < 2; i++) {
        clqnn_gemm_weights *weights = pack(descs[i]);
        uint32_t got[N * 4 + 1];
        memset(got, 0x5a, sizeof got);
        assert_int_equal(clqnn_gemm_weights_unpack(weights, got, N * 16 - 1), CLQNN_BUFFER_TOO_SMALL);
        expect_message("capacity is 79", "80");
        assert_int_equal(got[0], 0x5a5a5a5a);
        assert_int_equal(clqnn_gemm_weights_unpack(weights, got, N * 16), CLQNN_OK);
        assert_memory_equal(got, planes(), N * 16);
        assert_int_equal(got[N * 4], 0x5a5a5a5a);
        clqnn_gemm_weights_release(weights);
    }
}

/* Packed weights serve the kind of activations that they were packed for. */
static void test_weights_of_the_other_kind(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = plane_desc();
    desc.b_data = NULL;
    desc.weights = pack(float_desc());
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "a.type", "s8");
    clqnn_gemm_weights_release(desc.weights);
    desc = float_desc();
    desc.b_data = NULL;
    desc.weights = pack(plane_desc());
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "weights", "f32");
    clqnn_gemm_weights_release(desc.weights);
    clqnn_conv_desc conv = conv_desc(CLQNN_F32, CLQNN_F32);
    clqnn_conv_weights *packed = NULL;
    assert_int_equal(clqnn_conv_pack(fixture_context(), &conv, &packed), CLQNN_OK);
    conv = conv_desc(CLQNN_S8, CLQNN_S32);
    conv.weight_data = NULL;
    conv.weights = packed;
    refuse_conv(&conv, CLQNN_INVALID_ARGUMENT, "weights", "x.type s8");
    clqnn_conv_weights_release(packed);
}

/* The blob of weights that are packed as `type`, sealed as weights of t2: they hold values that t2 has not. */
static void expect_foreign_values(clqnn_gemm_desc desc, const char *variant, size_t header_bytes)
{
    desc.variant = variant;
    clqnn_gemm_weights *weights = pack(desc), *read = (clqnn_gemm_weights *)(uintptr_t)64;
    size_t size = 0;
    assert_int_equal(clqnn_gemm_weights_serialize(weights, NULL, 0, &size), CLQNN_OK);
    unsigned char *blob = malloc(size);
    assert_non_null(blob);
    assert_int_equal(clqnn_gemm_weights_serialize(weights, blob, size, &size), CLQNN_OK);
    const uint32_t type = CLQNN_T2;
    memcpy(blob + TYPE_AT, &type, sizeof type);
    clq_blob_close(blob, header_bytes, blob + header_bytes);
    assert_int_equal(clqnn_gemm_weights_deserialize(fixture_context(), blob, size, &read), CLQNN_CORRUPT_DATA);
    assert_null(read);
    expect_message("packed weights", "t2 hold the value");
    free(blob);
    clqnn_gemm_weights_release(weights);
}

/* Codes of two bits come back from a blob, and such a blob is of no other type. */
static void test_blobs_of_codes(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = plane_desc();
    desc.variant = "gemm_codes_rows";
    clqnn_gemm_weights *weights = pack(desc), *read = NULL;
    unsigned char blob[1024];
    size_t size = 0;
    uint32_t got[N * 4];
    assert_string_equal(clqnn_gemm_weights_layout(weights), "t2_n32k16");
    assert_int_equal(clqnn_gemm_weights_serialize(weights, blob, sizeof blob, &size), CLQNN_OK);
    assert_int_equal(clqnn_gemm_weights_deserialize(fixture_context(), blob, size, &read), CLQNN_OK);
    assert_int_equal(clqnn_gemm_weights_unpack(read, got, sizeof got), CLQNN_OK);
    assert_memory_equal(got, planes(), sizeof got);
    clqnn_gemm_weights_release(read);
    const uint32_t type = CLQNN_S8;
    memcpy(blob + TYPE_AT, &type, sizeof type);
    clq_blob_close(blob, HEADER_BYTES, blob + HEADER_BYTES);
    assert_int_equal(clqnn_gemm_weights_deserialize(fixture_context(), blob, size, &read), CLQNN_CORRUPT_DATA);
    expect_message("packed weights", "t2_n32k16");
    clqnn_gemm_weights_release(weights);
    desc = fixture_desc();
    desc.variant = "gemm_codes_rows";
    clqnn_gemm *gemm = NULL;
    assert_int_equal(clqnn_gemm_create(fixture_context(), &desc, &gemm), CLQNN_UNSUPPORTED);
    expect_message("gemm_codes_rows", "b1 and t2");
}

static void test_blobs_that_lie(void **state)
{
    (void)state;
    expect_foreign_values(fixture_desc(), "gemm_i8_portable", HEADER_BYTES);
    static const float floats[K * N] = {1.0f, -1.0f, 0.5f};
    static uint16_t halves[K * N];
    for (int i = 0; i < K * N; i++) halves[i] = (uint16_t)(floats[i] == 0.5f ? 0x3f00 : 0);
    clqnn_gemm_desc desc = float_desc();
    desc.b = (clqnn_gemm_operand){.type = CLQNN_BF16};
    desc.b_data = halves;
    expect_foreign_values(desc, "gemm_mixed_portable", 120);
}

int main(void)
{
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_descriptors), cmocka_unit_test(test_convolution_descriptors), cmocka_unit_test(test_unpacking),
        cmocka_unit_test(test_weights_of_the_other_kind), cmocka_unit_test(test_blobs_that_lie), cmocka_unit_test(test_blobs_of_codes),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failed;
}
