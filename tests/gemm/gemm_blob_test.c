/* SPDX-License-Identifier: Apache-2.0 */
/* Serialised weights: exact round trips in every layout, and blobs that are damaged. Internal: links the static library, to force layouts
 * and to give damaged headers a right checksum. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blob_damage.h"
#include "gemm/gemm_weights.h"

/* What gemm_blob.c writes: 8 magic, 4 version, 4 type, 8 n, 8 k, 16 batch, 24 layout, 8 payload bytes, 8 checksum. */
enum { VERSION_AT = 8, TYPE_AT = 12, N_AT = 16, K_AT = 24, BATCH_AT = 32, LAYOUT_AT = 48, PAYLOAD_AT = 72, CHECKSUM_AT = 80, HEADER_BYTES = 88 };

static unsigned char *small_blob(size_t *size)
{
    static const int32_t zeros[FIXTURE_N] = {1, -2, 3, -4, 5};
    clqnn_gemm_desc desc = fixture_desc();
    clqnn_gemm_weights *weights = NULL;
    desc.variant = "gemm_i8_portable";
    desc.b.quantization = (clqnn_quantization){.zero_points = zeros, .zero_point_count = FIXTURE_N};
    assert_int_equal(clqnn_gemm_pack(fixture_context(), &desc, &weights), CLQNN_OK);
    unsigned char *blob = blob_of(weights, size);
    clqnn_gemm_weights_release(weights);
    return blob;
}

static void test_null_pointers(void **state)
{
    (void)state;
    size_t size = 0;
    unsigned char *blob = small_blob(&size);
    clqnn_gemm_weights *weights = (clqnn_gemm_weights *)(uintptr_t)64;
    assert_int_equal(clqnn_gemm_weights_deserialize(NULL, blob, size, &weights), CLQNN_INVALID_ARGUMENT);
    assert_null(weights);
    expect_message("context", "NULL");
    assert_int_equal(clqnn_gemm_weights_deserialize(fixture_context(), NULL, size, &weights), CLQNN_INVALID_ARGUMENT);
    expect_message("data", "NULL");
    assert_int_equal(clqnn_gemm_weights_deserialize(fixture_context(), blob, size, NULL), CLQNN_INVALID_ARGUMENT);
    expect_message("weights", "NULL");
    assert_int_equal(clqnn_gemm_weights_serialize(NULL, NULL, 0, &size), CLQNN_INVALID_ARGUMENT);
    expect_message("weights", "NULL");
    assert_int_equal(clqnn_gemm_weights_deserialize(fixture_context(), blob, size, &weights), CLQNN_OK);
    assert_int_equal(clqnn_gemm_weights_serialize(weights, NULL, 0, NULL), CLQNN_INVALID_ARGUMENT);
    expect_message("size", "NULL");
    assert_int_equal(clqnn_gemm_weights_unpack(NULL, blob, size), CLQNN_INVALID_ARGUMENT);
    expect_message("weights", "NULL");
    assert_int_equal(clqnn_gemm_weights_unpack(weights, NULL, size), CLQNN_INVALID_ARGUMENT);
    expect_message("data", "NULL");
    clqnn_gemm_weights_release(weights);
    free(blob);
}

static void test_targets_that_are_too_small(void **state)
{
    (void)state;
    size_t size = 0, needed = 0;
    unsigned char *blob = small_blob(&size);
    unsigned char *target = malloc(size);
    clqnn_gemm_weights *weights = NULL;
    assert_non_null(target);
    assert_int_equal(clqnn_gemm_weights_deserialize(fixture_context(), blob, size, &weights), CLQNN_OK);
    memset(target, 0x5a, size);
    assert_int_equal(clqnn_gemm_weights_serialize(weights, target, size - 1, &needed), CLQNN_BUFFER_TOO_SMALL);
    expect_message("capacity", NULL);
    assert_int_equal(needed, size);
    assert_int_equal(clqnn_gemm_weights_unpack(weights, target, FIXTURE_K * FIXTURE_N - 1), CLQNN_BUFFER_TOO_SMALL);
    expect_message("capacity is 34", "35");
    for (size_t i = 0; i < size; i++) assert_int_equal(target[i], 0x5a);
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
    static const uint32_t types[] = {0, 3, 4, 99, UINT32_MAX}, version = 2;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) expect_sealed_corrupt(TYPE_AT, &types[i], sizeof *types, "type");
    expect_sealed_corrupt(VERSION_AT, &version, sizeof version, "version 2");
    expect_sealed_corrupt(LAYOUT_AT, "i8_n4k5", 8, "i8_n4k5");
    expect_sealed_corrupt(LAYOUT_AT, "twenty-four letters, all!", 24, "twenty-four");
    expect_sealed_corrupt(LAYOUT_AT, "i8_n64k4", 9, "do not fill");
}

static void test_payloads_that_lie(void **state)
{
    (void)state;
    static const int32_t zeros[] = {-129, 128, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++) expect_sealed_corrupt(HEADER_BYTES, &zeros[i], sizeof *zeros, "zero point");
    size_t size = 0;
    unsigned char *blob = small_blob(&size);
    free(blob);
    expect_sealed_corrupt(size - 1, "\1", 1, "padding"); /* column 8 of 5, row 8 of 7 */
    expect_sealed_corrupt(HEADER_BYTES + FIXTURE_N * sizeof(int32_t) + 16 + 3, "\1", 1, "padding"); /* row 8 of 7 in column 1 */
}

/* ---- Round trips ---- */

/* Packs in a layout, through the blob, and back. */
static void expect_round_trip(const clq_layout *layout, clqnn_type type, int64_t n, int64_t k)
{
    const size_t count = (size_t)(n * k);
    unsigned char *data = malloc(2 * count + 1), *back = malloc(2 * count + 1);
    int32_t *zeros = calloc((size_t)n + 1, sizeof *zeros);
    assert_true(data && back && zeros);
    for (size_t i = 0; i < 2 * count; i++) data[i] = (unsigned char)(i * 37 + 11);
    for (int64_t i = 0; i < n; i++) zeros[i] = (int32_t)(i % 100);
    clqnn_gemm_desc desc = fixture_desc();
    desc.batch[1] = 2;
    desc.n = n;
    desc.k = k;
    desc.b.type = type;
    desc.b.quantization = (clqnn_quantization){.zero_points = zeros, .zero_point_count = n};
    desc.b_data = data;
    clq_gemm_spec spec;
    clqnn_gemm_weights *weights = NULL, *read = NULL;
    assert_int_equal(clq_gemm_validate(&desc, &spec), CLQNN_OK);
    assert_int_equal(clq_gemm_weights_create(fixture_context(), &spec, layout, &weights), CLQNN_OK);
    size_t size = 0, size_again = 0;
    unsigned char *blob = blob_of(weights, &size);
    assert_int_equal(clqnn_gemm_weights_deserialize(fixture_context(), blob, size, &read), CLQNN_OK);
    assert_string_equal(clqnn_gemm_weights_layout(read), layout->name);
    assert_int_equal(clqnn_gemm_weights_size(read), clqnn_gemm_weights_size(weights));
    assert_memory_equal(read->batch, weights->batch, sizeof weights->batch);
    assert_memory_equal(read->columns, weights->columns, (size_t)(weights->batch[0] * weights->batch[1] * n) * sizeof *weights->columns);
    unsigned char *again = blob_of(read, &size_again);
    assert_int_equal(size_again, size);
    assert_memory_equal(again, blob, size);
    assert_int_equal(clqnn_gemm_weights_unpack(read, back, 2 * count), CLQNN_OK);
    assert_memory_equal(back, data, 2 * count);
    clqnn_gemm_weights_release(weights);
    clqnn_gemm_weights_release(read);
    free(again);
    free(blob);
    free(zeros);
    free(back);
    free(data);
}

static void test_round_trips_in_every_layout(void **state)
{
    (void)state;
    static const clq_layout *const layouts[] = {
#define X(symbol, panel, group, element) &clq_layout_##symbol,
#include "layout/layouts.def"
#undef X
    };
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        if (layouts[i]->element_size == 0) continue; /* of bit planes: gemm_planes_test.c */
        const int64_t n = layouts[i]->panel_n, k = layouts[i]->group_k;
        const int64_t shapes[][2] = {{n, k}, {n + 1, k + 1}, {2 * n - 1, 3 * k - 1}, {1, 1}, {0, k}, {n, 0}, {n / 2 + 1, 2 * k}};
        for (size_t shape = 0; shape < sizeof shapes / sizeof *shapes; shape++) {
            expect_round_trip(layouts[i], CLQNN_S8, shapes[shape][0], shapes[shape][1]);
            expect_round_trip(layouts[i], CLQNN_U8, shapes[shape][0], shapes[shape][1]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_null_pointers),
        cmocka_unit_test(test_targets_that_are_too_small),
        cmocka_unit_test(test_every_truncation),
        cmocka_unit_test(test_every_flipped_bit),
        cmocka_unit_test(test_headers_that_lie),
        cmocka_unit_test(test_payloads_that_lie),
        cmocka_unit_test(test_round_trips_in_every_layout),
    };
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failures;
}
