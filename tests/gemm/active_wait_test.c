/* SPDX-License-Identifier: Apache-2.0 */
/* Active waiting and the sharing of work that comes with it change when threads sleep and who does what, and nothing else: same bytes with and without
 * them, on one queue, on two and on more than there are claim words for, and a context may go while its launches are still queued. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "clqnn/clqnn.h"
#include "gemm_fixture.h"

enum { CALLS = 60, ROUNDS = 20, QUEUES = 20 };

typedef struct shape {
    int64_t batch, m, n, k;
} shape;

/* The first is that of the tests with one shape. Then: shares of columns, of rows, of batches; a row of results; one unit. */
static const shape shapes[] = {{1, 37, 200, 150}, {1, 14, 1000, 300}, {1, 300, 40, 64}, {5, 40, 70, 90}, {1, 1, 2048, 512}, {1, 3, 5, 7}};

typedef struct product {
    size_t a_size, b_size, c_size; /* bytes */
    uint8_t *a;
    int8_t *b;
    clqnn_gemm_desc desc;
} product;

static product new_product(const shape *sh)
{
    product p = {.a_size = (size_t)(sh->batch * sh->m * sh->k), .b_size = (size_t)(sh->batch * sh->k * sh->n), .c_size = (size_t)(sh->batch * sh->m * sh->n * 4)};
    p.a = malloc(p.a_size);
    p.b = malloc(p.b_size);
    assert_true(p.a && p.b);
    for (size_t i = 0; i < p.a_size; i++) p.a[i] = (uint8_t)(i * 7 % 251);
    for (size_t i = 0; i < p.b_size; i++) p.b[i] = (int8_t)((int)(i * 13 % 256) - 128);
    p.desc = (clqnn_gemm_desc){.struct_size = sizeof p.desc, .m = sh->m, .n = sh->n, .k = sh->k, .batch = {1, sh->batch}, .a = {.type = CLQNN_U8},
                               .b = {.type = CLQNN_S8}, .c = {.type = CLQNN_S32}, .b_data = p.b};
    return p;
}

static void drop_product(product *p)
{
    free(p->a);
    free(p->b);
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

static void read_result(cl_command_queue queue, cl_mem c, size_t size, void *result)
{
    assert_int_equal(clEnqueueReadBuffer(queue, c, CL_TRUE, 0, size, result, 0, NULL, NULL), CL_SUCCESS);
}

/* CALLS calls on each queue, all queued before the first is waited for, each with a c of its own; all results, dense. */
static int32_t *run_pipelined(clqnn_context *context, const product *p, int queues)
{
    clqnn_gemm *gemm = NULL;
    cl_command_queue queue[QUEUES];
    cl_mem c[QUEUES], a = buffer_in(context, p->a, p->a_size);
    const size_t of_queue = CALLS * p->c_size;
    char *results = malloc((size_t)queues * of_queue);
    assert_non_null(results);
    memset(results, 0x55, (size_t)queues * of_queue);
    assert_int_equal(clqnn_gemm_create(context, &p->desc, &gemm), CLQNN_OK);
    for (int i = 0; i < queues; i++) queue[i] = queue_in(context), c[i] = buffer_in(context, results, of_queue);
    for (int call = 0; call < CALLS * queues; call++) {
        const int which = call / CALLS; /* not in turns: only a queue's next launch keeps threads awake */
        const clqnn_gemm_args args = {.a = {a, 0}, .c = {c[which], (uint64_t)(call % CALLS) * p->c_size}};
        assert_int_equal(clqnn_gemm_enqueue(gemm, queue[which], &args, 0, NULL, NULL), CLQNN_OK);
    }
    for (int i = 0; i < queues; i++) {
        read_result(queue[i], c[i], of_queue, results + (size_t)i * of_queue);
        clReleaseCommandQueue(queue[i]);
        clReleaseMemObject(c[i]);
    }
    clReleaseMemObject(a);
    clqnn_gemm_destroy(gemm);
    return (int32_t *)(void *)results;
}

/* Against the first call, whose thread had nothing to share, with waiting off: every call of every queue. */
static void check_pipelined(const product *p, int queues)
{
    clqnn_context *off = context_with(CLQNN_ACTIVE_WAIT_OFF), *on = context_with(CLQNN_ACTIVE_WAIT_DEFAULT);
    int32_t *asleep = run_pipelined(off, p, 1), *awake = run_pipelined(on, p, queues);
    const size_t values = p->c_size / sizeof *asleep;
    assert_int_not_equal(asleep[values - 1], 0x55555555);
    for (int call = 0; call < CALLS * queues; call++) assert_memory_equal(awake + (size_t)call * values, asleep, p->c_size);
    free(asleep);
    free(awake);
    clqnn_context_release(off);
    clqnn_context_release(on);
}

static void test_same_bytes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        product p = new_product(&shapes[i]);
        check_pipelined(&p, 1);
        check_pipelined(&p, 2);
        drop_product(&p);
    }
}

static void test_more_queues_than_claim_words(void **state)
{
    (void)state;
    product p = new_product(&shapes[0]);
    check_pipelined(&p, QUEUES);
    drop_product(&p);
}

/* Plan and context are dropped while launches are queued behind an event; the results still come. */
static void test_context_goes_first(void **state)
{
    (void)state;
    product p = new_product(&shapes[0]);
    int32_t *expected = run_pipelined(fixture_context(), &p, 1);
    char *got = malloc(p.c_size);
    assert_non_null(got);
    for (int round = 0; round < ROUNDS; round++) {
        cl_int code = CL_SUCCESS;
        clqnn_gemm *gemm = NULL;
        clqnn_context *context = context_with(CLQNN_ACTIVE_WAIT_DEFAULT);
        cl_context cl = clqnn_context_opencl_context(context);
        assert_int_equal(clRetainContext(cl), CL_SUCCESS);
        cl_command_queue queue = queue_in(context);
        cl_mem a = buffer_in(context, p.a, p.a_size), c = buffer_in(context, expected, p.c_size);
        cl_event start = clCreateUserEvent(cl, &code);
        assert_int_equal(code, CL_SUCCESS);
        assert_int_equal(clqnn_gemm_create(context, &p.desc, &gemm), CLQNN_OK);
        const clqnn_gemm_args args = {.a = {a, 0}, .c = {c, 0}};
        for (int call = 0; call < CALLS; call++) {
            assert_int_equal(clqnn_gemm_enqueue(gemm, queue, &args, call == 0 ? 1 : 0, call == 0 ? &start : NULL, NULL), CLQNN_OK);
        }
        clqnn_gemm_destroy(gemm);
        clqnn_context_release(context);
        assert_int_equal(clSetUserEventStatus(start, CL_COMPLETE), CL_SUCCESS);
        read_result(queue, c, p.c_size, got);
        assert_memory_equal(got, expected, p.c_size);
        clReleaseEvent(start);
        clReleaseMemObject(a);
        clReleaseMemObject(c);
        clReleaseCommandQueue(queue);
        clReleaseContext(cl);
    }
    free(got);
    free(expected);
    drop_product(&p);
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
        cmocka_unit_test(test_more_queues_than_claim_words),
        cmocka_unit_test(test_context_goes_first),
        cmocka_unit_test(test_unknown_mode),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failed;
}
