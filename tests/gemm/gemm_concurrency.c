/* SPDX-License-Identifier: Apache-2.0 */
/* Failures are counted in the threads and reported by the main thread, since cmocka's assertions belong to that. */
#include "gemm_concurrency.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CALLS = 20 };

typedef struct worker {
    pthread_t thread;
    const clqnn_gemm_desc *desc;
    const clqnn_gemm *gemm;     /* shared, or NULL: makes its own each time */
    const unsigned char *a;
    size_t a_bytes, c_bytes;
    unsigned char *expected, *got;
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
static bool run_call(worker *w, const clqnn_gemm *gemm, cl_command_queue queue)
{
    clqnn_context *context = fixture_context();
    cl_mem a = NULL, c = NULL, workspace = NULL;
    cl_event event = NULL;
    bool done = hold(w, clqnn_buffer_create(context, w->a_bytes, &a), "buffer") && hold(w, clqnn_buffer_create(context, w->c_bytes, &c), "buffer")
                && hold(w, clqnn_buffer_create(context, clqnn_gemm_workspace_size(gemm) + 1, &workspace), "workspace")
                && hold(w, clqnn_upload(context, a, 0, w->a, w->a_bytes), "upload");
    if (done) {
        const clqnn_gemm_args args = {.a = {a, 0}, .c = {c, 0}, .workspace = {workspace, 0}};
        done = hold(w, clqnn_gemm_enqueue(gemm, queue, &args, 0, NULL, &event), "enqueue");
    }
    if (done && clWaitForEvents(1, &event) != CL_SUCCESS) w->failures++;
    if (event) clReleaseEvent(event);
    done = done && hold(w, clqnn_download(context, c, 0, w->got, w->c_bytes), "download");
    clqnn_buffer_release(a);
    clqnn_buffer_release(c);
    clqnn_buffer_release(workspace);
    return done;
}

static bool run_own(worker *w, cl_command_queue queue)
{
    clqnn_gemm_desc desc = *w->desc;
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
    cl_int code = CL_INVALID_VALUE;
    cl_command_queue queue = clCreateCommandQueue(clqnn_context_opencl_context(fixture_context()), clqnn_context_opencl_device(fixture_context()), 0, &code);
    for (int call = 0; code == CL_SUCCESS && call < CALLS; call++) {
        memset(w->got, 0x5a, w->c_bytes);
        const bool done = w->gemm ? run_call(w, w->gemm, queue) : run_own(w, queue);
        if (!done) break;
        if (memcmp(w->got, w->expected, w->c_bytes) == 0) continue;
        w->failures++;
        (void)snprintf(w->message, sizeof w->message, "other bytes than alone");
    }
    if (code != CL_SUCCESS) w->failures++;
    if (queue) clReleaseCommandQueue(queue);
    return NULL;
}

static void run_threads(worker *workers, const clqnn_gemm *shared)
{
    for (int i = 0; i < CONCURRENCY_THREADS; i++) {
        workers[i].gemm = shared;
        assert_int_equal(pthread_create(&workers[i].thread, NULL, run_worker, &workers[i]), 0);
    }
    for (int i = 0; i < CONCURRENCY_THREADS; i++) assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    for (int i = 0; i < CONCURRENCY_THREADS; i++) {
        if (workers[i].failures) fail_msg("thread %d: %zu failures, the last: %s", i, workers[i].failures, workers[i].message);
    }
}

void check_concurrency(const clqnn_gemm_desc *desc, const void *a, size_t a_bytes, size_t c_bytes)
{
    static worker workers[CONCURRENCY_THREADS];
    clqnn_gemm *gemm = NULL;
    cl_command_queue queue = NULL;
    assert_int_equal(clqnn_default_queue(fixture_context(), &queue), CLQNN_OK);
    assert_int_equal(clqnn_gemm_create(fixture_context(), desc, &gemm), CLQNN_OK);
    for (int i = 0; i < CONCURRENCY_THREADS; i++) { /* alone */
        worker *w = &workers[i];
        *w = (worker){.desc = desc, .a = (const unsigned char *)a + (size_t)i * a_bytes, .a_bytes = a_bytes, .c_bytes = c_bytes, .expected = malloc(c_bytes), .got = malloc(c_bytes)};
        assert_true(w->expected && w->got);
        if (!run_call(w, gemm, queue)) fail_msg("%s", w->message);
        memcpy(w->expected, w->got, c_bytes);
    }
    assert_memory_not_equal(workers[0].expected, workers[1].expected, c_bytes);
    run_threads(workers, gemm);
    run_threads(workers, NULL);
    clqnn_gemm_destroy(gemm);
    for (int i = 0; i < CONCURRENCY_THREADS; i++) {
        free(workers[i].expected);
        free(workers[i].got);
    }
}
