/* SPDX-License-Identifier: Apache-2.0 */
/* A sequence writes the bytes that its steps write one by one: on in-order and out-of-order queues, on two queues in turn, from several threads, many times,
 * and where it is destroyed while it runs. Bad calls are refused by name. */
#include <pthread.h>
#include <string.h>

#include "sequence_network.h"

enum { CALLS = 200, THREADS = 4, POISON = 0xA5 };

static cl_command_queue new_queue(cl_command_queue_properties properties)
{
    cl_int code = CL_SUCCESS;
    cl_command_queue queue = clCreateCommandQueue(clqnn_context_opencl_context(conv_fixture_context()), clqnn_context_opencl_device(conv_fixture_context()), properties, &code);
    return code == CL_SUCCESS ? queue : NULL;
}

/* A network whose buffer holds its input only, the sequence of its steps, and what the steps have written, one by one, after some runs. */
typedef struct prepared {
    small_network net;
    clqnn_sequence *sequence;
    unsigned char expected[NETWORK_BYTES], got[NETWORK_BYTES];
} prepared;

static void prepare(prepared *p, int runs)
{
    small_network one_by_one;
    cl_command_queue queue = new_queue(0);
    network_open(conv_fixture_context(), POISON, &one_by_one);
    network_run_steps(&one_by_one, queue, runs - 1, p->got);
    network_run_steps(&one_by_one, queue, 1, p->expected);
    assert_memory_not_equal(p->got, p->expected, 16 * 16 * 3); /* no run is like the one before */
    network_close(&one_by_one);
    clReleaseCommandQueue(queue);
    network_open(conv_fixture_context(), POISON, &p->net);
    assert_int_equal(clqnn_sequence_create(conv_fixture_context(), p->net.steps, NETWORK_STEPS, &p->sequence), CLQNN_OK);
}

static void expect_same_bytes(prepared *p, cl_command_queue queue)
{
    memset(p->got, 0, sizeof p->got);
    assert_int_equal(clEnqueueReadBuffer(queue, p->net.memory, CL_TRUE, 0, NETWORK_BYTES, p->got, 0, NULL, NULL), CL_SUCCESS);
    assert_memory_equal(p->got, p->expected, NETWORK_BYTES);
}

static void finish(prepared *p)
{
    clqnn_sequence_destroy(p->sequence);
    network_close(&p->net);
}

static void run_on(cl_command_queue_properties properties)
{
    static prepared p;
    cl_command_queue queue = new_queue(properties);
    if (!queue) return; /* the device has no such queues */
    prepare(&p, CALLS);
    for (int call = 0; call < CALLS; call++) assert_int_equal(clqnn_sequence_enqueue(p.sequence, queue, 0, NULL, NULL), CLQNN_OK);
    assert_int_equal(clFinish(queue), CL_SUCCESS);
    expect_same_bytes(&p, queue);
    finish(&p);
    clReleaseCommandQueue(queue);
}

static void test_in_order(void **state)
{
    (void)state;
    run_on(0);
}

static void test_out_of_order(void **state)
{
    (void)state;
    run_on(CL_QUEUE_OUT_OF_ORDER_EXEC_MODE_ENABLE);
}

static void test_two_queues_in_turn(void **state)
{
    (void)state;
    static prepared p;
    cl_command_queue queues[2] = {new_queue(0), new_queue(0)};
    prepare(&p, CALLS);
    for (int call = 0; call < CALLS; call++) assert_int_equal(clqnn_sequence_enqueue(p.sequence, queues[call % 2], 0, NULL, NULL), CLQNN_OK);
    for (int i = 0; i < 2; i++) assert_int_equal(clFinish(queues[i]), CL_SUCCESS);
    expect_same_bytes(&p, queues[0]);
    finish(&p);
    for (int i = 0; i < 2; i++) clReleaseCommandQueue(queues[i]);
}

static void test_wait_list_and_event(void **state)
{
    (void)state;
    static prepared p;
    cl_int code = CL_SUCCESS, status = CL_QUEUED;
    cl_command_queue queue = new_queue(0);
    cl_event start = clCreateUserEvent(clqnn_context_opencl_context(conv_fixture_context()), &code), done = NULL;
    assert_int_equal(code, CL_SUCCESS);
    prepare(&p, 1);
    assert_int_equal(clqnn_sequence_enqueue(p.sequence, queue, 1, &start, &done), CLQNN_OK);
    assert_non_null(done);
    assert_int_equal(clFlush(queue), CL_SUCCESS);
    assert_int_equal(clGetEventInfo(done, CL_EVENT_COMMAND_EXECUTION_STATUS, sizeof status, &status, NULL), CL_SUCCESS);
    assert_int_not_equal(status, CL_COMPLETE);
    assert_int_equal(clSetUserEventStatus(start, CL_COMPLETE), CL_SUCCESS);
    assert_int_equal(clWaitForEvents(1, &done), CL_SUCCESS);
    expect_same_bytes(&p, queue);
    clReleaseEvent(start);
    clReleaseEvent(done);
    finish(&p);
    clReleaseCommandQueue(queue);
}

static void test_destroyed_while_it_runs(void **state)
{
    (void)state;
    static prepared p;
    cl_command_queue queue = new_queue(0);
    for (int round = 0; round < 5; round++) {
        prepare(&p, 20);
        for (int call = 0; call < 20; call++) assert_int_equal(clqnn_sequence_enqueue(p.sequence, queue, 0, NULL, NULL), CLQNN_OK);
        clqnn_sequence_destroy(p.sequence);
        expect_same_bytes(&p, queue);
        network_close(&p.net);
    }
    clReleaseCommandQueue(queue);
}

static void *enqueue_many(void *user)
{
    prepared *p = user;
    cl_command_queue queue = new_queue(0);
    clqnn_status status = CLQNN_OK;
    for (int call = 0; call < CALLS / THREADS && status == CLQNN_OK; call++) status = clqnn_sequence_enqueue(p->sequence, queue, 0, NULL, NULL);
    if (status == CLQNN_OK && clFinish(queue) != CL_SUCCESS) status = CLQNN_OPENCL_ERROR;
    clReleaseCommandQueue(queue);
    return status == CLQNN_OK ? NULL : user;
}

static void test_threads(void **state)
{
    (void)state;
    static prepared p;
    pthread_t threads[THREADS];
    cl_command_queue queue = new_queue(0);
    prepare(&p, CALLS);
    for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_create(&threads[i], NULL, enqueue_many, &p), 0);
    for (int i = 0; i < THREADS; i++) {
        void *failed = &p;
        assert_int_equal(pthread_join(threads[i], &failed), 0);
        assert_null(failed);
    }
    expect_same_bytes(&p, queue);
    finish(&p);
    clReleaseCommandQueue(queue);
}

static void test_describe(void **state)
{
    (void)state;
    static prepared p;
    clqnn_sequence_info info = {0};
    prepare(&p, 1);
    assert_int_equal(clqnn_sequence_describe(p.sequence, &info), CLQNN_OK);
    assert_int_equal(info.steps, NETWORK_STEPS);
    assert_in_range(info.calls, 1, NETWORK_STEPS);
    assert_true(info.joined == 0 ? info.calls == NETWORK_STEPS : info.calls < NETWORK_STEPS && info.joined > 1);
    assert_int_equal(clqnn_sequence_describe(p.sequence, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_sequence_describe(NULL, &info), CLQNN_INVALID_ARGUMENT);
    finish(&p);
}

static void expect_steps_refused(const clqnn_step *steps, size_t count, clqnn_status status, const char *field, const char *value)
{
    clqnn_sequence *sequence = (clqnn_sequence *)(uintptr_t)1;
    assert_int_equal(clqnn_sequence_create(conv_fixture_context(), steps, count, &sequence), status);
    assert_null(sequence);
    conv_expect_message(field, value);
}

static void test_bad_steps(void **state)
{
    (void)state;
    static prepared p;
    clqnn_step steps[NETWORK_STEPS];
    prepare(&p, 1);
    expect_steps_refused(NULL, 1, CLQNN_INVALID_ARGUMENT, "steps", "NULL");
    expect_steps_refused(p.net.steps, 0, CLQNN_INVALID_ARGUMENT, "count", "0");
    memcpy(steps, p.net.steps, sizeof steps);
    steps[1] = (clqnn_step){0};
    expect_steps_refused(steps, NETWORK_STEPS, CLQNN_INVALID_ARGUMENT, "steps[1]", "0 plans");
    steps[1] = p.net.steps[1];
    steps[1].gemm = p.net.gemm;
    expect_steps_refused(steps, NETWORK_STEPS, CLQNN_INVALID_ARGUMENT, "steps[1]", "2 plans");
    steps[1] = p.net.steps[1];
    steps[1].conv_args = NULL;
    expect_steps_refused(steps, NETWORK_STEPS, CLQNN_INVALID_ARGUMENT, "steps[1]", "conv_args is NULL");
    clqnn_conv_args beyond = *p.net.steps[1].conv_args;
    beyond.y.offset = NETWORK_BYTES - 1;
    steps[1].conv_args = &beyond;
    expect_steps_refused(steps, NETWORK_STEPS, CLQNN_BUFFER_TOO_SMALL, "steps[1]", "y");
    memcpy(steps, p.net.steps, sizeof steps);
    clqnn_op_args few = *steps[6].op_args;
    few.input_count = 0;
    steps[6].op_args = &few;
    expect_steps_refused(steps, NETWORK_STEPS, CLQNN_INVALID_ARGUMENT, "steps[6]", "0 inputs");
    finish(&p);
}

static void test_bad_calls(void **state)
{
    (void)state;
    static prepared p;
    clqnn_context *other = NULL;
    clqnn_sequence *sequence = NULL;
    cl_event event = (cl_event)(uintptr_t)1;
    const clqnn_context_desc desc = {.struct_size = sizeof desc};
    prepare(&p, 1);
    assert_int_equal(clqnn_sequence_create(conv_fixture_context(), p.net.steps, NETWORK_STEPS, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_sequence_create(NULL, p.net.steps, NETWORK_STEPS, &sequence), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_sequence_enqueue(p.sequence, NULL, 0, NULL, &event), CLQNN_INVALID_ARGUMENT);
    assert_null(event);
    assert_int_equal(clqnn_sequence_enqueue(NULL, NULL, 0, NULL, NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_context_create(&desc, &other), CLQNN_OK);
    assert_int_equal(clqnn_sequence_create(other, p.net.steps, NETWORK_STEPS, &sequence), CLQNN_INVALID_ARGUMENT);
    conv_expect_message("steps[0]", "another context");
    clqnn_context_release(other);
    clqnn_sequence_destroy(NULL);
    assert_int_equal(clqnn_sequence_prewarm(NULL), CLQNN_INVALID_ARGUMENT);
    assert_int_equal(clqnn_sequence_prewarm(conv_fixture_context()), CLQNN_OK);
    finish(&p);
}

int main(void)
{
    if (!conv_fixture_open()) return FIXTURE_SKIPPED;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in_order), cmocka_unit_test(test_out_of_order), cmocka_unit_test(test_two_queues_in_turn), cmocka_unit_test(test_wait_list_and_event),
        cmocka_unit_test(test_destroyed_while_it_runs), cmocka_unit_test(test_threads), cmocka_unit_test(test_describe), cmocka_unit_test(test_bad_steps),
        cmocka_unit_test(test_bad_calls)};
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    conv_fixture_close();
    return failed;
}
