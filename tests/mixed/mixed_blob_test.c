/* SPDX-License-Identifier: Apache-2.0 */
/* Serialised weights of products of floats: exact round trips in every layout of floats, and blobs that are damaged. Internal: links the static library, to
 * force layouts and to give damaged headers a right checksum. */
#include <stdlib.h>
#include <string.h>

#include "blob_damage.h"
#include "mixed/mixed_validate.h"
#include "mixed/mixed_weights.h"
#include "mixed_fixture.h"

/* What mixed_blob.c writes: 8 magic, 4 version, 4 type, 8 n, 8 k, 16 batch, 8 group, 4 scale type, 4 zero point type, 4 offsets, 4 index, 32 layout, 8 payload
 * bytes, 8 checksum. */
enum { VERSION_AT = 8, TYPE_AT = 12, N_AT = 16, K_AT = 24, BATCH_AT = 32, GROUP_AT = 48, SCALE_TYPE_AT = 56, ZERO_TYPE_AT = 60, OFFSETS_AT = 64, INDEX_AT = 68,
       LAYOUT_AT = 72, CHECKSUM_AT = 112, HEADER_BYTES = 120 };

static const clq_mixed_layout *const layouts[] = {
#define X(symbol) &clq_layout_##symbol,
#include "layout/mixed_layouts.def"
#undef X
};
enum { LAYOUTS = sizeof layouts / sizeof *layouts };

static clqnn_gemm_weights *pack(clqnn_gemm_desc *desc, const clq_mixed_layout *layout)
{
    clq_mixed_problem problem;
    clqnn_gemm_weights *weights = NULL;
    assert_int_equal(clq_mixed_validate(desc, NULL, &problem), CLQNN_OK);
    assert_int_equal(clq_mixed_weights_create(fixture_context(), &problem, layout, &weights), CLQNN_OK);
    return weights;
}

/* 16 columns a panel, 5 of them used. */
static unsigned char *small_blob(size_t *size)
{
    clqnn_gemm_desc desc = mixed_fixture_desc();
    clqnn_gemm_weights *weights = pack(&desc, &clq_layout_float_n16);
    unsigned char *blob = blob_of(weights, size);
    clqnn_gemm_weights_release(weights);
    return blob;
}

static void test_targets_that_are_too_small(void **state)
{
    (void)state;
    size_t size = 0, needed = 0;
    unsigned char *blob = small_blob(&size), *target = malloc(size);
    float floats[FIXTURE_K * FIXTURE_N];
    clqnn_gemm_weights *weights = NULL;
    assert_non_null(target);
    assert_int_equal(clqnn_gemm_weights_deserialize(fixture_context(), blob, size, &weights), CLQNN_OK);
    memset(target, 0x5a, size);
    assert_int_equal(clqnn_gemm_weights_serialize(weights, target, size - 1, &needed), CLQNN_BUFFER_TOO_SMALL);
    expect_message("capacity", NULL);
    assert_int_equal(needed, size);
    assert_int_equal(clqnn_gemm_weights_unpack(weights, target, FIXTURE_K * FIXTURE_N * 2 - 1), CLQNN_BUFFER_TOO_SMALL);
    expect_message("capacity is 69", "70");
    for (size_t i = 0; i < size; i++) assert_int_equal(target[i], 0x5a);
    assert_int_equal(clqnn_gemm_weights_dequantize(weights, floats, sizeof floats - 1), CLQNN_BUFFER_TOO_SMALL);
    expect_message("capacity is 139", "140");
    assert_int_equal(clqnn_gemm_weights_dequantize(NULL, floats, sizeof floats), CLQNN_INVALID_ARGUMENT);
    expect_message("weights", "NULL");
    assert_int_equal(clqnn_gemm_weights_dequantize(weights, NULL, sizeof floats), CLQNN_INVALID_ARGUMENT);
    expect_message("w is NULL", NULL);
    assert_int_equal(clqnn_gemm_weights_dequantize(weights, floats, sizeof floats), CLQNN_OK);
    for (int i = 0; i < FIXTURE_K * FIXTURE_N; i++) assert_true(floats[i] == (float)(i % 11 - 5));
    clqnn_gemm_weights_release(weights);
    free(target);
    free(blob);
}

static void test_integer_weights_are_not_dequantized(void **state)
{
    (void)state;
    const clqnn_gemm_desc desc = fixture_desc();
    clqnn_gemm_weights *weights = NULL;
    float floats[FIXTURE_K * FIXTURE_N];
    assert_int_equal(clqnn_gemm_pack(fixture_context(), &desc, &weights), CLQNN_OK);
    assert_int_equal(clqnn_gemm_weights_dequantize(weights, floats, sizeof floats), CLQNN_UNSUPPORTED);
    clqnn_gemm_weights_release(weights);
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
    static const uint32_t types[] = {0, CLQNN_S8, CLQNN_S32, CLQNN_U4, 99, UINT32_MAX}, version = 2, one = 1;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) expect_sealed_corrupt(TYPE_AT, &types[i], sizeof *types, "type");
    expect_sealed_corrupt(VERSION_AT, &version, sizeof version, "version 2");
    expect_sealed_corrupt(LAYOUT_AT, "float_n17", 10, "float_n17");
    expect_sealed_corrupt(LAYOUT_AT, "a name of thirty-two letters, all of them", 32, "thirty-two");
    expect_sealed_corrupt(LAYOUT_AT, "float_rows", 11, "do not fill");
    static const int64_t groups[] = {-1, 8, INT64_MAX, 7};
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) expect_sealed_corrupt(GROUP_AT, &groups[i], sizeof *groups, "groups");
    expect_sealed_corrupt(SCALE_TYPE_AT, &types[4], sizeof *types, "scales of type 99");
    expect_sealed_corrupt(ZERO_TYPE_AT, &one, sizeof one, "zero points of type 1");
    expect_sealed_corrupt(OFFSETS_AT, &one, sizeof one, "offsets");
    expect_sealed_corrupt(INDEX_AT, &one, sizeof one, "index");
    for (size_t i = 0; i < LAYOUTS; i++) {
        if (layouts[i]->grouped) expect_sealed_corrupt(LAYOUT_AT, layouts[i]->name, strlen(layouts[i]->name) + 1, "does not hold them");
    }
}

static void test_payloads_that_lie(void **state)
{
    (void)state;
    size_t size = 0;
    free(small_blob(&size));
    expect_sealed_corrupt(size - 1, "\1", 1, "padding");                      /* column 16 of 5 in the last row */
    expect_sealed_corrupt(HEADER_BYTES + FIXTURE_N * 2, "\1", 1, "padding");  /* column 6 in the first */
}

/* ---- Round trips ---- */

/* Packs two matrices in a layout, through the blob, and back. */
static void expect_round_trip(const clq_mixed_layout *layout, clqnn_type type, int64_t n, int64_t k)
{
    const size_t bytes = (size_t)(2 * n * k) * clqnn_type_size(type);
    unsigned char *data = malloc(bytes + 1), *back = malloc(bytes + 1);
    assert_true(data && back);
    for (size_t i = 0; i < bytes; i++) data[i] = (unsigned char)(i * 37 + 11);
    clqnn_gemm_desc desc = mixed_fixture_desc();
    desc.batch[1] = 2;
    desc.n = n;
    desc.k = k;
    desc.b.type = type;
    desc.b_data = data;
    clqnn_gemm_weights *weights = pack(&desc, layout), *read = NULL;
    size_t size = 0, size_again = 0;
    unsigned char *blob = blob_of(weights, &size);
    assert_int_equal(clqnn_gemm_weights_deserialize(fixture_context(), blob, size, &read), CLQNN_OK);
    assert_string_equal(clqnn_gemm_weights_layout(read), layout->name);
    assert_int_equal(clqnn_gemm_weights_size(read), clqnn_gemm_weights_size(weights));
    assert_memory_equal(read->batch, weights->batch, sizeof weights->batch);
    unsigned char *again = blob_of(read, &size_again);
    assert_int_equal(size_again, size);
    assert_memory_equal(again, blob, size);
    assert_int_equal(clqnn_gemm_weights_unpack(read, back, bytes), CLQNN_OK);
    assert_memory_equal(back, data, bytes);
    clqnn_gemm_weights_release(weights);
    clqnn_gemm_weights_release(read);
    free(again);
    free(blob);
    free(back);
    free(data);
}

static void test_round_trips_in_every_layout(void **state)
{
    (void)state;
    static const clqnn_type types[] = {CLQNN_F32, CLQNN_F16, CLQNN_BF16, CLQNN_F8E4M3, CLQNN_F8E5M2};
    for (size_t i = 0; i < LAYOUTS; i++) {
        const int64_t n = layouts[i]->panel_n ? layouts[i]->panel_n : 8, k = layouts[i]->group_k;
        const int64_t shapes[][2] = {{n, k}, {n + 1, k + 1}, {2 * n - 1, 3 * k + 2}, {1, 1}, {0, k}, {n, 0}, {n / 2 + 1, 2 * k}};
        const clq_mixed_form form = {.type = CLQNN_F16, .n = n, .k = k};
        if (layouts[i]->grouped) continue;
        for (size_t shape = 0; shape < sizeof shapes / sizeof *shapes; shape++) {
            for (size_t type = 0; type < 5; type++) {
                clq_mixed_form own = form;
                own.type = types[type];
                if (!layouts[i]->refuses(layouts[i], &own)) expect_round_trip(layouts[i], types[type], shapes[shape][0], shapes[shape][1]);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_targets_that_are_too_small), cmocka_unit_test(test_integer_weights_are_not_dequantized), cmocka_unit_test(test_every_truncation),
        cmocka_unit_test(test_every_flipped_bit),          cmocka_unit_test(test_headers_that_lie),                    cmocka_unit_test(test_payloads_that_lie),
        cmocka_unit_test(test_round_trips_in_every_layout),
    };
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failures;
}
