/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptors of the operators of bit planes that must be refused, by create and query alike, with the field and its value; and calls whose regions do not fit. */
#include <math.h>

#include "op_fixture.h"

#define REFUSAL(family)                                                                                                      \
    static clqnn_status create_##family(clqnn_context *context, const void *desc, clqnn_op **op)                             \
    {                                                                                                                        \
        return clqnn_##family##_create(context, desc, op);                                                                   \
    }                                                                                                                        \
    static clqnn_status query_##family(clqnn_context *context, const void *desc, clqnn_op_info *info)                        \
    {                                                                                                                        \
        return clqnn_##family##_query(context, desc, info);                                                                  \
    }                                                                                                                        \
    static void refuse_##family(const clqnn_##family##_desc *desc, clqnn_status status, const char *text)                    \
    {                                                                                                                        \
        op_expect_refused(create_##family, query_##family, desc, status, text);                                             \
    }
REFUSAL(pack_bits)
REFUSAL(unpack_bits)
REFUSAL(window_mean)
REFUSAL(pool)

static clqnn_pack_bits_desc good_pack(clqnn_type type)
{
    return (clqnn_pack_bits_desc){.struct_size = sizeof(clqnn_pack_bits_desc), .x = {.type = CLQNN_F32, .rank = 2, .shape = {3, 40}}, .y = {.type = type, .rank = 2, .shape = {3, 40}}};
}

static void packing(void **state)
{
    (void)state;
    static const float thresholds[40], not_finite[] = {NAN}, infinite[] = {INFINITY}, negative[] = {-1.0f}, tiny = 0x1p-126f, small = 0x1p-102f;
    static const int32_t beyond = 4, zero = 0;
    clqnn_pack_bits_desc desc = good_pack(CLQNN_B1);
    clqnn_op *op = NULL;
    desc.thresholds = thresholds, desc.threshold_count = 40;
    assert_int_equal(clqnn_pack_bits_create(op_context(), &desc, &op), CLQNN_OK);
    clqnn_op_destroy(op);
    refuse_pack_bits(NULL, CLQNN_INVALID_ARGUMENT, "clqnn_pack_bits_desc is NULL");
    desc.struct_size = 8;
    refuse_pack_bits(&desc, CLQNN_INVALID_ARGUMENT, "struct_size of clqnn_pack_bits_desc is 8");
    desc = good_pack(CLQNN_B1), desc.thresholds = thresholds, desc.threshold_count = 39;
    refuse_pack_bits(&desc, CLQNN_INVALID_ARGUMENT, "threshold_count is 39, must be 0, 1 or 40");
    desc.threshold_count = -1;
    refuse_pack_bits(&desc, CLQNN_INVALID_ARGUMENT, "threshold_count is -1");
    desc.threshold_count = 1, desc.thresholds = NULL;
    refuse_pack_bits(&desc, CLQNN_INVALID_ARGUMENT, "thresholds is NULL");
    desc.thresholds = not_finite;
    refuse_pack_bits(&desc, CLQNN_INVALID_ARGUMENT, "thresholds[0] is nan");
    desc.thresholds = infinite;
    refuse_pack_bits(&desc, CLQNN_INVALID_ARGUMENT, "thresholds[0] is inf, must be finite");
    desc = good_pack(CLQNN_T2), desc.thresholds = negative, desc.threshold_count = 1;
    refuse_pack_bits(&desc, CLQNN_INVALID_ARGUMENT, "thresholds[0] is -1, must be finite and not negative");
    desc = good_pack(CLQNN_PU4), desc.thresholds = thresholds, desc.threshold_count = 1;
    refuse_pack_bits(&desc, CLQNN_INVALID_ARGUMENT, "threshold_count is 1, must be 0 for pu4");
    desc = good_pack(CLQNN_S8);
    refuse_pack_bits(&desc, CLQNN_INVALID_ARGUMENT, "y.type is s8");
    desc = good_pack((clqnn_type)(CLQNN_PU1 + 8)); /* a bit width out of range */
    refuse_pack_bits(&desc, CLQNN_INVALID_ARGUMENT, "y.type is unknown (41)");
    desc = good_pack(CLQNN_B1), desc.x.type = CLQNN_S32;
    refuse_pack_bits(&desc, CLQNN_INVALID_ARGUMENT, "x.type is s32");
    desc = good_pack(CLQNN_B1), desc.y.shape[1] = 41;
    refuse_pack_bits(&desc, CLQNN_INVALID_SHAPE, "y.shape[1] is 41");
    desc = good_pack(CLQNN_B1), desc.x.rank = desc.y.rank = 0;
    refuse_pack_bits(&desc, CLQNN_INVALID_SHAPE, "y.rank is 0");
    desc = good_pack(CLQNN_B1), desc.y.strides[0] = 40, desc.y.strides[1] = 1; /* words that do not cover the row */
    refuse_pack_bits(&desc, CLQNN_INVALID_SHAPE, "y overlaps itself");
    desc.y.strides[0] = 72;
    refuse_pack_bits(&desc, CLQNN_INVALID_SHAPE, "y.strides[0] is 72, must be a multiple of 32");
    desc.y.strides[0] = 64, desc.y.strides[1] = 2;
    refuse_pack_bits(&desc, CLQNN_INVALID_SHAPE, "y");
    desc = good_pack(CLQNN_PU2), desc.y.quantization = (clqnn_quantization){NULL, 0, &beyond, 1};
    refuse_pack_bits(&desc, CLQNN_INVALID_QUANTIZATION, "y.zero_points[0] is 4, must be in 0..3 for pu2");
    desc = good_pack(CLQNN_PO2), desc.y.quantization = (clqnn_quantization){NULL, 0, &zero, 1};
    refuse_pack_bits(&desc, CLQNN_INVALID_QUANTIZATION, "y.zero_point_count is 1, must be 0 for po2");
    desc = good_pack(CLQNN_PS3), desc.y.quantization = (clqnn_quantization){&tiny, 1, NULL, 0};
    refuse_pack_bits(&desc, CLQNN_INVALID_QUANTIZATION, "must be at least 2^-125");
    desc = good_pack(CLQNN_PO1), desc.y.quantization = (clqnn_quantization){&small, 1, NULL, 0};
    refuse_pack_bits(&desc, CLQNN_INVALID_QUANTIZATION, "must be at least 2^-101");
    desc = good_pack(CLQNN_B1), desc.variant = "pack_bits_imaginary";
    refuse_pack_bits(&desc, CLQNN_UNSUPPORTED, "pack_bits_imaginary");
}

static void unpacking(void **state)
{
    (void)state;
    static const float scale = -1.0f;
    const clqnn_unpack_bits_desc good = {.struct_size = sizeof good, .x = {.type = CLQNN_T2, .rank = 2, .shape = {3, 40}}, .y = {.type = CLQNN_F16, .rank = 2, .shape = {3, 40}}};
    clqnn_unpack_bits_desc desc = good;
    clqnn_op *op = NULL;
    assert_int_equal(clqnn_unpack_bits_create(op_context(), &desc, &op), CLQNN_OK);
    clqnn_op_destroy(op);
    desc.x.type = CLQNN_F32;
    refuse_unpack_bits(&desc, CLQNN_INVALID_ARGUMENT, "x.type is f32");
    desc = good, desc.y.type = CLQNN_B1;
    refuse_unpack_bits(&desc, CLQNN_INVALID_ARGUMENT, "y.type is b1");
    desc = good, desc.x.quantization = (clqnn_quantization){&scale, 1, NULL, 0};
    refuse_unpack_bits(&desc, CLQNN_INVALID_QUANTIZATION, "x.scales[0] is -1");
    desc.x.quantization = (clqnn_quantization){&scale, 40, NULL, 0};
    refuse_unpack_bits(&desc, CLQNN_INVALID_QUANTIZATION, "x.scale_count is 40, must be 0 or 1");
    desc.x.quantization = (clqnn_quantization){NULL, 1, NULL, 0};
    refuse_unpack_bits(&desc, CLQNN_INVALID_ARGUMENT, "array is NULL");
    desc = good, desc.y.quantization = (clqnn_quantization){&scale, 1, NULL, 0};
    refuse_unpack_bits(&desc, CLQNN_INVALID_QUANTIZATION, "y.quantization is given");
}

static void means(void **state)
{
    (void)state;
    const clqnn_window_mean_desc good = {.struct_size = sizeof good, .x = {.type = CLQNN_F32, .rank = 4, .shape = {1, 5, 6, 7}}, .y = {.type = CLQNN_F32, .rank = 3, .shape = {1, 3, 4}},
                                         .kernel = {3, 3}};
    clqnn_window_mean_desc desc = good;
    clqnn_op *op = NULL;
    assert_int_equal(clqnn_window_mean_create(op_context(), &desc, &op), CLQNN_OK);
    clqnn_op_destroy(op);
    desc.kernel[1] = 0;
    refuse_window_mean(&desc, CLQNN_INVALID_SHAPE, "kernel[1] is 0");
    desc = good, desc.kernel[0] = 6;
    refuse_window_mean(&desc, CLQNN_INVALID_SHAPE, "larger than the padded image of 5");
    desc = good, desc.pad_end[0] = -1;
    refuse_window_mean(&desc, CLQNN_INVALID_SHAPE, "pad_end[0] is -1");
    desc = good, desc.stride[0] = -2;
    refuse_window_mean(&desc, CLQNN_INVALID_SHAPE, "stride[0] is -2");
    desc = good, desc.dilation[1] = INT64_MAX;
    refuse_window_mean(&desc, CLQNN_INVALID_SHAPE, "dilation[1] is");
    desc = good, desc.y.shape[2] = 5;
    refuse_window_mean(&desc, CLQNN_INVALID_SHAPE, "y.shape[2] is 5, must be 4");
    desc = good, desc.y.shape[0] = 2;
    refuse_window_mean(&desc, CLQNN_INVALID_SHAPE, "y.shape[0] is 2");
    desc = good, desc.x.rank = 3;
    refuse_window_mean(&desc, CLQNN_INVALID_SHAPE, "x.rank is 3, must be 4");
    desc = good, desc.x.type = CLQNN_U8;
    refuse_window_mean(&desc, CLQNN_INVALID_ARGUMENT, "x.type is u8");
}

static void pools(void **state)
{
    (void)state;
    static const float one = 1.0f, two = 2.0f;
    const clqnn_pool_desc good = {.struct_size = sizeof good, .x = {.type = CLQNN_B1, .rank = 4, .shape = {1, 4, 4, 40}}, .y = {.type = CLQNN_B1, .rank = 4, .shape = {1, 2, 2, 40}},
                                  .kernel = {2, 2}, .stride = {2, 2}};
    clqnn_pool_desc desc = good;
    clqnn_op *op = NULL;
    assert_int_equal(clqnn_pool_create(op_context(), &desc, &op), CLQNN_OK);
    clqnn_op_destroy(op);
    desc.kind = CLQNN_POOL_AVERAGE;
    refuse_pool(&desc, CLQNN_UNSUPPORTED, "kind is 1 (average), which b1 does not have");
    desc = good, desc.layout = CLQNN_CHANNELS_FIRST;
    refuse_pool(&desc, CLQNN_UNSUPPORTED, "layout is 1");
    desc = good, desc.has_clamp = 1;
    refuse_pool(&desc, CLQNN_UNSUPPORTED, "has_clamp is 1");
    desc = good, desc.x.type = desc.y.type = CLQNN_PU2;
    refuse_pool(&desc, CLQNN_UNSUPPORTED, "x.type is pu2");
    desc = good, desc.y.type = CLQNN_PO1;
    refuse_pool(&desc, CLQNN_INVALID_ARGUMENT, "must be b1 as x.type");
    desc = good, desc.x.quantization = (clqnn_quantization){&one, 1, NULL, 0}, desc.y.quantization = (clqnn_quantization){&two, 1, NULL, 0};
    refuse_pool(&desc, CLQNN_INVALID_QUANTIZATION, "quantized differently");
    desc = good, desc.y.shape[3] = 41;
    refuse_pool(&desc, CLQNN_INVALID_SHAPE, "y.shape[3] is 41, must be 40");
    desc = good, desc.pad_begin[0] = 2;
    refuse_pool(&desc, CLQNN_INVALID_SHAPE, "sees no pixel");
}

/* 3 rows of 40 bits are 24 bytes. */
static void regions(void **state)
{
    (void)state;
    const clqnn_pack_bits_desc desc = good_pack(CLQNN_B1);
    struct _cl_command_queue *queue = NULL;
    clqnn_op *op = NULL;
    clqnn_region x = {op_buffer(NULL, 3 * 40 * 4), 0}, y = {op_buffer(NULL, 24), 0};
    const clqnn_op_args args = {.inputs = &x, .outputs = &y, .input_count = 1, .output_count = 1};
    assert_int_equal(clqnn_default_queue(op_context(), &queue), CLQNN_OK);
    assert_int_equal(clqnn_pack_bits_create(op_context(), &desc, &op), CLQNN_OK);
    assert_int_equal(clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL), CLQNN_OK);
    assert_int_equal(clqnn_finish(op_context()), CLQNN_OK);
    y.offset = 2; /* no whole word */
    assert_int_equal(clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL), CLQNN_INVALID_ARGUMENT);
    y.offset = 4;
    assert_int_equal(clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL), CLQNN_BUFFER_TOO_SMALL);
    clqnn_op_destroy(op);
    clqnn_buffer_release(x.memory);
    clqnn_buffer_release(y.memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(packing), cmocka_unit_test(unpacking), cmocka_unit_test(means), cmocka_unit_test(pools), cmocka_unit_test(regions)};
    if (!op_fixture_open()) return OP_FIXTURE_SKIPPED;
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    op_fixture_close();
    return failed;
}
