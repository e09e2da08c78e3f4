/* SPDX-License-Identifier: Apache-2.0 */
/* Eight threads enqueue one shared plan of a product of bits, each on a queue and buffers of its own; eight threads make their own plans, weights and
 * calls at once. All get the same bytes as one thread alone. Failures are counted in the threads and reported by the main thread. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "gemm_fixture.h"

enum { THREADS = 8, CALLS = 20, M = 19, N = 75, K = 170, GROUPS = 6, C_WORDS = 3 };

static struct { uint32_t a[THREADS][M * GROUPS], b[N * GROUPS * 2], expected[THREADS][M * C_WORDS], got[THREADS][M * C_WORDS]; } data;

typedef struct worker {
    pthread_t thread;
    int index;
    clqnn_gemm *gemm;      /* shared, or NULL: makes its own each time */
    size_t failures;
    char message[256];
} worker;

/* b1 x t2 -> b1. */
static clqnn_gemm_desc threads_desc(void)
{
    static const int32_t threshold = 1;
    return (clqnn_gemm_desc){.struct_size = sizeof(clqnn_gemm_desc), .m = M, .n = N, .k = K, .a.type = CLQNN_B1, .b = {.type = CLQNN_T2, .transposed = 1},
                             .c.type = CLQNN_B1, .b_data = data.b, .thresholds = &threshold, .threshold_count = 1};
}

static bool hold(worker *w, clqnn_status status, const char *call)
{
    if (status == CLQNN_OK) return true;
    w->failures++;
    (void)snprintf(w->message, sizeof w->message, "%s: %s", call, clqnn_last_error());
    return false;
}

/* One call on this thread's own objects. */
static bool run_call(worker *w, const clqnn_gemm *gemm, cl_command_queue queue)
{
    clqnn_context *context = fixture_context();
    cl_mem a = NULL, c = NULL, workspace = NULL;
    cl_event event = NULL;
    bool done = hold(w, clqnn_buffer_create(context, sizeof data.a[0], &a), "buffer") && hold(w, clqnn_buffer_create(context, sizeof data.got[0], &c), "buffer")
                && hold(w, clqnn_buffer_create(context, clqnn_gemm_workspace_size(gemm) + 1, &workspace), "workspace")
                && hold(w, clqnn_upload(context, a, 0, data.a[w->index], sizeof data.a[0]), "upload");
    if (done) {
        const clqnn_gemm_args args = {.a = {a, 0}, .c = {c, 0}, .workspace = {workspace, 0}};
        done = hold(w, clqnn_gemm_enqueue(gemm, queue, &args, 0, NULL, &event), "enqueue");
    }
    if (done && clWaitForEvents(1, &event) != CL_SUCCESS) w->failures++;
    if (event) clReleaseEvent(event);
    done = done && hold(w, clqnn_download(context, c, 0, data.got[w->index], sizeof data.got[0]), "download");
    clqnn_buffer_release(a);
    clqnn_buffer_release(c);
    clqnn_buffer_release(workspace);
    return done;
}

static bool run_own(worker *w, cl_command_queue queue)
{
    clqnn_gemm_desc desc = threads_desc();
    clqnn_gemm_weights *weights = NULL;
    clqnn_gemm *gemm = NULL;
    bool done = hold(w, clqnn_gemm_pack(fixture_context(), &desc, &weights), "pack");
    desc.b_data = NULL;
    desc.weights = weights;
    done = done && hold(w, clqnn_gemm_create(fixture_context(), &desc, &gemm), "create");
    clqnn_gemm_weights_release(weights);
    done = done && run_call(w, gemm, queue);
    clqnn_gemm_destroy(gemm);
    return done;
}

static void *run_worker(void *given)
{
    worker *w = given;
    clqnn_device_info info;
    cl_int code = CL_INVALID_VALUE;
    if (!hold(w, clqnn_context_device(fixture_context(), &info), "device")) return NULL;
    cl_command_queue queue = clCreateCommandQueue(clqnn_context_opencl_context(fixture_context()), info.device, 0, &code);
    for (int call = 0; code == CL_SUCCESS && call < CALLS; call++) {
        const bool done = w->gemm ? run_call(w, w->gemm, queue) : run_own(w, queue);
        if (!done) break;
        if (memcmp(data.got[w->index], data.expected[w->index], sizeof data.got[0]) != 0) w->failures++;
    }
    if (code != CL_SUCCESS) w->failures++;
    if (queue) clReleaseCommandQueue(queue);
    return NULL;
}

static void run_threads(clqnn_gemm *shared)
{
    worker workers[THREADS];
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (worker){.index = i, .gemm = shared};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, run_worker, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    for (int i = 0; i < THREADS; i++) {
        if (workers[i].failures) fail_msg("thread %d: %zu failures %s", i, workers[i].failures, workers[i].message);
    }
}

static void test_threads(void **state)
{
    (void)state;
    clqnn_gemm_desc desc = threads_desc();
    clqnn_gemm *gemm = NULL;
    cl_command_queue queue = NULL;
    const uint32_t tail = (1u << K % 32) - 1;
    for (int i = 0; i < THREADS * M * GROUPS; i++) {
        data.a[i / (M * GROUPS)][i % (M * GROUPS)] = (uint32_t)(i + 1) * 0x9e3779b9u & (i % GROUPS == GROUPS - 1 ? tail : UINT32_MAX);
    }
    for (int i = 0; i < N * GROUPS; i++) {
        data.b[2 * i] = (uint32_t)(i + 7) * 0x85ebca6bu & (i % GROUPS == GROUPS - 1 ? tail : UINT32_MAX);
        data.b[2 * i + 1] = (uint32_t)(i + 3) * 0xc2b2ae35u & data.b[2 * i];
    }
    assert_int_equal(clqnn_default_queue(fixture_context(), &queue), CLQNN_OK);
    assert_int_equal(clqnn_gemm_create(fixture_context(), &desc, &gemm), CLQNN_OK);
    for (int i = 0; i < THREADS; i++) {
        worker alone = {.index = i};
        assert_true(run_call(&alone, gemm, queue));
        memcpy(data.expected[i], data.got[i], sizeof data.got[0]);
    }
    assert_memory_not_equal(data.expected[0], data.expected[1], sizeof data.expected[0]);
    run_threads(gemm);
    run_threads(NULL);
    clqnn_gemm_destroy(gemm);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_threads)};
    if (!fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close();
    return failures;
}
