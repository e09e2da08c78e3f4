/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptors of pointwise operators and conversions that must be refused, by create and query alike, with the field and its value. */
#include <float.h>
#include <math.h>

#include "op_fixture.h"

static clqnn_status create_binary(clqnn_context *context, const void *desc, clqnn_op **op)
{
    return clqnn_binary_create(context, desc, op);
}

static clqnn_status query_binary(clqnn_context *context, const void *desc, clqnn_op_info *info)
{
    return clqnn_binary_query(context, desc, info);
}

static clqnn_status create_table(clqnn_context *context, const void *desc, clqnn_op **op)
{
    return clqnn_table_create(context, desc, op);
}

static clqnn_status query_table(clqnn_context *context, const void *desc, clqnn_op_info *info)
{
    return clqnn_table_query(context, desc, info);
}

static clqnn_status create_convert(clqnn_context *context, const void *desc, clqnn_op **op)
{
    return clqnn_convert_create(context, desc, op);
}

static clqnn_status query_convert(clqnn_context *context, const void *desc, clqnn_op_info *info)
{
    return clqnn_convert_query(context, desc, info);
}

static void refuse_binary(const clqnn_binary_desc *desc, clqnn_status status, const char *text)
{
    op_expect_refused(create_binary, query_binary, desc, status, text);
}

static void refuse_table(const clqnn_table_desc *desc, clqnn_status status, const char *text)
{
    op_expect_refused(create_table, query_table, desc, status, text);
}

static void refuse_convert(const clqnn_convert_desc *desc, clqnn_status status, const char *text)
{
    op_expect_refused(create_convert, query_convert, desc, status, text);
}

static clqnn_binary_desc good_binary(void)
{
    const clqnn_tensor tensor = op_plain_tensor(3, 5);
    return (clqnn_binary_desc){.struct_size = sizeof(clqnn_binary_desc), .a = tensor, .b = tensor, .y = tensor};
}

static void two_inputs(void **state)
{
    (void)state;
    clqnn_binary_desc desc = good_binary();
    clqnn_op *op = NULL;
    assert_int_equal(clqnn_binary_create(op_context(), &desc, &op), CLQNN_OK);
    clqnn_op_destroy(op);
    assert_int_equal(clqnn_binary_create(op_context(), &desc, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_binary_create(NULL, &desc, &op), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_binary_query(op_context(), &desc, NULL), CLQNN_INVALID_ARGUMENT);
    refuse_binary(NULL, CLQNN_INVALID_ARGUMENT, "clqnn_binary_desc is NULL");
    desc.struct_size = 8;
    refuse_binary(&desc, CLQNN_INVALID_ARGUMENT, "struct_size of clqnn_binary_desc is 8");
    desc = good_binary(), desc.kind = (clqnn_binary_kind)5;
    refuse_binary(&desc, CLQNN_INVALID_ARGUMENT, "kind is 5");
    desc = good_binary(), desc.rounding = (clqnn_rounding)3;
    refuse_binary(&desc, CLQNN_INVALID_ARGUMENT, "rounding is 3");
    desc = good_binary(), desc.rounding = CLQNN_FIXED_DOUBLE, desc.kind = CLQNN_MAX;
    refuse_binary(&desc, CLQNN_UNSUPPORTED, "fixed-point");
    desc = good_binary(), desc.a.type = CLQNN_S32;
    refuse_binary(&desc, CLQNN_INVALID_ARGUMENT, "a.type is s32");
    desc = good_binary(), desc.b.shape[1] = 4;
    refuse_binary(&desc, CLQNN_INVALID_SHAPE, "do not broadcast");
    desc = good_binary(), desc.y.shape[0] = 4;
    refuse_binary(&desc, CLQNN_INVALID_SHAPE, "y.shape[0] is 4, but a and b broadcast to 3");
    desc = good_binary(), desc.y.rank = 1, desc.y.shape[0] = 5;
    refuse_binary(&desc, CLQNN_INVALID_SHAPE, "y.rank is 1");
    desc = good_binary(), desc.b.shape[0] = 0;
    refuse_binary(&desc, CLQNN_INVALID_SHAPE, "b.shape[0] is 0");
    desc = good_binary(), desc.has_clamp = 2;
    refuse_binary(&desc, CLQNN_INVALID_ARGUMENT, "has_clamp is 2");
    desc = good_binary(), desc.has_clamp = 1, desc.clamp_min = 300, desc.clamp_max = 400;
    refuse_binary(&desc, CLQNN_INVALID_ARGUMENT, "no value of type u8");
    desc = good_binary(), desc.variant = "binary_imaginary";
    refuse_binary(&desc, CLQNN_UNSUPPORTED, "binary_imaginary");
}

static void numbers_of_two_inputs(void **state)
{
    (void)state;
    const float tiny = FLT_MIN, huge = FLT_MAX;
    clqnn_binary_desc desc = good_binary();
    desc.a.quantization.scales = &tiny;
    refuse_binary(&desc, CLQNN_INVALID_QUANTIZATION, "denormal or infinite");
    desc.kind = CLQNN_MUL;
    refuse_binary(&desc, CLQNN_INVALID_QUANTIZATION, "leaves float's normal range");
    desc.a.quantization.scales = &huge;
    refuse_binary(&desc, CLQNN_INVALID_QUANTIZATION, "leaves float's normal range");
    desc = good_binary(), desc.rounding = CLQNN_FIXED_DOUBLE, desc.y_fixed.multiplier = -1;
    refuse_binary(&desc, CLQNN_INVALID_QUANTIZATION, "y_fixed.multiplier is -1");
    desc.y_fixed = (clqnn_fixed){1 << 30, 31};
    refuse_binary(&desc, CLQNN_INVALID_QUANTIZATION, "y_fixed.shift is 31");
    desc.y_fixed.shift = -20, desc.b_fixed.shift = -32;
    refuse_binary(&desc, CLQNN_INVALID_QUANTIZATION, "b_fixed.shift is -32");
    desc.b_fixed.shift = 0, desc.left_shift = 23;
    refuse_binary(&desc, CLQNN_INVALID_QUANTIZATION, "left_shift is 23");
    desc.left_shift = 20, desc.a_fixed = desc.b_fixed = (clqnn_fixed){INT32_MAX, 3};
    refuse_binary(&desc, CLQNN_OVERFLOW, "beyond 32 bits");
}

static clqnn_table_desc good_table(void)
{
    const clqnn_tensor tensor = op_plain_tensor(3, 5);
    return (clqnn_table_desc){.struct_size = sizeof(clqnn_table_desc), .function = CLQNN_TANH, .x = tensor, .y = tensor};
}

static void tables(void **state)
{
    (void)state;
    static const uint8_t entries[256] = {0};
    uint8_t made[256];
    clqnn_table_desc desc = good_table();
    assert_int_equal(clqnn_make_table(&desc, made), CLQNN_OK);
    assert_int_equal(clqnn_make_table(&desc, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_make_table(NULL, made), CLQNN_INVALID_ARGUMENT);
    desc.function = (clqnn_function)13;
    refuse_table(&desc, CLQNN_INVALID_ARGUMENT, "function is 13");
    desc = good_table(), desc.alpha = INFINITY;
    refuse_table(&desc, CLQNN_INVALID_ARGUMENT, "alpha is inf");
    desc = good_table(), desc.beta = NAN;
    refuse_table(&desc, CLQNN_INVALID_ARGUMENT, "beta is");
    desc = good_table(), desc.table = entries, desc.table_length = 255;
    refuse_table(&desc, CLQNN_INVALID_ARGUMENT, "table_length is 255, must be 256");
    desc = good_table(), desc.table_length = 256;
    refuse_table(&desc, CLQNN_INVALID_ARGUMENT, "table is NULL");
    desc = good_table(), desc.x.type = CLQNN_S16;
    refuse_table(&desc, CLQNN_INVALID_ARGUMENT, "x.type is s16");
    desc = good_table(), desc.y.shape[0] = 2;
    refuse_table(&desc, CLQNN_INVALID_SHAPE, "y.shape[0] is 2, but x.shape[0] is 3");
    desc = good_table(), desc.x.shape[1] = 0;
    refuse_table(&desc, CLQNN_INVALID_SHAPE, "x.shape[1] is 0");
}

static clqnn_convert_desc good_convert(void)
{
    const clqnn_tensor y = op_plain_tensor(3, 5);
    return (clqnn_convert_desc){.struct_size = sizeof(clqnn_convert_desc), .x = {.type = CLQNN_F32, .rank = 2, .shape = {3, 5}}, .y = y};
}

static void conversions(void **state)
{
    (void)state;
    static const float scales[15] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, tiny = FLT_MIN;
    static const int32_t one = 1;
    clqnn_convert_desc desc = good_convert();
    clqnn_op *op = NULL;
    assert_int_equal(clqnn_convert_create(op_context(), &desc, &op), CLQNN_OK);
    clqnn_op_destroy(op);
    desc.struct_size = offsetof(clqnn_convert_desc, f8_overflow); /* of the first version */
    assert_int_equal(clqnn_convert_create(op_context(), &desc, &op), CLQNN_OK);
    clqnn_op_destroy(op);
    desc = good_convert(), desc.f8_overflow = (clqnn_f8_overflow)2;
    refuse_convert(&desc, CLQNN_INVALID_ARGUMENT, "f8_overflow is 2");
    desc = good_convert(), desc.y.type = CLQNN_F8E4M3;
    refuse_convert(&desc, CLQNN_INVALID_QUANTIZATION, "y.quantization is given, but y is f8e4m3");
    desc = good_convert(), desc.y.type = CLQNN_S32;
    refuse_convert(&desc, CLQNN_INVALID_ARGUMENT, "y.type is s32");
    desc = good_convert(), desc.x.quantization = desc.y.quantization;
    refuse_convert(&desc, CLQNN_INVALID_QUANTIZATION, "x.quantization is given");
    desc = good_convert(), desc.y.quantization.scales = &tiny;
    refuse_convert(&desc, CLQNN_INVALID_QUANTIZATION, "y.scales[0]");
    desc = good_convert(), desc.y.quantization = (clqnn_quantization){scales, 4, NULL, 0}, desc.y.axis = 1;
    refuse_convert(&desc, CLQNN_INVALID_QUANTIZATION, "y.scale_count is 4, must be 0, 1 or 5");
    desc.y.axis = -3;
    refuse_convert(&desc, CLQNN_INVALID_ARGUMENT, "y.axis is -3");
    desc.y.axis = 1, desc.y.block = -2;
    refuse_convert(&desc, CLQNN_INVALID_ARGUMENT, "y.block is -2");
    desc.y.block = 2;
    refuse_convert(&desc, CLQNN_INVALID_QUANTIZATION, "must be 0, 1 or 9");
    desc = good_convert(), desc.x.type = CLQNN_S32, desc.x.quantization = (clqnn_quantization){NULL, 0, &one, 1};
    refuse_convert(&desc, CLQNN_INVALID_QUANTIZATION, "x.zero_points[0] is 1");
    desc = good_convert(), desc.y.type = CLQNN_S4, desc.y.quantization = (clqnn_quantization){0}, desc.y.strides[0] = 6, desc.y.strides[1] = 1;
    refuse_convert(&desc, CLQNN_INVALID_SHAPE, "must be dense");
    desc = good_convert(), desc.x.rank = 1;
    refuse_convert(&desc, CLQNN_INVALID_SHAPE, "y.rank is 2, but x.rank is 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_inputs), cmocka_unit_test(numbers_of_two_inputs), cmocka_unit_test(tables), cmocka_unit_test(conversions),
    };
    if (!op_fixture_open()) return OP_FIXTURE_SKIPPED;
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    op_fixture_close();
    return failed;
}
