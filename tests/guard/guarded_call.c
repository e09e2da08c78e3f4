/* SPDX-License-Identifier: Apache-2.0 */
#include "guarded_call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An output's bytes: from its offset to the end of its last element. */
typedef struct output_image {
    const clq_host_bytes *bytes;
    const unsigned char *written;
    const unsigned char *residual;   /* of an output that is its own residual: what stands in it before; else NULL */
} output_image;

static bool create_input(const guarded_place *place, const clq_host_bytes *bytes, bool wanted, guarded *g)
{
    return !wanted || guarded_create(place->context, place->at_end, bytes->data + bytes->offset, bytes->size - bytes->offset, g);
}

static bool create_output(const guarded_place *place, const output_image *image, guarded *g)
{
    size_t end = image->bytes->size;
    while (end > image->bytes->offset && !image->written[end - 1]) end--;
    return guarded_create(place->context, place->at_end, image->residual ? image->residual + image->bytes->offset : NULL, end - image->bytes->offset, g);
}

static cl_mem create_workspace(const guarded_place *place, uint64_t size)
{
    cl_int code;
    return size ? clCreateBuffer(clqnn_context_opencl_context(place->context), CL_MEM_READ_WRITE, size, NULL, &code) : NULL;
}

/* Waits, and lets the host see the output. */
static bool finish(const guarded_place *place, const guarded *output)
{
    cl_int code;
    if (clFinish(place->queue) != CL_SUCCESS) return false;
    void *mapped = clEnqueueMapBuffer(place->queue, output->memory, CL_TRUE, CL_MAP_READ, 0, output->inner, 0, NULL, NULL, &code);
    return mapped && clEnqueueUnmapMemObject(place->queue, output->memory, mapped, 0, NULL, NULL) == CL_SUCCESS && clFinish(place->queue) == CL_SUCCESS;
}

/* What stands in the output, put where the harness expects it. Bytes that belong to no element are the poison, or what the residual had there. */
static unsigned char *collect(const output_image *image, const guarded *output)
{
    unsigned char *const bytes = malloc(image->bytes->size + 1);
    if (!bytes) return NULL;
    memset(bytes, GUARDED_POISON, image->bytes->size);
    for (size_t i = 0; i < output->size; i++) {
        const size_t at = image->bytes->offset + i;
        const bool kept = image->residual && !image->written[at] && output->data[i] == image->residual[at];
        bytes[at] = kept ? GUARDED_POISON : output->data[i];
    }
    return bytes;
}

static bool hold(bool held, const char *what, clq_verify_result *result)
{
    if (held) return true;
    result->outcome = CLQ_FAILED;
    (void)snprintf(result->message, sizeof result->message, "%s: %s", what, clqnn_last_error());
    return false;
}

void guarded_product_run(const guarded_place *place, const clq_product_call *call, const char *variant, clq_verify_result *result)
{
    clqnn_gemm_desc desc = *call->desc;
    clqnn_gemm *gemm = NULL;
    const output_image image = {&call->c, call->written, call->residual_in_c ? call->residual.data : NULL};
    guarded a = {0}, b = {0}, residual = {0}, row_scales = {0}, c = {0};
    *result = (clq_verify_result){.outcome = CLQ_REFUSED};
    desc.variant = variant;
    if (clqnn_gemm_create(place->context, &desc, &gemm) != CLQNN_OK) return;
    bool held = create_input(place, &call->a, true, &a) && create_input(place, &call->b, call->b_source == CLQ_B_RUNTIME, &b)
                && create_input(place, &call->residual, call->residual.data && !call->residual_in_c, &residual)
                && create_input(place, &call->row_scales, call->row_scales.data, &row_scales) && create_output(place, &image, &c);
    hold(held, "creating guarded buffers", result);
    clqnn_gemm_args args = {.a = {a.memory, a.offset}, .b = {b.memory, b.offset}, .c = {c.memory, c.offset}, .row_scales = {row_scales.memory, row_scales.offset}};
    args.residual = call->residual_in_c ? args.c : (clqnn_region){residual.memory, residual.offset};
    args.workspace.memory = held ? create_workspace(place, clqnn_gemm_workspace_size(gemm)) : NULL;
    held = held && hold(clqnn_gemm_enqueue(gemm, place->queue, &args, 0, NULL, NULL) == CLQNN_OK && finish(place, &c), "clqnn_gemm_enqueue", result);
    unsigned char *const bytes = held ? collect(&image, &c) : NULL;
    if (bytes) call->compare(call->problem, bytes, GUARDED_POISON, result);
    free(bytes);
    if (args.workspace.memory) clReleaseMemObject(args.workspace.memory);
    clqnn_gemm_destroy(gemm);
    guarded_destroy(&a);
    guarded_destroy(&b);
    guarded_destroy(&residual);
    guarded_destroy(&row_scales);
    guarded_destroy(&c);
}

void guarded_convolution_run(const guarded_place *place, const clq_convolution_call *call, const char *variant, clq_verify_result *result)
{
    clqnn_conv_desc desc = *call->desc;
    clqnn_conv *conv = NULL;
    const output_image image = {&call->y, call->written, call->residual_in_y ? call->residual.data : NULL};
    guarded x = {0}, residual = {0}, row_scales = {0}, y = {0};
    *result = (clq_verify_result){.outcome = CLQ_REFUSED};
    desc.variant = variant;
    if (clqnn_conv_create(place->context, &desc, &conv) != CLQNN_OK) return;
    bool held = create_input(place, &call->x, true, &x) && create_input(place, &call->residual, call->residual.data && !call->residual_in_y, &residual)
                && create_input(place, &call->row_scales, call->row_scales.data, &row_scales) && create_output(place, &image, &y);
    hold(held, "creating guarded buffers", result);
    clqnn_conv_args args = {.x = {x.memory, x.offset}, .y = {y.memory, y.offset}, .row_scales = {row_scales.memory, row_scales.offset}};
    args.residual = call->residual_in_y ? args.y : (clqnn_region){residual.memory, residual.offset};
    args.workspace.memory = held ? create_workspace(place, clqnn_conv_workspace_size(conv)) : NULL;
    held = held && hold(clqnn_conv_enqueue(conv, place->queue, &args, 0, NULL, NULL) == CLQNN_OK && finish(place, &y), "clqnn_conv_enqueue", result);
    unsigned char *const bytes = held ? collect(&image, &y) : NULL;
    if (bytes) call->compare(call->problem, bytes, GUARDED_POISON, result);
    free(bytes);
    if (args.workspace.memory) clReleaseMemObject(args.workspace.memory);
    clqnn_conv_destroy(conv);
    guarded_destroy(&x);
    guarded_destroy(&residual);
    guarded_destroy(&row_scales);
    guarded_destroy(&y);
}
