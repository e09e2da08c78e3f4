/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/memory.h"
#include "clqnn/opencl.h"
#include "device_bytes.h"

typedef struct run_state {
    clqnn_context *context;
    const clq_mixed_problem *problem;
    clqnn_gemm *gemm;
    clqnn_gemm_weights *weights;
    clq_device_bytes a, b, residual, c, workspace;
} run_state;

bool clq_mixed_hold(clqnn_status status, const char *call, clq_verify_result *result)
{
    if (status == CLQNN_OK) return true;
    result->outcome = CLQ_FAILED;
    snprintf(result->message, sizeof result->message, "%s: %s: %s", call, clqnn_status_name(status), clqnn_last_error());
    return false;
}

/* A query answers as creation does, and what it says is what a plan is. */
static bool check_query(run_state *run, const clqnn_gemm_desc *desc, clqnn_status created, clq_verify_result *result)
{
    clqnn_gemm_info asked = {0}, made = {0};
    const clqnn_status query = clqnn_gemm_query(run->context, desc, &asked);
    result->outcome = CLQ_FAILED;
    if (query != created) {
        snprintf(result->message, sizeof result->message, "clqnn_gemm_query answers %s where clqnn_gemm_create answers %s", clqnn_status_name(query),
                 clqnn_status_name(created));
        return false;
    }
    if (created != CLQNN_OK) return true;
    result->variant = asked.variant;
    if (!clq_mixed_hold(clqnn_gemm_describe(run->gemm, &made), "clqnn_gemm_describe", result)) return false;
    const bool empty = desc->m == 0 || desc->n == 0;
    if (!empty && (strcmp(asked.variant, made.variant) != 0 || strcmp(asked.layout, made.layout) != 0 || asked.packed_bytes != made.packed_bytes
                   || asked.workspace_bytes != made.workspace_bytes)) {
        snprintf(result->message, sizeof result->message, "clqnn_gemm_query: %s, %s, %llu packed, %llu workspace; the plan: %s, %s, %llu, %llu", asked.variant,
                 asked.layout, (unsigned long long)asked.packed_bytes, (unsigned long long)asked.workspace_bytes, made.variant, made.layout,
                 (unsigned long long)made.packed_bytes, (unsigned long long)made.workspace_bytes);
        return false;
    }
    return true;
}

static bool create_plan(run_state *run, const char *variant, clq_verify_result *result)
{
    clqnn_gemm_desc desc = run->problem->desc;
    desc.variant = variant;
    if (run->problem->spec.b_source == CLQ_B_PACKED) {
        if (!clq_mixed_weights_round_trip(run->context, run->problem, &desc, &run->weights, result)) return false;
        desc.b_data = NULL;
        desc.weights = run->weights;
        desc.groups = (clqnn_groups){0}; /* they are in the weights */
    }
    const clqnn_status status = clqnn_gemm_create(run->context, &desc, &run->gemm);
    char reason[256];
    snprintf(reason, sizeof reason, "%s", status != CLQNN_OK ? clqnn_last_error() : "");
    if (!check_query(run, &desc, status, result)) return false;
    if (status == CLQNN_OK) return true;
    result->outcome = status == CLQNN_UNSUPPORTED ? CLQ_REFUSED : CLQ_FAILED;
    snprintf(result->message, sizeof result->message, "clqnn_gemm_create: %s: %s", clqnn_status_name(status), reason);
    return false;
}

static bool create_input(run_state *run, const clq_host_bytes *source, clq_device_bytes *target, clq_verify_result *result)
{
    return clq_mixed_hold(clq_device_bytes_create(run->context, source->size, run->problem->spec.sub_buffers, target), "creating an input buffer", result)
           && clq_mixed_hold(clqnn_upload(run->context, target->memory, 0, source->data, source->size), "clqnn_upload", result);
}

static bool create_buffers(run_state *run, clq_verify_result *result)
{
    const clq_mixed_problem *const problem = run->problem;
    const uint64_t workspace = clqnn_gemm_workspace_size(run->gemm);
    return create_input(run, &problem->a, &run->a, result)
           && (problem->spec.b_source != CLQ_B_RUNTIME || create_input(run, &problem->b, &run->b, result))
           && (problem->spec.residual != CLQ_MIXED_OWN_RESIDUAL || create_input(run, &problem->residual, &run->residual, result))
           && clq_mixed_hold(clq_device_bytes_create(run->context, problem->c.size, problem->spec.sub_buffers, &run->c), "creating the output buffer", result)
           && (workspace == 0
               || clq_mixed_hold(clq_device_bytes_create(run->context, (size_t)workspace, false, &run->workspace), "creating the workspace", result));
}

/* Behind a user event that is set only after the enqueue returned: a call that waits by itself would never come back. */
static bool enqueue_after_event(run_state *run, cl_command_queue queue, const clqnn_gemm_args *args, clq_verify_result *result)
{
    cl_int code = CL_SUCCESS;
    cl_event gate = clCreateUserEvent(clqnn_context_opencl_context(run->context), &code), done = NULL;
    if (code != CL_SUCCESS) return clq_mixed_hold(CLQNN_OPENCL_ERROR, "clCreateUserEvent", result);
    const clqnn_status status = clqnn_gemm_enqueue(run->gemm, queue, args, 1, &gate, &done);
    clSetUserEventStatus(gate, CL_COMPLETE);
    if (status == CLQNN_OK) code = done ? clWaitForEvents(1, &done) : CL_INVALID_EVENT;
    if (done) clReleaseEvent(done);
    clReleaseEvent(gate);
    if (status == CLQNN_OK && code != CL_SUCCESS) {
        result->outcome = CLQ_FAILED;
        snprintf(result->message, sizeof result->message, "waiting for the call's event: OpenCL error %d", code);
        return false;
    }
    return clq_mixed_hold(status, "clqnn_gemm_enqueue", result);
}

static bool enqueue(run_state *run, clq_verify_result *result)
{
    cl_command_queue queue = NULL;
    const clq_mixed_problem *const problem = run->problem;
    const clqnn_region c = {run->c.memory, problem->c.offset}, own = {run->residual.memory, problem->residual.offset};
    const clqnn_gemm_args args = {.a = {run->a.memory, problem->a.offset}, .b = {run->b.memory, problem->b.offset}, .c = c,
                                  .residual = problem->spec.residual == CLQ_MIXED_RESIDUAL_IN_C ? c : own, .workspace = {run->workspace.memory, 0}};
    if (!clq_mixed_hold(clqnn_default_queue(run->context, &queue), "clqnn_default_queue", result)) return false;
    if (problem->spec.wait_list) return enqueue_after_event(run, queue, &args, result);
    return clq_mixed_hold(clqnn_gemm_enqueue(run->gemm, queue, &args, 0, NULL, NULL), "clqnn_gemm_enqueue", result)
           && clq_mixed_hold(clqnn_finish(run->context), "clqnn_finish", result);
}

/* Poison everywhere, and in a c that is its own residual the residual's elements. */
static bool prepare_output(run_state *run, unsigned char poison, unsigned char *bytes, clq_verify_result *result)
{
    const clq_mixed_problem *const problem = run->problem;
    if (!clq_mixed_hold(clq_device_bytes_fill(run->context, &run->c, poison), "poisoning c", result)) return false;
    if (problem->spec.residual != CLQ_MIXED_RESIDUAL_IN_C) return true;
    for (size_t i = 0; i < problem->c.size; i++) bytes[i] = problem->written[i] ? problem->residual.data[i] : poison;
    return clq_mixed_hold(clqnn_upload(run->context, run->c.memory, 0, bytes, problem->c.size), "clqnn_upload", result);
}

static bool run_once(run_state *run, unsigned char poison, unsigned char *got, clq_verify_result *result)
{
    bool guarded = true;
    if (!prepare_output(run, poison, got, result)) return false;
    if (run->workspace.memory && !clq_mixed_hold(clq_device_bytes_fill(run->context, &run->workspace, poison), "poisoning the workspace", result)) return false;
    if (!enqueue(run, result)) return false;
    if (!clq_mixed_hold(clqnn_download(run->context, run->c.memory, 0, got, run->problem->c.size), "clqnn_download", result)) return false;
    if (!clq_mixed_hold(clq_device_bytes_guarded(run->context, &run->c, poison, &guarded), "clqnn_download", result)) return false;
    clq_mixed_compare(run->problem, got, poison, result);
    if (result->outcome == CLQ_PASSED && !guarded) {
        result->outcome = CLQ_FAILED;
        snprintf(result->message, sizeof result->message, "bytes outside c's sub-buffer were overwritten");
    }
    return result->outcome == CLQ_PASSED;
}

static void check_repeated(const clq_mixed_problem *problem, const unsigned char *first, const unsigned char *second, clq_verify_result *result)
{
    for (size_t i = 0; i < problem->c.size; i++) {
        if (!problem->written[i] || first[i] == second[i]) continue;
        result->outcome = CLQ_FAILED;
        result->differences = 1;
        snprintf(result->message, sizeof result->message, "the same call gave other bits when it was repeated, the first in byte %zu of c's buffer", i);
        return;
    }
}

static void run_both(run_state *run, clq_verify_result *result)
{
    const size_t size = run->problem->c.size;
    unsigned char *const got = malloc(2 * size);
    if (!got) {
        clq_mixed_hold(CLQNN_OUT_OF_MEMORY, "malloc", result);
        return;
    }
    if (run_once(run, 0xa5, got, result) && run_once(run, 0x5a, got + size, result)) check_repeated(run->problem, got, got + size, result);
    free(got);
}

void clq_mixed_run(clqnn_context *context, const clq_mixed_problem *problem, const char *variant, clq_verify_result *result)
{
    run_state run = {.context = context, .problem = problem};
    *result = (clq_verify_result){.outcome = CLQ_FAILED};
    if (create_plan(&run, variant, result) && create_buffers(&run, result)) run_both(&run, result);
    clqnn_gemm_destroy(run.gemm);
    clqnn_gemm_weights_release(run.weights);
    clq_device_bytes_release(&run.a);
    clq_device_bytes_release(&run.b);
    clq_device_bytes_release(&run.residual);
    clq_device_bytes_release(&run.c);
    clq_device_bytes_release(&run.workspace);
}

void clq_mixed_verify(clqnn_context *context, const clq_mixed_case *spec, const char *variant, clq_verify_result *result)
{
    *result = (clq_verify_result){.outcome = CLQ_FAILED};
    clq_mixed_problem *const problem = clq_mixed_problem_create(spec, result->message, sizeof result->message);
    if (!problem) return;
    clq_mixed_run(context, problem, variant, result);
    clq_mixed_problem_destroy(problem);
}
