/* SPDX-License-Identifier: Apache-2.0 */
#include "row_product.h"

#include <time.h>

typedef struct row_product {
    clqnn_context *context;
    struct _cl_command_queue *queue;
    clqnn_gemm_weights *packed;
    clqnn_gemm *gemm;
    clqnn_gemm_args args;
} row_product;

static double now_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* The codes and scales of an importer are what a descriptor asks for, field by field. */
static clqnn_gemm_desc describe(const clqnn_imported_info *weights)
{
    return (clqnn_gemm_desc){.struct_size = sizeof(clqnn_gemm_desc), .m = 1, .n = weights->n, .k = weights->k, .a = {.type = CLQNN_F32},
                             .b = {.type = weights->type, .transposed = weights->transposed}, .c = {.type = CLQNN_F32}, .b_data = weights->data,
                             .groups = weights->groups};
}

static clqnn_status create_buffers(row_product *product, const clqnn_imported_info *weights, const float *a)
{
    const uint64_t workspace = clqnn_gemm_workspace_size(product->gemm), a_bytes = (uint64_t)weights->k * sizeof *a;
    clqnn_status status = clqnn_buffer_create(product->context, a_bytes, &product->args.a.memory);
    if (status == CLQNN_OK) status = clqnn_buffer_create(product->context, (uint64_t)weights->n * sizeof(float), &product->args.c.memory);
    if (status == CLQNN_OK && workspace > 0) status = clqnn_buffer_create(product->context, workspace, &product->args.workspace.memory);
    return status == CLQNN_OK ? clqnn_upload(product->context, product->args.a.memory, 0, a, a_bytes) : status;
}

static clqnn_status time_calls(row_product *product, int calls, double *least)
{
    for (int i = 0; i < calls; i++) {
        const double begin = now_seconds();
        clqnn_status status = clqnn_gemm_enqueue(product->gemm, product->queue, &product->args, 0, NULL, NULL);
        if (status == CLQNN_OK) status = clqnn_finish(product->context);
        if (status != CLQNN_OK) return status;
        const double seconds = now_seconds() - begin;
        if (i == 0 || seconds < *least) *least = seconds;
    }
    return CLQNN_OK;
}

static clqnn_status run(row_product *product, const clqnn_imported_info *weights, const float *a, int calls, float *c, row_product_report *report, const char **step)
{
    clqnn_gemm_desc desc = describe(weights);
    clqnn_gemm_info info;
    *step = "clqnn_gemm_pack";
    const double begin = now_seconds();
    clqnn_status status = clqnn_gemm_pack(product->context, &desc, &product->packed);
    if (status != CLQNN_OK) return status;
    report->pack_seconds = now_seconds() - begin;
    desc.b_data = NULL; /* the file's bytes are not needed any more; these weights serve every m */
    desc.weights = product->packed;
    *step = "clqnn_gemm_create";
    status = clqnn_gemm_create(product->context, &desc, &product->gemm);
    if (status == CLQNN_OK) status = clqnn_gemm_describe(product->gemm, &info);
    if (status != CLQNN_OK) return status;
    report->variant = info.variant;
    report->layout = info.layout;
    report->packed_bytes = info.packed_bytes;
    *step = "creating buffers";
    status = create_buffers(product, weights, a);
    if (status == CLQNN_OK) status = clqnn_default_queue(product->context, &product->queue);
    if (status != CLQNN_OK) return status;
    *step = "clqnn_gemm_enqueue";
    status = time_calls(product, calls, &report->call_seconds);
    if (status != CLQNN_OK) return status;
    *step = "clqnn_download";
    return clqnn_download(product->context, product->args.c.memory, 0, c, (uint64_t)weights->n * sizeof *c);
}

clqnn_status row_product_run(clqnn_context *context, const clqnn_imported_info *weights, const float *a, int calls, float *c, row_product_report *report,
                             const char **step)
{
    row_product product = {.context = context};
    const clqnn_status status = run(&product, weights, a, calls, c, report, step);
    clqnn_buffer_release(product.args.a.memory);
    clqnn_buffer_release(product.args.c.memory);
    clqnn_buffer_release(product.args.workspace.memory);
    clqnn_gemm_destroy(product.gemm);
    clqnn_gemm_weights_release(product.packed);
    return status;
}
