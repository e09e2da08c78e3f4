/* SPDX-License-Identifier: Apache-2.0 */
/* Good cases of products of bits with one thing changed: each is refused, or skipped, with a message that names it. */
#include <string.h>

#include "case_draft_file.h"

static const unsigned char zeros[512];
static const int32_t thresholds[3] = {33, 34, 0}, directions[3] = {1, 1, -1};
static const float ones[6] = {1, 1, 1, 1, 1, 1};
static const uint32_t signs[2] = {0x6, 0x6}, halves[6] = {0x42040000, 0x42040000, 0x42040000, 0x42040000, 0x42040000, 0x42040000};

/* a [2,33] and b [3,33] of b1, all +1, so that every sum is 33; y [2,3] of b1: at least 33, at least 34, at most 0. */
static draft good_signs(void)
{
    return (draft){
        .lines = {{"clqnn.case", "1"}, {"op", "gemm"}, {"a.type", "b1"}, {"a.shape", "2,33"}, {"b.type", "b1"}, {"b.shape", "3,33"}, {"b.layout", "nk"}, {"y.type", "b1"},
                  {"y.shape", "2,3"}},
        .line_count = 9,
        .tensors = {{"a", CLQ_CASE_U8, 1, {16}, zeros}, {"b", CLQ_CASE_U8, 1, {24}, zeros}, {"threshold", CLQ_CASE_I32, 1, {3}, thresholds},
                    {"direction", CLQ_CASE_I32, 1, {3}, directions}, {"y", CLQ_CASE_U8, 1, {8}, signs}},
        .tensor_count = 5,
    };
}

/* The same to f32 with a residual of 0 and row scales of 1. */
static draft good_floats(void)
{
    draft made = good_signs();
    made.line_count -= 2; /* y.type, y.shape */
    draft_set_tensor(&made, (clq_case_tensor){.name = "threshold"});
    draft_set_tensor(&made, (clq_case_tensor){.name = "direction"});
    draft_set_tensor(&made, (clq_case_tensor){"y", CLQ_CASE_F32, 2, {2, 3}, halves});
    draft_set_tensor(&made, (clq_case_tensor){"residual", CLQ_CASE_F16, 2, {2, 3}, zeros});
    draft_set_tensor(&made, (clq_case_tensor){"row_scale", CLQ_CASE_F32, 1, {2}, ones});
    return made;
}

static void test_good_cases(void **state)
{
    (void)state;
    static const uint32_t other[2] = {0x6, 0x7};
    const draft floats = good_floats();
    draft made = good_signs();
    draft_expect(&made, CLQ_CASE_SAME, "");
    draft_expect(&floats, CLQ_CASE_SAME, "");
    draft_set_tensor(&made, (clq_case_tensor){"y", CLQ_CASE_U8, 1, {8}, other});
    draft_expect(&made, CLQ_CASE_DIFFERS, "first difference at [4] expected 7 got 6");
}

static void expect_line(draft changed, const char *key, const char *value, clq_case_verdict verdict, const char *named)
{
    draft_set_line(&changed, (clq_case_text){key, value});
    draft_expect(&changed, verdict, named);
}

static void expect_tensor(draft changed, clq_case_tensor tensor, clq_case_verdict verdict, const char *named)
{
    draft_set_tensor(&changed, tensor);
    draft_expect(&changed, verdict, named);
}

static void test_types_and_shapes(void **state)
{
    (void)state;
    static const char *const none[] = {"b2", "t1", "t3", "pu0", "pu9", "ps1", "po9", "pq2", "p2", "b", "", "pu", "b11"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) expect_line(good_signs(), "a.type", none[i], CLQ_CASE_BAD, "a.type is");
    static const char *const other[] = {"2,32", "2,65", "3,33", "2", "", "2,33,1", "2,9223372036854775807", "4294967296,4294967296,33"};
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) expect_line(good_signs(), "a.shape", other[i], CLQ_CASE_BAD, "a.shape is");
    expect_line(good_signs(), "a.type", "t2", CLQ_CASE_BAD, "16");
    expect_line(good_signs(), "a.type", "s4", CLQ_CASE_BAD, "a.shape");
    expect_line(good_signs(), "a.shape", "2,40", CLQ_CASE_BAD, "differ in k");
    expect_line(good_signs(), "b.layout", "kn", CLQ_CASE_BAD, "differ in k");
    expect_line(good_signs(), "y.shape", "2,4", CLQ_CASE_BAD, "'y' has shape [2,4]");
    expect_line(good_signs(), "activation", "relu", CLQ_CASE_SKIPPED, "activation");
    expect_tensor(good_signs(), (clq_case_tensor){"a", CLQ_CASE_U8, 1, {12}, zeros}, CLQ_CASE_BAD, "a.shape");
    expect_tensor(good_signs(), (clq_case_tensor){"a", CLQ_CASE_I8, 1, {16}, zeros}, CLQ_CASE_BAD, "dtype I8");
}

static void test_thresholds(void **state)
{
    (void)state;
    expect_tensor(good_signs(), (clq_case_tensor){.name = "threshold"}, CLQ_CASE_BAD, "threshold");
    expect_tensor(good_signs(), (clq_case_tensor){"threshold", CLQ_CASE_I32, 1, {2}, thresholds}, CLQ_CASE_BAD, "'threshold' has shape [2], not [1] or [3]");
    expect_tensor(good_signs(), (clq_case_tensor){"threshold", CLQ_CASE_F32, 1, {3}, zeros}, CLQ_CASE_BAD, "'threshold' has dtype F32");
    expect_tensor(good_signs(), (clq_case_tensor){"threshold", CLQ_CASE_I32, 1, {1}, thresholds}, CLQ_CASE_BAD, "different numbers");
    expect_tensor(good_signs(), (clq_case_tensor){"direction", CLQ_CASE_I32, 2, {1, 3}, directions}, CLQ_CASE_BAD, "'direction' has shape [1,3]");
    expect_tensor(good_floats(), (clq_case_tensor){"threshold", CLQ_CASE_I32, 1, {3}, thresholds}, CLQ_CASE_BAD, "threshold");
}

static void test_floats(void **state)
{
    (void)state;
    expect_tensor(good_floats(), (clq_case_tensor){"residual", CLQ_CASE_F16, 2, {3, 2}, zeros}, CLQ_CASE_BAD, "'residual' has another shape");
    expect_tensor(good_floats(), (clq_case_tensor){"row_scale", CLQ_CASE_F32, 1, {3}, ones}, CLQ_CASE_BAD, "'row_scale' has another shape");
    expect_tensor(good_floats(), (clq_case_tensor){"row_scale", CLQ_CASE_F16, 1, {2}, zeros}, CLQ_CASE_BAD, "'row_scale' has dtype F16");
    expect_tensor(good_floats(), (clq_case_tensor){"b", CLQ_CASE_U8, 1, {20}, zeros}, CLQ_CASE_BAD, "b.shape");
    expect_tensor(good_signs(), (clq_case_tensor){"row_scale", CLQ_CASE_F32, 1, {2}, ones}, CLQ_CASE_BAD, "refuses");
    expect_tensor(good_signs(), (clq_case_tensor){"residual", CLQ_CASE_F32, 2, {2, 3}, zeros}, CLQ_CASE_BAD, "refuses");
    expect_tensor(good_floats(), (clq_case_tensor){"a.zero_point", CLQ_CASE_I32, 1, {1}, directions}, CLQ_CASE_BAD, "'a.zero_point'[0] is 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_good_cases), cmocka_unit_test(test_types_and_shapes), cmocka_unit_test(test_thresholds), cmocka_unit_test(test_floats)};
    return cmocka_run_group_tests(tests, draft_open, draft_close);
}
