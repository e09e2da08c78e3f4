/* SPDX-License-Identifier: Apache-2.0 */
/* Tensors and nests on the host: what is refused, and that collapsed loops visit the same places in the same order. No device. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/status.h"
#include "op/op_family.h"
#include "op/op_tensor.h"

static clqnn_status resolve(const clqnn_tensor *tensor, bool is_result, const char *text)
{
    clq_tensor resolved;
    const clqnn_status status = clq_tensor_resolve("x", tensor, CLQ_TYPES_BYTE | CLQ_TYPES_NIBBLE, is_result, &resolved);
    if (text && !strstr(clqnn_last_error(), text)) fail_msg("\"%s\" does not hold \"%s\"", clqnn_last_error(), text);
    return status;
}

static void bad_tensors_are_refused_by_name(void **state)
{
    (void)state;
    clqnn_tensor good = {.type = CLQNN_U8, .rank = 3, .shape = {2, 3, 4}}, bad = good;
    assert_int_equal(resolve(&good, true, NULL), CLQNN_OK);
    bad.type = CLQNN_F32;
    assert_int_equal(resolve(&bad, false, "x.type is f32 (4), must be one of s8, u8, s4, u4"), CLQNN_INVALID_ARGUMENT);
    bad = good, bad.rank = 7;
    assert_int_equal(resolve(&bad, false, "x.rank is 7"), CLQNN_INVALID_SHAPE);
    bad = good, bad.rank = -1;
    assert_int_equal(resolve(&bad, false, "x.rank is -1"), CLQNN_INVALID_SHAPE);
    bad = good, bad.shape[1] = 0;
    assert_int_equal(resolve(&bad, false, "x.shape[1] is 0: the tensor is empty"), CLQNN_INVALID_SHAPE);
    bad = good, bad.shape[2] = -4;
    assert_int_equal(resolve(&bad, false, "x.shape[2] is -4"), CLQNN_INVALID_SHAPE);
    bad = good, bad.shape[0] = bad.shape[1] = INT32_MAX;
    assert_int_equal(resolve(&bad, false, "more than 2^48 elements"), CLQNN_INVALID_SHAPE);
    bad = good, bad.strides[0] = -1;
    assert_int_equal(resolve(&bad, false, "x.strides[0] is -1"), CLQNN_INVALID_SHAPE);
    bad = good, bad.strides[0] = (int64_t)1 << 48;
    assert_int_equal(resolve(&bad, false, "beyond 2^48"), CLQNN_INVALID_SHAPE);
    bad = good, bad.strides[2] = 1;
    assert_int_equal(resolve(&bad, false, NULL), CLQNN_OK); /* an input may repeat itself */
    assert_int_equal(resolve(&bad, true, "x overlaps itself"), CLQNN_INVALID_SHAPE);
    bad = good, bad.strides[0] = 11, bad.strides[1] = 4, bad.strides[2] = 1;
    assert_int_equal(resolve(&bad, true, "x overlaps itself: strides[0] is 11, steps over 12"), CLQNN_INVALID_SHAPE);
    bad = good, bad.type = CLQNN_S4, bad.strides[0] = 16, bad.strides[1] = 4, bad.strides[2] = 1;
    assert_int_equal(resolve(&bad, false, "must be dense"), CLQNN_INVALID_SHAPE);
}

static void bad_quantizations_are_refused_by_name(void **state)
{
    (void)state;
    const float scales[4] = {1.0f, 0.5f, 0.0f, 2.0f};
    const int32_t zeros[4] = {0, 255, 256, 1};
    clqnn_tensor tensor = {.type = CLQNN_U8, .rank = 2, .shape = {3, 4}, .axis = 1, .quantization = {scales, 2, zeros, 2}};
    assert_int_equal(clq_tensor_check_quantization("x", &tensor, CLQ_QUANTIZED_WHOLE), CLQNN_INVALID_QUANTIZATION);
    assert_int_equal(clq_tensor_check_quantization("x", &tensor, CLQ_QUANTIZED_AXIS), CLQNN_INVALID_QUANTIZATION);
    tensor.quantization.scale_count = 4;
    assert_int_equal(clq_tensor_check_quantization("x", &tensor, CLQ_QUANTIZED_AXIS), CLQNN_INVALID_QUANTIZATION);
    assert_non_null(strstr(clqnn_last_error(), "zero_point_count"));
    tensor.quantization.zero_point_count = 4;
    assert_int_equal(clq_tensor_check_quantization("x", &tensor, CLQ_QUANTIZED_AXIS), CLQNN_INVALID_QUANTIZATION);
    assert_non_null(strstr(clqnn_last_error(), "x.scales[2] is 0"));
    tensor.quantization.scale_count = 0;
    assert_int_equal(clq_tensor_check_quantization("x", &tensor, CLQ_QUANTIZED_AXIS), CLQNN_INVALID_QUANTIZATION);
    assert_non_null(strstr(clqnn_last_error(), "x.zero_points[2] is 256, must be in 0..255"));
    tensor.axis = 2;
    assert_int_equal(clq_tensor_check_quantization("x", &tensor, CLQ_QUANTIZED_AXIS), CLQNN_INVALID_ARGUMENT);
    assert_non_null(strstr(clqnn_last_error(), "x.axis is 2, must be in -2..1 for rank 2"));
    tensor.quantization = (clqnn_quantization){NULL, 1, NULL, 0};
    assert_int_equal(clq_tensor_check_quantization("x", &tensor, CLQ_QUANTIZED_WHOLE), CLQNN_INVALID_ARGUMENT);
    tensor.quantization.scales = scales;
    assert_int_equal(clq_tensor_check_quantization("x", &tensor, CLQ_QUANTIZED_NOT), CLQNN_INVALID_QUANTIZATION);
    assert_int_equal(clq_tensor_check_quantization("x", &tensor, CLQ_QUANTIZED_WHOLE), CLQNN_OK);
}

/* Place of element `flat` for an operand of a nest. */
static int64_t place(const clq_nest *nest, int operand, int64_t flat)
{
    int64_t at = 0;
    for (int i = CLQNN_MAX_RANK - 1; i >= 0; i--) {
        at += flat % nest->extent[i] * nest->stride[operand][i];
        flat /= nest->extent[i];
    }
    return at;
}

static clq_tensor tensor_of(const clqnn_tensor *given)
{
    clq_tensor tensor;
    assert_int_equal(clq_tensor_resolve("x", given, CLQ_TYPES_BYTE, false, &tensor), CLQNN_OK);
    return tensor;
}

static void collapsed_nests_visit_the_same_places(void **state)
{
    (void)state;
    static const clqnn_tensor tensors[] = {
        {.type = CLQNN_U8, .rank = 4, .shape = {2, 3, 4, 5}},
        {.type = CLQNN_U8, .rank = 4, .shape = {2, 3, 4, 5}, .strides = {100, 20, 5, 1}},
        {.type = CLQNN_U8, .rank = 4, .shape = {2, 3, 4, 5}, .strides = {1, 2, 6, 24}},
        {.type = CLQNN_U8, .rank = 2, .shape = {4, 5}},
        {.type = CLQNN_U8, .rank = 4, .shape = {2, 1, 4, 1}},
        {.type = CLQNN_U8, .rank = 0},
    };
    const int64_t shape[] = {2, 3, 4, 5};
    for (size_t i = 0; i < sizeof tensors / sizeof tensors[0]; i++) {
        for (size_t j = 0; j < sizeof tensors / sizeof tensors[0]; j++) {
            const clq_tensor a = tensor_of(&tensors[i]), b = tensor_of(&tensors[j]);
            clq_nest whole = clq_nest_begin(4, shape);
            clq_nest_add(&whole, &a);
            clq_nest_add(&whole, &b);
            clq_nest collapsed = whole;
            clq_nest_collapse(&collapsed);
            assert_int_equal(collapsed.count, 120);
            for (int64_t flat = 0; flat < 120; flat++) {
                assert_int_equal(place(&whole, 0, flat), place(&collapsed, 0, flat));
                assert_int_equal(place(&whole, 1, flat), place(&collapsed, 1, flat));
            }
        }
    }
}

static void dense_tensors_collapse_to_one_loop(void **state)
{
    (void)state;
    const clqnn_tensor given = {.type = CLQNN_U8, .rank = 4, .shape = {2, 3, 1, 5}};
    const clq_tensor tensor = tensor_of(&given);
    clq_nest nest = clq_nest_begin(4, given.shape);
    clq_nest_add(&nest, &tensor);
    clq_nest_add(&nest, &tensor);
    clq_nest_collapse(&nest);
    assert_int_equal(nest.extent[CLQNN_MAX_RANK - 1], 30);
    assert_int_equal(nest.extent[CLQNN_MAX_RANK - 2], 1);
}

static void runs_and_periods_of_slices(void **state)
{
    (void)state;
    const clqnn_tensor slice = {.type = CLQNN_U8, .rank = 3, .shape = {4, 5, 16}, .strides = {320, 64, 1}}, dense = {.type = CLQNN_U8, .rank = 2, .shape = {3, 7}};
    const clq_tensor resolved = tensor_of(&slice), whole = tensor_of(&dense);
    clq_op_signature signature = {0};
    assert_int_equal(clq_op_add_input(&signature, "x", 2, &resolved, false), CLQNN_OK);
    assert_int_equal(clq_op_add_output(&signature, "y", -1, &whole), CLQNN_OK);
    assert_string_equal(signature.operands[0].name, "x[2]");
    assert_int_equal(signature.operands[0].run, 16);
    assert_int_equal(signature.operands[0].period, 64);
    assert_int_equal(signature.operands[0].bytes, 3 * 320 + 4 * 64 + 16);
    assert_int_equal(signature.operands[1].period, 0);
    assert_int_equal(signature.operands[1].run, 21);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_tensors_are_refused_by_name), cmocka_unit_test(bad_quantizations_are_refused_by_name), cmocka_unit_test(collapsed_nests_visit_the_same_places),
        cmocka_unit_test(dense_tensors_collapse_to_one_loop), cmocka_unit_test(runs_and_periods_of_slices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
