/* SPDX-License-Identifier: Apache-2.0 */
/* Packed layouts: the order of bytes of two small matrices written down by hand, exact inverses in every layout, strides, damage that the
 * check finds, sizes at the edge of 63 bits. Packed and dense blocks are allocated to the byte, so that a sanitizer sees every step
 * outside. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "layout/layout.h"

static const clq_layout *const layouts[] = {
#define X(symbol, panel, group, element) &clq_layout_##symbol,
#include "layout/layouts.def"
#undef X
};

enum { LAYOUTS = sizeof layouts / sizeof *layouts };

/* Names are stored in blobs: they and what they mean never change. */
static void test_names_are_stable(void **state)
{
    (void)state;
    static const struct { const char *name; int32_t panel_n, group_k, element_size; } known[] = {
        {"i8_n4k4", 4, 4, 1}, {"i8_n32k4", 32, 4, 1}, {"i16_n16k2", 16, 2, 2}, {"i8_n64k4", 64, 4, 1}, {"i8_n128k64", 128, 64, 1},
        {"t2_n32k16", 32, 16, 0},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const clq_layout *found = clq_layout_find(known[i].name);
        assert_non_null(found);
        assert_string_equal(found->name, known[i].name);
        assert_int_equal(found->panel_n, known[i].panel_n);
        assert_int_equal(found->group_k, known[i].group_k);
        assert_int_equal(found->element_size, known[i].element_size);
    }
    assert_null(clq_layout_find("i8_n4k"));
    assert_null(clq_layout_find(""));
    for (size_t i = 0; i < LAYOUTS; i++) assert_ptr_equal(clq_layout_find(layouts[i]->name), layouts[i]);
}

/* k 5 x n 6, value 10 * k + n, in i8_n4k4: two panels of two groups. */
static void test_bytes_by_hand(void **state)
{
    (void)state;
    static const int8_t expected[64] = {
        0, 10, 20, 30, 1, 11, 21, 31, 2, 12, 22, 32, 3, 13, 23, 33, /* columns 0..3, k 0..3 */
        40, 0, 0, 0, 41, 0, 0, 0, 42, 0, 0, 0, 43, 0, 0, 0,         /* k 4, then padding */
        4, 14, 24, 34, 5, 15, 25, 35, 0, 0, 0, 0, 0, 0, 0, 0,       /* columns 4, 5, then padding */
        44, 0, 0, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    };
    uint8_t data[30];
    int8_t packed[64];
    uint64_t bytes = 0;
    for (int k = 0; k < 5; k++) {
        for (int n = 0; n < 6; n++) data[k * 6 + n] = (uint8_t)(10 * k + n);
    }
    assert_true(clq_layout_size(&clq_layout_i8_n4k4, 6, 5, &bytes));
    assert_int_equal(bytes, 64);
    clq_layout_pack(&clq_layout_i8_n4k4, &(clq_matrix_view){.data = data, .n = 6, .k = 5, .k_stride = 6, .n_stride = 1}, packed);
    assert_memory_equal(packed, expected, 64);
}

/* k 3 x n 2 of u8 in 16-bit pairs: 0, 128 and 255 become -128, 0 and 127. */
static void test_words_by_hand(void **state)
{
    (void)state;
    static const uint8_t data[] = {0, 128, 255, 127, 129, 1};
    int16_t packed[64];
    clq_layout_pack(&clq_layout_i16_n16k2, &(clq_matrix_view){.data = data, .n = 2, .k = 3, .k_stride = 2, .n_stride = 1, .flip = 0x80}, packed);
    const int16_t first_group[] = {-128, 127, 0, -1}, second_group[] = {1, 0, -127, 0};
    assert_memory_equal(packed, first_group, sizeof first_group);
    assert_memory_equal(packed + 32, second_group, sizeof second_group);
    for (int i = 4; i < 32; i++) assert_true(packed[i] == 0 && packed[32 + i] == 0);
}

typedef struct block {
    void *bytes;
    uint64_t size;
} block;

static block packed_block(const clq_layout *layout, int64_t n, int64_t k)
{
    block result = {NULL, 0};
    assert_true(clq_layout_size(layout, n, k, &result.size));
    result.bytes = malloc(result.size ? (size_t)result.size : 1);
    assert_non_null(result.bytes);
    return result;
}

/* Pack, check, unpack; from rows with padding or from columns. */
static void expect_inverse(const clq_layout *layout, int64_t n, int64_t k, uint8_t flip, bool transposed)
{
    const int64_t leading = (transposed ? k : n) + 3, stored = transposed ? n : k;
    const size_t source_size = stored > 0 ? (size_t)((stored - 1) * leading + (transposed ? k : n)) : 0, dense_size = (size_t)(n * k);
    uint8_t *source = malloc(source_size ? source_size : 1), *dense = malloc(dense_size ? dense_size : 1);
    const block packed = packed_block(layout, n, k);
    assert_true(source && dense);
    for (size_t i = 0; i < source_size; i++) source[i] = (uint8_t)(i * 73 + 5);
    const clq_matrix_view view = {.data = source, .n = n, .k = k, .k_stride = transposed ? 1 : leading, .n_stride = transposed ? leading : 1, .flip = flip};
    memset(packed.bytes, 0x5a, packed.size);
    clq_layout_pack(layout, &view, packed.bytes);
    assert_true(clq_layout_check(layout, packed.bytes, n, k));
    clq_layout_unpack(layout, packed.bytes, n, k, flip, dense);
    for (int64_t row = 0; row < k; row++) {
        for (int64_t column = 0; column < n; column++) assert_int_equal(dense[row * n + column], source[row * view.k_stride + column * view.n_stride]);
    }
    free(packed.bytes);
    free(dense);
    free(source);
}

static void test_inverses(void **state)
{
    (void)state;
    for (size_t i = 0; i < LAYOUTS; i++) {
        if (layouts[i]->element_size == 0) continue; /* code_layout_test.c */
        const int64_t n = layouts[i]->panel_n, k = layouts[i]->group_k;
        const int64_t shapes[][2] = {{1, 1}, {n, k}, {n + 1, k}, {n, k + 1}, {2 * n - 1, 2 * k - 1}, {3 * n + 2, 1}, {1, 3 * k + 2}, {0, k}, {n, 0}, {0, 0}};
        for (size_t shape = 0; shape < sizeof shapes / sizeof *shapes; shape++) {
            for (int kind = 0; kind < 4; kind++) expect_inverse(layouts[i], shapes[shape][0], shapes[shape][1], (uint8_t)(kind & 1 ? 0x80 : 0), kind & 2);
        }
    }
}

/* Each padding element by itself, and each value beyond 8 bits. */
static void test_check_finds_damage(void **state)
{
    (void)state;
    for (size_t i = 0; i < LAYOUTS; i++) {
        if (layouts[i]->element_size == 0) continue; /* code_layout_test.c */
        const int64_t n = layouts[i]->panel_n + 1, k = layouts[i]->group_k + 1;
        const block packed = packed_block(layouts[i], n, k);
        uint8_t *ones = malloc((size_t)(n * k));
        size_t padding = 0;
        assert_non_null(ones);
        memset(ones, 1, (size_t)(n * k));
        clq_layout_pack(layouts[i], &(clq_matrix_view){.data = ones, .n = n, .k = k, .k_stride = n, .n_stride = 1}, packed.bytes);
        const size_t elements = (size_t)packed.size / (size_t)layouts[i]->element_size;
        for (size_t at = 0; at < elements; at++) {
            int8_t *bytes = packed.bytes;
            int16_t *words = packed.bytes;
            const int before = layouts[i]->element_size == 1 ? bytes[at] : words[at];
            if (layouts[i]->element_size == 1) bytes[at] = 3;
            else words[at] = 3;
            assert_int_equal(clq_layout_check(layouts[i], packed.bytes, n, k), before == 1); /* an element may be 3, padding may not */
            padding += before == 0;
            if (layouts[i]->element_size == 2) {
                words[at] = 128;
                assert_false(clq_layout_check(layouts[i], packed.bytes, n, k));
                words[at] = -129;
                assert_false(clq_layout_check(layouts[i], packed.bytes, n, k));
                words[at] = (int16_t)before;
            } else {
                bytes[at] = (int8_t)before;
            }
        }
        assert_int_equal(padding, elements - (size_t)(n * k));
        free(ones);
        free(packed.bytes);
    }
}

static void test_sizes(void **state)
{
    (void)state;
    uint64_t bytes = 0;
    assert_int_equal(clq_layout_padded_n(&clq_layout_i8_n32k4, 0), 0);
    assert_int_equal(clq_layout_padded_n(&clq_layout_i8_n32k4, 1), 32);
    assert_int_equal(clq_layout_padded_n(&clq_layout_i8_n32k4, 32), 32);
    assert_int_equal(clq_layout_padded_n(&clq_layout_i8_n32k4, 33), 64);
    assert_true(clq_layout_size(&clq_layout_i8_n128k64, 10, 65, &bytes));
    assert_int_equal(bytes, 128 * 128);
    assert_true(clq_layout_size(&clq_layout_i16_n16k2, 17, 3, &bytes));
    assert_int_equal(bytes, 32 * 4 * 2);
    assert_true(clq_layout_size(&clq_layout_i8_n4k4, INT32_MAX, INT32_MAX, &bytes)); /* 2^62 */
    assert_true(bytes == UINT64_C(1) << 62);
    assert_false(clq_layout_size(&clq_layout_i16_n16k2, INT32_MAX, INT32_MAX, &bytes)); /* 2^63 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_stable),
        cmocka_unit_test(test_bytes_by_hand),
        cmocka_unit_test(test_words_by_hand),
        cmocka_unit_test(test_inverses),
        cmocka_unit_test(test_check_finds_damage),
        cmocka_unit_test(test_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
