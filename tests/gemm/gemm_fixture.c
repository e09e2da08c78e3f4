/* SPDX-License-Identifier: Apache-2.0 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "gemm_fixture.h"

static clqnn_context *shared_context;

bool fixture_open(void)
{
    const clqnn_status status = clqnn_context_create(NULL, &shared_context);
    if (status == CLQNN_OK) return true;
    printf("skipped: %s\n", clqnn_last_error());
    return false;
}

void fixture_close(void)
{
    clqnn_context_release(shared_context);
    shared_context = NULL;
}

clqnn_context *fixture_context(void)
{
    return shared_context;
}

static const int8_t weights[FIXTURE_K * FIXTURE_N] = {-128, 127, 3, -4, 5, 6, 7, -8, 9, 10, 11, -12, 13, 14, -15, 16, 17, 18, 19, -20, 21, 22, -23, 24, 25, 26, -27, 28, 29, 30, 31, 32, -33, 34, 35};

clqnn_gemm_desc fixture_desc(void)
{
    return (clqnn_gemm_desc){
        .struct_size = sizeof(clqnn_gemm_desc),
        .m = FIXTURE_M,
        .n = FIXTURE_N,
        .k = FIXTURE_K,
        .a = {.type = CLQNN_U8},
        .b = {.type = CLQNN_S8},
        .c = {.type = CLQNN_S32},
        .b_data = weights,
    };
}

clqnn_gemm_desc fixture_quantized_desc(void)
{
    static const float a_scale[] = {0.5f}, b_scales[FIXTURE_N] = {0.25f, 0.5f, 0.125f, 1.0f, 0.75f}, c_scale[] = {16.0f};
    static const int32_t a_zero[] = {3}, b_zeros[FIXTURE_N] = {-1, 0, 1, 2, 3}, c_zero[] = {128};
    clqnn_gemm_desc desc = fixture_desc();
    desc.c.type = CLQNN_U8;
    desc.a.quantization = (clqnn_quantization){.scales = a_scale, .scale_count = 1, .zero_points = a_zero, .zero_point_count = 1};
    desc.b.quantization = (clqnn_quantization){.scales = b_scales, .scale_count = FIXTURE_N, .zero_points = b_zeros, .zero_point_count = FIXTURE_N};
    desc.c.quantization = (clqnn_quantization){.scales = c_scale, .scale_count = 1, .zero_points = c_zero, .zero_point_count = 1};
    return desc;
}

void expect_message(const char *field, const char *value)
{
    const char *message = clqnn_last_error();
    if (field && !strstr(message, field)) fail_msg("\"%s\" does not name %s", message, field);
    if (value && !strstr(message, value)) fail_msg("\"%s\" does not hold the value %s", message, value);
}

static void expect_status(const char *call, clqnn_status got, clqnn_status expected)
{
    if (got != expected) fail_msg("%s answers %s (%s), not %s", call, clqnn_status_name(got), clqnn_last_error(), clqnn_status_name(expected));
}

void expect_refused(const clqnn_gemm_desc *desc, clqnn_status status, const char *field, const char *value)
{
    clqnn_context *context = fixture_context();
    clqnn_gemm *gemm = (clqnn_gemm *)(uintptr_t)64;
    expect_status("clqnn_gemm_create", clqnn_gemm_create(context, desc, &gemm), status);
    assert_null(gemm);
    expect_message(field, value);
    clqnn_gemm_info info, poisoned;
    memset(&info, 0xa5, sizeof info);
    memset(&poisoned, 0xa5, sizeof poisoned);
    expect_status("clqnn_gemm_query", clqnn_gemm_query(context, desc, &info), status);
    expect_message(field, value);
    assert_memory_equal(&info, &poisoned, sizeof info);
    if (status == CLQNN_UNSUPPORTED || status == CLQNN_OVERFLOW) return; /* candidates can be listed all the same */
    size_t count = 4711;
    expect_status("clqnn_gemm_candidates", clqnn_gemm_candidates(context, desc, NULL, 0, &count), status);
    expect_message(field, value);
    assert_int_equal(count, 4711);
    if (!desc || !desc->b_data) return;
    clqnn_gemm_weights *packed = (clqnn_gemm_weights *)(uintptr_t)64;
    expect_status("clqnn_gemm_pack", clqnn_gemm_pack(context, desc, &packed), status);
    assert_null(packed);
    expect_message(field, value);
}

void expect_accepted(const clqnn_gemm_desc *desc)
{
    clqnn_gemm *gemm = NULL;
    clqnn_gemm_info info;
    expect_status("clqnn_gemm_query", clqnn_gemm_query(fixture_context(), desc, &info), CLQNN_OK);
    expect_status("clqnn_gemm_create", clqnn_gemm_create(fixture_context(), desc, &gemm), CLQNN_OK);
    assert_non_null(gemm);
    clqnn_gemm_destroy(gemm);
}

cl_mem fixture_buffer(const void *bytes, size_t size)
{
    cl_mem buffer = NULL;
    assert_int_equal(clqnn_buffer_create(fixture_context(), size, &buffer), CLQNN_OK);
    assert_int_equal(clqnn_upload(fixture_context(), buffer, 0, bytes, size), CLQNN_OK);
    return buffer;
}
