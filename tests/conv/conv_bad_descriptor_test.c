/* SPDX-License-Identifier: Apache-2.0 */
/* Descriptors that mean nothing: null pointers, unknown enumerators, wrong sizes, extents, pads, strides, groups and numbers. Each is refused with a status and a
 * message that names field and value. Buffers: conv_bad_call_test.c. */
#include <math.h>
#include <string.h>

#include "conv_fixture.h"

/* The fixture's descriptor with one change is refused. */
#define REFUSED(change, status, field, value) \
    do { \
        clqnn_conv_desc desc = conv_fixture_desc(); \
        change; \
        conv_expect_refused(&desc, status, field, value); \
    } while (0)

#define FULL_REFUSED(change, status, field, value) \
    do { \
        clqnn_conv_desc desc = conv_fixture_full_desc(); \
        change; \
        conv_expect_refused(&desc, status, field, value); \
    } while (0)

#define ACCEPTED(change) \
    do { \
        clqnn_conv_desc desc = conv_fixture_desc(); \
        change; \
        conv_expect_accepted(&desc); \
    } while (0)

static void test_null_pointers(void **state)
{
    (void)state;
    clqnn_context *context = conv_fixture_context();
    const clqnn_conv_desc desc = conv_fixture_desc();
    clqnn_conv *conv = (clqnn_conv *)(uintptr_t)64;
    clqnn_conv_weights *packed = (clqnn_conv_weights *)(uintptr_t)64;
    clqnn_conv_info info;
    clqnn_conv_candidate candidate;
    size_t count = 0;
    assert_int_equal(clqnn_conv_create(NULL, &desc, &conv), CLQNN_INVALID_ARGUMENT);
    assert_null(conv);
    conv_expect_message("context", "NULL");
    assert_int_equal(clqnn_conv_create(context, &desc, NULL), CLQNN_INVALID_ARGUMENT);
    conv_expect_message("conv", "NULL");
    conv_expect_refused(NULL, CLQNN_INVALID_ARGUMENT, "desc", "NULL");
    assert_int_equal(clqnn_conv_query(NULL, &desc, &info), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_conv_query(context, &desc, NULL), CLQNN_INVALID_ARGUMENT);
    conv_expect_message("info", "NULL");
    assert_int_equal(clqnn_conv_candidates(NULL, &desc, &candidate, 1, &count), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_conv_candidates(context, &desc, NULL, 1, &count), CLQNN_INVALID_ARGUMENT);
    conv_expect_message("list", "NULL");
    assert_int_equal(clqnn_conv_candidates(context, &desc, &candidate, 1, NULL), CLQNN_INVALID_ARGUMENT);
    conv_expect_message("count", "NULL");
    assert_int_equal(clqnn_conv_variants(NULL, 1, &count), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_conv_variants(NULL, 0, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_conv_prewarm(NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_conv_output_shape(&desc, NULL), CLQNN_INVALID_ARGUMENT);
    conv_expect_message("output", "NULL");
    assert_int_equal(clqnn_conv_pack(NULL, &desc, &packed), CLQNN_INVALID_ARGUMENT);
    assert_null(packed);
    assert_int_equal(clqnn_conv_pack(context, &desc, NULL), CLQNN_INVALID_ARGUMENT);
    conv_expect_message("weights", "NULL");
}

/* What is allowed to be NULL. */
static void test_null_handles_that_mean_nothing(void **state)
{
    (void)state;
    clqnn_conv_destroy(NULL);
    clqnn_conv_weights_release(NULL);
    assert_null(clqnn_conv_weights_retain(NULL));
    assert_int_equal(clqnn_conv_workspace_size(NULL), 0);
    assert_int_equal(clqnn_conv_weights_size(NULL), 0);
    assert_non_null(clqnn_conv_weights_layout(NULL));
}

static void test_sizes_and_enumerators(void **state)
{
    (void)state;
    REFUSED(desc.struct_size = 0, CLQNN_INVALID_ARGUMENT, "struct_size", "0");
    REFUSED(desc.struct_size = sizeof desc - 8, CLQNN_INVALID_ARGUMENT, "struct_size", NULL);
    REFUSED(desc.spatial_rank = 4, CLQNN_INVALID_ARGUMENT, "spatial_rank", "4");
    REFUSED(desc.spatial_rank = -1, CLQNN_INVALID_ARGUMENT, "spatial_rank", "-1");
    REFUSED(desc.transposed = 2, CLQNN_INVALID_ARGUMENT, "transposed", "2");
    REFUSED(desc.has_clamp = -1, CLQNN_INVALID_ARGUMENT, "has_clamp", "-1");
    REFUSED(desc.has_sum_clamp = 7, CLQNN_INVALID_ARGUMENT, "has_sum_clamp", "7");
    REFUSED(desc.x.layout = (clqnn_layout)2, CLQNN_INVALID_ARGUMENT, "x.layout", "2");
    REFUSED(desc.y.layout = (clqnn_layout)9, CLQNN_INVALID_ARGUMENT, "y.layout", "9");
    FULL_REFUSED(desc.residual.layout = (clqnn_layout)3, CLQNN_INVALID_ARGUMENT, "residual.layout", "3");
    REFUSED(desc.weight_layout = (clqnn_weight_layout)2, CLQNN_INVALID_ARGUMENT, "weight_layout", "2");
    REFUSED(desc.rounding = (clqnn_rounding)3, CLQNN_INVALID_ARGUMENT, "rounding", "3");
}

static void test_types(void **state)
{
    (void)state;
    REFUSED(desc.x.type = CLQNN_TYPE_NONE, CLQNN_INVALID_ARGUMENT, "x.type", "none");
    REFUSED(desc.x.type = CLQNN_S32, CLQNN_INVALID_ARGUMENT, "x.type", "s32");
    REFUSED(desc.x.type = CLQNN_F32, CLQNN_INVALID_ARGUMENT, "weight_type", "float x");
    REFUSED(desc.activation = CLQNN_RELU, CLQNN_UNSUPPORTED, "activation", "IDENTITY");
    REFUSED(desc.weight_type = CLQNN_S32, CLQNN_INVALID_ARGUMENT, "weight_type", "s32");
    REFUSED(desc.weight_type = (clqnn_type)77, CLQNN_INVALID_ARGUMENT, "weight_type", "77");
    REFUSED(desc.y.type = CLQNN_TYPE_NONE, CLQNN_INVALID_ARGUMENT, "y.type", "none");
    FULL_REFUSED(desc.residual.type = CLQNN_F16, CLQNN_INVALID_ARGUMENT, "residual.type", "f16");
    FULL_REFUSED(desc.y.type = CLQNN_F32, CLQNN_INVALID_ARGUMENT, "table", "f32");
    FULL_REFUSED((desc.y.type = CLQNN_S32, desc.table = NULL), CLQNN_INVALID_ARGUMENT, "residual.type", "s32");
    REFUSED(desc.bias_type = CLQNN_F32, CLQNN_INVALID_ARGUMENT, "bias_type", "f32");
    REFUSED(desc.bias_type = CLQNN_S8, CLQNN_INVALID_ARGUMENT, "bias_type", "s8");
    REFUSED(desc.bias = NULL, CLQNN_INVALID_ARGUMENT, "bias", "NULL");
}

static void test_channels_and_groups(void **state)
{
    (void)state;
    REFUSED(desc.batch = -1, CLQNN_INVALID_SHAPE, "batch", "-1");
    REFUSED(desc.batch = INT64_C(1) << 31, CLQNN_INVALID_SHAPE, "batch", "2147483648");
    REFUSED(desc.groups = -2, CLQNN_INVALID_SHAPE, "groups", "-2");
    REFUSED(desc.groups = 4, CLQNN_INVALID_SHAPE, "in_channels is 6", "groups = 4");
    REFUSED((desc.groups = 3, desc.out_channels = 4), CLQNN_INVALID_SHAPE, "out_channels is 4", "groups = 3");
    REFUSED(desc.in_channels = 0, CLQNN_INVALID_SHAPE, "in_channels", "0");
    REFUSED(desc.out_channels = 0, CLQNN_INVALID_SHAPE, "out_channels", "0");
    REFUSED(desc.in_channels = INT64_MAX, CLQNN_INVALID_SHAPE, "in_channels", "9223372036854775807");
}

static void test_extents(void **state)
{
    (void)state;
    REFUSED(desc.input[0] = 0, CLQNN_INVALID_SHAPE, "input[0]", "0");
    REFUSED(desc.input[1] = -5, CLQNN_INVALID_SHAPE, "input[1]", "-5");
    REFUSED(desc.kernel[1] = 0, CLQNN_INVALID_SHAPE, "kernel[1]", "0");
    REFUSED(desc.stride[0] = -1, CLQNN_INVALID_SHAPE, "stride[0]", "-1");
    REFUSED(desc.dilation[1] = -3, CLQNN_INVALID_SHAPE, "dilation[1]", "-3");
    REFUSED(desc.pad_begin[0] = -1, CLQNN_INVALID_SHAPE, "pad_begin[0]", "-1");
    REFUSED(desc.pad_begin[1] = 3, CLQNN_INVALID_SHAPE, "pad_begin[1] is 3", "extent");
    REFUSED(desc.pad_end[0] = 3, CLQNN_INVALID_SHAPE, "pad_end[0] is 3", "extent");
    REFUSED(desc.kernel[0] = 8, CLQNN_INVALID_SHAPE, "kernel[0] is 8", "input[0] = 5");
    REFUSED(desc.dilation[1] = 5, CLQNN_INVALID_SHAPE, "kernel[1] is 3", "11");
    REFUSED(desc.output_padding[0] = 1, CLQNN_INVALID_SHAPE, "output_padding[0] is 1", "not transposed");
    REFUSED((desc.transposed = 1, desc.stride[0] = 2, desc.output_padding[0] = 2), CLQNN_INVALID_SHAPE, "output_padding[0] is 2", "stride");
    REFUSED((desc.transposed = 1, desc.input[0] = 1, desc.pad_begin[0] = 2, desc.pad_end[0] = 2), CLQNN_INVALID_SHAPE, "pad_begin[0]", "2");
    REFUSED(desc.kernel[0] = INT64_MAX, CLQNN_INVALID_SHAPE, "kernel[0]", "9223372036854775807");
    REFUSED((desc.kernel[0] = 100000, desc.dilation[0] = 100000), CLQNN_INVALID_SHAPE, "extent[0]", NULL);
    REFUSED((desc.input[0] = 100000, desc.input[1] = 100000), CLQNN_INVALID_SHAPE, "pixels", "2147483647");
    REFUSED((desc.transposed = 1, desc.input[0] = 100000, desc.stride[0] = 100000), CLQNN_INVALID_SHAPE, "output's extent[0]", NULL);
    int64_t output[CLQNN_MAX_SPATIAL] = {-1, -1, -1};
    clqnn_conv_desc unfit = conv_fixture_desc();
    unfit.kernel[0] = 9;
    assert_int_equal(clqnn_conv_output_shape(&unfit, output), CLQNN_INVALID_SHAPE);
    assert_int_equal(output[0], -1);
    ACCEPTED((desc.pad_begin[0] = 2, desc.pad_end[1] = 2));
    ACCEPTED((desc.stride[0] = 50, desc.stride[1] = 50));
    ACCEPTED(desc.input[2] = -7); /* not read */
}

static void test_strides(void **state)
{
    (void)state;
    REFUSED(desc.x.pixel_stride = 5, CLQNN_INVALID_SHAPE, "x.pixel_stride is 5", "6");
    REFUSED(desc.y.pixel_stride = 3, CLQNN_INVALID_SHAPE, "y.pixel_stride is 3", "4");
    REFUSED((desc.y.layout = CLQNN_CHANNELS_FIRST, desc.y.pixel_stride = 34), CLQNN_INVALID_SHAPE, "y.pixel_stride is 34", "35");
    REFUSED(desc.x.pixel_stride = -6, CLQNN_INVALID_SHAPE, "x.pixel_stride", "-6");
    REFUSED(desc.x.batch_stride = -1, CLQNN_INVALID_SHAPE, "x.batch_stride", "-1");
    FULL_REFUSED(desc.residual.pixel_stride = 2, CLQNN_INVALID_SHAPE, "residual.pixel_stride is 2", "4");
    REFUSED(desc.x.pixel_stride = INT64_C(1) << 47, CLQNN_INVALID_SHAPE, "x is too large", "2^48");
    REFUSED((desc.batch = 2, desc.y.batch_stride = 139), CLQNN_INVALID_SHAPE, "y overlaps itself", "139");
    REFUSED((desc.batch = 2, desc.y.pixel_stride = 8, desc.y.batch_stride = 3), CLQNN_INVALID_SHAPE, "y overlaps itself", "3");
    ACCEPTED((desc.batch = 2, desc.y.pixel_stride = 8, desc.y.batch_stride = 4)); /* two images side by side in one tensor */
    ACCEPTED((desc.batch = 2, desc.x.batch_stride = 1)); /* what is only read may overlap */
}

static void test_weights(void **state)
{
    (void)state;
    clqnn_conv_weights *weights = NULL;
    const clqnn_conv_desc plain = conv_fixture_desc();
    REFUSED(desc.weight_data = NULL, CLQNN_INVALID_ARGUMENT, "weight_data", "NULL");
    assert_int_equal(clqnn_conv_pack(conv_fixture_context(), &plain, &weights), CLQNN_OK);
    REFUSED(desc.weights = weights, CLQNN_INVALID_ARGUMENT, "weight_data and weights", "both");
    REFUSED((desc.weights = weights, desc.weight_data = NULL, desc.in_channels = 12), CLQNN_INVALID_SHAPE, "weights are of", "6");
    REFUSED((desc.weights = weights, desc.weight_data = NULL, desc.kernel[0] = 1, desc.pad_begin[0] = 0, desc.pad_end[0] = 0), CLQNN_INVALID_SHAPE, "kernel", "3 x 3");
    REFUSED((desc.weights = weights, desc.weight_data = NULL, desc.weight_type = CLQNN_U8), CLQNN_INVALID_ARGUMENT, "weight_type", "2");
    ACCEPTED((desc.weights = weights, desc.weight_data = NULL, desc.weight_type = CLQNN_TYPE_NONE, desc.weight_quantization.zero_point_count = 0));
    REFUSED((desc.weights = weights, desc.weight_data = NULL, desc.variant = "conv_i8_nothing"), CLQNN_UNSUPPORTED, "variant", "conv_i8_nothing");
    clqnn_conv_weights_release(weights);
    REFUSED(desc.variant = "conv_i8_nothing", CLQNN_UNSUPPORTED, "variant", "conv_i8_nothing");
    REFUSED(desc.variant = "gemm_i8_portable", CLQNN_UNSUPPORTED, "gemm_i8_portable", "not a matrix product");
    REFUSED(desc.variant = "conv_i8_depthwise_portable", CLQNN_UNSUPPORTED, "conv_i8_depthwise_portable", "one input channel");
}

static void test_quantization(void **state)
{
    (void)state;
    static const float bad[] = {0.0f, -1.0f, INFINITY, 1e-40f}, two[] = {1.0f, 1.0f}, huge = 1e38f, tiny = 1e-37f;
    static const int32_t beyond = 256, below = -129, zeros[] = {0, 0};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        REFUSED(desc.x.quantization.scales = &bad[i], CLQNN_INVALID_QUANTIZATION, "x.quantization.scales[0]", NULL);
        REFUSED(desc.y.quantization.scales = &bad[i], CLQNN_INVALID_QUANTIZATION, "y.quantization.scales[0]", NULL);
        FULL_REFUSED(desc.sum_quantization.scales = &bad[i], CLQNN_INVALID_QUANTIZATION, "sum_quantization.scales[0]", NULL);
        FULL_REFUSED(desc.residual.quantization.scales = &bad[i], CLQNN_INVALID_QUANTIZATION, "residual.quantization.scales[0]", NULL);
    }
    REFUSED((desc.x.quantization.scales = two, desc.x.quantization.scale_count = 2), CLQNN_INVALID_QUANTIZATION, "x.quantization.scale_count", "2");
    REFUSED((desc.weight_quantization.zero_points = zeros, desc.weight_quantization.zero_point_count = 2), CLQNN_INVALID_QUANTIZATION, "weight_quantization.zero_point_count", "2");
    REFUSED(desc.x.quantization.zero_points = &beyond, CLQNN_INVALID_QUANTIZATION, "x.quantization.zero_points[0]", "256");
    FULL_REFUSED(desc.residual.quantization.zero_points = &below, CLQNN_INVALID_QUANTIZATION, "residual.quantization.zero_points[0]", "-129");
    FULL_REFUSED(desc.table_quantization.zero_points = &beyond, CLQNN_INVALID_QUANTIZATION, "table_quantization.zero_points[0]", "256");
    REFUSED(desc.y.quantization.scales = NULL, CLQNN_INVALID_ARGUMENT, "y.quantization.scales", "NULL");
    REFUSED(desc.y.type = CLQNN_S32, CLQNN_INVALID_QUANTIZATION, "y.quantization", "y.type");
    REFUSED((desc.x.quantization.scales = &huge, desc.weight_quantization.scales = &huge, desc.weight_quantization.scale_count = 1), CLQNN_INVALID_QUANTIZATION, "x's", "scales");
    REFUSED((desc.x.quantization.scales = &huge, desc.y.quantization.scales = &tiny), CLQNN_INVALID_QUANTIZATION, "y's scale", NULL);
    FULL_REFUSED(desc.sum_quantization.scales = &huge, CLQNN_INVALID_QUANTIZATION, "sum_quantization.scales[0]", "2^100");
    FULL_REFUSED(desc.residual.quantization.scales = &tiny, CLQNN_INVALID_QUANTIZATION, "residual.quantization.scales[0]", "2^-100");
    FULL_REFUSED(desc.table = NULL, CLQNN_INVALID_QUANTIZATION, "table_quantization", "NULL");
    FULL_REFUSED(desc.residual.type = CLQNN_TYPE_NONE, CLQNN_INVALID_QUANTIZATION, "sum_quantization", "none");
}

static void test_clamps_and_rules(void **state)
{
    (void)state;
    static const int32_t multiplier = 1 << 30, negative = -1, shift = 0, wide = 31;
    REFUSED((desc.has_clamp = 1, desc.clamp_min = 2, desc.clamp_max = 1), CLQNN_INVALID_ARGUMENT, "clamp_min is 2", "clamp_max is 1");
    REFUSED((desc.has_clamp = 1, desc.clamp_min = NAN, desc.clamp_max = 1), CLQNN_INVALID_ARGUMENT, "clamp_min", NULL);
    REFUSED((desc.has_clamp = 1, desc.clamp_min = 0.25f, desc.clamp_max = 0.75f), CLQNN_INVALID_ARGUMENT, "clamp_min is 0.25", NULL);
    REFUSED(desc.has_sum_clamp = 1, CLQNN_INVALID_ARGUMENT, "has_sum_clamp", "none");
    FULL_REFUSED((desc.has_sum_clamp = 1, desc.sum_clamp_min = 9, desc.sum_clamp_max = 8), CLQNN_INVALID_ARGUMENT, "sum_clamp_min is 9", "sum_clamp_max is 8");
    FULL_REFUSED((desc.has_sum_clamp = 1, desc.sum_clamp_min = 256, desc.sum_clamp_max = 300), CLQNN_INVALID_ARGUMENT, "sum_clamp_min is 256", NULL);
    REFUSED(desc.fixed_count = 1, CLQNN_INVALID_ARGUMENT, "fixed_count", "1");
    REFUSED(desc.rounding = CLQNN_FIXED_DOUBLE, CLQNN_INVALID_QUANTIZATION, "fixed_count is 0", "out_channels = 4");
    REFUSED((desc.rounding = CLQNN_FIXED_DOUBLE, desc.fixed_count = 1), CLQNN_INVALID_ARGUMENT, "multipliers", "NULL");
    REFUSED((desc.rounding = CLQNN_FIXED_DOUBLE, desc.fixed_count = 1, desc.multipliers = &multiplier), CLQNN_INVALID_ARGUMENT, "shifts", "NULL");
    REFUSED((desc.rounding = CLQNN_FIXED_SINGLE, desc.fixed_count = 1, desc.multipliers = &negative, desc.shifts = &shift), CLQNN_INVALID_QUANTIZATION, "multipliers[0]", "-1");
    REFUSED((desc.rounding = CLQNN_FIXED_SINGLE, desc.fixed_count = 1, desc.multipliers = &multiplier, desc.shifts = &wide), CLQNN_INVALID_QUANTIZATION, "shifts[0]", "31");
}

/* The proof is made from the weights: 33,026 products of 255 * 255 are too many, as many of 1 are not. */
static void test_overflow(void **state)
{
    (void)state;
    enum { CHANNELS = 33026 };
    static uint8_t weights[CHANNELS];
    const clqnn_conv_desc desc = {
        .struct_size = sizeof desc, .in_channels = CHANNELS / 2, .out_channels = 1, .input = {2, 1}, .kernel = {2, 1},
        .x = {.type = CLQNN_U8}, .y = {.type = CLQNN_S32}, .weight_type = CLQNN_U8, .weight_data = weights,
    };
    memset(weights, 255, sizeof weights);
    conv_expect_refused(&desc, CLQNN_OVERFLOW, "output channel 0", "2147515650");
    memset(weights, 1, sizeof weights);
    conv_expect_accepted(&desc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_null_pointers),      cmocka_unit_test(test_null_handles_that_mean_nothing), cmocka_unit_test(test_sizes_and_enumerators),
        cmocka_unit_test(test_types),              cmocka_unit_test(test_channels_and_groups),            cmocka_unit_test(test_extents),
        cmocka_unit_test(test_strides),            cmocka_unit_test(test_weights),                        cmocka_unit_test(test_quantization),
        cmocka_unit_test(test_clamps_and_rules),   cmocka_unit_test(test_overflow),
    };
    if (!conv_fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    conv_fixture_close();
    return failures;
}
