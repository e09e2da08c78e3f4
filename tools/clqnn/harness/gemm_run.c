/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device_bytes.h"
#include "packed_weights.h"

/* What one run holds on the device. */
typedef struct run_state {
    clqnn_context *context;
    const clq_gemm_problem *problem;
    clqnn_gemm *gemm;
    clqnn_gemm_weights *weights;
    clq_device_bytes a, b, c, workspace;
} run_state;

static bool hold(clqnn_status status, const char *call, clq_gemm_result *result)
{
    if (status == CLQNN_OK) return true;
    result->outcome = CLQ_FAILED;
    snprintf(result->message, sizeof result->message, "%s: %s: %s", call, clqnn_status_name(status), clqnn_last_error());
    return false;
}

static bool create_plan(run_state *run, const char *variant, clq_gemm_result *result)
{
    clqnn_gemm_desc desc = run->problem->desc;
    desc.variant = variant;
    if (run->problem->spec.b_source == CLQ_B_PACKED) {
        if (!clq_packed_weights_round_trip(run->context, run->problem, &desc, &run->weights, result)) return false;
        desc.b_data = NULL;
        desc.weights = run->weights;
    }
    clqnn_gemm_info info;
    const clqnn_status query = clqnn_gemm_query(run->context, &desc, &info), status = clqnn_gemm_create(run->context, &desc, &run->gemm);
    if (query != status) {
        result->outcome = CLQ_FAILED;
        snprintf(result->message, sizeof result->message, "clqnn_gemm_query answers %s where clqnn_gemm_create answers %s", clqnn_status_name(query),
                 clqnn_status_name(status));
        return false;
    }
    if (status == CLQNN_OK) result->variant = info.variant;
    if (status != CLQNN_UNSUPPORTED) return hold(status, "clqnn_gemm_create", result);
    result->outcome = CLQ_REFUSED;
    snprintf(result->message, sizeof result->message, "%s", clqnn_last_error());
    return false;
}

static bool create_input(run_state *run, const clq_host_bytes *source, bool sub_buffer, clq_device_bytes *target, clq_gemm_result *result)
{
    return hold(clq_device_bytes_create(run->context, source->size, sub_buffer, target), "creating an input buffer", result) &&
           hold(clqnn_upload(run->context, target->memory, 0, source->data, source->size), "clqnn_upload", result);
}

static bool create_buffers(run_state *run, clq_gemm_result *result)
{
    const clq_gemm_problem *const problem = run->problem;
    const uint64_t workspace = clqnn_gemm_workspace_size(run->gemm);
    const bool at_run_time = problem->spec.b_source == CLQ_B_RUNTIME;
    return create_input(run, &problem->a, problem->spec.sub_buffers, &run->a, result) &&
           (!at_run_time || create_input(run, &problem->b, problem->spec.sub_buffers, &run->b, result)) &&
           hold(clq_device_bytes_create(run->context, problem->c.size, problem->spec.sub_buffers, &run->c), "creating the output buffer", result) &&
           (workspace == 0 || hold(clq_device_bytes_create(run->context, (size_t)workspace, false, &run->workspace), "creating the workspace", result));
}

/* Behind a user event that is set only after the enqueue returned: a call that waits by itself would never come back. */
static bool enqueue_after_event(run_state *run, cl_command_queue queue, const clqnn_gemm_args *args, clq_gemm_result *result)
{
    cl_int code = CL_SUCCESS;
    cl_event gate = clCreateUserEvent(clqnn_context_opencl_context(run->context), &code), done = NULL;
    if (code != CL_SUCCESS) return hold(CLQNN_OPENCL_ERROR, "clCreateUserEvent", result);
    const clqnn_status status = clqnn_gemm_enqueue(run->gemm, queue, args, 1, &gate, &done);
    clSetUserEventStatus(gate, CL_COMPLETE);
    if (status == CLQNN_OK) code = done != NULL ? clWaitForEvents(1, &done) : CL_INVALID_EVENT;
    if (done != NULL) clReleaseEvent(done);
    clReleaseEvent(gate);
    if (status == CLQNN_OK && code != CL_SUCCESS) {
        result->outcome = CLQ_FAILED;
        snprintf(result->message, sizeof result->message, "waiting for the call's event: OpenCL error %d", code);
        return false;
    }
    return hold(status, "clqnn_gemm_enqueue", result);
}

static bool enqueue(run_state *run, clq_gemm_result *result)
{
    cl_command_queue queue = NULL;
    const clqnn_gemm_args args = { .a = { run->a.memory, run->problem->a.offset }, .b = { run->b.memory, run->problem->b.offset },
                                   .c = { run->c.memory, run->problem->c.offset }, .workspace = { run->workspace.memory, 0 } };
    if (!hold(clqnn_default_queue(run->context, &queue), "clqnn_default_queue", result)) return false;
    if (run->problem->spec.wait_list) return enqueue_after_event(run, queue, &args, result);
    return hold(clqnn_gemm_enqueue(run->gemm, queue, &args, 0, NULL, NULL), "clqnn_gemm_enqueue", result) &&
           hold(clqnn_finish(run->context), "clqnn_finish", result);
}

static bool run_once(run_state *run, unsigned char poison, unsigned char *got, clq_gemm_result *result)
{
    bool guarded = true;
    if (!hold(clq_device_bytes_fill(run->context, &run->c, poison), "poisoning c", result)) return false;
    if (run->workspace.memory != NULL && !hold(clq_device_bytes_fill(run->context, &run->workspace, poison), "poisoning the workspace", result)) return false;
    if (!enqueue(run, result)) return false;
    if (!hold(clqnn_download(run->context, run->c.memory, 0, got, run->problem->c.size), "clqnn_download", result)) return false;
    if (!hold(clq_device_bytes_guarded(run->context, &run->c, poison, &guarded), "clqnn_download", result)) return false;
    clq_gemm_compare(run->problem, got, poison, result);
    if (result->outcome == CLQ_PASSED && !guarded) {
        result->outcome = CLQ_FAILED;
        snprintf(result->message, sizeof result->message, "bytes outside c's sub-buffer were overwritten");
    }
    return result->outcome == CLQ_PASSED;
}

static void run_both(run_state *run, clq_gemm_result *result)
{
    unsigned char *const got = malloc(run->problem->c.size);
    if (got == NULL) {
        hold(CLQNN_OUT_OF_MEMORY, "malloc", result);
        return;
    }
    if (run_once(run, 0xa5, got, result)) run_once(run, 0x5a, got, result);
    free(got);
}

void clq_gemm_run(clqnn_context *context, const clq_gemm_problem *problem, const char *variant, clq_gemm_result *result)
{
    run_state run = { .context = context, .problem = problem };
    *result = (clq_gemm_result){ .outcome = CLQ_FAILED };
    if (create_plan(&run, variant, result) && create_buffers(&run, result)) run_both(&run, result);
    clqnn_gemm_destroy(run.gemm);
    clqnn_gemm_weights_release(run.weights);
    clq_device_bytes_release(&run.a);
    clq_device_bytes_release(&run.b);
    clq_device_bytes_release(&run.c);
    clq_device_bytes_release(&run.workspace);
}

void clq_gemm_verify(clqnn_context *context, const clq_gemm_case *spec, const char *variant, clq_gemm_result *result)
{
    *result = (clq_gemm_result){ .outcome = CLQ_FAILED };
    clq_gemm_problem *const problem = clq_gemm_problem_create(spec, result->message, sizeof result->message);
    if (problem == NULL) return;
    clq_gemm_run(context, problem, variant, result);
    clq_gemm_problem_destroy(problem);
}
