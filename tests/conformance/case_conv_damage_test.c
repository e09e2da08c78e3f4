/* SPDX-License-Identifier: Apache-2.0 */
/* A good case of a convolution with one thing changed: each is refused, or skipped, with a message that names it. */
#include <stdbool.h>
#include <string.h>

#include "case_draft_file.h"

/* x [1,4,5,6], two groups, 3 x 3 taps, stride 2 x 1, y [1,2,5,4] with a residual and a table. */
static const unsigned char zeros[4096];
static const float one[1] = {1.0f};

static draft good(void)
{
    return (draft){
        .lines = {{"clqnn.case", "1"},
                  {"op", "conv"},
                  {"layout", "nhwc"},
                  {"w.layout", "ohwi"},
                  {"strides", "2,1"},
                  {"pads", "1,1,0,1"},
                  {"groups", "2"},
                  {"sum.clamp", "0,200"}},
        .line_count = 8,
        .tensors = {{"x", CLQ_CASE_U8, 4, {1, 4, 5, 6}, zeros},
                    {"w", CLQ_CASE_I8, 4, {4, 3, 3, 3}, zeros},
                    {"bias", CLQ_CASE_I32, 1, {4}, zeros},
                    {"y", CLQ_CASE_U8, 4, {1, 2, 5, 4}, zeros},
                    {"table", CLQ_CASE_U8, 1, {256}, zeros},
                    {"residual", CLQ_CASE_I8, 4, {1, 2, 5, 4}, zeros},
                    {"x.scale", CLQ_CASE_F32, 0, {0}, one},
                    {"w.scale", CLQ_CASE_F32, 0, {0}, one},
                    {"y.scale", CLQ_CASE_F32, 0, {0}, one},
                    {"table.scale", CLQ_CASE_F32, 0, {0}, one},
                    {"residual.scale", CLQ_CASE_F32, 0, {0}, one},
                    {"sum.scale", CLQ_CASE_F32, 0, {0}, one}},
        .tensor_count = 12,
    };
}

/* Written, read and made into a call. */
static clqnn_status status_of(const draft *changed, char *message, size_t capacity)
{
    clq_case *file = NULL;
    clq_case_conv conv;
    clqnn_status status = draft_read(changed, &file, message, capacity);
    if (status == CLQNN_OK) status = clq_case_make_conv(file, &conv, message, capacity);
    clq_case_free(file);
    return status;
}

static void expect(const draft *changed, clqnn_status wanted, const char *named)
{
    char message[300] = "";
    const clqnn_status status = status_of(changed, message, sizeof message);
    if (status != wanted || strstr(message, named) == NULL) fail_msg("status %d, message '%s', wanted '%s'", (int)status, message, named);
}

static void good_case_is_read(void **state)
{
    (void)state;
    const draft plain = good();
    expect(&plain, CLQNN_OK, "");
}

static void wrong_values(void **state)
{
    (void)state;
    static const struct {
        clq_case_text line; /* replaces the line of its key, or is added */
        const char *named;
    } rows[] = {
        {{"layout", "chwn"}, "layout is 'chwn'"},
        {{"y.layout", "x"}, "y.layout is 'x'"},
        {{"residual.layout", ""}, "residual.layout is ''"},
        {{"w.layout", "hwio"}, "w.layout is 'hwio'"},
        {{"transposed", "2"}, "transposed is '2'"},
        {{"transposed", "1"}, "'y' has shape"},
        {{"strides", "2"}, "strides is '2', not 2 numbers"},
        {{"strides", "0,1"}, "strides is '0,1'"},
        {{"strides", "2,1,1"}, "strides is '2,1,1'"},
        {{"strides", "1,1"}, "'y' has shape [1,2,5,4], not [1,3,5,4]"},
        {{"pads", "1,1"}, "pads is '1,1', not 4"},
        {{"pads", "1,1,-1,1"}, "pads is"},
        {{"dilations", "1,0"}, "dilations is"},
        {{"dilations", "9,1"}, "'y' has shape [1,2,5,4], not [1,0,5,4]"},
        {{"groups", "0"}, "groups is '0'"},
        {{"groups", "4"}, "6 channels of 'x' in 4 groups"},
        {{"groups", "3000000000"}, "groups is"},
        {{"output_padding", "1"}, "output_padding is '1'"},
        {{"sum.clamp", "5,1"}, "sum.clamp is '5,1'"},
        {{"sum.clamp", "0.5,1"}, "sum.clamp is '0.5,1'"},
        {{"clamp", "0.5,9"}, "clamp is '0.5,9'"},
        {{"colour", "red"}, "'colour'"},
        {{"requantize", "fixed_single"}, "'multiplier' is missing"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        draft changed = good();
        draft_set_line(&changed, rows[i].line);
        expect(&changed, CLQNN_CORRUPT_DATA, rows[i].named);
    }
}

static void wrong_tensors(void **state)
{
    (void)state;
    static const struct {
        clq_case_tensor tensor; /* replaces the tensor of its name, or is added; without a dtype it is left out */
        const char *named;
        bool unsupported;
    } rows[] = {
        {{"x", CLQ_CASE_NONE, 0, {0}, NULL}, "'x", false},
        {{"w", CLQ_CASE_NONE, 0, {0}, NULL}, "'w", false},
        {{"y.scale", CLQ_CASE_NONE, 0, {0}, NULL}, "'y.scale' is missing", false},
        {{"sum.scale", CLQ_CASE_NONE, 0, {0}, NULL}, "'sum.scale' is missing", false},
        {{"residual.scale", CLQ_CASE_NONE, 0, {0}, NULL}, "'residual.scale' is missing", false},
        {{"table.scale", CLQ_CASE_NONE, 0, {0}, NULL}, "'table.scale' is missing", false},
        {{"x", CLQ_CASE_U8, 2, {4, 30}, zeros}, "'x' has shape [4,30]", false},
        {{"x", CLQ_CASE_U8, 3, {4, 5, 6}, zeros}, "'x' has shape [4,5,6]", false},
        {{"x", CLQ_CASE_U8, 4, {1, 0, 5, 6}, zeros}, "dimension of 0", true},
        {{"x", CLQ_CASE_U8, 4, {0, 4, 5, 6}, zeros}, "dimension of 0", true},
        {{"x", CLQ_CASE_F32, 4, {1, 4, 5, 6}, zeros}, "'table' and sum.clamp have no place in a convolution of floats", false},
        {{"w", CLQ_CASE_F32, 4, {4, 3, 3, 3}, zeros}, "'w' of type F32", true},
        {{"w", CLQ_CASE_I8, 4, {4, 3, 3, 2}, zeros}, "'w' of shape [4,3,3,2]", false},
        {{"w", CLQ_CASE_I8, 4, {5, 3, 3, 3}, zeros}, "'w' of shape [5,3,3,3]", false},
        {{"y", CLQ_CASE_U8, 4, {1, 2, 4, 5}, zeros}, "'y' has shape [1,2,4,5], not [1,2,5,4]", false},
        {{"y", CLQ_CASE_I32, 4, {1, 2, 5, 4}, zeros}, "'table' or 'residual' with a 'y' of type I32", true},
        {{"residual", CLQ_CASE_I8, 4, {1, 2, 5, 3}, zeros}, "'residual' has shape", false},
        {{"residual", CLQ_CASE_F16, 4, {1, 2, 5, 4}, zeros}, "'residual' of type F16", true},
        {{"residual", CLQ_CASE_NONE, 0, {0}, NULL}, "residual", false},
        {{"table", CLQ_CASE_U8, 1, {255}, zeros}, "'table' has shape [255]", false},
        {{"table", CLQ_CASE_I8, 1, {256}, zeros}, "'table' has shape [256] and type I8", false},
        {{"bias", CLQ_CASE_I32, 1, {3}, zeros}, "'bias' has shape [3], not [4]", false},
        {{"bias", CLQ_CASE_F32, 1, {4}, zeros}, "F32 'bias'", true},
        {{"x.zero_point", CLQ_CASE_I32, 1, {4}, zeros}, "'x.zero_point' has shape [4]", false},
        {{"w.zero_point", CLQ_CASE_I8, 1, {3}, zeros}, "'w.zero_point' has shape [3]", false},
        {{"w.scale", CLQ_CASE_F32, 1, {4}, zeros}, "'w.scale'[0] is 0", false},
        {{"sum", CLQ_CASE_U8, 1, {1}, zeros}, "'sum'", false},
        {{"sum.zero_point", CLQ_CASE_U8, 1, {1}, zeros}, "'sum.zero_point'", false},
        {{"multiplier", CLQ_CASE_I32, 1, {1}, zeros}, "fixed_double", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        draft changed = good();
        draft_set_tensor(&changed, rows[i].tensor);
        expect(&changed, rows[i].unsupported ? CLQNN_UNSUPPORTED : CLQNN_CORRUPT_DATA, rows[i].named);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_case_is_read),
        cmocka_unit_test(wrong_values),
        cmocka_unit_test(wrong_tensors),
    };
    return cmocka_run_group_tests(tests, draft_open, draft_close);
}
