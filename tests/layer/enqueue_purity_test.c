/* SPDX-License-Identifier: Apache-2.0 */
/* enqueue_purity_test FOLDER
 * An enqueue makes no OpenCL object but events, builds nothing, never blocks and takes no host memory. Events are made only where one is needed:
 * none on an in-order queue unless the caller wants one; on an out-of-order queue one between two launches, all released before the call returns. A
 * sequence keeps one event, its last, in place of the one that it kept before. */
#include <clqnn/opencl.h>
#include <stdio.h>

#include "layer_problem.h"
#include "layer_session.h"

typedef struct trial {
    const clq_layer_control *layer;
    const clq_layer_problem *problem;
    clq_layer_call *call;
    cl_command_queue queue;
    bool out_of_order, wants_event, is_first;
    unsigned failures;
} trial;

static void expect(trial *t, const char *what, long long got, long long wanted)
{
    if (got == wanted) return;
    (void)fprintf(stderr, "%s, %s queue, event %s: %s: %lld, not %lld\n", t->problem->name, t->out_of_order ? "out-of-order" : "in-order",
                  t->wants_event ? "wanted" : "NULL", what, got, wanted);
    t->failures++;
}

/* An empty product is a marker where an event is wanted, else nothing. */
static long long events_needed(const trial *t)
{
    const long long between = t->out_of_order && t->problem->launches ? (long long)t->problem->launches - 1 : 0;
    return between + (t->wants_event || t->problem->sequence ? 1 : 0);
}

static long long events_kept(const trial *t)
{
    return (t->wants_event ? 1 : 0) + (t->problem->sequence && t->is_first ? 1 : 0);
}

static void enqueue_between_marks(trial *t)
{
    cl_event event = NULL;
    const clq_holdings before = clq_holdings_read(t->layer);
    const clqnn_status status = clq_layer_call_enqueue(t->call, t->queue, t->wants_event ? &event : NULL);
    const clq_holdings after = clq_holdings_read(t->layer);
    expect(t, "status", (long long)status, CLQNN_OK);
    for (int kind = 0; kind < CLQ_LAYER_KIND_COUNT; kind++) {
        const bool is_event = kind == CLQ_LAYER_EVENT;
        const long long created = (long long)(after.opencl.created[kind] - before.opencl.created[kind]);
        const long long kept = (long long)(after.opencl.references[kind] - before.opencl.references[kind]);
        expect(t, is_event ? "events made" : "objects made", created, is_event ? events_needed(t) : 0);
        expect(t, is_event ? "events kept" : "objects kept", kept, is_event ? events_kept(t) : 0);
    }
    expect(t, "builds", (long long)(after.opencl.builds - before.opencl.builds), 0);
    expect(t, "blocking calls", (long long)(after.opencl.blocking - before.opencl.blocking), 0);
    expect(t, "host allocations", (long long)(after.host.made - before.host.made), 0);
    expect(t, "an event where it is wanted", event != NULL, t->wants_event);
    if (event) (void)clReleaseEvent(event);
    expect(t, "clFinish", clFinish(t->queue), CL_SUCCESS);
}

static unsigned try_problem(const clq_layer_control *layer, clqnn_context *context, const clq_layer_problem *problem)
{
    clq_layer_call call;
    trial t = {.layer = layer, .problem = problem, .call = &call};
    if (!clq_layer_problem_fits(context, problem)) {
        (void)printf("%s: not for this device\n", problem->name);
        return 0;
    }
    if (clq_layer_call_begin(&call, context, problem, NULL) != CLQNN_OK) {
        (void)fprintf(stderr, "%s: %s\n", problem->name, clqnn_last_error());
        t.failures++;
    }
    for (int which = 0; which < 4 && !t.failures; which++) {
        t.out_of_order = (which & 1) != 0;
        t.wants_event = (which & 2) != 0;
        t.is_first = which == 0;
        const cl_command_queue_properties properties = t.out_of_order ? CL_QUEUE_OUT_OF_ORDER_EXEC_MODE_ENABLE : 0;
        cl_int code = CL_SUCCESS;
        t.queue = clCreateCommandQueue(clqnn_context_opencl_context(context), clqnn_context_opencl_device(context), properties, &code);
        expect(&t, "clCreateCommandQueue", code, CL_SUCCESS);
        if (!t.queue) continue;
        enqueue_between_marks(&t);
        (void)clReleaseCommandQueue(t.queue);
    }
    clq_layer_call_end(&call);
    return t.failures;
}

int main(int argc, char **argv)
{
    const clq_layer_control *layer = NULL;
    clqnn_context *context = NULL;
    if (argc != 2) {
        (void)fprintf(stderr, "usage: enqueue_purity_test FOLDER\n");
        return 2;
    }
    const int absent = clq_layer_open(&layer);
    if (absent) return absent;
    const clqnn_context_desc desc = {.struct_size = sizeof desc, .cache_folder = argv[1]};
    const clq_holdings before = clq_holdings_read(layer);
    if (clqnn_context_create(&desc, &context) != CLQNN_OK) {
        (void)fprintf(stderr, "no context: %s\n", clqnn_last_error());
        return 1;
    }
    unsigned failures = 0;
    for (unsigned i = 0; i < clq_layer_problem_count; i++) failures += try_problem(layer, context, &clq_layer_problems[i]);
    clqnn_context_release(context);
    if (!clq_holdings_same(layer, &before, "the end")) failures++;
    (void)printf("%u problems, %u failures\n", clq_layer_problem_count, failures);
    return failures ? 1 : 0;
}
