/* SPDX-License-Identifier: Apache-2.0 */
/* Cases of softmax and linear resize under the fixed rules: results worked out by hand, and one line or tensor at a time that is refused or skipped with a message that names it. */
#include "case_draft_file.h"

static const float one_256th = 0x1p-8f, other = 0.5f;
static const int8_t lowest = -128, zero = 0, zeros[4096] = {0};
static const int8_t steps[3] = {32, 16, 0}, shares[3] = {42, -65, -105}; /* 170, 63 and 23 of 256, by 1/16 a step */

/* y's quantization is written last. */
static draft good_softmax(void)
{
    return (draft){
        .lines = {{"clqnn.case", "1"}, {"op", "softmax"}, {"softmax.multiplier", "1073741824"}, {"softmax.shift", "23"}, {"softmax.diff_min", "-32"},
                  {"requantize", "fixed_double"}},
        .line_count = 6,
        .tensors = {{"x", CLQ_CASE_I8, 1, {3}, steps}, {"y", CLQ_CASE_I8, 1, {3}, shares}, {"y.scale", CLQ_CASE_F32, 1, {1}, &one_256th},
                    {"y.zero_point", CLQ_CASE_I8, 1, {1}, &lowest}},
        .tensor_count = 4,
    };
}

static void softmax(void **state)
{
    (void)state;
    static const struct {
        clq_case_text line;
        clq_case_verdict verdict;
        const char *named;
    } rows[] = {
        {{"requantize", "fixed_double"}, CLQ_CASE_SAME, ""},
        {{"requantize", "fixed_single"}, CLQ_CASE_SAME, ""},
        {{"softmax.diff_min", "-31"}, CLQ_CASE_DIFFERS, "first difference"},
        {{"softmax.diff_min", "1"}, CLQ_CASE_BAD, "softmax.diff_min is '1'"},
        {{"softmax.shift", "31"}, CLQ_CASE_BAD, "softmax.shift is '31'"},
        {{"softmax.shift", "-1"}, CLQ_CASE_BAD, "softmax.shift is '-1'"},
        {{"softmax.multiplier", "-1"}, CLQ_CASE_BAD, "softmax.multiplier is '-1'"},
        {{"log", "1"}, CLQ_CASE_SKIPPED, "log-softmax"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        draft changed = good_softmax();
        draft_set_line(&changed, rows[i].line);
        draft_expect(&changed, rows[i].verdict, rows[i].named);
    }
    draft changed = good_softmax();
    changed.tensor_count = 2;
    draft_expect(&changed, CLQ_CASE_SAME, ""); /* y's quantization need not be written */
    changed.tensor_count = 3;
    draft_expect(&changed, CLQ_CASE_BAD, "y.zero_point the lowest");
    changed = good_softmax();
    draft_set_tensor(&changed, (clq_case_tensor){"y.scale", CLQ_CASE_F32, 1, {1}, &other});
    draft_expect(&changed, CLQ_CASE_BAD, "y.scale must be 1/256");
    changed = good_softmax();
    changed.tensor_count = 2;
    draft_set_tensor(&changed, (clq_case_tensor){"x", CLQ_CASE_I8, 1, {4096}, zeros});
    draft_set_tensor(&changed, (clq_case_tensor){"y", CLQ_CASE_I8, 1, {4096}, zeros});
    draft_expect(&changed, CLQ_CASE_SKIPPED, "more than 4095");
    changed = good_softmax();
    changed.lines[4] = changed.lines[--changed.line_count]; /* without diff_min */
    draft_expect(&changed, CLQ_CASE_BAD, "softmax.diff_min is '(absent)'");
}

static void resize(void **state)
{
    (void)state;
    static const int8_t pixels[2] = {-1, 0}, away[4] = {-1, -1, 0, 0}, up[4] = {-1, 0, 0, 0}; /* -1/2 between the two */
    draft changed = {
        .lines = {{"clqnn.case", "1"}, {"op", "resize"}, {"mode", "linear"}, {"coordinates", "asymmetric"}, {"requantize", "fixed_double"}},
        .line_count = 5,
        .tensors = {{"x", CLQ_CASE_I8, 4, {1, 1, 2, 1}, pixels}, {"y", CLQ_CASE_I8, 4, {1, 1, 4, 1}, away}, {"y.zero_point", CLQ_CASE_I8, 1, {1}, &zero}},
        .tensor_count = 3,
    };
    draft_expect(&changed, CLQ_CASE_SAME, "");
    changed.tensors[2].data = &lowest;
    draft_expect(&changed, CLQ_CASE_BAD, "quantized differently");
    changed.tensor_count = 2;
    draft_set_line(&changed, (clq_case_text){"requantize", "fixed_single"});
    draft_expect(&changed, CLQ_CASE_DIFFERS, "expected -1 got 0");
    changed.tensors[1].data = up;
    draft_expect(&changed, CLQ_CASE_SAME, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(softmax), cmocka_unit_test(resize)};
    return cmocka_run_group_tests(tests, draft_open, draft_close);
}
