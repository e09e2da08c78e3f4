/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of a good plan with bad arguments: null pointers, buffers that end too early, overlap, belong to another OpenCL context; queues
 * of another context. Each is refused with a status and a message, gives no event and writes nothing. */
#include <string.h>

#include "gemm_fixture.h"

enum { A_BYTES = FIXTURE_M * FIXTURE_K, B_BYTES = FIXTURE_K * FIXTURE_N, C_BYTES = FIXTURE_M * FIXTURE_N * 4, WORKSPACE_BYTES = 4096, CANARY = 0x5a };

/* A plan with b at run time, transposed a (so that it needs a workspace), and buffers of exactly the right size. */
typedef struct call_state {
    clqnn_gemm *gemm;
    cl_command_queue queue;
    clqnn_gemm_args args;
    uint64_t workspace;
} call_state;

static call_state call;

static int open_call(void **state)
{
    (void)state;
    static const unsigned char a[A_BYTES] = {1, 2, 3}, b[B_BYTES] = {4, 5, 6};
    unsigned char c[C_BYTES], space[WORKSPACE_BYTES];
    memset(c, CANARY, sizeof c);
    memset(space, CANARY, sizeof space);
    clqnn_gemm_desc desc = fixture_desc();
    desc.b_data = NULL;
    desc.a.transposed = 1;
    assert_int_equal(clqnn_gemm_create(fixture_context(), &desc, &call.gemm), CLQNN_OK);
    assert_int_equal(clqnn_default_queue(fixture_context(), &call.queue), CLQNN_OK);
    call.workspace = clqnn_gemm_workspace_size(call.gemm);
    assert_true(call.workspace > 0 && call.workspace <= WORKSPACE_BYTES);
    call.args = (clqnn_gemm_args){.a = {fixture_buffer(a, sizeof a), 0}, .b = {fixture_buffer(b, sizeof b), 0}, .c = {fixture_buffer(c, sizeof c), 0},
                                  .workspace = {fixture_buffer(space, (size_t)call.workspace), 0}};
    return 0;
}

static int close_call(void **state)
{
    (void)state;
    clqnn_buffer_release(call.args.a.memory);
    clqnn_buffer_release(call.args.b.memory);
    clqnn_buffer_release(call.args.c.memory);
    clqnn_buffer_release(call.args.workspace.memory);
    clqnn_gemm_destroy(call.gemm);
    return 0;
}

static clqnn_region *region_of(clqnn_gemm_args *args, size_t index)
{
    clqnn_region *const regions[] = {&args->a, &args->b, &args->c, &args->workspace};
    return regions[index];
}

static void expect_untouched(cl_mem buffer, size_t size)
{
    unsigned char bytes[WORKSPACE_BYTES];
    assert_int_equal(clqnn_download(fixture_context(), buffer, 0, bytes, size), CLQNN_OK);
    for (size_t i = 0; i < size; i++) assert_int_equal(bytes[i], CANARY);
}

static void expect_call_refused(cl_command_queue queue, const clqnn_gemm_args *args, clqnn_status status, const char *field, const char *value)
{
    cl_event event = (cl_event)(uintptr_t)64;
    const clqnn_status got = clqnn_gemm_enqueue(call.gemm, queue, args, 0, NULL, &event);
    if (got != status) fail_msg("enqueue answers %s (%s) instead of %s about %s", clqnn_status_name(got), clqnn_last_error(), clqnn_status_name(status), field);
    assert_null(event);
    expect_message(field, value);
    assert_int_equal(clqnn_finish(fixture_context()), CLQNN_OK);
    expect_untouched(call.args.c.memory, C_BYTES);
    expect_untouched(call.args.workspace.memory, (size_t)call.workspace);
}

static void test_null_pointers(void **state)
{
    (void)state;
    cl_event event = (cl_event)(uintptr_t)64;
    assert_int_equal(clqnn_gemm_enqueue(NULL, call.queue, &call.args, 0, NULL, &event), CLQNN_INVALID_ARGUMENT);
    expect_message("gemm", "NULL");
    clqnn_gemm_info info;
    assert_int_equal(clqnn_gemm_describe(NULL, &info), CLQNN_INVALID_ARGUMENT);
    expect_message("gemm", "NULL");
    assert_int_equal(clqnn_gemm_describe(call.gemm, NULL), CLQNN_INVALID_ARGUMENT);
    expect_message("info", "NULL");
    assert_null(event);
    expect_call_refused(NULL, &call.args, CLQNN_INVALID_ARGUMENT, "queue", "NULL");
    expect_call_refused(call.queue, NULL, CLQNN_INVALID_ARGUMENT, "args", "NULL");
    static const char *const names[] = {"a.memory", "b.memory", "c.memory", "workspace.memory"};
    for (size_t i = 0; i < 4; i++) {
        clqnn_gemm_args args = call.args;
        region_of(&args, i)->memory = NULL;
        expect_call_refused(call.queue, &args, CLQNN_INVALID_ARGUMENT, names[i], "NULL");
    }
}

static void test_wait_lists(void **state)
{
    (void)state;
    cl_event event = NULL;
    assert_int_equal(clqnn_gemm_enqueue(call.gemm, call.queue, &call.args, 2, NULL, &event), CLQNN_INVALID_ARGUMENT);
    expect_message("wait_count", "2");
    assert_null(event);
    assert_int_equal(clqnn_gemm_enqueue(call.gemm, call.queue, &call.args, 0, &event, NULL), CLQNN_INVALID_ARGUMENT);
    expect_message("wait", "0");
}

/* One byte less than needed, or a start that leaves one byte less. */
static void test_buffers_that_end_too_early(void **state)
{
    (void)state;
    static const unsigned char zeros[WORKSPACE_BYTES];
    static const char *const names[] = {"a needs 21 bytes", "b needs 35 bytes", "c needs 60 bytes", "workspace needs"};
    const size_t sizes[] = {A_BYTES, B_BYTES, C_BYTES, (size_t)call.workspace};
    for (size_t i = 0; i < 4; i++) {
        clqnn_gemm_args args = call.args;
        clqnn_region *const region = region_of(&args, i);
        cl_mem shorter = fixture_buffer(zeros, sizes[i] - 1);
        region->memory = shorter;
        expect_call_refused(call.queue, &args, CLQNN_BUFFER_TOO_SMALL, names[i], "offset 0");
        clqnn_buffer_release(shorter);
        args = call.args;
        region->offset = i == 2 ? 4 : i == 3 ? 64 : 1;
        expect_call_refused(call.queue, &args, CLQNN_BUFFER_TOO_SMALL, names[i], i == 2 ? "offset 4" : i == 3 ? "offset 64" : "offset 1");
        region->offset = UINT64_MAX - 63;
        expect_call_refused(call.queue, &args, CLQNN_BUFFER_TOO_SMALL, names[i], "offset 18446744073709551552");
    }
}

static void test_offsets_that_are_not_aligned(void **state)
{
    (void)state;
    clqnn_gemm_args args = call.args;
    args.c.offset = 2;
    expect_call_refused(call.queue, &args, CLQNN_INVALID_ARGUMENT, "c.offset is 2", "4");
    args = call.args;
    args.workspace.offset = 4;
    expect_call_refused(call.queue, &args, CLQNN_INVALID_ARGUMENT, "workspace.offset is 4", "64");
}

/* All operands in one buffer, one byte too close to each other. */
static void test_operands_that_overlap(void **state)
{
    (void)state;
    unsigned char bytes[WORKSPACE_BYTES];
    memset(bytes, CANARY, sizeof bytes);
    cl_mem shared = fixture_buffer(bytes, sizeof bytes);
    const uint64_t c_start = 256;
    clqnn_gemm_args args = call.args;
    args.c = (clqnn_region){shared, c_start};
    args.a = (clqnn_region){shared, c_start - A_BYTES + 1};
    expect_call_refused(call.queue, &args, CLQNN_INVALID_ARGUMENT, "c overlaps a", NULL);
    args.a = (clqnn_region){shared, c_start + C_BYTES - 1};
    expect_call_refused(call.queue, &args, CLQNN_INVALID_ARGUMENT, "c overlaps a", NULL);
    args.a = call.args.a;
    args.b = (clqnn_region){shared, c_start - B_BYTES + 1};
    expect_call_refused(call.queue, &args, CLQNN_INVALID_ARGUMENT, "c overlaps b", NULL);
    args.b = (clqnn_region){shared, c_start + C_BYTES - 1};
    expect_call_refused(call.queue, &args, CLQNN_INVALID_ARGUMENT, "c overlaps b", NULL);
    args.b = call.args.b;
    args.workspace = (clqnn_region){shared, c_start};
    expect_call_refused(call.queue, &args, CLQNN_INVALID_ARGUMENT, "workspace overlaps", NULL);
    expect_untouched(shared, sizeof bytes);
    clqnn_buffer_release(shared);
}

/* Two sub-buffers of one buffer that share bytes. */
static void test_sub_buffers_that_overlap(void **state)
{
    (void)state;
    unsigned char bytes[WORKSPACE_BYTES];
    memset(bytes, CANARY, sizeof bytes);
    cl_mem parent = fixture_buffer(bytes, sizeof bytes);
    cl_int code = CL_SUCCESS;
    const cl_buffer_region whole = {0, 2048}, part = {1024, 1024};
    cl_mem first = clCreateSubBuffer(parent, CL_MEM_READ_WRITE, CL_BUFFER_CREATE_TYPE_REGION, &whole, &code);
    assert_int_equal(code, CL_SUCCESS);
    cl_mem second = clCreateSubBuffer(parent, CL_MEM_READ_WRITE, CL_BUFFER_CREATE_TYPE_REGION, &part, &code);
    assert_int_equal(code, CL_SUCCESS);
    clqnn_gemm_args args = call.args;
    args.a = (clqnn_region){first, 1024};
    args.c = (clqnn_region){second, 0};
    expect_call_refused(call.queue, &args, CLQNN_INVALID_ARGUMENT, "c overlaps a", NULL);
    args.a = (clqnn_region){parent, 1024 + C_BYTES - 1};
    expect_call_refused(call.queue, &args, CLQNN_INVALID_ARGUMENT, "c overlaps a", NULL);
    expect_untouched(parent, sizeof bytes);
    clReleaseMemObject(first);
    clReleaseMemObject(second);
    clReleaseMemObject(parent);
}

/* ---- Objects of another OpenCL context on the same device ---- */

static cl_context open_foreign(void)
{
    cl_int code = CL_SUCCESS;
    cl_device_id device = clqnn_context_opencl_device(fixture_context());
    cl_context foreign = clCreateContext(NULL, 1, &device, NULL, NULL, &code);
    assert_int_equal(code, CL_SUCCESS);
    return foreign;
}

static void test_objects_of_another_context(void **state)
{
    (void)state;
    cl_context foreign = open_foreign();
    cl_int code = CL_SUCCESS;
    cl_mem buffer = clCreateBuffer(foreign, CL_MEM_READ_WRITE, WORKSPACE_BYTES, NULL, &code);
    assert_int_equal(code, CL_SUCCESS);
    cl_command_queue queue = clCreateCommandQueue(foreign, clqnn_context_opencl_device(fixture_context()), 0, &code);
    assert_int_equal(code, CL_SUCCESS);
    static const char *const names[] = {"a.memory", "b.memory", "c.memory", "workspace.memory"};
    for (size_t i = 0; i < 4; i++) {
        clqnn_gemm_args args = call.args;
        region_of(&args, i)->memory = buffer;
        expect_call_refused(call.queue, &args, CLQNN_INVALID_ARGUMENT, names[i], "another OpenCL context");
    }
    expect_call_refused(queue, &call.args, CLQNN_INVALID_ARGUMENT, "queue", "another OpenCL context");
    clReleaseCommandQueue(queue);
    clReleaseMemObject(buffer);
    clReleaseContext(foreign);
}

static void test_weights_of_another_context(void **state)
{
    (void)state;
    clqnn_context *other = NULL;
    clqnn_gemm_weights *weights = NULL;
    clqnn_gemm_desc desc = fixture_desc();
    assert_int_equal(clqnn_context_create(NULL, &other), CLQNN_OK);
    assert_int_equal(clqnn_gemm_pack(other, &desc, &weights), CLQNN_OK);
    desc.b_data = NULL;
    desc.weights = weights;
    clqnn_gemm *gemm = (clqnn_gemm *)(uintptr_t)64;
    clqnn_gemm_info info;
    assert_int_equal(clqnn_gemm_create(fixture_context(), &desc, &gemm), CLQNN_INVALID_ARGUMENT);
    assert_null(gemm);
    expect_message("weights", "another OpenCL context");
    assert_int_equal(clqnn_gemm_query(fixture_context(), &desc, &info), CLQNN_INVALID_ARGUMENT);
    expect_message("weights", "another OpenCL context");
    clqnn_gemm_weights_release(weights);
    clqnn_context_release(other);
}

/* Operands side by side in one buffer share no byte: that is what concatenation in place looks like. */
static void test_operands_that_touch(void **state)
{
    (void)state;
    unsigned char bytes[WORKSPACE_BYTES];
    memset(bytes, 1, sizeof bytes);
    cl_mem shared = fixture_buffer(bytes, sizeof bytes);
    const uint64_t c_start = 256;
    clqnn_gemm_args args = call.args;
    args.c = (clqnn_region){shared, c_start};
    args.a = (clqnn_region){shared, c_start - A_BYTES};
    args.b = (clqnn_region){shared, c_start + C_BYTES};
    assert_int_equal(clqnn_gemm_enqueue(call.gemm, call.queue, &args, 0, NULL, NULL), CLQNN_OK);
    args.a = (clqnn_region){shared, c_start + C_BYTES};
    args.b = (clqnn_region){shared, c_start - B_BYTES};
    assert_int_equal(clqnn_gemm_enqueue(call.gemm, call.queue, &args, 0, NULL, NULL), CLQNN_OK);
    int32_t c[FIXTURE_M * FIXTURE_N];
    assert_int_equal(clqnn_download(fixture_context(), shared, c_start, c, sizeof c), CLQNN_OK);
    for (int i = 0; i < FIXTURE_M * FIXTURE_N; i++) assert_int_equal(c[i], FIXTURE_K);
    clqnn_buffer_release(shared);
}

/* After all these refusals the call works. */
static void test_the_call_itself(void **state)
{
    (void)state;
    int32_t c[FIXTURE_M * FIXTURE_N];
    assert_int_equal(clqnn_gemm_enqueue(call.gemm, call.queue, &call.args, 0, NULL, NULL), CLQNN_OK);
    assert_int_equal(clqnn_download(fixture_context(), call.args.c.memory, 0, c, sizeof c), CLQNN_OK);
    for (int i = 0; i < FIXTURE_M; i++) { /* a is transposed: its first row of k holds 1, 2, 3 */
        for (int j = 0; j < FIXTURE_N; j++) assert_int_equal(c[i * FIXTURE_N + j], (i + 1) * (j == 0 ? 4 : j == 1 ? 5 : j == 2 ? 6 : 0));
    }
}

/* a and c as interleaved columns of one wider matrix share no byte; a column more and they do. */
static void test_columns_of_one_matrix(void **state)
{
    (void)state;
    enum { WIDE = FIXTURE_K + FIXTURE_N, AT_C = FIXTURE_K };
    unsigned char bytes[FIXTURE_M * WIDE + FIXTURE_N], a[A_BYTES], got[sizeof bytes], expected[FIXTURE_M * FIXTURE_N];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (unsigned char)(i * 31 + 7);
    for (int row = 0; row < FIXTURE_M; row++) memcpy(a + row * FIXTURE_K, bytes + row * WIDE, FIXTURE_K);
    clqnn_gemm_desc desc = fixture_quantized_desc();
    clqnn_gemm *apart = NULL, *together = NULL;
    assert_int_equal(clqnn_gemm_create(fixture_context(), &desc, &apart), CLQNN_OK);
    desc.a.leading_dimension = desc.c.leading_dimension = WIDE;
    assert_int_equal(clqnn_gemm_create(fixture_context(), &desc, &together), CLQNN_OK);
    cl_mem wide = fixture_buffer(bytes, sizeof bytes);
    const clqnn_gemm_args dense = {.a = {fixture_buffer(a, sizeof a), 0}, .c = {fixture_buffer(bytes, sizeof expected), 0}};
    clqnn_gemm_args shared = {.a = {wide, 0}, .c = {wide, AT_C}};
    assert_int_equal(clqnn_gemm_enqueue(apart, call.queue, &dense, 0, NULL, NULL), CLQNN_OK);
    assert_int_equal(clqnn_gemm_enqueue(together, call.queue, &shared, 0, NULL, NULL), CLQNN_OK);
    assert_int_equal(clqnn_finish(fixture_context()), CLQNN_OK);
    assert_int_equal(clqnn_download(fixture_context(), dense.c.memory, 0, expected, sizeof expected), CLQNN_OK);
    assert_int_equal(clqnn_download(fixture_context(), wide, 0, got, sizeof got), CLQNN_OK);
    for (int row = 0; row < FIXTURE_M; row++) {
        assert_memory_equal(got + row * WIDE, bytes + row * WIDE, FIXTURE_K);
        assert_memory_equal(got + row * WIDE + AT_C, expected + row * FIXTURE_N, FIXTURE_N);
    }
    shared.c.offset = AT_C - 1;
    assert_int_equal(clqnn_gemm_enqueue(together, call.queue, &shared, 0, NULL, NULL), CLQNN_INVALID_ARGUMENT);
    expect_message("c overlaps a", NULL);
    shared.c.offset = AT_C + 1;
    assert_int_equal(clqnn_gemm_enqueue(together, call.queue, &shared, 0, NULL, NULL), CLQNN_INVALID_ARGUMENT);
    expect_message("c overlaps a", NULL);
    clqnn_buffer_release(wide);
    clqnn_buffer_release(dense.a.memory);
    clqnn_buffer_release(dense.c.memory);
    clqnn_gemm_destroy(apart);
    clqnn_gemm_destroy(together);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_null_pointers),
        cmocka_unit_test(test_wait_lists),
        cmocka_unit_test(test_buffers_that_end_too_early),
        cmocka_unit_test(test_offsets_that_are_not_aligned),
        cmocka_unit_test(test_operands_that_overlap),
        cmocka_unit_test(test_sub_buffers_that_overlap),
        cmocka_unit_test(test_objects_of_another_context),
        cmocka_unit_test(test_weights_of_another_context),
        cmocka_unit_test(test_operands_that_touch),
        cmocka_unit_test(test_the_call_itself),
        cmocka_unit_test(test_columns_of_one_matrix),
    };
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, open_call, close_call);
    fixture_close();
    return failures;
}
