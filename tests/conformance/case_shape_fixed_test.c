/* SPDX-License-Identifier: Apache-2.0 */
/* Cases of softmax and linear resize under the fixed rules: results worked out by hand, and one line or tensor at a time that is refused or skipped with a message that names it. */
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

static char path[64];

static int make_path(void **state)
{
    (void)state;
    strcpy(path, "/tmp/clqnn-shape-fixed-XXXXXX");
    const int descriptor = mkstemp(path);
    return descriptor < 0 ? -1 : close(descriptor);
}

static int remove_path(void **state)
{
    (void)state;
    return remove(path);
}

/* Written, read and run by the reference. */
static void expect(const clq_case_text *lines, size_t line_count, const clq_case_tensor *tensors, size_t tensor_count, clq_case_verdict wanted, const char *named)
{
    char message[300] = "";
    clq_case *file = NULL;
    clq_case_verdict verdict = CLQ_CASE_BAD;
    clqnn_status status = clq_case_write(path, lines, line_count, tensors, tensor_count, message, sizeof message);
    if (status == CLQNN_OK) status = clq_case_read(path, &file, message, sizeof message);
    if (status == CLQNN_OK) verdict = clq_case_check_reference(file, message, sizeof message);
    clq_case_free(file);
    if (verdict != wanted || strstr(message, named) == NULL) fail_msg("verdict %d, message '%s', wanted %d, '%s'", (int)verdict, message, (int)wanted, named);
}

static const float one_256th = 0x1p-8f, other = 0.5f;
static const int8_t lowest = -128, zero = 0, zeros[4096] = {0};
static const int8_t steps[3] = {32, 16, 0}, shares[3] = {42, -65, -105}; /* 170, 63 and 23 of 256, by 1/16 a step */

enum { SOFTMAX_LINES = 7, MULTIPLIER = 2, SHIFT, DIFF_MIN, RULE, LOG };

static void softmax(void **state)
{
    (void)state;
    static const struct {
        size_t line;
        const char *value;
        clq_case_verdict verdict;
        const char *named;
    } rows[] = {
        {RULE, "fixed_double", CLQ_CASE_SAME, ""},
        {RULE, "fixed_single", CLQ_CASE_SAME, ""},
        {DIFF_MIN, "-31", CLQ_CASE_DIFFERS, "first difference"},
        {DIFF_MIN, "1", CLQ_CASE_BAD, "softmax.diff_min is '1'"},
        {SHIFT, "31", CLQ_CASE_BAD, "softmax.shift is '31'"},
        {SHIFT, "-1", CLQ_CASE_BAD, "softmax.shift is '-1'"},
        {MULTIPLIER, "-1", CLQ_CASE_BAD, "softmax.multiplier is '-1'"},
        {LOG, "1", CLQ_CASE_SKIPPED, "log-softmax"},
    };
    const clq_case_tensor tensors[] = {{"x", CLQ_CASE_I8, 1, {3}, steps}, {"y", CLQ_CASE_I8, 1, {3}, shares}, {"y.scale", CLQ_CASE_F32, 1, {1}, &one_256th},
                                       {"y.zero_point", CLQ_CASE_I8, 1, {1}, &lowest}};
    clq_case_text good[SOFTMAX_LINES] = {{"clqnn.case", "1"}, {"op", "softmax"}, {"softmax.multiplier", "1073741824"}, {"softmax.shift", "23"}, {"softmax.diff_min", "-32"},
                                         {"requantize", "fixed_double"}, {"log", "0"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        clq_case_text changed[SOFTMAX_LINES];
        memcpy(changed, good, sizeof good);
        changed[rows[i].line].value = rows[i].value;
        expect(changed, SOFTMAX_LINES, tensors, 4, rows[i].verdict, rows[i].named);
    }
    expect(good, SOFTMAX_LINES, tensors, 2, CLQ_CASE_SAME, ""); /* y's quantization need not be written */
    expect(good, SOFTMAX_LINES, tensors, 3, CLQ_CASE_BAD, "y.zero_point the lowest");
    const clq_case_tensor scaled[] = {tensors[0], tensors[1], {"y.scale", CLQ_CASE_F32, 1, {1}, &other}, tensors[3]};
    expect(good, SOFTMAX_LINES, scaled, 4, CLQ_CASE_BAD, "y.scale must be 1/256");
    const clq_case_tensor longer[] = {{"x", CLQ_CASE_I8, 1, {4096}, zeros}, {"y", CLQ_CASE_I8, 1, {4096}, zeros}};
    expect(good, SOFTMAX_LINES, longer, 2, CLQ_CASE_SKIPPED, "more than 4095");
    good[DIFF_MIN] = good[LOG]; /* absent */
    expect(good, LOG, tensors, 4, CLQ_CASE_BAD, "softmax.diff_min is '(absent)'");
}

static void resize(void **state)
{
    (void)state;
    static const int8_t pixels[2] = {-1, 0}, away[4] = {-1, -1, 0, 0}, up[4] = {-1, 0, 0, 0}; /* -1/2 between the two */
    clq_case_text lines[] = {{"clqnn.case", "1"}, {"op", "resize"}, {"mode", "linear"}, {"coordinates", "asymmetric"}, {"requantize", "fixed_double"}};
    clq_case_tensor tensors[] = {{"x", CLQ_CASE_I8, 4, {1, 1, 2, 1}, pixels}, {"y", CLQ_CASE_I8, 4, {1, 1, 4, 1}, away}, {"y.zero_point", CLQ_CASE_I8, 1, {1}, &zero}};
    expect(lines, 5, tensors, 3, CLQ_CASE_SAME, "");
    tensors[2].data = &lowest;
    expect(lines, 5, tensors, 3, CLQ_CASE_BAD, "quantized differently");
    lines[4].value = "fixed_single";
    expect(lines, 5, tensors, 2, CLQ_CASE_DIFFERS, "expected -1 got 0");
    tensors[1].data = up;
    expect(lines, 5, tensors, 2, CLQ_CASE_SAME, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(softmax), cmocka_unit_test(resize)};
    return cmocka_run_group_tests(tests, make_path, remove_path);
}
