/* SPDX-License-Identifier: Apache-2.0 */
/* Serialised weights of convolutions: exact round trips in every layout, and blobs that are damaged. Internal: links the static library, to force layouts and
 * to give damaged headers a right checksum. */
#include <stdlib.h>
#include <string.h>

#include "conv/conv_examine.h"
#include "conv/conv_weights.h"
#include "conv_fixture.h"
#include "layout/blob.h"

/* What conv_blob.c writes: 16 mark, 24 channels, 24 kernel, 8 layout of the source, 24 layout, 16 seal. */
enum { VERSION_AT = 8, TYPE_AT = 12, GROUPS_AT = 16, KERNEL_AT = 40, SOURCE_AT = 64, LAYOUT_AT = 72, HEADER_BYTES = 112 };

static unsigned char *serialize(const clqnn_conv_weights *weights, size_t *size)
{
    assert_int_equal(clqnn_conv_weights_serialize(weights, NULL, 0, size), CLQNN_OK);
    unsigned char *blob = malloc(*size);
    assert_non_null(blob);
    assert_int_equal(clqnn_conv_weights_serialize(weights, blob, *size, size), CLQNN_OK);
    return blob;
}

/* `product`: of a kernel of one tap, whose weights are the GEMM's. */
static unsigned char *small_blob(bool product, size_t *size)
{
    clqnn_conv_desc desc = conv_fixture_desc();
    clqnn_conv_weights *weights = NULL;
    desc.variant = "conv_i8_portable";
    if (product) {
        desc.variant = "gemm_i8_portable";
        desc.kernel[0] = desc.kernel[1] = 1;
        memset(desc.pad_begin, 0, sizeof desc.pad_begin);
        memset(desc.pad_end, 0, sizeof desc.pad_end);
    }
    assert_int_equal(clqnn_conv_pack(conv_fixture_context(), &desc, &weights), CLQNN_OK);
    unsigned char *blob = serialize(weights, size);
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

static void test_bad_arguments(void **state)
{
    (void)state;
    size_t size = 0, needed = 0;
    unsigned char *blob = small_blob(false, &size), *target = malloc(size);
    clqnn_conv_weights *weights = (clqnn_conv_weights *)(uintptr_t)64;
    assert_non_null(target);
    assert_int_equal(clqnn_conv_weights_deserialize(NULL, blob, size, &weights), CLQNN_INVALID_ARGUMENT);
    assert_null(weights);
    conv_expect_message("context", "NULL");
    assert_int_equal(clqnn_conv_weights_deserialize(conv_fixture_context(), NULL, size, &weights), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_conv_weights_deserialize(conv_fixture_context(), blob, size, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_conv_weights_serialize(NULL, NULL, 0, &size), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_conv_weights_deserialize(conv_fixture_context(), blob, size, &weights), CLQNN_OK);
    assert_int_equal(clqnn_conv_weights_serialize(weights, NULL, 0, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_conv_weights_unpack(NULL, target, size), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_conv_weights_unpack(weights, NULL, size), CLQNN_INVALID_ARGUMENT);
    memset(target, 0x5a, size);
    assert_int_equal(clqnn_conv_weights_serialize(weights, target, size - 1, &needed), CLQNN_BUFFER_TOO_SMALL);
    assert_int_equal(needed, size);
    assert_int_equal(clqnn_conv_weights_unpack(weights, target, FIXTURE_W_BYTES - 1), CLQNN_BUFFER_TOO_SMALL);
    for (size_t i = 0; i < size; i++) assert_int_equal(target[i], 0x5a);
    clqnn_conv_weights_release(weights);
    free(target);
    free(blob);
}

static void test_every_truncation_and_flipped_bit(void **state)
{
    (void)state;
    for (int product = 0; product < 2; product++) {
        size_t size = 0;
        unsigned char *blob = small_blob(product, &size);
        for (size_t length = 0; length < size; length++) {
            unsigned char *cut = malloc(length ? length : 1); /* its own block: a sanitizer sees a read beyond it */
            assert_non_null(cut);
            memcpy(cut, blob, length);
            expect_corrupt(cut, length, NULL);
            free(cut);
        }
        for (size_t bit = 0; bit < 8 * size; bit++) {
            blob[bit / 8] ^= (unsigned char)(1u << bit % 8);
            expect_corrupt(blob, size, NULL);
            blob[bit / 8] ^= (unsigned char)(1u << bit % 8);
        }
        free(blob);
    }
}

/* Damage under a right checksum. */
static void expect_sealed_corrupt(bool product, size_t at, const void *bytes, size_t count, const char *text)
{
    size_t size = 0;
    unsigned char *blob = small_blob(product, &size);
    memcpy(blob + at, bytes, count);
    clq_blob_close(blob, HEADER_BYTES, blob + HEADER_BYTES);
    expect_corrupt(blob, size, text);
    free(blob);
}

static void test_headers_that_lie(void **state)
{
    (void)state;
    static const int64_t numbers[] = {0, -1, INT64_MIN, INT64_MAX, INT64_C(1) << 31, INT32_MAX, 1000};
    for (size_t place = 0; place < 6; place++) { /* channels, then kernel */
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
            expect_sealed_corrupt(false, GROUPS_AT + 8 * place, &numbers[i], sizeof *numbers, NULL);
            expect_sealed_corrupt(true, GROUPS_AT + 8 * place, &numbers[i], sizeof *numbers, NULL);
        }
    }
    static const uint32_t types[] = {0, 3, 99, UINT32_MAX}, version = 2, two = 2, one = 1, f32 = CLQNN_F32;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) expect_sealed_corrupt(false, TYPE_AT, &types[i], sizeof *types, "type");
    expect_sealed_corrupt(false, TYPE_AT, &f32, sizeof f32, "does not know"); /* no layout of floats */
    expect_sealed_corrupt(false, VERSION_AT, &version, sizeof version, "version 2");
    expect_sealed_corrupt(false, SOURCE_AT, &two, sizeof two, "weight layout 2");
    expect_sealed_corrupt(false, SOURCE_AT + 4, &two, sizeof two, "transposed 2");
    expect_sealed_corrupt(true, SOURCE_AT + 4, &one, sizeof one, "does not know"); /* a transposed convolution is no product */
    expect_sealed_corrupt(false, LAYOUT_AT, "conv_i8_n4k5", 13, "conv_i8_n4k5");
    expect_sealed_corrupt(false, LAYOUT_AT, "i8_n4k4", 8, "i8_n4k4"); /* the GEMM's, but 9 taps */
    expect_sealed_corrupt(false, LAYOUT_AT, "conv_i8_n64k4", 14, "do not fill");
}

static void test_payloads_that_lie(void **state)
{
    (void)state;
    static const int32_t zeros[] = {-129, 128, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++) {
        expect_sealed_corrupt(false, HEADER_BYTES, &zeros[i], sizeof *zeros, "zero point");
        expect_sealed_corrupt(true, HEADER_BYTES, &zeros[i], sizeof *zeros, "zero point");
    }
    size_t size = 0;
    free(small_blob(false, &size));
    expect_sealed_corrupt(false, size - 1, "\1", 1, "padding"); /* channel 8 of 6 */
}

/* Packs in a layout, through the blob, and back. */
static void expect_round_trip(const clq_conv_layout *layout, clqnn_conv_desc desc)
{
    const int64_t channels = desc.groups ? desc.groups : 1, taps = desc.kernel[0] * desc.kernel[1];
    const size_t count = (size_t)(desc.out_channels * taps * (desc.in_channels / channels));
    unsigned char *data = malloc(count), *back = malloc(count);
    int32_t *zeros = calloc((size_t)desc.out_channels, sizeof *zeros);
    assert_true(data && back && zeros);
    conv_fixture_bytes(data, count, 21);
    for (int64_t i = 0; i < desc.out_channels; i++) zeros[i] = (int32_t)(i % 100);
    desc.weight_quantization = (clqnn_quantization){.zero_points = zeros, .zero_point_count = desc.out_channels};
    desc.weight_data = data;
    clq_conv_spec spec;
    clqnn_conv_weights *weights = NULL, *read = NULL;
    assert_int_equal(clq_conv_examine(conv_fixture_context(), &desc, &spec), CLQNN_OK);
    assert_int_equal(clq_conv_weights_create(conv_fixture_context(), &spec, layout, &weights), CLQNN_OK);
    size_t size = 0, size_again = 0;
    unsigned char *blob = serialize(weights, &size);
    assert_int_equal(clqnn_conv_weights_deserialize(conv_fixture_context(), blob, size, &read), CLQNN_OK);
    assert_string_equal(clqnn_conv_weights_layout(read), layout->name);
    assert_int_equal(clqnn_conv_weights_size(read), clqnn_conv_weights_size(weights));
    assert_memory_equal(read->channels, weights->channels, (size_t)desc.out_channels * sizeof *weights->channels);
    assert_memory_equal(read->tap_sums, weights->tap_sums, (size_t)(desc.out_channels * taps) * sizeof *weights->tap_sums);
    unsigned char *again = serialize(read, &size_again);
    assert_int_equal(size_again, size);
    assert_memory_equal(again, blob, size);
    assert_int_equal(clqnn_conv_weights_unpack(read, back, count), CLQNN_OK);
    assert_memory_equal(back, data, count);
    clqnn_conv_weights_release(weights);
    clqnn_conv_weights_release(read);
    free(again);
    free(blob);
    free(zeros);
    free(back);
    free(data);
}

static void test_round_trips_in_every_layout(void **state)
{
    (void)state;
    static const clq_conv_layout *const layouts[] = {
#define X(symbol, panel, group, element, family) &clq_conv_layout_##symbol,
#include "conv/conv_layouts.def"
#undef X
    };
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        const int64_t n = layouts[i]->panel, k = layouts[i]->k_group;
        const int64_t shapes[][3] = {{1, n, k}, {1, n + 1, k + 1}, {3, 3 * (n - 1) + 3, 3 * k}, {1, 1, 1}, {5, 10, 5}, {2, 4 * n + 2, 6 * k - 2}};
        for (size_t shape = 0; shape < sizeof shapes / sizeof *shapes; shape++) {
            for (int kind = 0; kind < 8; kind++) {
                clqnn_conv_desc desc = {
                    .struct_size = sizeof desc, .groups = shapes[shape][0], .out_channels = shapes[shape][1], .in_channels = shapes[shape][2], .input = {4, 4},
                    .kernel = {2, 3}, .x = {.type = CLQNN_U8}, .y = {.type = CLQNN_S32}, .transposed = kind & 1,
                    .weight_layout = kind & 2 ? CLQNN_WEIGHTS_OIHW : CLQNN_WEIGHTS_OHWI, .weight_type = kind & 4 ? CLQNN_U8 : CLQNN_S8,
                };
                if (desc.in_channels % desc.groups || desc.out_channels % desc.groups) continue;
                expect_round_trip(layouts[i], desc);
            }
        }
    }
}

/* No two weights share a place, and every place is inside. */
static void test_places(void **state)
{
    (void)state;
    static const clq_conv_layout *const layouts[] = {
#define X(symbol, panel, group, element, family) &clq_conv_layout_##symbol,
#include "conv/conv_layouts.def"
#undef X
    };
    const clq_conv_shape shapes[] = {{1, 40, 7, {1, 3, 3}}, {3, 5, 4, {1, 1, 2}}, {17, 2, 1, {3, 1, 5}}, {1, 70, 3, {1, 7, 7}}};
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
            uint64_t elements = 0;
            assert_true(layouts[i]->count(layouts[i], &shapes[s], &elements));
            unsigned char *taken = calloc((size_t)elements, 1);
            assert_non_null(taken);
            for (int64_t o = 0; o < clq_conv_out_channels(&shapes[s]); o++) {
                for (int64_t tap = 0; tap < clq_conv_taps(&shapes[s]); tap++) {
                    for (int64_t in = 0; in < shapes[s].group_in; in++) {
                        const int64_t at = layouts[i]->place(layouts[i], &shapes[s], o, tap, in);
                        assert_true(at >= 0 && (uint64_t)at < elements);
                        assert_int_equal(taken[at]++, 0);
                    }
                }
            }
            free(taken);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad_arguments),     cmocka_unit_test(test_every_truncation_and_flipped_bit), cmocka_unit_test(test_headers_that_lie),
        cmocka_unit_test(test_payloads_that_lie), cmocka_unit_test(test_round_trips_in_every_layout),      cmocka_unit_test(test_places),
    };
    if (!conv_fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    conv_fixture_close();
    return failures;
}
