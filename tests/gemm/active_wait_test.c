/* SPDX-License-Identifier: Apache-2.0 */
/* Active waiting changes when threads sleep and nothing else: same bytes with and without it, on one queue and on two, and a context may go while its
 * launches are still queued. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/clqnn.h"
#include "gemm_fixture.h"

enum { M = 37, N = 200, K = 150, CALLS = 40, ROUNDS = 20 };

typedef struct product {
    uint8_t a[M * K];
    int8_t b[K * N];
    clqnn_gemm_desc desc;
} product;

static product *new_product(void)
{
    product *p = calloc(1, sizeof *p);
    assert_non_null(p);
    for (int i = 0; i < M * K; i++) p->a[i] = (uint8_t)(i * 7 % 251);
    for (int i = 0; i < K * N; i++) p->b[i] = (int8_t)(i * 13 % 256 - 128);
    p->desc = (clqnn_gemm_desc){.struct_size = sizeof p->desc, .m = M, .n = N, .k = K, .a = {.type = CLQNN_U8}, .b = {.type = CLQNN_S8}, .c = {.type = CLQNN_S32},
                                .b_data = p->b};
    return p;
}

static clqnn_context *context_with(clqnn_active_wait active_wait)
{
    clqnn_context *context = NULL;
    const clqnn_context_desc desc = {.struct_size = sizeof desc, .active_wait = active_wait};
    assert_int_equal(clqnn_context_create(&desc, &context), CLQNN_OK);
    return context;
}

static cl_mem buffer_in(clqnn_context *context, const void *bytes, size_t size)
{
    cl_int code = CL_SUCCESS;
    cl_mem made = clCreateBuffer(clqnn_context_opencl_context(context), CL_MEM_READ_WRITE | CL_MEM_COPY_HOST_PTR, size, (void *)(uintptr_t)bytes, &code);
    assert_int_equal(code, CL_SUCCESS);
    return made;
}

static cl_command_queue queue_in(clqnn_context *context)
{
    cl_int code = CL_SUCCESS;
    cl_command_queue made = clCreateCommandQueue(clqnn_context_opencl_context(context), clqnn_context_opencl_device(context), 0, &code);
    assert_int_equal(code, CL_SUCCESS);
    return made;
}

static void read_result(cl_command_queue queue, cl_mem c, int32_t *result)
{
    assert_int_equal(clEnqueueReadBuffer(queue, c, CL_TRUE, 0, M * N * sizeof *result, result, 0, NULL, NULL), CL_SUCCESS);
}

/* CALLS calls on each queue in turn; the last results of both queues. */
static void run_pipelined(clqnn_context *context, const product *p, int queues, int32_t *results)
{
    clqnn_gemm *gemm = NULL;
    cl_command_queue queue[2];
    cl_mem c[2], a = buffer_in(context, p->a, sizeof p->a);
    memset(results, 0x55, 2 * M * N * sizeof *results);
    assert_int_equal(clqnn_gemm_create(context, &p->desc, &gemm), CLQNN_OK);
    for (int i = 0; i < queues; i++) queue[i] = queue_in(context), c[i] = buffer_in(context, results, M * N * sizeof *results);
    for (int call = 0; call < CALLS * queues; call++) {
        const int which = call % queues;
        const clqnn_gemm_args args = {.a = {a, 0}, .c = {c[which], 0}};
        assert_int_equal(clqnn_gemm_enqueue(gemm, queue[which], &args, 0, NULL, NULL), CLQNN_OK);
    }
    for (int i = 0; i < queues; i++) {
        read_result(queue[i], c[i], results + i * M * N);
        clReleaseCommandQueue(queue[i]);
        clReleaseMemObject(c[i]);
    }
    clReleaseMemObject(a);
    clqnn_gemm_destroy(gemm);
}

static void test_same_bytes(void **state)
{
    (void)state;
    product *p = new_product();
    static int32_t asleep[2 * M * N], awake[2 * M * N];
    for (int queues = 1; queues <= 2; queues++) {
        clqnn_context *off = context_with(CLQNN_ACTIVE_WAIT_OFF), *on = context_with(CLQNN_ACTIVE_WAIT_DEFAULT);
        run_pipelined(off, p, queues, asleep);
        run_pipelined(on, p, queues, awake);
        assert_memory_equal(asleep, awake, sizeof asleep);
        assert_int_not_equal(awake[0], 0x55555555);
        clqnn_context_release(off);
        clqnn_context_release(on);
    }
    free(p);
}

/* Plan and context are dropped while launches are queued behind an event; the results still come. */
static void test_context_goes_first(void **state)
{
    (void)state;
    product *p = new_product();
    static int32_t expected[2 * M * N], got[M * N];
    run_pipelined(fixture_context(), p, 1, expected);
    for (int round = 0; round < ROUNDS; round++) {
        cl_int code = CL_SUCCESS;
        clqnn_gemm *gemm = NULL;
        clqnn_context *context = context_with(CLQNN_ACTIVE_WAIT_DEFAULT);
        cl_context cl = clqnn_context_opencl_context(context);
        assert_int_equal(clRetainContext(cl), CL_SUCCESS);
        cl_command_queue queue = queue_in(context);
        cl_mem a = buffer_in(context, p->a, sizeof p->a), c = buffer_in(context, expected, sizeof got);
        cl_event start = clCreateUserEvent(cl, &code);
        assert_int_equal(code, CL_SUCCESS);
        assert_int_equal(clqnn_gemm_create(context, &p->desc, &gemm), CLQNN_OK);
        const clqnn_gemm_args args = {.a = {a, 0}, .c = {c, 0}};
        for (int call = 0; call < CALLS; call++) {
            assert_int_equal(clqnn_gemm_enqueue(gemm, queue, &args, call == 0 ? 1 : 0, call == 0 ? &start : NULL, NULL), CLQNN_OK);
        }
        clqnn_gemm_destroy(gemm);
        clqnn_context_release(context);
        assert_int_equal(clSetUserEventStatus(start, CL_COMPLETE), CL_SUCCESS);
        read_result(queue, c, got);
        assert_memory_equal(got, expected, sizeof got);
        clReleaseEvent(start);
        clReleaseMemObject(a);
        clReleaseMemObject(c);
        clReleaseCommandQueue(queue);
        clReleaseContext(cl);
    }
    free(p);
}

static void test_unknown_mode(void **state)
{
    (void)state;
    clqnn_context *context = NULL;
    const clqnn_context_desc desc = {.struct_size = sizeof desc, .active_wait = (clqnn_active_wait)7};
    assert_int_equal(clqnn_context_create(&desc, &context), CLQNN_INVALID_ARGUMENT);
    expect_message("active_wait", "7");
    assert_null(context);
}

int main(void)
{
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_context_goes_first),
        cmocka_unit_test(test_unknown_mode),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failed;
}
