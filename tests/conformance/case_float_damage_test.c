/* SPDX-License-Identifier: Apache-2.0 */
/* Good cases of products of floats with one thing changed: each is refused, or skipped, with a message that names it. */
#include <string.h>

#include "case_draft_file.h"

static const unsigned char zeros[4096];
static const float ones[64] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
static const int32_t rows[5] = {1, 0, 0, 0, 0}, beyond[5] = {2, 0, 0, 0, 0}, below[5] = {-1, 0, 0, 0, 0}, large[6] = {256, 0, 0, 0, 0, 0};

/* a [2,5] f16, b [5,3] f16 with a scale each, y [2,3] bf16 with a residual. */
static draft good_floats(void)
{
    return (draft){
        .lines = {{"clqnn.case", "1"}, {"op", "gemm"}, {"activation", "gelu_tanh"}, {"clamp", "-1,1.5"}, {"tolerance", "abs=0.001"}},
        .line_count = 5,
        .tensors = {{"a", CLQ_CASE_F16, 2, {2, 5}, zeros}, {"b", CLQ_CASE_F16, 2, {5, 3}, zeros}, {"b.scale", CLQ_CASE_F32, 1, {3}, ones},
                    {"bias", CLQ_CASE_F32, 1, {3}, zeros}, {"residual", CLQ_CASE_F32, 2, {2, 3}, zeros}, {"y", CLQ_CASE_BF16, 2, {2, 3}, zeros}},
        .tensor_count = 6,
    };
}

/* a [2,5] f32, b [5,3] u4 in groups of 4, y [2,3] u8. */
static draft good_groups(void)
{
    return (draft){
        .lines = {{"clqnn.case", "1"}, {"op", "gemm"}, {"b.type", "u4"}, {"b.shape", "5,3"}, {"b.group", "4"}},
        .line_count = 5,
        .tensors = {{"a", CLQ_CASE_F32, 2, {2, 5}, zeros}, {"b", CLQ_CASE_U8, 1, {8}, zeros}, {"b.scale", CLQ_CASE_F32, 2, {2, 3}, ones},
                    {"b.zero_point", CLQ_CASE_I32, 2, {2, 3}, zeros}, {"b.index", CLQ_CASE_I32, 1, {5}, rows}, {"y", CLQ_CASE_U8, 2, {2, 3}, zeros},
                    {"y.scale", CLQ_CASE_F32, 0, {0}, ones}},
        .tensor_count = 7,
    };
}

/* x [1,3,4,6] f16 in two groups, w [4,3,3,3] bf16 with a scale each, y [1,2,4,4] f32 with a residual; no tolerance: the bound. */
static draft good_conv(void)
{
    return (draft){
        .lines = {{"clqnn.case", "1"}, {"op", "conv"}, {"activation", "silu"}, {"strides", "2,1"}, {"pads", "1,1,0,1"}, {"groups", "2"}, {"clamp", "-1,1.5"}},
        .line_count = 7,
        .tensors = {{"x", CLQ_CASE_F16, 4, {1, 3, 4, 6}, zeros}, {"w", CLQ_CASE_BF16, 4, {4, 3, 3, 3}, zeros}, {"w.scale", CLQ_CASE_F32, 1, {4}, ones},
                    {"bias", CLQ_CASE_F32, 1, {4}, zeros}, {"residual", CLQ_CASE_F16, 4, {1, 1, 4, 4}, zeros}, {"y", CLQ_CASE_F32, 4, {1, 1, 4, 4}, zeros}},
        .tensor_count = 6,
    };
}

static void test_good_cases(void **state)
{
    (void)state;
    const draft floats = good_floats(), groups = good_groups(), conv = good_conv();
    draft_expect(&floats, CLQ_CASE_SAME, "");
    draft_expect(&conv, CLQ_CASE_SAME, "");
    draft_expect(&groups, CLQ_CASE_SAME, "");
    draft changed = good_groups();
    draft_set_tensor(&changed, (clq_case_tensor){"b.zero_point", CLQ_CASE_F16, 2, {2, 3}, zeros});
    draft_expect(&changed, CLQ_CASE_SAME, "");
    draft_set_tensor(&changed, (clq_case_tensor){.name = "b.zero_point"});
    draft_set_tensor(&changed, (clq_case_tensor){"b.offset", CLQ_CASE_F32, 2, {2, 3}, zeros});
    draft_expect(&changed, CLQ_CASE_SAME, "");
    draft_set_line(&changed, (clq_case_text){"a.dynamic", "row"});
    draft_expect(&changed, CLQ_CASE_SAME, "");
}

static void test_changed_results_differ(void **state)
{
    (void)state;
    static const float off[16] = {0, 0, 0, 1e-30f};
    draft conv = good_conv();
    draft_set_tensor(&conv, (clq_case_tensor){"y", CLQ_CASE_F32, 4, {1, 1, 4, 4}, off});
    draft_expect(&conv, CLQ_CASE_DIFFERS, "first difference at element 3");
    draft_set_line(&conv, (clq_case_text){"tolerance", "abs=0.001"});
    draft_expect(&conv, CLQ_CASE_SAME, "");
    draft changed = good_floats();
    static const uint16_t other[6] = {0, 0, 0, 0, 0x3f80, 0};
    draft_set_tensor(&changed, (clq_case_tensor){"y", CLQ_CASE_BF16, 2, {2, 3}, other});
    draft_expect(&changed, CLQ_CASE_DIFFERS, "first difference at [1,1] expected 1 got 0");
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

static void test_convolutions(void **state)
{
    (void)state;
    const clq_case_tensor scale = {"x.scale", CLQ_CASE_F32, 0, {0}, ones}, wide = {"w.scale", CLQ_CASE_F32, 1, {3}, ones};
    expect_line(good_conv(), "activation", "swish", CLQ_CASE_BAD, "activation is 'swish'");
    expect_line(good_conv(), "requantize", "fixed_double", CLQ_CASE_SKIPPED, "fixed_double");
    expect_line(good_conv(), "sum.clamp", "0,3", CLQ_CASE_BAD, "sum.clamp");
    expect_line(good_conv(), "groups", "3", CLQ_CASE_BAD, "3 groups");
    expect_tensor(good_conv(), (clq_case_tensor){"w", CLQ_CASE_I8, 4, {4, 3, 3, 3}, zeros}, CLQ_CASE_SKIPPED, "'w' of type I8");
    expect_tensor(good_conv(), (clq_case_tensor){"y", CLQ_CASE_I32, 4, {1, 1, 4, 4}, zeros}, CLQ_CASE_SKIPPED, "'y' of type I32");
    expect_tensor(good_conv(), (clq_case_tensor){"y", CLQ_CASE_U8, 4, {1, 1, 4, 4}, zeros}, CLQ_CASE_BAD, "y.scale");
    expect_tensor(good_conv(), (clq_case_tensor){"residual", CLQ_CASE_I8, 4, {1, 1, 4, 4}, zeros}, CLQ_CASE_SKIPPED, "'residual' of type I8");
    expect_tensor(good_conv(), (clq_case_tensor){"residual", CLQ_CASE_F16, 4, {1, 2, 4, 4}, zeros}, CLQ_CASE_BAD, "'residual' has shape [1,2,4,4]");
    expect_tensor(good_conv(), (clq_case_tensor){"bias", CLQ_CASE_I32, 1, {4}, zeros}, CLQ_CASE_BAD, "'bias' of a convolution of floats");
    expect_tensor(good_conv(), scale, CLQ_CASE_BAD, "'x.scale' has no place");
    expect_tensor(good_conv(), wide, CLQ_CASE_BAD, "w.scale");
    expect_tensor(good_conv(), (clq_case_tensor){"table", CLQ_CASE_U8, 1, {256}, zeros}, CLQ_CASE_BAD, "'table'");
}

static void test_floats(void **state)
{
    (void)state;
    expect_line(good_floats(), "activation", "swish", CLQ_CASE_BAD, "activation is 'swish'");
    expect_line(good_floats(), "requantize", "fixed_double", CLQ_CASE_SKIPPED, "fixed_double");
    expect_line(good_floats(), "b.group", "0", CLQ_CASE_BAD, "b.group is '0'");
    expect_line(good_floats(), "b.group", "4", CLQ_CASE_SKIPPED, "'b' of type F16");
    expect_tensor(good_floats(), (clq_case_tensor){"residual", CLQ_CASE_F32, 2, {3, 2}, zeros}, CLQ_CASE_BAD, "'residual' has shape [3,2], not [2,3]");
    expect_tensor(good_floats(), (clq_case_tensor){"residual", CLQ_CASE_U8, 2, {2, 3}, zeros}, CLQ_CASE_BAD, "'residual' has dtype U8");
    expect_tensor(good_floats(), (clq_case_tensor){"bias", CLQ_CASE_I32, 1, {3}, zeros}, CLQ_CASE_BAD, "'bias'");
    expect_tensor(good_floats(), (clq_case_tensor){"b.scale", CLQ_CASE_F16, 1, {3}, zeros}, CLQ_CASE_BAD, "'b.scale'");
    expect_tensor(good_floats(), (clq_case_tensor){"b.scale", CLQ_CASE_F32, 1, {2}, ones}, CLQ_CASE_BAD, "'b.scale' has shape [2]");
    expect_tensor(good_floats(), (clq_case_tensor){"b.zero_point", CLQ_CASE_I32, 1, {3}, zeros}, CLQ_CASE_BAD, "b.zero_point");
    expect_tensor(good_floats(), (clq_case_tensor){"b.offset", CLQ_CASE_F32, 1, {3}, zeros}, CLQ_CASE_BAD, "b.offset");
    expect_tensor(good_floats(), (clq_case_tensor){"a.scale", CLQ_CASE_F32, 0, {0}, ones}, CLQ_CASE_BAD, "'a.scale'");
    expect_tensor(good_floats(), (clq_case_tensor){"y", CLQ_CASE_I32, 2, {2, 3}, zeros}, CLQ_CASE_SKIPPED, "'y' of type I32");
    expect_tensor(good_floats(), (clq_case_tensor){"b", CLQ_CASE_U8, 2, {5, 3}, zeros}, CLQ_CASE_SKIPPED, "b.group");
}

static void test_groups(void **state)
{
    (void)state;
    expect_line(good_groups(), "b.group", "3", CLQ_CASE_SAME, "");
    expect_line(good_groups(), "b.group", "2", CLQ_CASE_BAD, "[3,3]: groups and columns");
    expect_line(good_groups(), "b.type", "b1", CLQ_CASE_BAD, "b.shape");
    expect_line(good_groups(), "a.dynamic", "column", CLQ_CASE_BAD, "column");
    expect_tensor(good_groups(), (clq_case_tensor){.name = "b.scale"}, CLQ_CASE_BAD, "'b.scale' is missing");
    expect_tensor(good_groups(), (clq_case_tensor){"b.scale", CLQ_CASE_F32, 1, {6}, ones}, CLQ_CASE_BAD, "'b.scale' has shape [6]");
    expect_tensor(good_groups(), (clq_case_tensor){"b.scale", CLQ_CASE_I32, 2, {2, 3}, ones}, CLQ_CASE_BAD, "'b.scale' has dtype I32");
    expect_tensor(good_groups(), (clq_case_tensor){"b.zero_point", CLQ_CASE_I32, 2, {3, 2}, zeros}, CLQ_CASE_BAD, "'b.zero_point' has shape [3,2]");
    expect_tensor(good_groups(), (clq_case_tensor){"b.zero_point", CLQ_CASE_I32, 2, {2, 3}, large}, CLQ_CASE_BAD, "'b.zero_point'[0] is 256");
    expect_tensor(good_groups(), (clq_case_tensor){"b.offset", CLQ_CASE_F32, 2, {2, 3}, zeros}, CLQ_CASE_BAD, "exclude each other");
    expect_tensor(good_groups(), (clq_case_tensor){"b.index", CLQ_CASE_I32, 1, {4}, rows}, CLQ_CASE_BAD, "'b.index'");
    expect_tensor(good_groups(), (clq_case_tensor){"b.index", CLQ_CASE_I32, 1, {5}, beyond}, CLQ_CASE_BAD, "'b.index'[0] is 2");
    expect_tensor(good_groups(), (clq_case_tensor){"b.index", CLQ_CASE_I32, 1, {5}, below}, CLQ_CASE_BAD, "'b.index'[0] is -1");
    expect_tensor(good_groups(), (clq_case_tensor){"b.index", CLQ_CASE_F32, 1, {5}, zeros}, CLQ_CASE_BAD, "'b.index' has dtype F32");
    expect_tensor(good_groups(), (clq_case_tensor){.name = "y.scale"}, CLQ_CASE_BAD, "'y.scale' is missing");
    draft changed = good_groups();
    draft_set_tensor(&changed, (clq_case_tensor){.name = "b.zero_point"});
    draft_set_tensor(&changed, (clq_case_tensor){"b.offset", CLQ_CASE_F16, 2, {2, 3}, zeros});
    draft_expect(&changed, CLQ_CASE_BAD, "'b.offset' and 'b.scale' differ in dtype");
}

/* Parts of groups have no place in a gemm of integers. */
static void test_integers(void **state)
{
    (void)state;
    const draft integers = {
        .lines = {{"clqnn.case", "1"}, {"op", "gemm"}},
        .line_count = 2,
        .tensors = {{"a", CLQ_CASE_U8, 2, {2, 5}, zeros}, {"b", CLQ_CASE_I8, 2, {5, 3}, zeros}, {"y", CLQ_CASE_F32, 2, {2, 3}, zeros}},
        .tensor_count = 3,
    };
    draft_expect(&integers, CLQ_CASE_SAME, "");
    expect_tensor(integers, (clq_case_tensor){"b.scale", CLQ_CASE_F16, 0, {0}, ones}, CLQ_CASE_BAD, "b.scale");
    expect_tensor(integers, (clq_case_tensor){"b.zero_point", CLQ_CASE_F32, 0, {0}, zeros}, CLQ_CASE_BAD, "b.zero_point");
    expect_tensor(integers, (clq_case_tensor){"residual", CLQ_CASE_F32, 2, {2, 3}, zeros}, CLQ_CASE_SKIPPED, "residual");
    expect_line(integers, "activation", "relu", CLQ_CASE_SKIPPED, "activation");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_cases), cmocka_unit_test(test_changed_results_differ), cmocka_unit_test(test_floats), cmocka_unit_test(test_convolutions),
        cmocka_unit_test(test_groups),     cmocka_unit_test(test_integers),
    };
    return cmocka_run_group_tests(tests, draft_open, draft_close);
}
