/* SPDX-License-Identifier: Apache-2.0 */
/* Packed layouts of convolutions' weights: names, places of a few weights worked out by hand, exact inverses in every layout, damage that unpacking finds. Blocks
 * are allocated to the byte, so that a sanitizer sees every step outside. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "conv/conv_layout.h"

static const clq_conv_layout *const layouts[] = {
#define X(symbol, panel, group, element, family) &clq_conv_layout_##symbol,
#include "conv/conv_layouts.def"
#undef X
};

enum { LAYOUTS = sizeof layouts / sizeof *layouts };

/* groups, output and input channels of a group, kernel */
static const clq_conv_shape shapes[] = {
    {1, 1, 1, {1, 1, 1}},  {1, 33, 3, {1, 3, 3}},  {1, 16, 3, {1, 7, 7}},  {1, 5, 1, {1, 1, 3}},   {1, 40, 4, {1, 2, 5}},  {1, 64, 17, {1, 1, 1}},
    {37, 1, 1, {1, 3, 3}}, {64, 1, 1, {1, 5, 5}},  {5, 3, 1, {1, 4, 2}},   {17, 1, 1, {2, 8, 1}},  {3, 35, 6, {1, 3, 2}},  {2, 4, 130, {3, 2, 2}},
};

static size_t weights_of(const clq_conv_shape *shape)
{
    return (size_t)(shape->groups * shape->group_out * shape->group_in * clq_conv_taps(shape));
}

/* Never 0, so that every weight shows. */
static int8_t *make_weights(const clq_conv_shape *shape)
{
    const size_t count = weights_of(shape);
    int8_t *dense = malloc(count);
    assert_non_null(dense);
    for (size_t i = 0; i < count; i++) dense[i] = (int8_t)(i * 37 % 127 + 1);
    return dense;
}

static void *pack(const clq_conv_layout *layout, const clq_conv_shape *shape, const int8_t *dense, uint64_t *bytes)
{
    assert_true(clq_conv_layout_size(layout, shape, bytes));
    void *packed = malloc((size_t)*bytes);
    assert_non_null(packed);
    memset(packed, 0x5a, (size_t)*bytes);
    clq_conv_layout_pack(layout, shape, dense, packed);
    return packed;
}

static void test_names_are_stable(void **state)
{
    (void)state;
    static const char *const known[] = {"conv_i8_n4k4", "conv_i8_n32k4", "conv_i16_n16k2", "conv_i8_n64k4", "conv_i8_n16", "conv_i8_n16q4", "conv_i8_n32r4"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) assert_non_null(clq_conv_layout_find(known[i]));
    assert_null(clq_conv_layout_find("conv_i8_n16q"));
    for (size_t i = 0; i < LAYOUTS; i++) assert_ptr_equal(clq_conv_layout_find(layouts[i]->name), layouts[i]);
}

/* A 5 x 2 kernel: two dwords of rows for each of its two columns, the second dword with one row. */
static void test_columns_by_hand(void **state)
{
    (void)state;
    const clq_conv_layout *layout = &clq_conv_layout_i8_n16q4;
    const clq_conv_shape shape = {18, 1, 1, {1, 5, 2}};
    uint64_t bytes = 0;
    assert_true(clq_conv_layout_size(layout, &shape, &bytes));
    assert_int_equal(bytes, 2 * 2 * 2 * 16 * 4);
    assert_int_equal(layout->place(layout, &shape, 0, 0, 0), 0);
    assert_int_equal(layout->place(layout, &shape, 3, 2, 0), 3 * 4 + 1);            /* channel 3, row 1, column 0 */
    assert_int_equal(layout->place(layout, &shape, 3, 8, 0), 64 + 3 * 4);           /* row 4: the second dword */
    assert_int_equal(layout->place(layout, &shape, 3, 1, 0), 128 + 3 * 4);          /* column 1 */
    assert_int_equal(layout->place(layout, &shape, 17, 9, 0), 256 + 128 + 64 + 4);  /* the second panel, row 4, column 1 */
}

/* Two pixels of three channels are a run of six bytes: bytes 0 to 3, then 2 to 5, of which 2 and 3 are in the first dword already. */
static void test_runs_by_hand(void **state)
{
    (void)state;
    const clq_conv_layout *layout = &clq_conv_layout_i8_n32r4;
    const clq_conv_shape shape = {1, 33, 3, {1, 2, 2}}, single = {1, 2, 3, {1, 1, 1}};
    uint64_t bytes = 0;
    assert_true(clq_conv_layout_size(layout, &shape, &bytes));
    assert_int_equal(bytes, 2 * 2 * 2 * 32 * 4);
    assert_int_equal(layout->place(layout, &shape, 5, 0, 2), 5 * 4 + 2);
    assert_int_equal(layout->place(layout, &shape, 5, 1, 0), 5 * 4 + 3);
    assert_int_equal(layout->place(layout, &shape, 5, 1, 1), 128 + 5 * 4 + 2);
    assert_int_equal(layout->place(layout, &shape, 5, 1, 2), 128 + 5 * 4 + 3);
    assert_int_equal(layout->place(layout, &shape, 32, 2, 0), 512 + 256);           /* the second panel, row 1 */
    assert_int_equal(layout->place(layout, &single, 1, 0, 2), 4 + 2);               /* a run shorter than a dword */
}

static void test_exact_inverse(void **state)
{
    (void)state;
    for (size_t i = 0; i < LAYOUTS; i++) {
        for (size_t j = 0; j < sizeof shapes / sizeof *shapes; j++) {
            int8_t *dense = make_weights(&shapes[j]), *again = malloc(weights_of(&shapes[j]));
            uint64_t bytes = 0;
            void *packed = pack(layouts[i], &shapes[j], dense, &bytes);
            assert_true(clq_conv_layout_unpack(layouts[i], &shapes[j], packed, again));
            assert_memory_equal(again, dense, weights_of(&shapes[j]));
            free(dense);
            free(again);
            free(packed);
        }
    }
}

/* All weights are nonzero, so a byte that is zero holds none. */
static void test_damage_is_found(void **state)
{
    (void)state;
    size_t damaged = 0;
    for (size_t i = 0; i < LAYOUTS; i++) {
        for (size_t j = 0; j < sizeof shapes / sizeof *shapes; j++) {
            int8_t *dense = make_weights(&shapes[j]), *again = malloc(weights_of(&shapes[j]));
            uint64_t bytes = 0, at = 0;
            unsigned char *packed = pack(layouts[i], &shapes[j], dense, &bytes);
            while (at < bytes && packed[at]) at++;
            if (at < bytes) {
                packed[at] = 1;
                assert_false(clq_conv_layout_unpack(layouts[i], &shapes[j], packed, again));
                damaged++;
            }
            free(dense);
            free(again);
            free(packed);
        }
    }
    assert_true(damaged > LAYOUTS);
}

static void test_sizes_at_the_edge(void **state)
{
    (void)state;
    const clq_conv_shape large = {1, INT64_MAX / 4, 1, {1, 3, 3}}, wide = {1, 1, INT64_MAX / 4, {1, 3, 3}};
    uint64_t bytes = 0;
    for (size_t i = 0; i < LAYOUTS; i++) {
        assert_false(clq_conv_layout_size(layouts[i], &large, &bytes));
        assert_false(clq_conv_layout_size(layouts[i], &wide, &bytes));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_stable), cmocka_unit_test(test_columns_by_hand), cmocka_unit_test(test_runs_by_hand),
        cmocka_unit_test(test_exact_inverse),    cmocka_unit_test(test_damage_is_found), cmocka_unit_test(test_sizes_at_the_edge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
