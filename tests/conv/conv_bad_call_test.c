/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of a good plan with bad arguments: null pointers, buffers that end too early or overlap, buffers and queues of another OpenCL context. Each is refused
 * with a status and a message, gives no event and writes nothing. */
#include <string.h>

#include "conv_fixture.h"

enum { CANARY = 0x5a };

/* A plan with a residual, and buffers of exactly the right size; and a product of the same tensors. */
typedef struct call_state {
    clqnn_conv *conv, *product;
    cl_command_queue queue;
    clqnn_conv_args args;
} call_state;

static call_state call;

static int open_call(void **state)
{
    (void)state;
    unsigned char x[FIXTURE_X_BYTES], y[FIXTURE_Y_BYTES];
    memset(y, CANARY, sizeof y);
    conv_fixture_bytes(x, sizeof x, 1);
    clqnn_conv_desc desc = conv_fixture_full_desc();
    assert_int_equal(clqnn_conv_create(conv_fixture_context(), &desc, &call.conv), CLQNN_OK);
    desc = conv_fixture_desc();
    desc.kernel[0] = desc.kernel[1] = 1;
    memset(desc.pad_begin, 0, sizeof desc.pad_begin);
    memset(desc.pad_end, 0, sizeof desc.pad_end);
    assert_int_equal(clqnn_conv_create(conv_fixture_context(), &desc, &call.product), CLQNN_OK);
    assert_int_equal(clqnn_default_queue(conv_fixture_context(), &call.queue), CLQNN_OK);
    call.args = (clqnn_conv_args){.x = {conv_fixture_buffer(x, sizeof x), 0}, .y = {conv_fixture_buffer(y, sizeof y), 0},
                                  .residual = {conv_fixture_buffer(x, FIXTURE_Y_BYTES), 0}};
    return 0;
}

static int close_call(void **state)
{
    (void)state;
    clqnn_buffer_release(call.args.x.memory);
    clqnn_buffer_release(call.args.y.memory);
    clqnn_buffer_release(call.args.residual.memory);
    clqnn_conv_destroy(call.conv);
    clqnn_conv_destroy(call.product);
    return 0;
}

static void expect_call_refused(const clqnn_conv *conv, cl_command_queue queue, const clqnn_conv_args *args, clqnn_status status, const char *field, const char *value)
{
    unsigned char bytes[FIXTURE_Y_BYTES];
    cl_event event = (cl_event)(uintptr_t)64;
    const clqnn_status got = clqnn_conv_enqueue(conv, queue, args, 0, NULL, &event);
    if (got != status) fail_msg("enqueue answers %s (%s) instead of %s about %s", clqnn_status_name(got), clqnn_last_error(), clqnn_status_name(status), field);
    assert_null(event);
    conv_expect_message(field, value);
    assert_int_equal(clqnn_finish(conv_fixture_context()), CLQNN_OK);
    assert_int_equal(clqnn_download(conv_fixture_context(), call.args.y.memory, 0, bytes, sizeof bytes), CLQNN_OK);
    for (size_t i = 0; i < sizeof bytes; i++) assert_int_equal(bytes[i], CANARY);
}

static void expect_both_refused(const clqnn_conv_args *args, clqnn_status status, const char *field, const char *value)
{
    expect_call_refused(call.conv, call.queue, args, status, field, value);
    expect_call_refused(call.product, call.queue, args, status, field, value);
}

static void test_null_pointers(void **state)
{
    (void)state;
    expect_call_refused(NULL, call.queue, &call.args, CLQNN_INVALID_ARGUMENT, "conv", "NULL");
    expect_call_refused(call.conv, NULL, &call.args, CLQNN_INVALID_ARGUMENT, "queue", "NULL");
    expect_both_refused(NULL, CLQNN_INVALID_ARGUMENT, "args", "NULL");
    clqnn_conv_info info;
    assert_int_equal(clqnn_conv_describe(NULL, &info), CLQNN_INVALID_ARGUMENT);
    conv_expect_message("conv", "NULL");
    assert_int_equal(clqnn_conv_describe(call.conv, NULL), CLQNN_INVALID_ARGUMENT);
    conv_expect_message("info", "NULL");
    clqnn_conv_args args = call.args;
    args.x.memory = NULL;
    expect_both_refused(&args, CLQNN_INVALID_ARGUMENT, "x.memory", "NULL");
    args = call.args;
    args.y.memory = NULL;
    expect_both_refused(&args, CLQNN_INVALID_ARGUMENT, "y.memory", "NULL");
    args = call.args;
    args.residual.memory = NULL;
    expect_call_refused(call.conv, call.queue, &args, CLQNN_INVALID_ARGUMENT, "residual.memory", "NULL");
}

static void test_buffers_that_end_too_early(void **state)
{
    (void)state;
    clqnn_conv_args args = call.args;
    args.x.offset = 1;
    expect_both_refused(&args, CLQNN_BUFFER_TOO_SMALL, "x needs 210 bytes from offset 1", "210");
    args = call.args;
    args.y.offset = 2;
    expect_both_refused(&args, CLQNN_BUFFER_TOO_SMALL, "y needs 140 bytes", "offset 2");
    args = call.args;
    args.residual.offset = UINT64_MAX;
    expect_call_refused(call.conv, call.queue, &args, CLQNN_BUFFER_TOO_SMALL, "residual", "18446744073709551615");
}

/* Tensors of which one is inside the other's bytes, in one buffer. */
static void test_overlaps(void **state)
{
    (void)state;
    unsigned char bytes[FIXTURE_X_BYTES + FIXTURE_Y_BYTES] = {0};
    cl_mem shared = conv_fixture_buffer(bytes, sizeof bytes);
    clqnn_conv_args args = call.args;
    args.x = (clqnn_region){shared, 0};
    args.y = (clqnn_region){shared, FIXTURE_X_BYTES - 1};
    expect_both_refused(&args, CLQNN_INVALID_ARGUMENT, "y overlaps x", NULL);
    args.y.offset = 0;
    expect_both_refused(&args, CLQNN_INVALID_ARGUMENT, "y overlaps x", NULL);
    args = call.args;
    args.y = (clqnn_region){shared, 0};
    args.residual = (clqnn_region){shared, 1};
    expect_call_refused(call.conv, call.queue, &args, CLQNN_INVALID_ARGUMENT, "y overlaps residual", NULL);
    clqnn_buffer_release(shared);
}

static void test_other_contexts(void **state)
{
    (void)state;
    clqnn_context *other = NULL;
    cl_command_queue queue = NULL;
    clqnn_conv_args args = call.args;
    assert_int_equal(clqnn_context_create(NULL, &other), CLQNN_OK);
    if (clqnn_context_opencl_context(other) == clqnn_context_opencl_context(conv_fixture_context())) fail_msg("two contexts share an OpenCL context");
    assert_int_equal(clqnn_default_queue(other, &queue), CLQNN_OK);
    expect_call_refused(call.conv, queue, &args, CLQNN_INVALID_ARGUMENT, "queue", "another OpenCL context");
    expect_call_refused(call.product, queue, &args, CLQNN_INVALID_ARGUMENT, "queue", "another OpenCL context");
    assert_int_equal(clqnn_buffer_create(other, FIXTURE_X_BYTES, &args.x.memory), CLQNN_OK);
    expect_both_refused(&args, CLQNN_INVALID_ARGUMENT, "x.memory", "another OpenCL context");
    const clqnn_conv_desc plain = conv_fixture_desc();
    clqnn_conv_weights *weights = NULL;
    assert_int_equal(clqnn_conv_pack(other, &plain, &weights), CLQNN_OK);
    clqnn_conv_desc desc = plain;
    desc.weight_data = NULL;
    desc.weights = weights;
    conv_expect_refused(&desc, CLQNN_INVALID_ARGUMENT, "weights", "another OpenCL context");
    clqnn_conv_weights_release(weights);
    clqnn_buffer_release(args.x.memory);
    clqnn_context_release(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_null_pointers),
        cmocka_unit_test(test_buffers_that_end_too_early),
        cmocka_unit_test(test_overlaps),
        cmocka_unit_test(test_other_contexts),
    };
    if (!conv_fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, open_call, close_call);
    conv_fixture_close();
    return failures;
}
