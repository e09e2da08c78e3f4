/* SPDX-License-Identifier: Apache-2.0 */
#include "product_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device_bytes.h"

/* What one run holds on the device. */
typedef struct run_state {
    clqnn_context *context;
    const clq_product_call *call;
    clqnn_gemm *gemm;
    clqnn_gemm_weights *weights;
    clq_device_bytes a, b, residual, row_scales, c, workspace;
} run_state;

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
    if (!clq_verify_hold(clqnn_gemm_describe(run->gemm, &made), "clqnn_gemm_describe", result)) return false;
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
    clqnn_gemm_desc desc = *run->call->desc;
    desc.variant = variant;
    if (run->call->b_source == CLQ_B_PACKED) {
        if (!run->call->round_trip(run->context, run->call->problem, &desc, &run->weights, result)) return false;
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
    return clq_verify_hold(clq_device_bytes_create(run->context, source->size, run->call->sub_buffers, target), "creating an input buffer", result)
           && clq_verify_hold(clqnn_upload(run->context, target->memory, 0, source->data, source->size), "clqnn_upload", result);
}

static bool create_buffers(run_state *run, clq_verify_result *result)
{
    const clq_product_call *const call = run->call;
    const uint64_t workspace = clqnn_gemm_workspace_size(run->gemm);
    return create_input(run, &call->a, &run->a, result)
           && (call->b_source != CLQ_B_RUNTIME || create_input(run, &call->b, &run->b, result))
           && (!call->residual.data || call->residual_in_c || create_input(run, &call->residual, &run->residual, result))
           && (!call->row_scales.data || create_input(run, &call->row_scales, &run->row_scales, result))
           && clq_verify_hold(clq_device_bytes_create(run->context, call->c.size, call->sub_buffers, &run->c), "creating the output buffer", result)
           && (workspace == 0 || clq_verify_hold(clq_device_bytes_create(run->context, (size_t)workspace, false, &run->workspace), "creating the workspace", result));
}

static bool enqueue(run_state *run, clq_verify_result *result)
{
    cl_command_queue queue = NULL;
    const clq_product_call *const call = run->call;
    const clqnn_region c = {run->c.memory, call->c.offset}, own = {run->residual.memory, call->residual.offset};
    const clqnn_gemm_args args = {.a = {run->a.memory, call->a.offset}, .b = {run->b.memory, call->b.offset}, .c = c, .residual = call->residual_in_c ? c : own,
                                  .row_scales = {run->row_scales.memory, call->row_scales.offset}, .workspace = {run->workspace.memory, 0}};
    clq_gated_call gated;
    if (!clq_verify_hold(clqnn_default_queue(run->context, &queue), "clqnn_default_queue", result)) return false;
    if (!call->wait_list) {
        return clq_verify_hold(clqnn_gemm_enqueue(run->gemm, queue, &args, 0, NULL, NULL), "clqnn_gemm_enqueue", result)
               && clq_verify_hold(clqnn_finish(run->context), "clqnn_finish", result);
    }
    if (!clq_gate_open(run->context, &gated, result)) return false;
    const clqnn_status status = clqnn_gemm_enqueue(run->gemm, queue, &args, 1, &gated.gate, &gated.done);
    return clq_gate_finish(&gated, status, "clqnn_gemm_enqueue", result);
}

/* Poison everywhere, and in a c that is its own residual the residual's elements. */
static bool prepare_output(run_state *run, unsigned char poison, unsigned char *bytes, clq_verify_result *result)
{
    const clq_product_call *const call = run->call;
    if (!clq_verify_hold(clq_device_bytes_fill(run->context, &run->c, poison), "poisoning c", result)) return false;
    if (!call->residual_in_c) return true;
    for (size_t i = 0; i < call->c.size; i++) bytes[i] = call->written[i] ? call->residual.data[i] : poison;
    return clq_verify_hold(clqnn_upload(run->context, run->c.memory, 0, bytes, call->c.size), "clqnn_upload", result);
}

static bool run_once(run_state *run, unsigned char poison, unsigned char *got, clq_verify_result *result)
{
    bool guarded = true;
    if (!prepare_output(run, poison, got, result)) return false;
    if (run->workspace.memory && !clq_verify_hold(clq_device_bytes_fill(run->context, &run->workspace, poison), "poisoning the workspace", result)) return false;
    if (!enqueue(run, result)) return false;
    if (!clq_verify_hold(clqnn_download(run->context, run->c.memory, 0, got, run->call->c.size), "clqnn_download", result)) return false;
    if (!clq_verify_hold(clq_device_bytes_guarded(run->context, &run->c, poison, &guarded), "clqnn_download", result)) return false;
    run->call->compare(run->call->problem, got, poison, result);
    if (result->outcome == CLQ_PASSED && !guarded) {
        result->outcome = CLQ_FAILED;
        snprintf(result->message, sizeof result->message, "bytes outside c's sub-buffer were overwritten");
    }
    return result->outcome == CLQ_PASSED;
}

static void run_both(run_state *run, clq_verify_result *result)
{
    const size_t size = run->call->c.size;
    unsigned char *const got = malloc(2 * size + 1);
    if (!got) {
        clq_verify_hold(CLQNN_OUT_OF_MEMORY, "malloc", result);
        return;
    }
    if (run_once(run, 0xa5, got, result) && run_once(run, 0x5a, got + size, result)) clq_verify_repeated("c", run->call->written, got, size, result);
    free(got);
}

void clq_product_run(clqnn_context *context, const clq_product_call *call, const char *variant, clq_verify_result *result)
{
    run_state run = {.context = context, .call = call};
    *result = (clq_verify_result){.outcome = CLQ_FAILED};
    if (create_plan(&run, variant, result) && create_buffers(&run, result)) run_both(&run, result);
    if (run.gemm && result->outcome == CLQ_REFUSED) result->outcome = CLQ_FAILED; /* a plan that exists must run */
    clqnn_gemm_destroy(run.gemm);
    clqnn_gemm_weights_release(run.weights);
    clq_device_bytes_release(&run.a);
    clq_device_bytes_release(&run.b);
    clq_device_bytes_release(&run.residual);
    clq_device_bytes_release(&run.row_scales);
    clq_device_bytes_release(&run.c);
    clq_device_bytes_release(&run.workspace);
}
