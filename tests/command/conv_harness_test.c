/* SPDX-License-Identifier: Apache-2.0 */
/* The harness of convolutions, without a device: shapes as text, cases that repeat and reach what they promise, a comparison that sees every kind of
 * wrong byte, and a case file of every kind of case. */
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
#include "conv_run.h"
#include "plane_words.h"

enum { POISON = 0xa5 };

static const clq_sweep quick = { .level = CLQ_LEVEL_QUICK, .seed = 11 }, normal = { .level = CLQ_LEVEL_NORMAL, .seed = 11 };

static clq_conv_shape shape_of(const char *text)
{
    clq_conv_shape shape;
    char message[256];
    if (!clq_conv_shape_parse(text, &shape, message, sizeof message)) fail_msg("%s", message);
    return shape;
}

static clq_conv_problem *create(const clq_conv_case *spec)
{
    char message[256], text[500];
    clq_conv_problem *const problem = clq_conv_problem_create(spec, message, sizeof message);
    if (problem == NULL) fail_msg("%s: %s", clq_conv_case_describe(spec, text, sizeof text), message);
    return problem;
}

static void test_shapes(void **state)
{
    (void)state;
    static const char *const texts[][2] = {
        { "mb1_ic64_ih56_iw56_oc64_kh3_kw3_sh1_sw1_ph1_pw1_g1", "mb1_ic64_ih56_iw56_oc64_kh3_kw3_sh1_sw1_ph1_pw1_g1" },
        { "ic64_ih56_oc64_kh3_ph1", "mb1_ic64_ih56_iw56_oc64_kh3_kw3_sh1_sw1_ph1_pw1_g1" },
        { "56x56x64:oc64:k3x3:s1:p1", "mb1_ic64_ih56_iw56_oc64_kh3_kw3_sh1_sw1_ph1_pw1_g1" },
        { "9x4x32:oc32:k3x1:s2:p1x0:g32:mb2:d2", "mb2_ic32_ih9_iw4_oc32_kh3_kw1_sh2_sw2_dh2_dw2_ph1_pw0_g32" },
        { "mb2_ic8_iw9_oc4_kw3_pw0:2", "mb2_ic8_iw9_oc4_kw3_sw1_pw0:2_g1" },
        { "ic8_id3_ih4_iw5_oc4_kd3_pd1:0", "mb1_ic8_id3_ih4_iw5_oc4_kd3_kh3_kw3_sd1_sh1_sw1_pd1:0_ph1:0_pw1:0_g1" },
        { "oc4_ic8_ih5_kh3_sh2_ah1_t1", "mb1_ic8_ih5_iw5_oc4_kh3_kw3_sh2_sw2_ph0_pw0_ah1_aw1_g1_t1" },
    };
    static const char *const bad[] = { "",
                                       "64",
                                       "ic64",
                                       "ic64_ih5_oc4",
                                       "ic4_ih5_oc4_kh3_",
                                       "ic4_ih5_oc4_kh3_kh3",
                                       "ic4_ih5_oc4_kh3_zh3",
                                       "ic4_ih5_oc4_kh3_g3",
                                       "ic4_ih5_oc4_kh9",
                                       "ic0_ih5_oc4_kh3",
                                       "ic4_ih5_oc4_kh3_sh0",
                                       "ic4_ih5_oc4_kh3_sh1:2",
                                       "5x5x4:oc4",
                                       "5x5x4:k3",
                                       "5x5x4:oc4:k3x3x3",
                                       "5x5x4:oc4:k3:",
                                       "ic4_ih99999999999_oc4_kh3",
                                       "ic4_ih5_oc4_kh3_t2",
                                       "ic-4_ih5_oc4_kh3",
                                       "1x2x3x4x5:oc1:k1" };
    char message[300], text[200];
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const clq_conv_shape shape = shape_of(texts[i][0]);
        assert_string_equal(clq_conv_shape_print(&shape, text, sizeof text), texts[i][1]);
        const clq_conv_shape again = shape_of(text);
        assert_memory_equal(&shape, &again, sizeof shape);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        clq_conv_shape shape;
        if (clq_conv_shape_parse(bad[i], &shape, message, sizeof message)) fail_msg("\"%s\" was taken", bad[i]);
        assert_non_null(strstr(message, bad[i]));
    }
    const clq_conv_shape strided = shape_of("ic6_ih11_iw10_oc9_kh3_sh2_sw3_ph1:0_g3");
    assert_int_equal(clq_conv_shape_output(&strided, 0), 5);
    assert_int_equal(clq_conv_shape_output(&strided, 1), 3);
    assert_int_equal((int)clq_conv_shape_macs(&strided), 5 * 3 * 9 * 2 * 9);
}

static void test_listed_shapes(void **state)
{
    (void)state;
    for (size_t i = 0; i < clq_conv_listed_shapes() + clq_conv_base_shapes(); i++) {
        const bool listed = i < clq_conv_listed_shapes();
        const clq_conv_shape shape = listed ? clq_conv_listed_shape(i) : clq_conv_base_shape(i - clq_conv_listed_shapes());
        if (clq_conv_shape_output_pixels(&shape) < 1) fail_msg("shape %zu is none", i);
        for (int32_t d = 0; d < shape.spatial_rank; d++) {
            const int64_t extent = (shape.kernel[d] - 1) * shape.dilation[d] + 1;
            const int64_t step = shape.stride[d] > shape.dilation[d] ? shape.stride[d] : shape.dilation[d];
            assert_true(shape.pad_begin[d] < extent && shape.pad_end[d] < extent && (shape.output_padding[d] < step || !shape.transposed));
        }
    }
}

static void test_cases_repeat(void **state)
{
    (void)state;
    clq_sweep other = quick;
    other.seed++;
    size_t different = 0;
    for (size_t i = 0; i < clq_conv_case_count(&quick); i++) {
        char first[500], second[500], third[500];
        const clq_conv_case one = clq_conv_case_make(&quick, i), two = clq_conv_case_make(&quick, i), three = clq_conv_case_make(&other, i);
        assert_string_equal(clq_conv_case_describe(&one, first, sizeof first), clq_conv_case_describe(&two, second, sizeof second));
        assert_int_equal(one.seed, two.seed);
        assert_int_not_equal(one.seed, three.seed);
        different += strcmp(first, clq_conv_case_describe(&three, third, sizeof third)) != 0;
    }
    assert_true(different > 20);
}

/* Quick already meets every type, rule, layout and stage behind the requantization. */
static void test_quick_reaches_every_feature(void **state)
{
    (void)state;
    bool mixes[4] = { false }, outputs[6] = { false }, rules[3] = { false }, ranks[4] = { false }, residuals[3] = { false }, layouts[4] = { false };
    bool transposed = false, depthwise = false, grouped = false, dilated = false, table = false, packed = false, oihw = false, sliced = false,
         zeros = false;
    for (size_t i = 0; i < clq_conv_case_count(&quick); i++) {
        const clq_conv_case spec = clq_conv_case_make(&quick, i);
        mixes[(spec.x_type == CLQNN_U8) * 2 + (spec.w_type == CLQNN_U8)] = outputs[spec.y_type] = rules[spec.rounding] = true;
        ranks[spec.shape.spatial_rank] = residuals[spec.residual] = layouts[spec.x.layout * 2 + spec.y.layout] = true;
        transposed = transposed || spec.shape.transposed;
        depthwise = depthwise || (spec.shape.groups > 1 && spec.shape.groups == spec.shape.in_channels);
        grouped = grouped || (spec.shape.groups > 1 && spec.shape.groups < spec.shape.in_channels);
        dilated = dilated || spec.shape.dilation[0] > 1;
        table = table || spec.table;
        packed = packed || spec.packed;
        oihw = oihw || spec.w_layout == CLQNN_WEIGHTS_OIHW;
        sliced = sliced || (spec.y.padding > 0 && spec.y.offset > 0);
        zeros = zeros || spec.w_zero == CLQ_PER_VECTOR;
    }
    for (int i = 0; i < 4; i++) assert_true(mixes[i] && layouts[i]);
    for (int i = CLQNN_S8; i <= CLQNN_F16; i++) assert_true(outputs[i]);
    for (int i = 0; i < 3; i++) assert_true(rules[i] && ranks[i + 1] && residuals[i]);
    assert_true(transposed && depthwise && grouped && dilated && table && packed && oihw && sliced && zeros);
}

/* Every case is one that the reference takes, and outputs are not all at the ends of their range. */
static void test_problems_are_good(void **state)
{
    (void)state;
    size_t bytes_outputs = 0, varied = 0;
    for (size_t i = 0; i < clq_conv_case_count(&normal); i++) {
        const clq_conv_case spec = clq_conv_case_make(&normal, i);
        clq_conv_problem *const problem = create(&spec);
        bool seen[256] = { false };
        size_t elements = 0, values = 0;
        for (size_t at = 0; at < problem->y.size; at++) {
            if (!problem->written[at]) continue;
            elements++;
            values += !seen[problem->y.data[at]];
            seen[problem->y.data[at]] = true;
        }
        if (elements >= 100 && (spec.y_type == CLQNN_S8 || spec.y_type == CLQNN_U8)) {
            bytes_outputs++;
            varied += values >= 16;
        }
        clq_conv_problem_destroy(problem);
    }
    assert_true(bytes_outputs > 100);
    assert_true(varied * 10 >= bytes_outputs * 8);
}

static clq_conv_case simple_case(clqnn_type y_type, clqnn_layout layout)
{
    return (clq_conv_case){ .seed = 5, .shape = shape_of("mb2_ic3_ih4_iw3_oc5_kh3_ph1_sh1"), .x_type = CLQNN_U8, .w_type = CLQNN_S8, .y_type = y_type,
                            .y = { .layout = layout, .padding = 2, .offset = 3, .gap = 4 }, .bias_type = CLQNN_S32 };
}

static void test_compare_sees_every_byte(void **state)
{
    (void)state;
    static const clqnn_type types[] = { CLQNN_S8, CLQNN_U8, CLQNN_S32, CLQNN_F32, CLQNN_F16 };
    for (size_t type = 0; type < 10; type++) {
        const clq_conv_case spec = simple_case(types[type / 2], type % 2 ? CLQNN_CHANNELS_FIRST : CLQNN_CHANNELS_LAST);
        clq_conv_problem *const problem = create(&spec);
        unsigned char *const got = malloc(problem->y.size);
        clq_verify_result result = { .outcome = CLQ_FAILED };
        size_t outside = 0;
        for (size_t i = 0; i < problem->y.size; i++) got[i] = problem->written[i] ? problem->y.data[i] : POISON;
        clq_conv_compare(problem, got, POISON, &result);
        assert_int_equal(result.outcome, CLQ_PASSED);
        for (size_t i = 0; i < problem->y.size; i++) {
            got[i] ^= 1;
            clq_conv_compare(problem, got, POISON, &result);
            assert_int_equal(result.outcome, CLQ_FAILED);
            assert_int_equal(result.differences, problem->written[i]);
            assert_non_null(strstr(result.message, problem->written[i] ? "accumulator" : "outside y"));
            outside += !problem->written[i];
            got[i] ^= 1;
        }
        assert_true(outside > 64);
        free(got);
        clq_conv_problem_destroy(problem);
    }
}

static void test_compare_names_the_place(void **state)
{
    (void)state;
    for (int first = 0; first < 2; first++) {
        const clq_conv_case spec = simple_case(CLQNN_S32, first ? CLQNN_CHANNELS_FIRST : CLQNN_CHANNELS_LAST);
        clq_conv_problem *const problem = create(&spec);
        unsigned char *const got = malloc(problem->y.size);
        clq_verify_result result = { .outcome = CLQ_PASSED };
        for (size_t i = 0; i < problem->y.size; i++) got[i] = problem->written[i] ? problem->y.data[i] : POISON;
        /* image 1, pixel (2, 1), channel 4 of 4 x 3 pixels of 5 channels */
        const size_t element = first ? 3 + 5 * (12 + 2) + 4 + 4 * (12 + 2) + 7 : 3 + 12 * (5 + 2) + 4 + 7 * (5 + 2) + 4;
        got[element * 4] ^= 1;
        clq_conv_compare(problem, got, POISON, &result);
        assert_int_equal(result.differences, 1);
        assert_non_null(strstr(result.message, "y[1][2,1][4]"));
        free(got);
        clq_conv_problem_destroy(problem);
    }
}

/* The case file of a case gives the same result in the reference when it is read back. */
static void test_case_files(void **state)
{
    (void)state;
    char path[] = "/tmp/clqnn-conv-harness-XXXXXX", message[512], text[500];
    const int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    close(descriptor);
    for (size_t i = 0; i < clq_conv_case_count(&normal); i++) {
        const clq_conv_case spec = clq_conv_case_make(&normal, i);
        if (clq_is_planes(spec.w_type)) continue; /* the format has none */
        clq_conv_problem *const problem = create(&spec);
        const clq_case_conv conv = { .desc = problem->desc, .x = problem->x.data + problem->x.offset, .expected = problem->y.data + problem->y.offset,
                                     .residual = problem->residual.data != NULL ? problem->residual.data + problem->residual.offset : NULL };
        clq_case *file = NULL;
        if (clq_case_write_conv(path, &conv, "harness", NULL, message, sizeof message) != CLQNN_OK ||
            clq_case_read(path, &file, message, sizeof message) != CLQNN_OK ||
            clq_case_check_reference(file, message, sizeof message) != CLQ_CASE_SAME) {
            fail_msg("case %zu, %s: %s", i, clq_conv_case_describe(&spec, text, sizeof text), message);
        }
        clq_case_free(file);
        clq_conv_problem_destroy(problem);
    }
    remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_listed_shapes),
        cmocka_unit_test(test_cases_repeat),
        cmocka_unit_test(test_quick_reaches_every_feature),
        cmocka_unit_test(test_problems_are_good),
        cmocka_unit_test(test_compare_sees_every_byte),
        cmocka_unit_test(test_compare_names_the_place),
        cmocka_unit_test(test_case_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
