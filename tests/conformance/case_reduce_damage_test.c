/* SPDX-License-Identifier: Apache-2.0 */
/* A good case of a reduction with one line or one tensor changed: each is refused, or skipped, with a message that names it. And means worked out by hand, with y
 * in both of its shapes. */
#include "case_draft_file.h"
#include "case_shape.h"

/* Means over the last two axes: (2 + 4 + 6 + 9) / 4 = 5.25 and -(1 + 2 + 3 + 4) / 4 = -2.5, a tie. */
static const int8_t x[8] = {2, 4, 6, 9, -1, -2, -3, -4};
static const int8_t twice[2] = {6, -3}, once[2] = {5, -2};
static const int32_t quarter[1] = {1 << 30}, shift[1] = {-1};
static const unsigned char zeros[64];

static draft good(void)
{
    return (draft){
        .lines = {{"clqnn.case", "1"}, {"op", "reduce"}, {"kind", "mean"}, {"axes", "1,-1"}, {"requantize", "fixed_single"}},
        .line_count = 5,
        .tensors = {{"x", CLQ_CASE_I8, 3, {2, 2, 2}, x},
                    {"y", CLQ_CASE_I8, 3, {2, 1, 1}, once},
                    {"multiplier", CLQ_CASE_I32, 1, {1}, quarter},
                    {"shift", CLQ_CASE_I32, 1, {1}, shift}},
        .tensor_count = 4,
    };
}

static void means_worked_out_by_hand(void **state)
{
    (void)state;
    draft changed = good();
    draft_expect(&changed, CLQ_CASE_SAME, "");
    draft_set_line(&changed, (clq_case_text){"requantize", "fixed_double"}); /* 21 / 2 becomes 11, half of that 6; -10 / 2 is -5, half of that -3 */
    draft_expect(&changed, CLQ_CASE_DIFFERS, "first difference at [0,0,0] expected 5 got 6");
    draft_set_tensor(&changed, (clq_case_tensor){"y", CLQ_CASE_I8, 1, {2}, twice});
    draft_expect(&changed, CLQ_CASE_SAME, "");
    draft_set_line(&changed, (clq_case_text){"axes", "0"});
    draft_set_tensor(&changed, (clq_case_tensor){"y", CLQ_CASE_I8, 2, {2, 2}, (const int8_t[]){1, 1, 1, 2}}); /* 1, 2, 3, 5 quarters, rounded at halves first */
    draft_expect(&changed, CLQ_CASE_SAME, "");
}

static void wrong_values(void **state)
{
    (void)state;
    static const struct {
        clq_case_text line;
        const char *named;
    } rows[] = {
        {{"kind", "median"}, "kind is 'median'"},
        {{"axes", "3"}, "axes is '3'"},
        {{"axes", "-4"}, "axes is '-4'"},
        {{"axes", ""}, "axes is ''"},
        {{"axes", "1,2,"}, "axes is '1,2,'"},
        {{"axes", "2,-1"}, "axes name the axis 2 twice"},
        {{"axes", "0,1"}, "dimension 0 of 'y' is 2, not 1"},
        {{"axis", "1"}, "'axis'"},
        {{"requantize", "float_even"}, "'multiplier' and 'shift' need"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        draft changed = good();
        draft_set_line(&changed, rows[i].line);
        draft_expect(&changed, CLQ_CASE_BAD, rows[i].named);
    }
}

static void wrong_tensors(void **state)
{
    (void)state;
    static const struct {
        clq_case_tensor tensor; /* without a dtype it is left out */
        const char *named;
        clq_case_verdict verdict;
    } rows[] = {
        {{"x", CLQ_CASE_NONE, 0, {0}, NULL}, "'x' is missing", CLQ_CASE_BAD},
        {{"multiplier", CLQ_CASE_NONE, 0, {0}, NULL}, "'multiplier' is missing", CLQ_CASE_BAD},
        {{"shift", CLQ_CASE_NONE, 0, {0}, NULL}, "'shift' is missing", CLQ_CASE_BAD},
        {{"multiplier", CLQ_CASE_I32, 1, {2}, zeros}, "'multiplier' has shape [2]", CLQ_CASE_BAD},
        {{"y", CLQ_CASE_I8, 2, {2, 1}, zeros}, "'y' has 2 dimensions, not 3 or 1", CLQ_CASE_BAD},
        {{"y", CLQ_CASE_I8, 1, {1}, zeros}, "dimension 0 of 'y' is 1, not 2", CLQ_CASE_BAD},
        {{"y", CLQ_CASE_U8, 1, {2}, zeros}, "I8 and U8", CLQ_CASE_SKIPPED},
        {{"x", CLQ_CASE_I8, 3, {2, 0, 2}, zeros}, "dimension of 0", CLQ_CASE_SKIPPED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        draft changed = good();
        draft_set_tensor(&changed, rows[i].tensor);
        draft_expect(&changed, rows[i].verdict, rows[i].named);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(means_worked_out_by_hand),
        cmocka_unit_test(wrong_values),
        cmocka_unit_test(wrong_tensors),
    };
    return cmocka_run_group_tests(tests, draft_open, draft_close);
}
