/* SPDX-License-Identifier: Apache-2.0 */
/* Groups that mean nothing: each is refused with a status and a message that names field and value. Blobs of weights with groups that lie under a right
 * checksum. Internal: links the static library, for the checksum. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/hash.h"
#include "mixed_fixture.h"

enum { GROUPS = 2, SIZE = 4, HEADER_BYTES = 120, GROUP_AT = 48, SCALE_TYPE_AT = 56, ZERO_TYPE_AT = 60, OFFSETS_AT = 64, INDEX_AT = 68, LAYOUT_AT = 72, CHECKSUM_AT = 112 };

static const float scales[GROUPS * FIXTURE_N] = {0.5f, 0.25f, 0.125f, -1, 2, 0.5f, 0.25f, 0.125f, -1, 2};
static const uint8_t zeros[GROUPS * FIXTURE_N] = {0, 1, 2, 3, 15, 8, 8, 8, 8, 8};
static const int32_t order[FIXTURE_K] = {1, 0, 0, 1, 0, 0, 1};
static const uint8_t nibbles[(FIXTURE_K * FIXTURE_N + 1) / 2] = {0x10, 0x32, 0x54, 0x76, 0x98, 0xba, 0xdc, 0xfe};

/* f16 by u4, 3 x 5 x 7, groups of 4 rows, the last short, zero points and an index. */
static clqnn_gemm_desc groups_desc(void)
{
    clqnn_gemm_desc desc = mixed_fixture_desc();
    desc.b.type = CLQNN_U4;
    desc.b_data = nibbles;
    desc.groups = (clqnn_groups){.size = SIZE, .scales = scales, .scale_type = CLQNN_F32, .zero_points = zeros, .zero_point_type = CLQNN_U8, .index = order};
    return desc;
}

static void test_sizes(void **state)
{
    (void)state;
    static const int64_t bad[] = {-1, INT64_MIN, FIXTURE_K + 1, INT64_MAX};
    static const char *const texts[] = {"-1", "-9223372036854775808", "8", "9223372036854775807"};
    clqnn_gemm_desc desc = groups_desc();
    expect_accepted(&desc);
    for (size_t i = 0; i < 4; i++) {
        desc.groups.size = bad[i];
        expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "groups.size is", texts[i]);
    }
    desc.groups.size = 0;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "groups.size is 0", NULL);
    desc.groups.index = NULL;
    for (desc.groups.size = SIZE; desc.groups.size <= FIXTURE_K; desc.groups.size++) expect_accepted(&desc);
}

static void test_arrays(void **state)
{
    (void)state;
    static const clqnn_type not_scales[] = {CLQNN_TYPE_NONE, CLQNN_U8, CLQNN_S32, CLQNN_F8E4M3, (clqnn_type)99};
    static const clqnn_type not_zeros[] = {CLQNN_TYPE_NONE, CLQNN_S32, CLQNN_U4, CLQNN_F8E5M2, (clqnn_type)99};
    clqnn_gemm_desc desc = groups_desc();
    desc.groups.scales = NULL;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "groups.scales", "NULL");
    for (size_t i = 0; i < 5; i++) {
        desc = groups_desc();
        desc.groups.scale_type = not_scales[i];
        expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "groups.scale_type", NULL);
        desc = groups_desc();
        desc.groups.zero_point_type = not_zeros[i];
        expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "groups.zero_point_type", NULL);
    }
    desc = groups_desc();
    desc.groups.offsets = scales;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "groups.offsets", "zero_points");
    desc = groups_desc();
    desc.b.type = CLQNN_S4;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "groups.zero_point_type is u8", "s8");
}

static void test_numbers(void **state)
{
    (void)state;
    static const float not_finite[] = {NAN, INFINITY, -INFINITY};
    float changed[GROUPS * FIXTURE_N];
    uint8_t changed_zeros[GROUPS * FIXTURE_N];
    for (size_t i = 0; i < 3; i++) {
        memcpy(changed, scales, sizeof changed);
        changed[7] = not_finite[i];
        clqnn_gemm_desc desc = groups_desc();
        desc.groups.scales = changed;
        expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "groups.scales[7]", "finite");
        desc = groups_desc();
        desc.groups.zero_points = changed;
        desc.groups.zero_point_type = CLQNN_F32;
        expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "groups.zero_points[7]", "finite");
        desc = groups_desc();
        desc.groups.zero_points = NULL;
        desc.groups.offsets = changed;
        expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "groups.offsets[7]", "finite");
    }
    memcpy(changed_zeros, zeros, sizeof zeros);
    changed_zeros[9] = 16;
    clqnn_gemm_desc desc = groups_desc();
    desc.groups.zero_points = changed_zeros;
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "groups.zero_points[9] is 16", "0..15");
}

static void test_indices(void **state)
{
    (void)state;
    static const struct { int place; int32_t value; const char *text; } rows[] = {{3, 2, "groups.index[3] is 2"}, {6, -1, "groups.index[6] is -1"}, {0, INT32_MAX, "2147483647"},
                                                                                {0, 0, "groups.index names group 0 5 times"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int32_t changed[FIXTURE_K];
        memcpy(changed, order, sizeof changed);
        changed[rows[i].place] = rows[i].value;
        clqnn_gemm_desc desc = groups_desc();
        desc.groups.index = changed;
        expect_refused(&desc, CLQNN_INVALID_ARGUMENT, rows[i].text, NULL);
    }
}

static void test_what_groups_exclude(void **state)
{
    (void)state;
    static const float one[1] = {1};
    clqnn_gemm_desc desc = groups_desc();
    desc.b_data = NULL;
    expect_refused(&desc, CLQNN_UNSUPPORTED, "b_data", "constant");
    desc = groups_desc();
    desc.b.quantization = (clqnn_quantization){.scales = one, .scale_count = 1};
    expect_refused(&desc, CLQNN_INVALID_QUANTIZATION, "b.quantization", "groups");
    desc = groups_desc();
    desc.b.type = CLQNN_F16;
    expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "groups.size is 4", "f16");
    desc = groups_desc();
    desc.b.leading_dimension = FIXTURE_N + 1;
    expect_refused(&desc, CLQNN_INVALID_SHAPE, "b.leading_dimension is 6", "5");
    desc = groups_desc();
    desc.batch[0] = 2;
    expect_refused(&desc, CLQNN_UNSUPPORTED, "b.batch_stride[0]", "BROADCAST");
    desc.b.batch_stride[0] = CLQNN_BROADCAST;
    expect_accepted(&desc);
}

/* ---- Blobs ---- */

static unsigned char *groups_blob(size_t *size)
{
    const clqnn_gemm_desc desc = groups_desc();
    clqnn_gemm_weights *weights = NULL;
    assert_int_equal(clqnn_gemm_pack(fixture_context(), &desc, &weights), CLQNN_OK);
    assert_int_equal(clqnn_gemm_weights_serialize(weights, NULL, 0, size), CLQNN_OK);
    unsigned char *blob = malloc(*size);
    assert_non_null(blob);
    assert_int_equal(clqnn_gemm_weights_serialize(weights, blob, *size, size), CLQNN_OK);
    clqnn_gemm_weights_release(weights);
    return blob;
}

/* Reads a blob whose bytes at `at` are others, under a right checksum. */
static clqnn_status read_changed(size_t at, const void *bytes, size_t count)
{
    size_t size = 0;
    unsigned char *blob = groups_blob(&size);
    clqnn_gemm_weights *weights = NULL;
    memcpy(blob + at, bytes, count);
    const uint64_t checksum = clq_hash(clq_hash(CLQ_HASH_START, blob, CHECKSUM_AT), blob + HEADER_BYTES, size - HEADER_BYTES);
    memcpy(blob + CHECKSUM_AT, &checksum, sizeof checksum);
    const clqnn_status status = clqnn_gemm_weights_deserialize(fixture_context(), blob, size, &weights);
    assert_true((status == CLQNN_OK) == (weights != NULL));
    clqnn_gemm_weights_release(weights);
    free(blob);
    return status;
}

static void expect_lie(size_t at, const void *bytes, size_t count, const char *text)
{
    assert_int_equal(read_changed(at, bytes, count), CLQNN_CORRUPT_DATA);
    expect_message("packed weights", text);
}

static void test_blob_headers(void **state)
{
    (void)state;
    static const int64_t sizes[] = {-1, 0, FIXTURE_K + 1, INT64_MAX};
    static const uint32_t zero = 0, one = 1, two = 2, f8 = CLQNN_F8E4M3;
    for (size_t i = 0; i < 4; i++) expect_lie(GROUP_AT, &sizes[i], sizeof *sizes, "groups");
    expect_lie(SCALE_TYPE_AT, &zero, sizeof zero, "scales of type 0");
    expect_lie(SCALE_TYPE_AT, &f8, sizeof f8, "scales of type 10");
    expect_lie(ZERO_TYPE_AT, &f8, sizeof f8, "zero points of type 10");
    expect_lie(OFFSETS_AT, &one, sizeof one, "zero points");
    expect_lie(INDEX_AT, &two, sizeof two, "index");
    expect_lie(LAYOUT_AT, "float_n16", 10, "does not hold them");
}

/* The bytes of a whole blob, each changed: either the weights are others, which is no lie, or it is refused; nothing crashes. Scales that are NaN, zero points
 * beyond their type and rows out of range are refused. */
static void test_blob_payloads(void **state)
{
    (void)state;
    size_t size = 0, refused = 0;
    unsigned char *blob = groups_blob(&size);
    const float nan = NAN;
    size_t scale_at = 0, order_at = 0;
    for (size_t i = HEADER_BYTES; i + sizeof scales / 2 < size && !scale_at; i += 4) scale_at = memcmp(blob + i, scales, 5 * sizeof *scales) == 0 ? i : 0;
    for (size_t i = HEADER_BYTES; i + 12 < size && scale_at; i += 4) {
        if (memcmp(blob + i, (int32_t[3]){1, 2, 4}, 12) == 0) order_at = i; /* the rows of group 0, in order */
    }
    assert_true(scale_at > 0 && order_at > scale_at);
    expect_lie(scale_at, &nan, sizeof nan, "out of range");
    expect_lie(order_at, &(int32_t){7}, 4, "out of range");
    expect_lie(order_at, &(int32_t){-2}, 4, "out of range");
    expect_lie(order_at, &(int32_t){2}, 4, "out of range"); /* twice */
    for (size_t i = HEADER_BYTES; i < size; i++) {
        const unsigned char changed = (unsigned char)~blob[i];
        refused += read_changed(i, &changed, 1) == CLQNN_CORRUPT_DATA;
    }
    assert_true(refused > (size - HEADER_BYTES) / 2); /* 27 of 32 columns are padding */
    free(blob);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),   cmocka_unit_test(test_arrays),             cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_indices), cmocka_unit_test(test_what_groups_exclude), cmocka_unit_test(test_blob_headers),
        cmocka_unit_test(test_blob_payloads),
    };
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failures;
}
