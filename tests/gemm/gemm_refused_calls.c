/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm_refused_calls.h"

#include <string.h>

enum { CANARY = 0x5a };

static const char *const names[CALL_REGIONS] = {"a", "b", "residual", "row_scales", "c"};
static const unsigned char zeros[CALL_MOST_BYTES];

static struct {
    const refused_calls *what;
    clqnn_gemm *gemm;
    cl_command_queue queue;
    clqnn_gemm_args args;
} call;

static clqnn_region *region_of(clqnn_gemm_args *args, size_t index)
{
    clqnn_region *const regions[CALL_REGIONS] = {&args->a, &args->b, &args->residual, &args->row_scales, &args->c};
    return regions[index];
}

static bool has_region(size_t index)
{
    return call.what->regions[index].bytes > 0;
}

void open_call(const refused_calls *what)
{
    unsigned char canaries[CALL_MOST_BYTES];
    memset(canaries, CANARY, sizeof canaries);
    memset(&call, 0, sizeof call);
    call.what = what;
    if (clqnn_gemm_create(fixture_context(), &what->desc, &call.gemm) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    assert_int_equal(clqnn_default_queue(fixture_context(), &call.queue), CLQNN_OK);
    assert_int_equal(clqnn_gemm_workspace_size(call.gemm), 0);
    for (size_t i = 0; i < CALL_REGIONS; i++) {
        if (has_region(i)) region_of(&call.args, i)->memory = fixture_buffer(i == CALL_C ? canaries : zeros, what->regions[i].bytes);
    }
}

int close_call(void **state)
{
    (void)state;
    for (size_t i = 0; i < CALL_REGIONS; i++) clqnn_buffer_release(region_of(&call.args, i)->memory);
    clqnn_gemm_destroy(call.gemm);
    return 0;
}

cl_command_queue call_queue(void)
{
    return call.queue;
}

clqnn_gemm_args call_args(void)
{
    return call.args;
}

static void expect_call_refused(cl_command_queue queue, const clqnn_gemm_args *args, clqnn_status status, const char *field, const char *value)
{
    cl_event event = (cl_event)(uintptr_t)64;
    unsigned char c[CALL_MOST_BYTES];
    const size_t c_bytes = call.what->regions[CALL_C].bytes;
    const clqnn_status got = clqnn_gemm_enqueue(call.gemm, queue, args, 0, NULL, &event);
    if (got != status) fail_msg("enqueue answers %s (%s) instead of %s about %s", clqnn_status_name(got), clqnn_last_error(), clqnn_status_name(status), field);
    assert_null(event);
    expect_message(field, value);
    assert_int_equal(clqnn_finish(fixture_context()), CLQNN_OK);
    assert_int_equal(clqnn_download(fixture_context(), call.args.c.memory, 0, c, c_bytes), CLQNN_OK);
    for (size_t i = 0; i < c_bytes; i++) assert_int_equal(c[i], CANARY);
}

void test_null_pointers(void **state)
{
    (void)state;
    expect_call_refused(NULL, &call.args, CLQNN_INVALID_ARGUMENT, "queue", "NULL");
    expect_call_refused(call.queue, NULL, CLQNN_INVALID_ARGUMENT, "args", "NULL");
    for (size_t i = 0; i < CALL_REGIONS; i++) {
        clqnn_gemm_args args = call.args;
        region_of(&args, i)->memory = NULL;
        if (has_region(i)) expect_call_refused(call.queue, &args, CLQNN_INVALID_ARGUMENT, names[i], "NULL");
    }
}

void test_wait_lists(void **state)
{
    (void)state;
    cl_event event = NULL;
    assert_int_equal(clqnn_gemm_enqueue(call.gemm, call.queue, &call.args, 2, NULL, &event), CLQNN_INVALID_ARGUMENT);
    expect_message("wait_count", "2");
    assert_null(event);
}

void test_regions(void **state)
{
    (void)state;
    for (size_t i = 0; i < CALL_REGIONS; i++) {
        if (!has_region(i)) continue;
        clqnn_gemm_args args = call.args;
        clqnn_region *const region = region_of(&args, i);
        cl_mem shorter = fixture_buffer(zeros, call.what->regions[i].bytes - 1);
        region->memory = shorter;
        expect_call_refused(call.queue, &args, CLQNN_BUFFER_TOO_SMALL, names[i], "offset 0");
        clqnn_buffer_release(shorter);
        region->memory = region_of(&call.args, i)->memory;
        region->offset = 4;
        expect_call_refused(call.queue, &args, CLQNN_BUFFER_TOO_SMALL, names[i], "offset 4");
        for (region->offset = 1; region->offset < call.what->regions[i].element; region->offset++) {
            expect_call_refused(call.queue, &args, CLQNN_INVALID_ARGUMENT, names[i], region->offset == 1 ? "1" : region->offset == 2 ? "2" : "3");
        }
        region->offset = UINT64_MAX - 3;
        expect_call_refused(call.queue, &args, CLQNN_BUFFER_TOO_SMALL, names[i], NULL);
    }
}

void test_overlaps(void **state)
{
    (void)state;
    cl_mem both = fixture_buffer(zeros, sizeof zeros);
    for (size_t i = 0; i < CALL_C; i++) {
        clqnn_gemm_args args = call.args;
        args.c = (clqnn_region){both, 8};
        *region_of(&args, i) = (clqnn_region){both, 0};
        if (has_region(i)) expect_call_refused(call.queue, &args, CLQNN_INVALID_ARGUMENT, "c overlaps", names[i]);
    }
    clqnn_gemm_args args = call.args;
    args.c = args.residual = (clqnn_region){both, 8}; /* the very same place: allowed */
    if (clqnn_gemm_enqueue(call.gemm, call.queue, &args, 0, NULL, NULL) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    args.a = args.b; /* inputs may be one another */
    args.a.offset = 4;
    if (clqnn_gemm_enqueue(call.gemm, call.queue, &args, 0, NULL, NULL) != CLQNN_OK) fail_msg("%s", clqnn_last_error());
    assert_int_equal(clqnn_finish(fixture_context()), CLQNN_OK);
    clqnn_buffer_release(both);
}

void test_residual_that_is_not_like_c(void **state)
{
    (void)state;
    for (int wider = 0; wider < 2; wider++) {
        clqnn_gemm_desc desc = call.what->desc;
        clqnn_gemm *gemm = NULL;
        desc.residual.type = wider ? desc.c.type : CLQNN_F16;
        desc.residual.leading_dimension = wider ? desc.n + 1 : 0;
        assert_int_equal(clqnn_gemm_create(fixture_context(), &desc, &gemm), CLQNN_OK);
        cl_mem both = fixture_buffer(zeros, sizeof zeros);
        clqnn_gemm_args args = call.args;
        args.c = args.residual = (clqnn_region){both, 0};
        assert_int_equal(clqnn_gemm_enqueue(gemm, call.queue, &args, 0, NULL, NULL), CLQNN_INVALID_ARGUMENT);
        expect_message("c overlaps residual", NULL);
        clqnn_buffer_release(both);
        clqnn_gemm_destroy(gemm);
    }
}

void test_another_context(void **state)
{
    (void)state;
    clqnn_context *other = NULL;
    cl_command_queue queue = NULL;
    assert_int_equal(clqnn_context_create(NULL, &other), CLQNN_OK);
    assert_int_equal(clqnn_default_queue(other, &queue), CLQNN_OK);
    expect_call_refused(queue, &call.args, CLQNN_INVALID_ARGUMENT, "queue", "context");
    for (size_t i = 0; i < CALL_REGIONS; i++) {
        if (!has_region(i)) continue;
        clqnn_gemm_args args = call.args;
        cl_mem memory = NULL;
        assert_int_equal(clqnn_buffer_create(other, CALL_MOST_BYTES, &memory), CLQNN_OK);
        region_of(&args, i)->memory = memory;
        expect_call_refused(call.queue, &args, CLQNN_INVALID_ARGUMENT, names[i], "context");
        clqnn_buffer_release(memory);
    }
    clqnn_context_release(other);
}
