/* SPDX-License-Identifier: Apache-2.0 */
#include "plain_gemm.h"

#include "clqnn/memory.h"

static clqnn_status run_plan(clqnn_context *context, const plain_gemm *gemm, const clqnn_gemm *plan, clqnn_gemm_args *args, const char **call)
{
    struct _cl_command_queue *queue = NULL;
    const uint64_t workspace = clqnn_gemm_workspace_size(plan);
    *call = "clqnn_buffer_create";
    clqnn_status status = clqnn_buffer_create(context, gemm->a_bytes > 0 ? gemm->a_bytes : 1, &args->a.memory);
    if (status == CLQNN_OK) status = clqnn_buffer_create(context, gemm->c_bytes > 0 ? gemm->c_bytes : 1, &args->c.memory);
    if (status == CLQNN_OK && gemm->residual_bytes > 0) status = clqnn_buffer_create(context, gemm->residual_bytes, &args->residual.memory);
    if (status == CLQNN_OK && gemm->row_scale_bytes > 0) status = clqnn_buffer_create(context, gemm->row_scale_bytes, &args->row_scales.memory);
    if (status == CLQNN_OK && workspace > 0) status = clqnn_buffer_create(context, workspace, &args->workspace.memory);
    if (status != CLQNN_OK) return status;
    *call = "clqnn_upload";
    status = clqnn_upload(context, args->a.memory, 0, gemm->a, gemm->a_bytes);
    if (status == CLQNN_OK && gemm->residual_bytes > 0) status = clqnn_upload(context, args->residual.memory, 0, gemm->residual, gemm->residual_bytes);
    if (status == CLQNN_OK && gemm->row_scale_bytes > 0) status = clqnn_upload(context, args->row_scales.memory, 0, gemm->row_scales, gemm->row_scale_bytes);
    if (status != CLQNN_OK) return status;
    *call = "clqnn_gemm_enqueue";
    status = clqnn_default_queue(context, &queue);
    if (status == CLQNN_OK) status = clqnn_gemm_enqueue(plan, queue, args, 0, NULL, NULL);
    if (status != CLQNN_OK) return status;
    *call = "clqnn_download";
    return clqnn_download(context, args->c.memory, 0, gemm->c, gemm->c_bytes);
}

clqnn_status plain_gemm_run(clqnn_context *context, const plain_gemm *gemm, const char **call)
{
    clqnn_gemm *plan = NULL;
    clqnn_gemm_args args = { .workspace = { .memory = NULL } };
    *call = "clqnn_gemm_create";
    clqnn_status status = clqnn_gemm_create(context, gemm->desc, &plan);
    if (status == CLQNN_OK) status = run_plan(context, gemm, plan, &args, call);
    clqnn_buffer_release(args.a.memory);
    clqnn_buffer_release(args.c.memory);
    clqnn_buffer_release(args.workspace.memory);
    clqnn_buffer_release(args.residual.memory);
    clqnn_buffer_release(args.row_scales.memory);
    clqnn_gemm_destroy(plan);
    return status;
}
