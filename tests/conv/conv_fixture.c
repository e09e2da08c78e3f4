/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "conv_fixture.h"

static clqnn_context *shared_context;

bool conv_fixture_open(void)
{
    const clqnn_status status = clqnn_context_create(NULL, &shared_context);
    if (status == CLQNN_OK) return true;
    printf("skipped: %s\n", clqnn_last_error());
    return false;
}

void conv_fixture_close(void)
{
    clqnn_context_release(shared_context);
    shared_context = NULL;
}

clqnn_context *conv_fixture_context(void)
{
    return shared_context;
}

void conv_fixture_bytes(unsigned char *bytes, size_t count, uint32_t seed)
{
    uint32_t state = seed * 2654435761u + 1u;
    for (size_t i = 0; i < count; i++) {
        state = state * 1664525u + 1013904223u;
        bytes[i] = (unsigned char)(state >> 24);
    }
}

static const void *weights(void)
{
    static unsigned char bytes[FIXTURE_W_BYTES];
    conv_fixture_bytes(bytes, sizeof bytes, 5);
    return bytes;
}

clqnn_conv_desc conv_fixture_desc(void)
{
    static const float x_scale = 0.5f, y_scale = 200.0f, weight_scales[FIXTURE_OUT] = {0.25f, 0.5f, 0.125f, 0.75f};
    static const int32_t x_zero = 120, y_zero = 128, weight_zeros[FIXTURE_OUT] = {-1, 0, 1, 3}, bias[FIXTURE_OUT] = {1000, -2000, 0, 77};
    return (clqnn_conv_desc){
        .struct_size = sizeof(clqnn_conv_desc),
        .in_channels = FIXTURE_IN,
        .out_channels = FIXTURE_OUT,
        .input = {FIXTURE_HEIGHT, FIXTURE_WIDTH},
        .kernel = {3, 3},
        .pad_begin = {1, 1},
        .pad_end = {1, 1},
        .x = {.type = CLQNN_U8, .quantization = {&x_scale, 1, &x_zero, 1}},
        .y = {.type = CLQNN_U8, .quantization = {&y_scale, 1, &y_zero, 1}},
        .weight_type = CLQNN_S8,
        .weight_quantization = {weight_scales, FIXTURE_OUT, weight_zeros, FIXTURE_OUT},
        .weight_data = weights(),
        .bias = bias,
        .bias_type = CLQNN_S32,
    };
}

clqnn_conv_desc conv_fixture_full_desc(void)
{
    static const float table_scale = 0.5f, residual_scale = 0.25f, sum_scale = 0.375f;
    static const int32_t table_zero = 100, residual_zero = -3, sum_zero = 90;
    static uint8_t table[256];
    conv_fixture_bytes(table, sizeof table, 9);
    clqnn_conv_desc desc = conv_fixture_desc();
    desc.table = table;
    desc.table_quantization = (clqnn_quantization){&table_scale, 1, &table_zero, 1};
    desc.residual = (clqnn_conv_tensor){.type = CLQNN_S8, .quantization = {&residual_scale, 1, &residual_zero, 1}};
    desc.sum_quantization = (clqnn_quantization){&sum_scale, 1, &sum_zero, 1};
    return desc;
}

void conv_expect_message(const char *field, const char *value)
{
    const char *message = clqnn_last_error();
    if (field && !strstr(message, field)) fail_msg("\"%s\" does not name %s", message, field);
    if (value && !strstr(message, value)) fail_msg("\"%s\" does not hold the value %s", message, value);
}

static void expect_status(const char *call, clqnn_status got, clqnn_status expected)
{
    if (got != expected) fail_msg("%s answers %s (%s), not %s", call, clqnn_status_name(got), clqnn_last_error(), clqnn_status_name(expected));
}

void conv_expect_refused(const clqnn_conv_desc *desc, clqnn_status status, const char *field, const char *value)
{
    clqnn_context *context = conv_fixture_context();
    clqnn_conv *conv = (clqnn_conv *)(uintptr_t)64;
    expect_status("clqnn_conv_create", clqnn_conv_create(context, desc, &conv), status);
    assert_null(conv);
    conv_expect_message(field, value);
    clqnn_conv_info info, poisoned;
    memset(&info, 0xa5, sizeof info);
    memset(&poisoned, 0xa5, sizeof poisoned);
    expect_status("clqnn_conv_query", clqnn_conv_query(context, desc, &info), status);
    conv_expect_message(field, value);
    assert_memory_equal(&info, &poisoned, sizeof info);
    if (status == CLQNN_UNSUPPORTED || status == CLQNN_OVERFLOW) return; /* candidates can be listed all the same */
    size_t count = 4711;
    expect_status("clqnn_conv_candidates", clqnn_conv_candidates(context, desc, NULL, 0, &count), status);
    conv_expect_message(field, value);
    assert_int_equal(count, 4711);
    if (!desc || !desc->weight_data) return;
    clqnn_conv_weights *packed = (clqnn_conv_weights *)(uintptr_t)64;
    expect_status("clqnn_conv_pack", clqnn_conv_pack(context, desc, &packed), status);
    assert_null(packed);
    conv_expect_message(field, value);
}

/* The plan says of itself what was said before it existed. */
static void expect_described(const clqnn_conv *conv, const clqnn_conv_info *expected)
{
    clqnn_conv_info info;
    expect_status("clqnn_conv_describe", clqnn_conv_describe(conv, &info), CLQNN_OK);
    assert_string_equal(info.variant, expected->variant);
    assert_string_equal(info.layout, expected->layout);
    assert_int_equal(info.packed_bytes, expected->packed_bytes);
    assert_int_equal(info.workspace_bytes, expected->workspace_bytes);
    assert_int_equal(info.workspace_bytes, clqnn_conv_workspace_size(conv));
    assert_int_equal(info.accumulator_bound, expected->accumulator_bound);
    assert_memory_equal(info.output, expected->output, sizeof info.output);
    assert_true(info.estimated_seconds == expected->estimated_seconds);
}

void conv_expect_accepted(const clqnn_conv_desc *desc)
{
    clqnn_conv *conv = NULL;
    clqnn_conv_info info;
    expect_status("clqnn_conv_query", clqnn_conv_query(conv_fixture_context(), desc, &info), CLQNN_OK);
    expect_status("clqnn_conv_create", clqnn_conv_create(conv_fixture_context(), desc, &conv), CLQNN_OK);
    assert_non_null(conv);
    expect_described(conv, &info);
    clqnn_conv_destroy(conv);
}

cl_mem conv_fixture_buffer(const void *bytes, size_t size)
{
    cl_mem buffer = NULL;
    assert_int_equal(clqnn_buffer_create(conv_fixture_context(), size, &buffer), CLQNN_OK);
    assert_int_equal(clqnn_upload(conv_fixture_context(), buffer, 0, bytes, size), CLQNN_OK);
    return buffer;
}

const char *conv_fixture_run(const clqnn_conv_desc *desc, const void *x, size_t x_bytes, const void *residual, size_t residual_bytes, void *y, size_t y_bytes)
{
    clqnn_context *context = conv_fixture_context();
    clqnn_conv *conv = NULL;
    clqnn_conv_info info;
    cl_command_queue queue = NULL;
    clqnn_conv_args args = {.x = {conv_fixture_buffer(x, x_bytes), 0}, .y = {conv_fixture_buffer(y, y_bytes), 0}};
    if (residual) args.residual.memory = conv_fixture_buffer(residual, residual_bytes);
    expect_status("clqnn_conv_query", clqnn_conv_query(context, desc, &info), CLQNN_OK);
    expect_status("clqnn_conv_create", clqnn_conv_create(context, desc, &conv), CLQNN_OK);
    expect_described(conv, &info);
    const uint64_t workspace = clqnn_conv_workspace_size(conv);
    if (workspace) assert_int_equal(clqnn_buffer_create(context, workspace, &args.workspace.memory), CLQNN_OK);
    assert_int_equal(clqnn_default_queue(context, &queue), CLQNN_OK);
    expect_status("clqnn_conv_enqueue", clqnn_conv_enqueue(conv, queue, &args, 0, NULL, NULL), CLQNN_OK);
    assert_int_equal(clqnn_finish(context), CLQNN_OK);
    assert_int_equal(clqnn_download(context, args.y.memory, 0, y, y_bytes), CLQNN_OK);
    clqnn_buffer_release(args.x.memory);
    clqnn_buffer_release(args.y.memory);
    clqnn_buffer_release(args.residual.memory);
    clqnn_buffer_release(args.workspace.memory);
    clqnn_conv_destroy(conv);
    return info.variant;
}
