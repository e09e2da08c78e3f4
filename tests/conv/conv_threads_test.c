/* SPDX-License-Identifier: Apache-2.0 */
/* Eight threads enqueue one shared plan, each on a queue and buffers of its own; eight threads make their own plans from shared weights and call them at once on
 * one fresh context. All get the same bytes as one thread alone. Failures are counted in the threads and reported by the main thread. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "conv_fixture.h"

enum { THREADS = 8, CALLS = 20 };

typedef struct worker {
    pthread_t thread;
    clqnn_context *context;
    clqnn_conv *conv;             /* shared, or NULL: makes its own each time */
    clqnn_conv_weights *weights;  /* shared, for plans of its own */
    unsigned char x[FIXTURE_X_BYTES], r[FIXTURE_Y_BYTES], expected[FIXTURE_Y_BYTES];
    size_t failures;
    char message[256];
} worker;

static worker workers[THREADS];

static bool hold(worker *w, clqnn_status status, const char *call)
{
    if (status == CLQNN_OK) return true;
    w->failures++;
    (void)snprintf(w->message, sizeof w->message, "%s: %s", call, clqnn_last_error());
    return false;
}

static void compare(worker *w, const unsigned char *y)
{
    if (memcmp(y, w->expected, FIXTURE_Y_BYTES) == 0) return;
    w->failures++;
    (void)snprintf(w->message, sizeof w->message, "other bytes than alone");
}

/* One call on this thread's own objects. */
static void run_call(worker *w, const clqnn_conv *conv, cl_command_queue queue)
{
    unsigned char y[FIXTURE_Y_BYTES] = {0};
    clqnn_conv_args args = {.x = {NULL, 0}};
    cl_event event = NULL;
    bool done = hold(w, clqnn_buffer_create(w->context, sizeof w->x, &args.x.memory), "buffer") &&
                hold(w, clqnn_buffer_create(w->context, sizeof w->r, &args.residual.memory), "buffer") &&
                hold(w, clqnn_buffer_create(w->context, sizeof y, &args.y.memory), "buffer") &&
                hold(w, clqnn_upload(w->context, args.x.memory, 0, w->x, sizeof w->x), "upload") &&
                hold(w, clqnn_upload(w->context, args.residual.memory, 0, w->r, sizeof w->r), "upload") &&
                hold(w, clqnn_conv_enqueue(conv, queue, &args, 0, NULL, &event), "enqueue");
    if (done && clWaitForEvents(1, &event) != CL_SUCCESS) w->failures++;
    if (event) clReleaseEvent(event);
    if (done && hold(w, clqnn_download(w->context, args.y.memory, 0, y, sizeof y), "download")) compare(w, y);
    clqnn_buffer_release(args.x.memory);
    clqnn_buffer_release(args.residual.memory);
    clqnn_buffer_release(args.y.memory);
}

static void *work(void *user)
{
    worker *w = user;
    cl_int code = CL_SUCCESS;
    cl_command_queue queue = clCreateCommandQueue(clqnn_context_opencl_context(w->context), clqnn_context_opencl_device(w->context), 0, &code);
    if (code != CL_SUCCESS) {
        w->failures++;
        return NULL;
    }
    clqnn_conv_desc desc = conv_fixture_full_desc();
    desc.weight_data = NULL;
    desc.weights = w->weights;
    for (int call = 0; call < CALLS && !w->failures; call++) {
        clqnn_conv *conv = w->conv;
        if (!conv && !hold(w, clqnn_conv_create(w->context, &desc, &conv), "create")) break;
        run_call(w, conv, queue);
        if (!w->conv) clqnn_conv_destroy(conv);
    }
    clReleaseCommandQueue(queue);
    return NULL;
}

static void run_workers(clqnn_context *context, clqnn_conv *shared, clqnn_conv_weights *weights)
{
    for (int i = 0; i < THREADS; i++) {
        workers[i].context = context;
        workers[i].conv = shared;
        workers[i].weights = weights;
        workers[i].failures = 0;
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    for (int i = 0; i < THREADS; i++) {
        if (workers[i].failures) fail_msg("thread %d: %zu failures, the last: %s", i, workers[i].failures, workers[i].message);
    }
}

static int fill_data(void **state)
{
    (void)state;
    const clqnn_conv_desc desc = conv_fixture_full_desc();
    for (uint32_t i = 0; i < THREADS; i++) { /* alone */
        worker *w = &workers[i];
        conv_fixture_bytes(w->x, sizeof w->x, i);
        conv_fixture_bytes(w->r, sizeof w->r, 100 + i);
        (void)conv_fixture_run(&desc, w->x, sizeof w->x, w->r, sizeof w->r, w->expected, sizeof w->expected);
    }
    assert_memory_not_equal(workers[0].expected, workers[1].expected, FIXTURE_Y_BYTES);
    return 0;
}

static void test_one_plan_for_eight_threads(void **state)
{
    (void)state;
    const clqnn_conv_desc desc = conv_fixture_full_desc();
    clqnn_conv *conv = NULL;
    assert_int_equal(clqnn_conv_create(conv_fixture_context(), &desc, &conv), CLQNN_OK);
    run_workers(conv_fixture_context(), conv, NULL);
    clqnn_conv_destroy(conv);
}

static void test_eight_threads_with_plans_of_their_own(void **state)
{
    (void)state;
    const clqnn_conv_desc desc = conv_fixture_full_desc();
    clqnn_context *context = NULL; /* without programs: the threads build them */
    clqnn_conv_weights *weights = NULL;
    assert_int_equal(clqnn_context_create(NULL, &context), CLQNN_OK);
    assert_int_equal(clqnn_conv_pack(context, &desc, &weights), CLQNN_OK);
    run_workers(context, NULL, weights);
    clqnn_conv_weights_release(weights);
    clqnn_context_release(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_plan_for_eight_threads),
        cmocka_unit_test(test_eight_threads_with_plans_of_their_own),
    };
    if (!conv_fixture_open()) return FIXTURE_SKIPPED;
    const int failures = cmocka_run_group_tests(tests, fill_data, NULL);
    conv_fixture_close();
    return failures;
}
