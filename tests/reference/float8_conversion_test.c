/* SPDX-License-Identifier: Apache-2.0 */
/* The 8-bit floats: values worked by hand, the whole of both tables, and rules that hold for all 256 codes. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/reference.h"

typedef struct format {
    const char *name;
    uint8_t (*narrow)(float x, clqnn_f8_overflow rule);
    float (*widen)(uint8_t x);
    uint8_t largest;       /* the code of the largest finite value */
    uint8_t beyond;        /* what overflows become where nothing saturates */
} format;

static const format e4m3 = {"f8e4m3", clqnn_reference_f32_to_f8e4m3, clqnn_reference_f8e4m3_to_f32, 0x7e, 0x7f};
static const format e5m2 = {"f8e5m2", clqnn_reference_f32_to_f8e5m2, clqnn_reference_f8e5m2_to_f32, 0x7b, 0x7c};
static const format *const formats[] = {&e4m3, &e5m2};

static float float_of_bits(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* A float between two codes, or on one, and its code under both rules. */
typedef struct known_value {
    float x;
    uint8_t saturated, overflowed;
} known_value;

static void check(const format *f, float x, unsigned saturated, unsigned overflowed)
{
    const unsigned first = f->narrow(x, CLQNN_F8_SATURATES), second = f->narrow(x, CLQNN_F8_OVERFLOWS);
    if (first != saturated || second != overflowed) {
        fail_msg("%s of %a: expected %02x and %02x, got %02x and %02x", f->name, (double)x, saturated, overflowed, first, second);
    }
}

static void known_values_of_e4m3(void **state)
{
    (void)state;
    static const known_value rows[] = {
        {0.0f, 0x00, 0x00}, {-0.0f, 0x80, 0x80}, {1.0f, 0x38, 0x38}, {-1.5f, 0xbc, 0xbc}, {0.1f, 0x1d, 0x1d}, /* 1.6 * 2^-4: fraction 4.8 of 8 */
        {17.0f, 0x58, 0x58}, {19.0f, 0x5a, 0x5a}, {31.0f, 0x60, 0x60},                                         /* ties: 16, 20, and a carry into 32 */
        {448.0f, 0x7e, 0x7e}, {464.0f, 0x7e, 0x7e}, {-464.0f, 0xfe, 0xfe},                                     /* 464: tie of 448 (even) and 480 */
        {0x1.d00002p8f, 0x7e, 0x7f}, {-0x1.d00002p8f, 0xfe, 0xff}, {480.0f, 0x7e, 0x7f}, {1e30f, 0x7e, 0x7f}, {INFINITY, 0x7e, 0x7f}, {-INFINITY, 0xfe, 0xff},
        {0x1p-6f, 0x08, 0x08}, {0x1p-9f, 0x01, 0x01}, {0x7p-9f, 0x07, 0x07},
        {0xfp-10f, 0x08, 0x08},        /* between the largest subnormal and the smallest normal */
        {0x1p-10f, 0x00, 0x00},        /* between 0 and the smallest subnormal */
        {0x1.000002p-10f, 0x01, 0x01}, {0x3p-10f, 0x02, 0x02}, {-0x5p-10f, 0x82, 0x82}, {-0x1p-11f, 0x80, 0x80}, {0x1p-149f, 0x00, 0x00},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) check(&e4m3, rows[i].x, rows[i].saturated, rows[i].overflowed);
}

static void known_values_of_e5m2(void **state)
{
    (void)state;
    static const known_value rows[] = {
        {0.0f, 0x00, 0x00}, {-0.0f, 0x80, 0x80}, {1.0f, 0x3c, 0x3c}, {-1.5f, 0xbe, 0xbe}, {0.1f, 0x2e, 0x2e}, /* 1.6 * 2^-4: fraction 2.4 of 4 */
        {9.0f, 0x48, 0x48}, {11.0f, 0x4a, 0x4a}, {15.0f, 0x4c, 0x4c},                                          /* ties: 8, 12, and a carry into 16 */
        {57344.0f, 0x7b, 0x7b}, {0x1.dffffep15f, 0x7b, 0x7b}, {61440.0f, 0x7b, 0x7c}, {-61440.0f, 0xfb, 0xfc}, /* tie of 57344 (odd) and 65536 */
        {65536.0f, 0x7b, 0x7c}, {1e30f, 0x7b, 0x7c}, {INFINITY, 0x7b, 0x7c}, {-INFINITY, 0xfb, 0xfc},
        {0x1p-14f, 0x04, 0x04}, {0x1p-16f, 0x01, 0x01}, {0x3p-16f, 0x03, 0x03},
        {0x7p-17f, 0x04, 0x04}, {0x1p-17f, 0x00, 0x00}, {0x1.000002p-17f, 0x01, 0x01}, {0x3p-17f, 0x02, 0x02}, {-0x5p-17f, 0x82, 0x82}, {-0x1p-18f, 0x80, 0x80},
        {0x1p-149f, 0x00, 0x00},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) check(&e5m2, rows[i].x, rows[i].saturated, rows[i].overflowed);
}

static void nan_stays_nan(void **state)
{
    (void)state;
    check(&e4m3, float_of_bits(0x7fc00000u), 0x7f, 0x7f);
    check(&e4m3, float_of_bits(0xff800001u), 0xff, 0xff);
    check(&e5m2, float_of_bits(0x7fc00000u), 0x7e, 0x7e);
    check(&e5m2, float_of_bits(0xff800001u), 0xfe, 0xfe);
    check(&e5m2, float_of_bits(0x7fffffffu), 0x7e, 0x7e);
    assert_true(isnan(e4m3.widen(0x7f)) && isnan(e4m3.widen(0xff)) && signbit(e4m3.widen(0xff)) && !signbit(e4m3.widen(0x7f)));
    for (unsigned code = 0x7d; code <= 0x7f; code++) assert_true(isnan(e5m2.widen((uint8_t)code)) && isnan(e5m2.widen((uint8_t)(code | 0x80u))));
    assert_true(e5m2.widen(0x7c) == INFINITY && e5m2.widen(0xfc) == -INFINITY);
}

/* The tables: powers of two times what the fraction adds, written out where the rule changes. */
static void all_codes_widen_exactly(void **state)
{
    (void)state;
    static const float e4m3_low[] = {0.0f, 0x1p-9f, 0x1p-8f, 0x3p-9f, 0x1p-7f, 0x5p-9f, 0x3p-8f, 0x7p-9f, 0x1p-6f, 0x9p-9f, 0x5p-8f, 0xbp-9f, 0x3p-7f, 0xdp-9f, 0x7p-8f, 0xfp-9f};
    static const float e4m3_high[] = {256.0f, 288.0f, 320.0f, 352.0f, 384.0f, 416.0f, 448.0f};
    for (unsigned i = 0; i < 16; i++) assert_true(e4m3.widen((uint8_t)i) == e4m3_low[i]);
    for (unsigned i = 0; i < 7; i++) assert_true(e4m3.widen((uint8_t)(0x78 + i)) == e4m3_high[i]);
    for (unsigned i = 8; i + 8 < 0x7f; i++) assert_true(e4m3.widen((uint8_t)(i + 8)) == 2.0f * e4m3.widen((uint8_t)i));
    for (unsigned i = 0; i < 256; i++) { /* e5m2 is the upper half of a binary16 */
        const float expected = clqnn_reference_f16_to_f32((uint16_t)(i << 8)), got = e5m2.widen((uint8_t)i);
        assert_true(memcmp(&expected, &got, sizeof got) == 0);
    }
    for (unsigned i = 0; i < 0x7f; i++) {
        assert_true(e4m3.widen((uint8_t)(i | 0x80u)) == -e4m3.widen((uint8_t)i) && signbit(e4m3.widen((uint8_t)(i | 0x80u))) && !signbit(e4m3.widen((uint8_t)i)));
    }
}

static void all_codes_survive_the_round_trip(void **state)
{
    (void)state;
    for (unsigned code = 0; code < 256; code++) {
        check(&e4m3, e4m3.widen((uint8_t)code), code, code);
        if ((code & 0x7fu) == 0x7cu) check(&e5m2, e5m2.widen((uint8_t)code), (code & 0x80u) | 0x7bu, code);
        else if ((code & 0x7fu) < 0x7cu) check(&e5m2, e5m2.widen((uint8_t)code), code, code);
        else check(&e5m2, e5m2.widen((uint8_t)code), (code & 0x80u) | 0x7eu, (code & 0x80u) | 0x7eu); /* every NaN comes back as one */
    }
}

static void every_midpoint_is_a_tie_to_even(void **state)
{
    (void)state;
    for (size_t f = 0; f < 2; f++) {
        for (unsigned code = 0; code < formats[f]->largest; code++) {
            const float below = formats[f]->widen((uint8_t)code), above = formats[f]->widen((uint8_t)(code + 1));
            const float middle = (below + above) / 2; /* exact */
            const unsigned even = code & 1u ? code + 1 : code;
            check(formats[f], middle, even, even);
            check(formats[f], -middle, even | 0x80u, even | 0x80u);
            check(formats[f], nextafterf(middle, 0.0f), code, code);
            check(formats[f], nextafterf(middle, INFINITY), code + 1, code + 1);
            check(formats[f], nextafterf(above, 0.0f), code + 1, code + 1);
            check(formats[f], nextafterf(above, INFINITY), code + 1, code + 1);
        }
        check(formats[f], 0x1.fffffep127f, formats[f]->largest, formats[f]->beyond);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_values_of_e4m3),
        cmocka_unit_test(known_values_of_e5m2),
        cmocka_unit_test(nan_stays_nan),
        cmocka_unit_test(all_codes_widen_exactly),
        cmocka_unit_test(all_codes_survive_the_round_trip),
        cmocka_unit_test(every_midpoint_is_a_tie_to_even),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
