/* SPDX-License-Identifier: Apache-2.0 */
/* clq_case_write_gemm of strided, transposed, batched and quantized calls: what is read back gives the same result in the reference. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "case_reference.h"
#include "clqnn/reference.h"

#define CAPACITY 4096 /* elements of every operand, padding included */

static char path[64];
static unsigned char a_data[CAPACITY * 4], b_data[CAPACITY], c_data[CAPACITY * 4];

static const float row_scales[5] = {0.5f, 0.25f, 0.75f, 1.5f, 0.1f}, column_scales[3] = {0.01f, 0.02f, 0.5f}, half_scale[1] = {0.5f};
static const int32_t row_zeros[5] = {0, 255, 128, 3, 77}, column_zeros[3] = {-128, 127, 5}, zero_3[1] = {3};
static const int32_t bias_s32[3] = {-1000, 0, 123456}, multipliers[3] = {1 << 30, 1234567890, 0}, shifts[3] = {-7, 0, 3};
static const float bias_f32[3] = {-0.5f, 0.0f, 1e6f};

static int make_path(void **state)
{
    (void)state;
    strcpy(path, "/tmp/clqnn-roundtrip-XXXXXX");
    const int descriptor = mkstemp(path);
    return descriptor < 0 ? -1 : close(descriptor);
}

static int remove_path(void **state)
{
    (void)state;
    return remove(path);
}

static void fill(void)
{
    uint32_t seed = 12345;
    for (size_t i = 0; i < sizeof a_data; i++) a_data[i] = (unsigned char)((seed = seed * 1664525u + 1013904223u) >> 24);
    for (size_t i = 0; i < sizeof b_data; i++) b_data[i] = (unsigned char)((seed = seed * 1664525u + 1013904223u) >> 24);
    memset(c_data, 0xA5, sizeof c_data);
}

/* Reference, write, read back, reference: same. */
static void expect_round_trip(const clqnn_gemm_desc *desc)
{
    char message[256] = "";
    const clq_case_gemm gemm = {.desc = *desc, .a = a_data, .b = b_data, .expected = c_data};
    assert_int_equal(clqnn_reference_gemm(desc, a_data, b_data, c_data, NULL), CLQNN_OK);
    if (clq_case_write_gemm(path, &gemm, "round trip", NULL, message, sizeof message) != CLQNN_OK) fail_msg("%s", message);
    clq_case *file = NULL;
    if (clq_case_read(path, &file, message, sizeof message) != CLQNN_OK) fail_msg("%s", message);
    assert_string_equal(clq_case_metadata(file, "source"), "round trip");
    const clq_case_verdict verdict = clq_case_check_reference(file, message, sizeof message);
    if (verdict != CLQ_CASE_SAME) fail_msg("verdict %d: %s", (int)verdict, message);
    clq_case_free(file);
}

static clqnn_gemm_desc plain(void)
{
    return (clqnn_gemm_desc){.struct_size = sizeof(clqnn_gemm_desc), .m = 5, .n = 3, .k = 7, .a.type = CLQNN_U8, .b.type = CLQNN_S8, .c.type = CLQNN_S32};
}

static void layouts_round_trip(void **state)
{
    (void)state;
    for (int bits = 0; bits < 64; bits++) {
        fill();
        clqnn_gemm_desc desc = plain();
        desc.a.transposed = bits & 1;
        desc.b.transposed = bits >> 1 & 1;
        if (bits & 4) desc.a.leading_dimension = desc.b.leading_dimension = desc.c.leading_dimension = 11;
        if (bits & 8) desc.batch[1] = 3;
        if (bits & 16) desc.batch[0] = 2;
        if (bits & 8 && bits & 32) desc.a.batch_stride[1] = CLQNN_BROADCAST;
        if (bits & 16 && bits & 32) desc.b.batch_stride[0] = CLQNN_BROADCAST;
        expect_round_trip(&desc);
    }
}

static void expect_quantization(int32_t b_transposed)
{
    fill();
    clqnn_gemm_desc desc = plain();
    desc.b.transposed = b_transposed;
    desc.a.quantization = (clqnn_quantization){.scales = row_scales, .scale_count = 5, .zero_points = row_zeros, .zero_point_count = 5};
    desc.b.quantization = (clqnn_quantization){.scales = column_scales, .scale_count = 3, .zero_points = column_zeros, .zero_point_count = 3};
    desc.bias = bias_s32;
    desc.bias_type = CLQNN_S32;
    expect_round_trip(&desc);
    desc.c.type = CLQNN_U8;
    desc.c.quantization = (clqnn_quantization){.scales = half_scale, .scale_count = 1, .zero_points = zero_3, .zero_point_count = 1};
    expect_round_trip(&desc);
    desc.b.quantization.scale_count = 1; /* one scale, a zero point a column */
    desc.has_clamp = 1;
    desc.clamp_min = 10;
    desc.clamp_max = 200;
    expect_round_trip(&desc);
    for (int rule = CLQNN_FIXED_DOUBLE; rule <= CLQNN_FIXED_SINGLE; rule++) {
        desc.rounding = (clqnn_rounding)rule;
        desc.multipliers = multipliers;
        desc.shifts = shifts;
        desc.fixed_count = rule == CLQNN_FIXED_DOUBLE ? 3 : 1;
        expect_round_trip(&desc);
    }
}

static void quantization_round_trips(void **state)
{
    (void)state;
    expect_quantization(0);
    expect_quantization(1);
}

static void float_results_round_trip(void **state)
{
    (void)state;
    fill();
    clqnn_gemm_desc desc = plain();
    desc.c.type = CLQNN_F32;
    desc.a.quantization = (clqnn_quantization){.scales = half_scale, .scale_count = 1};
    desc.b.quantization = (clqnn_quantization){.scales = column_scales, .scale_count = 3};
    desc.bias = bias_f32;
    desc.bias_type = CLQNN_F32;
    expect_round_trip(&desc);
    desc.has_clamp = 1;
    desc.clamp_min = -0.1f;
    desc.clamp_max = 12.345678f;
    expect_round_trip(&desc);
    desc.c.type = CLQNN_F16;
    expect_round_trip(&desc);
    desc.a = (clqnn_gemm_operand){.type = CLQNN_F32};
    for (size_t i = 0; i < CAPACITY; i++) {
        const float value = (float)a_data[i] * 0.37f - 20.0f;
        memcpy(a_data + 4 * i, &value, sizeof value);
    }
    for (int bits = 0; bits < 4; bits++) {
        desc.dynamic = bits & 1 ? CLQNN_DYNAMIC_PER_ROW : CLQNN_DYNAMIC_PER_TENSOR;
        desc.dynamic_type = bits & 2 ? CLQNN_S8 : CLQNN_U8;
        expect_round_trip(&desc);
    }
}

static void empty_shapes_round_trip(void **state)
{
    (void)state;
    for (int empty = 0; empty < 3; empty++) {
        fill();
        clqnn_gemm_desc desc = plain();
        *(empty == 0 ? &desc.m : empty == 1 ? &desc.n : &desc.k) = 0;
        desc.bias = bias_s32;
        desc.bias_type = CLQNN_S32;
        expect_round_trip(&desc);
    }
}

static void nothing_is_written_against_the_contract(void **state)
{
    (void)state;
    char message[256] = "", absent[80];
    snprintf(absent, sizeof absent, "%s-absent", path);
    const clq_case_text lines[] = {{"clqnn.case", "1"}, {"op", "gemm"}, {"colour", "red"}};
    const clq_case_tensor tensor = {.name = "a", .dtype = CLQ_CASE_U8, .rank = 2, .shape = {1, 1}, .data = "x"};
    const clq_case_tensor twice[] = {tensor, tensor};
    assert_int_equal(clq_case_write(absent, lines, 3, &tensor, 1, message, sizeof message), CLQNN_CORRUPT_DATA);
    assert_non_null(strstr(message, "colour"));
    assert_int_equal(clq_case_write(absent, lines, 2, &tensor, 1, message, sizeof message), CLQNN_CORRUPT_DATA);
    assert_non_null(strstr(message, "'b' is missing"));
    assert_int_equal(clq_case_write(absent, lines, 2, twice, 2, message, sizeof message), CLQNN_INVALID_ARGUMENT);
    assert_non_null(strstr(message, "twice"));
    assert_int_equal(access(absent, F_OK), -1);
    const clqnn_gemm_desc desc = plain();
    const clq_case_gemm gemm = {.desc = desc, .a = a_data, .b = b_data, .expected = c_data};
    assert_int_equal(clq_case_write_gemm("/nonexistent/folder/case", &gemm, NULL, NULL, message, sizeof message), CLQNN_IO_ERROR);
    assert_non_null(strstr(message, "/nonexistent/folder/case"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layouts_round_trip),
        cmocka_unit_test(quantization_round_trips),
        cmocka_unit_test(float_results_round_trip),
        cmocka_unit_test(empty_shapes_round_trip),
        cmocka_unit_test(nothing_is_written_against_the_contract),
    };
    return cmocka_run_group_tests(tests, make_path, remove_path);
}
