/* SPDX-License-Identifier: Apache-2.0 */
#include "convolution_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device_bytes.h"

/* What one run holds on the device. */
typedef struct run_state {
    clqnn_context *context;
    const clq_convolution_call *call;
    clqnn_conv *conv;
    clqnn_conv_weights *weights;
    clq_device_bytes x, residual, row_scales, y, workspace;
} run_state;

/* Query and output shape answer as creation does. */
static bool check_query(const run_state *run, const clqnn_conv_desc *desc, clqnn_status created, clq_verify_result *result)
{
    clqnn_conv_info info;
    int64_t output[CLQNN_MAX_SPATIAL] = {0};
    const clq_conv_shape *const shape = run->call->shape;
    const clqnn_status query = clqnn_conv_query(run->context, desc, &info), shaped = clqnn_conv_output_shape(desc, output);
    bool same = query == created && shaped == CLQNN_OK;
    for (int32_t i = 0; i < shape->spatial_rank && same; i++) {
        same = output[i] == clq_conv_shape_output(shape, i) && (query != CLQNN_OK || info.output[i] == output[i]);
    }
    if (same && query == CLQNN_OK) result->variant = info.variant;
    if (same) return true;
    result->outcome = CLQ_FAILED;
    snprintf(result->message, sizeof result->message,
             "clqnn_conv_query answers %s and clqnn_conv_output_shape %s, with other extents or another answer than clqnn_conv_create: %s",
             clqnn_status_name(query), clqnn_status_name(shaped), clqnn_status_name(created));
    return false;
}

static bool create_plan(run_state *run, const char *variant, clq_verify_result *result)
{
    clqnn_conv_desc desc = *run->call->desc;
    desc.variant = variant;
    if (run->call->packed) {
        if (!clq_conv_weights_round_trip(run->context, &desc, run->call->weight_bytes, &run->weights, result)) return false;
        desc.weight_data = NULL;
        desc.weights = run->weights;
    }
    const clqnn_status status = clqnn_conv_create(run->context, &desc, &run->conv);
    char reason[256];
    snprintf(reason, sizeof reason, "%s", status != CLQNN_OK ? clqnn_last_error() : "");
    if (!check_query(run, &desc, status, result)) return false;
    if (status == CLQNN_OK) return true;
    result->outcome = status == CLQNN_UNSUPPORTED ? CLQ_REFUSED : CLQ_FAILED;
    snprintf(result->message, sizeof result->message, "clqnn_conv_create: %s: %s", clqnn_status_name(status), reason);
    return false;
}

static bool create_input(run_state *run, const clq_host_bytes *source, clq_device_bytes *target, clq_verify_result *result)
{
    return clq_verify_hold(clq_device_bytes_create(run->context, source->size, run->call->sub_buffers, target), "creating an input buffer", result)
           && clq_verify_hold(clqnn_upload(run->context, target->memory, 0, source->data, source->size), "clqnn_upload", result);
}

static bool create_buffers(run_state *run, clq_verify_result *result)
{
    const clq_convolution_call *const call = run->call;
    const uint64_t workspace = clqnn_conv_workspace_size(run->conv);
    return create_input(run, &call->x, &run->x, result)
           && (!call->residual.data || call->residual_in_y || create_input(run, &call->residual, &run->residual, result))
           && (!call->row_scales.data || create_input(run, &call->row_scales, &run->row_scales, result))
           && clq_verify_hold(clq_device_bytes_create(run->context, call->y.size, call->sub_buffers, &run->y), "creating the output buffer", result)
           && (workspace == 0 || clq_verify_hold(clq_device_bytes_create(run->context, (size_t)workspace, false, &run->workspace), "creating the workspace", result));
}

static bool enqueue(run_state *run, clq_verify_result *result)
{
    cl_command_queue queue = NULL;
    const clq_convolution_call *const call = run->call;
    const clqnn_region y = {run->y.memory, call->y.offset}, own = {run->residual.memory, call->residual.offset};
    const clqnn_conv_args args = {.x = {run->x.memory, call->x.offset}, .y = y, .residual = call->residual_in_y ? y : own,
                                  .row_scales = {run->row_scales.memory, call->row_scales.offset}, .workspace = {run->workspace.memory, 0}};
    clq_gated_call gated;
    if (!clq_verify_hold(clqnn_default_queue(run->context, &queue), "clqnn_default_queue", result)) return false;
    if (!call->wait_list) {
        return clq_verify_hold(clqnn_conv_enqueue(run->conv, queue, &args, 0, NULL, NULL), "clqnn_conv_enqueue", result)
               && clq_verify_hold(clqnn_finish(run->context), "clqnn_finish", result);
    }
    if (!clq_gate_open(run->context, &gated, result)) return false;
    const clqnn_status status = clqnn_conv_enqueue(run->conv, queue, &args, 1, &gated.gate, &gated.done);
    return clq_gate_finish(&gated, status, "clqnn_conv_enqueue", result);
}

/* Poison everywhere, and in a y that is its own residual the residual's elements. */
static bool prepare_output(run_state *run, unsigned char poison, unsigned char *bytes, clq_verify_result *result)
{
    const clq_convolution_call *const call = run->call;
    if (!clq_verify_hold(clq_device_bytes_fill(run->context, &run->y, poison), "poisoning y", result)) return false;
    if (!call->residual_in_y) return true;
    for (size_t i = 0; i < call->y.size; i++) bytes[i] = call->written[i] ? call->residual.data[i] : poison;
    return clq_verify_hold(clqnn_upload(run->context, run->y.memory, 0, bytes, call->y.size), "clqnn_upload", result);
}

static bool run_once(run_state *run, unsigned char poison, unsigned char *got, clq_verify_result *result)
{
    bool guarded = true;
    if (!prepare_output(run, poison, got, result)) return false;
    if (run->workspace.memory && !clq_verify_hold(clq_device_bytes_fill(run->context, &run->workspace, poison), "poisoning the workspace", result)) return false;
    if (!enqueue(run, result)) return false;
    if (!clq_verify_hold(clqnn_download(run->context, run->y.memory, 0, got, run->call->y.size), "clqnn_download", result)) return false;
    if (!clq_verify_hold(clq_device_bytes_guarded(run->context, &run->y, poison, &guarded), "clqnn_download", result)) return false;
    run->call->compare(run->call->problem, got, poison, result);
    if (result->outcome == CLQ_PASSED && !guarded) {
        result->outcome = CLQ_FAILED;
        snprintf(result->message, sizeof result->message, "bytes outside y's sub-buffer were overwritten");
    }
    return result->outcome == CLQ_PASSED;
}

static void run_both(run_state *run, clq_verify_result *result)
{
    const size_t size = run->call->y.size;
    unsigned char *const got = malloc(2 * size + 1);
    if (!got) {
        clq_verify_hold(CLQNN_OUT_OF_MEMORY, "malloc", result);
        return;
    }
    if (run_once(run, 0xa5, got, result) && run_once(run, 0x5a, got + size, result)) clq_verify_repeated("y", run->call->written, got, size, result);
    free(got);
}

void clq_convolution_run(clqnn_context *context, const clq_convolution_call *call, const char *variant, clq_verify_result *result)
{
    run_state run = {.context = context, .call = call};
    *result = (clq_verify_result){.outcome = CLQ_FAILED};
    if (create_plan(&run, variant, result) && create_buffers(&run, result)) run_both(&run, result);
    if (run.conv && result->outcome == CLQ_REFUSED) result->outcome = CLQ_FAILED; /* a plan that exists must run */
    clqnn_conv_destroy(run.conv);
    clqnn_conv_weights_release(run.weights);
    clq_device_bytes_release(&run.x);
    clq_device_bytes_release(&run.residual);
    clq_device_bytes_release(&run.row_scales);
    clq_device_bytes_release(&run.y);
    clq_device_bytes_release(&run.workspace);
}
