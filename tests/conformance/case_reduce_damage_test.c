/* SPDX-License-Identifier: Apache-2.0 */
/* A good case of a reduction with one line or one tensor changed: each is refused, or skipped, with a message that names it. And means worked out by hand, with y
 * in both of its shapes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "case_reference.h"
#include "case_shape.h"

enum { MOST = 8 };

typedef struct draft {
    clq_case_text lines[MOST];
    size_t line_count;
    clq_case_tensor tensors[MOST];
    size_t tensor_count;
} draft;

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

static char path[64];

static int make_path(void **state)
{
    (void)state;
    strcpy(path, "/tmp/clqnn-reduce-damage-XXXXXX");
    const int descriptor = mkstemp(path);
    return descriptor < 0 ? -1 : close(descriptor);
}

static int remove_path(void **state)
{
    (void)state;
    return remove(path);
}

static void replace_line(draft *changed, clq_case_text line)
{
    size_t at = 0;
    while (at < changed->line_count && strcmp(changed->lines[at].key, line.key) != 0) at++;
    changed->lines[at] = line;
    if (at == changed->line_count) changed->line_count++;
}

static void replace_tensor(draft *changed, clq_case_tensor tensor)
{
    size_t at = 0;
    while (at < changed->tensor_count && strcmp(changed->tensors[at].name, tensor.name) != 0) at++;
    if (at == changed->tensor_count) changed->tensor_count++;
    changed->tensors[at] = tensor;
    if (tensor.dtype == CLQ_CASE_NONE) changed->tensors[at] = changed->tensors[--changed->tensor_count];
}

/* Written, read and run by the reference. */
static void expect(const draft *changed, clq_case_verdict wanted, const char *named)
{
    char message[300] = "";
    clq_case *file = NULL;
    clq_case_verdict verdict = CLQ_CASE_BAD;
    clqnn_status status = clq_case_write(path, changed->lines, changed->line_count, changed->tensors, changed->tensor_count, message, sizeof message);
    if (status == CLQNN_OK) status = clq_case_read(path, &file, message, sizeof message);
    if (status == CLQNN_OK) verdict = clq_case_check_reference(file, message, sizeof message);
    clq_case_free(file);
    if (verdict != wanted || strstr(message, named) == NULL) fail_msg("verdict %d, message '%s', wanted %d, '%s'", (int)verdict, message, (int)wanted, named);
}

static void means_worked_out_by_hand(void **state)
{
    (void)state;
    draft changed = good();
    expect(&changed, CLQ_CASE_SAME, "");
    replace_line(&changed, (clq_case_text){"requantize", "fixed_double"}); /* 21 / 2 becomes 11, half of that 6; -10 / 2 is -5, half of that -3 */
    expect(&changed, CLQ_CASE_DIFFERS, "first difference at [0,0,0] expected 5 got 6");
    replace_tensor(&changed, (clq_case_tensor){"y", CLQ_CASE_I8, 1, {2}, twice});
    expect(&changed, CLQ_CASE_SAME, "");
    replace_line(&changed, (clq_case_text){"axes", "0"});
    replace_tensor(&changed, (clq_case_tensor){"y", CLQ_CASE_I8, 2, {2, 2}, (const int8_t[]){1, 1, 1, 2}}); /* 1, 2, 3, 5 quarters, rounded at halves first */
    expect(&changed, CLQ_CASE_SAME, "");
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
        replace_line(&changed, rows[i].line);
        expect(&changed, CLQ_CASE_BAD, rows[i].named);
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
        replace_tensor(&changed, rows[i].tensor);
        expect(&changed, rows[i].verdict, rows[i].named);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(means_worked_out_by_hand),
        cmocka_unit_test(wrong_values),
        cmocka_unit_test(wrong_tensors),
    };
    return cmocka_run_group_tests(tests, make_path, remove_path);
}
