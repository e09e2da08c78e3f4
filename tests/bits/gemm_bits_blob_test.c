/* SPDX-License-Identifier: Apache-2.0 */
/* Serialised weights of products of bits: exact round trips in every layout, and blobs that are damaged. Internal: links the static library, to force layouts
 * and to give damaged headers a right checksum. */
#include <stdlib.h>
#include <string.h>

#include "bits/bits_validate.h"
#include "bits/bits_weights.h"
#include "blob_damage.h"

/* What bits_blob.c writes: 8 magic, 4 version, 4 type, 8 n, 8 k, 16 batch, 32 layout, 8 payload bytes, 8 checksum. */
enum { VERSION_AT = 8, TYPE_AT = 12, N_AT = 16, K_AT = 24, BATCH_AT = 32, LAYOUT_AT = 48, CHECKSUM_AT = 88, HEADER_BYTES = 96 };
enum { N = 5, K = 40, WORDS = 2 };

static const clq_bit_layout *const layouts[] = {
#define X(symbol) &clq_layout_##symbol,
#include "layout/bit_layouts.def"
#undef X
};
enum { LAYOUTS = sizeof layouts / sizeof *layouts };

static clqnn_gemm_weights *pack(clqnn_gemm_desc *desc, const clq_bit_layout *layout)
{
    clq_bits_problem problem;
    clqnn_gemm_weights *weights = NULL;
    if (clq_bits_validate(desc, NULL, &problem) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    assert_int_equal(clq_bits_weights_create(fixture_context(), &problem, layout, &weights), CLQNN_OK);
    return weights;
}

static clqnn_gemm_desc describe(clqnn_type type, int64_t n, int64_t k, const uint32_t *words)
{
    return (clqnn_gemm_desc){.struct_size = sizeof(clqnn_gemm_desc), .m = 1, .n = n, .k = k, .batch = {1, 1}, .a.type = CLQNN_B1,
                             .b = {.type = type, .transposed = 1}, .c.type = CLQNN_S32, .b_data = words};
}

/* Five columns of 40 values of ps2 with zero points: neutral bits from value 40 on. */
static unsigned char *small_blob(size_t *size)
{
    static const int32_t zeros[N] = {-2, -1, 0, 1, 0};
    uint32_t words[N * 2 * WORDS];
    for (int i = 0; i < N * 2 * WORDS; i++) words[i] = (uint32_t)(i * 0x9e3779b9u) & (i / 2 % 2 ? 0xffu : UINT32_MAX);
    clqnn_gemm_desc desc = describe(CLQNN_PS2, N, K, words);
    desc.b.quantization = (clqnn_quantization){.zero_points = zeros, .zero_point_count = N};
    clqnn_gemm_weights *weights = pack(&desc, &clq_layout_bits_n32);
    unsigned char *blob = blob_of(weights, size);
    clqnn_gemm_weights_release(weights);
    return blob;
}

static void test_targets_that_are_too_small(void **state)
{
    (void)state;
    size_t size = 0, needed = 0;
    unsigned char *blob = small_blob(&size), *target = malloc(size);
    float floats[N * K];
    clqnn_gemm_weights *weights = NULL;
    assert_non_null(target);
    assert_int_equal(clqnn_gemm_weights_deserialize(fixture_context(), blob, size, &weights), CLQNN_OK);
    memset(target, 0x5a, size);
    assert_int_equal(clqnn_gemm_weights_serialize(weights, target, size - 1, &needed), CLQNN_BUFFER_TOO_SMALL);
    expect_message("capacity", NULL);
    assert_int_equal(needed, size);
    assert_int_equal(clqnn_gemm_weights_unpack(weights, target, N * 2 * WORDS * 4 - 1), CLQNN_BUFFER_TOO_SMALL);
    expect_message("capacity is 79", "80");
    for (size_t i = 0; i < size; i++) assert_int_equal(target[i], 0x5a);
    assert_int_equal(clqnn_gemm_weights_dequantize(weights, floats, sizeof floats), CLQNN_UNSUPPORTED);
    clqnn_gemm_weights_release(weights);
    free(target);
    free(blob);
}

static void test_every_truncation(void **state)
{
    (void)state;
    size_t size = 0;
    unsigned char *blob = small_blob(&size);
    expect_truncations_corrupt(blob, size);
    free(blob);
}

static void test_every_flipped_bit(void **state)
{
    (void)state;
    size_t size = 0;
    unsigned char *blob = small_blob(&size);
    expect_flips_corrupt(blob, size);
    free(blob);
}

/* ---- Damage under a right checksum ---- */

static void expect_sealed_corrupt(size_t at, const void *bytes, size_t count, const char *text)
{
    size_t size = 0;
    unsigned char *blob = small_blob(&size);
    expect_sealed_damage_corrupt(blob, size, CHECKSUM_AT, at, bytes, count, text);
    free(blob);
}

static void test_headers_that_lie(void **state)
{
    (void)state;
    static const int64_t numbers[] = {-1, INT64_MIN, INT64_MAX, INT64_C(1) << 31, INT32_MAX, 1000};
    static const size_t places[] = {N_AT, K_AT, BATCH_AT, BATCH_AT + 8};
    for (size_t place = 0; place < 4; place++) {
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) expect_sealed_corrupt(places[place], &numbers[i], sizeof *numbers, NULL);
    }
    static const int64_t zero;
    expect_sealed_corrupt(BATCH_AT, &zero, sizeof zero, "dimension of 0");
    expect_sealed_corrupt(BATCH_AT + 8, &zero, sizeof zero, "dimension of 0");
    static const uint32_t types[] = {0, CLQNN_S8, CLQNN_S2, CLQNN_F32, 32, 41, 49, 73, UINT32_MAX}, wider = CLQNN_PU3, unsigned2 = CLQNN_PU2, ternary = CLQNN_T2, version = 2;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) expect_sealed_corrupt(TYPE_AT, &types[i], sizeof *types, "type");
    expect_sealed_corrupt(TYPE_AT, &wider, sizeof wider, "do not fill");
    expect_sealed_corrupt(TYPE_AT, &unsigned2, sizeof unsigned2, "zero point");  /* -2 */
    expect_sealed_corrupt(TYPE_AT, &ternary, sizeof ternary, "zero point");
    expect_sealed_corrupt(VERSION_AT, &version, sizeof version, "version 2");
    expect_sealed_corrupt(LAYOUT_AT, "bits_n33", 9, "bits_n33");
    expect_sealed_corrupt(LAYOUT_AT, "float_n16", 10, "float_n16");
    expect_sealed_corrupt(LAYOUT_AT, "a name of thirty-two letters, all of them", 32, "thirty-two");
}

static void test_payloads_that_lie(void **state)
{
    (void)state;
    size_t size = 0;
    free(small_blob(&size));
    static const int32_t beyond[] = {2, -3, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < 4; i++) expect_sealed_corrupt(HEADER_BYTES + 4, &beyond[i], sizeof *beyond, "zero point");
    const size_t packed = HEADER_BYTES + N * 4;
    expect_sealed_corrupt(packed + N * 4, "\1", 1, "neutral");                  /* column 5 of group 0 */
    expect_sealed_corrupt(packed + 2 * 32 * 4 + 1, "\1", 1, "neutral");         /* value 40 of column 0 */
    expect_sealed_corrupt(size - 1, "\x80", 1, "neutral");                      /* the last bit of all */
}

/* A sign where the value is 0 is no ternary value, even in a blob that is whole. */
static void test_ternary_signs_without_a_value(void **state)
{
    (void)state;
    static const uint32_t words[2] = {0x5, 0x4}, signs = 0x6;
    clqnn_gemm_desc desc = describe(CLQNN_T2, 1, 3, words);
    clqnn_gemm_weights *weights = pack(&desc, &clq_layout_bits_n32);
    size_t size = 0;
    unsigned char *blob = blob_of(weights, &size);
    expect_sealed_damage_corrupt(blob, size, CHECKSUM_AT, HEADER_BYTES + 4 + 32 * 4, &signs, sizeof signs, NULL);
    clqnn_gemm_weights_release(weights);
    free(blob);
}

/* ---- Round trips ---- */

/* Packs two matrices in a layout, through the blob, and back; neutral bits that are set do not survive. */
static void expect_round_trip(const clq_bit_layout *layout, clqnn_type type, int64_t n, int64_t k)
{
    const int64_t planes = (int64_t)clqnn_type_bits(type), row_words = (k + 31) / 32 * planes;
    const size_t bytes = (size_t)(2 * n * row_words) * 4;
    uint32_t *words = malloc(bytes + 4), *clean = malloc(bytes + 4), *back = malloc(bytes + 4);
    assert_true(words && clean && back);
    for (int64_t i = 0; i < 2 * n * row_words; i++) {
        const int64_t group = i % row_words / planes, left = k - group * 32;
        words[i] = (uint32_t)i * 0x9e3779b9u ^ 0x1234567u;
        if (type == CLQNN_T2 && i % 2) words[i] &= words[i - 1];
        clean[i] = words[i] & (left >= 32 ? UINT32_MAX : (1u << left) - 1);
    }
    clqnn_gemm_desc desc = describe(type, n, k, words);
    desc.batch[1] = 2;
    clqnn_gemm_weights *weights = pack(&desc, layout), *read = NULL;
    size_t size = 0, size_again = 0;
    unsigned char *blob = blob_of(weights, &size);
    assert_int_equal(clqnn_gemm_weights_deserialize(fixture_context(), blob, size, &read), CLQNN_OK);
    assert_string_equal(clqnn_gemm_weights_layout(read), layout->name);
    assert_int_equal(clqnn_gemm_weights_size(read), clqnn_gemm_weights_size(weights));
    assert_memory_equal(read->batch, weights->batch, sizeof weights->batch);
    for (int64_t i = 0; i < weights->batch[0] * weights->batch[1] * n; i++) { /* k of 0: one matrix of nothing */
        assert_int_equal(read->columns[i].positive, weights->columns[i].positive);
        assert_int_equal(read->columns[i].negative, weights->columns[i].negative);
        assert_int_equal(read->columns[i].sum, weights->columns[i].sum);
    }
    unsigned char *again = blob_of(read, &size_again);
    assert_int_equal(size_again, size);
    assert_memory_equal(again, blob, size);
    assert_int_equal(clqnn_gemm_weights_unpack(read, back, bytes), CLQNN_OK);
    if (bytes) assert_memory_equal(back, clean, bytes);
    clqnn_gemm_weights_release(weights);
    clqnn_gemm_weights_release(read);
    free(again);
    free(blob);
    free(back);
    free(clean);
    free(words);
}

static void test_round_trips_in_every_layout(void **state)
{
    (void)state;
    static const clqnn_type types[] = {CLQNN_B1, CLQNN_T2, CLQNN_PU1, CLQNN_PU3, CLQNN_PS4, CLQNN_PO2, CLQNN_PU8};
    static const int64_t shapes[][2] = {{32, 32}, {33, 33}, {63, 95}, {1, 1}, {0, 32}, {32, 0}, {17, 64}, {5, 31}};
    for (size_t i = 0; i < LAYOUTS; i++) {
        if (layouts[i] == &clq_layout_bits_channels) continue; /* of depthwise convolutions: one value a word, no product's rows */
        for (size_t shape = 0; shape < sizeof shapes / sizeof *shapes; shape++) {
            for (size_t type = 0; type < sizeof types / sizeof *types; type++) {
                expect_round_trip(layouts[i], types[type], shapes[shape][0], shapes[shape][1]);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_targets_that_are_too_small), cmocka_unit_test(test_every_truncation),  cmocka_unit_test(test_every_flipped_bit),
        cmocka_unit_test(test_headers_that_lie),           cmocka_unit_test(test_payloads_that_lie), cmocka_unit_test(test_ternary_signs_without_a_value),
        cmocka_unit_test(test_round_trips_in_every_layout),
    };
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failures;
}
