/* SPDX-License-Identifier: Apache-2.0 */
/* The layout of two-bit codes: words written down by hand, exact inverses, damage that the check finds, sizes. Blocks are allocated to the byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "layout/layout.h"

#define LAYOUT (&clq_layout_t2_n32k16)

/* k 17 x n 33: columns of -1, of 0, of 1, and one that counts; the last column and the last row are alone in a panel and a group. */
static void test_words_by_hand(void **state)
{
    (void)state;
    int8_t data[17 * 33];
    uint32_t packed[2 * 2 * 32];
    uint64_t bytes = 0;
    memset(data, 0, sizeof data);
    for (int k = 0; k < 17; k++) {
        data[k * 33] = -1;
        data[k * 33 + 2] = 1;
        data[k * 33 + 3] = (int8_t)(k % 3 - 1); /* codes 0 1 2 0, 1 2 0 1, 2 0 1 2, 0 1 2 0, then 1 */
        data[k * 33 + 32] = 1;
    }
    assert_true(clq_layout_size(LAYOUT, 33, 17, &bytes));
    assert_int_equal(bytes, sizeof packed);
    memset(packed, 0x5a, sizeof packed);
    clq_layout_pack(LAYOUT, &(clq_matrix_view){.data = (const uint8_t *)data, .n = 33, .k = 17, .k_stride = 33, .n_stride = 1}, packed);
    assert_int_equal(packed[0], 0);
    assert_int_equal(packed[1], 0x55555555);
    assert_int_equal(packed[2], 0xaaaaaaaa);
    /* byte j: codes of k = j, 4 + j, 8 + j, 12 + j from the low bits on: 0 1 2 0, 1 2 0 1, 2 0 1 2, 0 1 2 0 */
    assert_int_equal(packed[3], 0x24 | 0x49 << 8 | 0x92u << 16 | 0x24u << 24);
    assert_int_equal(packed[31], 0x55555555);
    assert_int_equal(packed[32], 0);
    assert_int_equal(packed[33], 1);
    assert_int_equal(packed[34], 2);
    assert_int_equal(packed[35], 1);
    assert_int_equal(packed[64], 0xaaaaaaaa);
    assert_int_equal(packed[65], 0);
    assert_int_equal(packed[96], 2);
    assert_int_equal(packed[127], 0);
}

static void expect_inverse(int64_t n, int64_t k, bool transposed)
{
    const size_t count = (size_t)(n * k);
    uint64_t size = 0;
    uint8_t *source = malloc(count + 1), *dense = malloc(count + 1);
    assert_true(clq_layout_size(LAYOUT, n, k, &size));
    void *packed = malloc((size_t)size + 1);
    assert_true(source && dense && packed);
    for (size_t i = 0; i < count; i++) source[i] = (uint8_t)(i * 7 % 11 % 3 - 1);
    const clq_matrix_view view = {.data = source, .n = n, .k = k, .k_stride = transposed ? 1 : n, .n_stride = transposed ? k : 1};
    memset(packed, 0x5a, (size_t)size);
    clq_layout_pack(LAYOUT, &view, packed);
    assert_true(clq_layout_check(LAYOUT, packed, n, k));
    clq_layout_unpack(LAYOUT, packed, n, k, 0, dense);
    for (int64_t row = 0; row < k; row++) {
        for (int64_t column = 0; column < n; column++) assert_int_equal(dense[row * n + column], source[row * view.k_stride + column * view.n_stride]);
    }
    free(packed);
    free(dense);
    free(source);
}

static void test_inverses(void **state)
{
    (void)state;
    static const int64_t shapes[][2] = {{1, 1}, {32, 16}, {33, 16}, {32, 17}, {63, 31}, {98, 1}, {1, 50}, {0, 16}, {32, 0}, {0, 0}};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        expect_inverse(shapes[i][0], shapes[i][1], false);
        expect_inverse(shapes[i][0], shapes[i][1], true);
    }
}

/* Each code by itself: inside 3 is refused, in the padding all but 0. */
static void test_check_finds_damage(void **state)
{
    (void)state;
    enum { N = 33, K = 17, WORDS = 2 * 2 * 32 };
    static uint8_t zeros[N * K];
    uint32_t packed[WORDS];
    int padding = 0;
    clq_layout_pack(LAYOUT, &(clq_matrix_view){.data = zeros, .n = N, .k = K, .k_stride = N, .n_stride = 1}, packed);
    for (int at = 0; at < WORDS * 16; at++) {
        const uint32_t before = packed[at / 16], shift = (uint32_t)(at % 16 * 2);
        const bool inside = (before >> shift & 3) == 1; /* zeros have the code 1 */
        for (uint32_t code = 0; code < 4; code++) {
            packed[at / 16] = (before & ~(3u << shift)) | code << shift;
            assert_int_equal(clq_layout_check(LAYOUT, packed, N, K), inside ? code < 3 : code == 0);
        }
        packed[at / 16] = before;
        padding += !inside;
    }
    assert_int_equal(padding, WORDS * 16 - N * K);
}

static void test_sizes(void **state)
{
    (void)state;
    uint64_t bytes = 0;
    assert_true(clq_layout_size(LAYOUT, 4096, 4096, &bytes));
    assert_int_equal(bytes, 4096 * 4096 / 4);
    assert_true(clq_layout_size(LAYOUT, INT32_MAX, INT32_MAX, &bytes));
    assert_true(bytes == UINT64_C(1) << 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_by_hand), cmocka_unit_test(test_inverses), cmocka_unit_test(test_check_finds_damage), cmocka_unit_test(test_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
