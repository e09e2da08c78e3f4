/* SPDX-License-Identifier: Apache-2.0 */
#include "plain_conv.h"

#include "clqnn/memory.h"

static clqnn_status create_input(clqnn_context *context, const void *data, size_t bytes, clqnn_region *region, const char **call)
{
    *call = "clqnn_buffer_create";
    clqnn_status status = clqnn_buffer_create(context, bytes > 0 ? bytes : 1, &region->memory);
    if (status != CLQNN_OK) return status;
    *call = "clqnn_upload";
    return clqnn_upload(context, region->memory, 0, data, bytes);
}

static clqnn_status run_plan(clqnn_context *context, const plain_conv *conv, const clqnn_conv *plan, clqnn_conv_args *args, const char **call)
{
    struct _cl_command_queue *queue = NULL;
    const uint64_t workspace = clqnn_conv_workspace_size(plan);
    clqnn_status status = create_input(context, conv->x, conv->x_bytes, &args->x, call);
    if (status == CLQNN_OK && conv->residual != NULL) status = create_input(context, conv->residual, conv->residual_bytes, &args->residual, call);
    if (status != CLQNN_OK) return status;
    *call = "clqnn_buffer_create";
    status = clqnn_buffer_create(context, conv->y_bytes > 0 ? conv->y_bytes : 1, &args->y.memory);
    if (status == CLQNN_OK && workspace > 0) status = clqnn_buffer_create(context, workspace, &args->workspace.memory);
    if (status != CLQNN_OK) return status;
    *call = "clqnn_conv_enqueue";
    status = clqnn_default_queue(context, &queue);
    if (status == CLQNN_OK) status = clqnn_conv_enqueue(plan, queue, args, 0, NULL, NULL);
    if (status != CLQNN_OK) return status;
    *call = "clqnn_download";
    return clqnn_download(context, args->y.memory, 0, conv->y, conv->y_bytes);
}

clqnn_status plain_conv_run(clqnn_context *context, const plain_conv *conv, const char **call)
{
    clqnn_conv *plan = NULL;
    clqnn_conv_args args = { .workspace = { .memory = NULL } };
    *call = "clqnn_conv_create";
    clqnn_status status = clqnn_conv_create(context, conv->desc, &plan);
    if (status == CLQNN_OK) status = run_plan(context, conv, plan, &args, call);
    clqnn_buffer_release(args.x.memory);
    clqnn_buffer_release(args.residual.memory);
    clqnn_buffer_release(args.y.memory);
    clqnn_buffer_release(args.workspace.memory);
    clqnn_conv_destroy(plan);
    return status;
}
