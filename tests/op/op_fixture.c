/* SPDX-License-Identifier: Apache-2.0 */
#include "op_fixture.h"

#include <stdio.h>
#include <string.h>

static clqnn_context *shared_context;

bool op_fixture_open(void)
{
    if (clqnn_context_create(NULL, &shared_context) == CLQNN_OK) return true;
    printf("skipped: %s\n", clqnn_last_error());
    return false;
}

void op_fixture_close(void)
{
    clqnn_context_release(shared_context);
    shared_context = NULL;
}

clqnn_context *op_context(void)
{
    return shared_context;
}

clqnn_tensor op_plain_tensor(int64_t rows, int64_t columns)
{
    static const float scale = 0.5f;
    static const int32_t zero_point = 10;
    return (clqnn_tensor){.type = CLQNN_U8, .rank = 2, .shape = {rows, columns}, .quantization = {&scale, 1, &zero_point, 1}};
}

void op_expect_message(const char *text)
{
    if (!strstr(clqnn_last_error(), text)) fail_msg("\"%s\" does not hold \"%s\"", clqnn_last_error(), text);
}

static void expect_status(const char *call, clqnn_status got, clqnn_status expected)
{
    if (got != expected) fail_msg("%s answers %s (%s), not %s", call, clqnn_status_name(got), clqnn_last_error(), clqnn_status_name(expected));
}

void op_expect_refused(op_create_function create, op_query_function query, const void *desc, clqnn_status status, const char *text)
{
    clqnn_op *op = (clqnn_op *)(uintptr_t)64;
    clqnn_op_info info, poisoned;
    memset(&info, 0xa5, sizeof info);
    memset(&poisoned, 0xa5, sizeof poisoned);
    expect_status("create", create(shared_context, desc, &op), status);
    assert_null(op);
    if (text) op_expect_message(text);
    expect_status("query", query(shared_context, desc, &info), status);
    if (text) op_expect_message(text);
    assert_memory_equal(&info, &poisoned, sizeof info);
}

struct _cl_mem *op_buffer(const void *bytes, size_t size)
{
    struct _cl_mem *buffer = NULL;
    assert_int_equal(clqnn_buffer_create(shared_context, size, &buffer), CLQNN_OK);
    if (bytes) assert_int_equal(clqnn_upload(shared_context, buffer, 0, bytes, size), CLQNN_OK);
    return buffer;
}
