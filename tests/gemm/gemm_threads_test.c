/* SPDX-License-Identifier: Apache-2.0 */
/* Eight threads enqueue one shared plan, each on a queue and buffers of its own; eight threads make their own plans, weights and calls at
 * once on one shared, fresh context. All get the same bytes as one thread alone. Failures are counted in the threads and reported by the
 * main thread. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gemm_fixture.h"

enum { THREADS = 8, CALLS = 20, M = 19, N = 23, K = 70, CANARY = 0x5a };

typedef struct problem_data {
    float a[THREADS][M * K];    /* an input for each thread */
    int8_t b[K * N];
    float expected[THREADS][M * N];
} problem_data;

static problem_data data;
static clqnn_context *threads_context;   /* what all threads share */

static clqnn_gemm_desc threads_desc(void)
{
    return (clqnn_gemm_desc){.struct_size = sizeof(clqnn_gemm_desc), .m = M, .n = N, .k = K, .a = {.type = CLQNN_F32}, .b = {.type = CLQNN_S8}, .c = {.type = CLQNN_F32},
                             .b_data = data.b, .dynamic = CLQNN_DYNAMIC_PER_ROW};
}

typedef struct worker {
    pthread_t thread;
    int index;
    clqnn_gemm *gemm;      /* shared, or NULL: makes its own each time */
    float *results;        /* M * N, of the last call */
    size_t failures;
    char message[256];
} worker;

static bool hold(worker *w, clqnn_status status, const char *call)
{
    if (status == CLQNN_OK) return true;
    w->failures++;
    (void)snprintf(w->message, sizeof w->message, "%s: %s", call, clqnn_last_error());
    return false;
}

/* One call on this thread's own objects. */
static bool run_call(worker *w, clqnn_gemm *gemm, cl_command_queue queue)
{
    clqnn_context *context = threads_context;
    cl_mem a = NULL, c = NULL, workspace = NULL;
    cl_event event = NULL;
    bool done = hold(w, clqnn_buffer_create(context, sizeof data.a[0], &a), "buffer") && hold(w, clqnn_buffer_create(context, M * N * sizeof(float), &c), "buffer") &&
                hold(w, clqnn_buffer_create(context, clqnn_gemm_workspace_size(gemm), &workspace), "workspace") &&
                hold(w, clqnn_upload(context, a, 0, data.a[w->index], sizeof data.a[0]), "upload");
    if (done) {
        const clqnn_gemm_args args = {.a = {a, 0}, .c = {c, 0}, .workspace = {workspace, 0}};
        done = hold(w, clqnn_gemm_enqueue(gemm, queue, &args, 0, NULL, &event), "enqueue");
    }
    if (done && clWaitForEvents(1, &event) != CL_SUCCESS) w->failures++;
    if (event) clReleaseEvent(event);
    memset(w->results, CANARY, M * N * sizeof(float));
    if (done) done = hold(w, clqnn_download(context, c, 0, w->results, M * N * sizeof(float)), "download");
    clqnn_buffer_release(a);
    clqnn_buffer_release(c);
    clqnn_buffer_release(workspace);
    return done;
}

static void compare(worker *w)
{
    if (memcmp(w->results, data.expected[w->index], M * N * sizeof(float)) == 0) return;
    w->failures++;
    (void)snprintf(w->message, sizeof w->message, "other bytes than alone");
}

static void *work(void *user)
{
    worker *w = user;
    cl_int code = CL_SUCCESS;
    cl_command_queue queue = clCreateCommandQueue(clqnn_context_opencl_context(threads_context), clqnn_context_opencl_device(threads_context), 0, &code);
    if (code != CL_SUCCESS) {
        w->failures++;
        return NULL;
    }
    for (int call = 0; call < CALLS; call++) {
        clqnn_gemm *gemm = w->gemm;
        const clqnn_gemm_desc desc = threads_desc();
        clqnn_gemm_info info;
        if (!gemm && !(hold(w, clqnn_gemm_query(threads_context, &desc, &info), "query") && hold(w, clqnn_gemm_create(threads_context, &desc, &gemm), "create"))) break;
        if (run_call(w, gemm, queue)) compare(w);
        if (!w->gemm) clqnn_gemm_destroy(gemm);
    }
    clReleaseCommandQueue(queue);
    return NULL;
}

static void run_workers(clqnn_gemm *shared)
{
    static worker workers[THREADS];
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (worker){.index = i, .gemm = shared, .results = malloc(M * N * sizeof(float))};
        assert_non_null(workers[i].results);
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    for (int i = 0; i < THREADS; i++) {
        free(workers[i].results);
        if (workers[i].failures) fail_msg("thread %d: %zu failures, the last: %s", i, workers[i].failures, workers[i].message);
    }
}

static int fill_data(void **state)
{
    (void)state;
    threads_context = fixture_context();
    for (int i = 0; i < K * N; i++) data.b[i] = (int8_t)(i * 57 + 3);
    for (int t = 0; t < THREADS; t++) {
        for (int i = 0; i < M * K; i++) data.a[t][i] = (float)((i * 7919 + t * 104729) % 1001 - 400) / 32.0f;
    }
    const clqnn_gemm_desc desc = threads_desc();
    clqnn_gemm *gemm = NULL;
    cl_command_queue queue = NULL;
    assert_int_equal(clqnn_gemm_create(threads_context, &desc, &gemm), CLQNN_OK);
    assert_int_equal(clqnn_default_queue(threads_context, &queue), CLQNN_OK);
    for (int t = 0; t < THREADS; t++) { /* alone */
        worker alone = {.index = t, .results = data.expected[t]};
        if (!run_call(&alone, gemm, queue)) fail_msg("%s", alone.message);
    }
    assert_memory_not_equal(data.expected[0], data.expected[1], sizeof data.expected[0]);
    clqnn_gemm_destroy(gemm);
    return 0;
}

static void test_one_plan_for_eight_threads(void **state)
{
    (void)state;
    const clqnn_gemm_desc desc = threads_desc();
    clqnn_gemm *gemm = NULL;
    assert_int_equal(clqnn_gemm_create(threads_context, &desc, &gemm), CLQNN_OK);
    run_workers(gemm);
    clqnn_gemm_destroy(gemm);
}

static void test_eight_threads_with_plans_of_their_own(void **state)
{
    (void)state;
    assert_int_equal(clqnn_context_create(NULL, &threads_context), CLQNN_OK); /* without programs: the threads build them */
    run_workers(NULL);
    clqnn_context_release(threads_context);
    threads_context = fixture_context();
}

static void *open_context(void *user)
{
    clqnn_context **context = user;
    (void)clqnn_context_create(NULL, context);
    return NULL;
}

/* Contexts made at once share the disk cache and the driver, and nothing else. */
static void test_eight_contexts_at_once(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    clqnn_context *contexts[THREADS] = {NULL};
    for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_create(&threads[i], NULL, open_context, &contexts[i]), 0);
    for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (int i = 0; i < THREADS; i++) {
        assert_non_null(contexts[i]);
        clqnn_context_release(contexts[i]);
    }
}

/* Messages are a thread's own. */
static void *fail_once(void *user)
{
    clqnn_gemm *gemm = NULL;
    const int64_t wrong = -100 - *(int *)user;
    char expected[64];
    clqnn_gemm_desc desc = threads_desc();
    desc.m = wrong;
    (void)snprintf(expected, sizeof expected, "m is %lld,", (long long)wrong);
    *(int *)user = 0;
    for (int i = 0; i < 200; i++) {
        if (clqnn_gemm_create(threads_context, &desc, &gemm) != CLQNN_INVALID_SHAPE || !strstr(clqnn_last_error(), expected)) ++*(int *)user;
    }
    return NULL;
}

static void test_messages_of_eight_threads(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    int numbers[THREADS];
    for (int i = 0; i < THREADS; i++) {
        numbers[i] = i;
        assert_int_equal(pthread_create(&threads[i], NULL, fail_once, &numbers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (int i = 0; i < THREADS; i++) assert_int_equal(numbers[i], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_plan_for_eight_threads),
        cmocka_unit_test(test_eight_threads_with_plans_of_their_own),
        cmocka_unit_test(test_eight_contexts_at_once),
        cmocka_unit_test(test_messages_of_eight_threads),
    };
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, fill_data, NULL);
    fixture_close();
    return failures;
}
