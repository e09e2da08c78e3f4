/* SPDX-License-Identifier: Apache-2.0 */
/* train_guard_page_test gemm|conv VARIANT: the harness's cases on buffers that are the host's own memory between two pages that must not be touched: inputs,
 * outputs and workspace first end at the second page, then begin behind the first one. Exit status: 0 all that the variant takes are right; 77 not on this
 * device; else the case is printed. */
#include <CL/cl.h>
#include <stdio.h>
#include <string.h>

#include "clqnn/memory.h"
#include "guarded_buffer.h"
#include "train_case.h"

enum { SKIPPED = 77, SEED = 6, CASES = 120 };
#define MOST_PRODUCTS 4e5

static size_t bytes_of(const clq_op_image *image)
{
    return image->size - image->offset - CLQ_OP_GUARD;
}

/* Waits, and makes the results visible to the host. */
static bool finish(cl_command_queue queue, const guarded *g)
{
    cl_int code = CL_SUCCESS;
    void *const mapped = clEnqueueMapBuffer(queue, g->memory, CL_TRUE, CL_MAP_READ, 0, g->inner, 0, NULL, NULL, &code);
    return mapped && clEnqueueUnmapMemObject(queue, g->memory, mapped, 0, NULL, NULL) == CL_SUCCESS && clFinish(queue) == CL_SUCCESS;
}

typedef struct guarded_images {
    guarded inputs[3], outputs[2], workspace;
} guarded_images;

static bool make(clqnn_context *context, const clq_train_case *test, uint64_t workspace, bool at_end, guarded_images *g)
{
    bool made = workspace == 0 || guarded_create(context, at_end, NULL, (size_t)workspace, &g->workspace);
    for (uint32_t i = 0; i < test->input_count && made; i++) {
        made = guarded_create(context, at_end, clq_op_image_data(&test->inputs[i]), bytes_of(&test->inputs[i]), &g->inputs[i]);
    }
    for (uint32_t i = 0; i < test->output_count && made; i++) {
        made = guarded_create(context, at_end, clq_op_image_data(&test->outputs[i]), bytes_of(&test->outputs[i]), &g->outputs[i]);
    }
    return made;
}

static void destroy(guarded_images *g)
{
    for (int i = 0; i < 3; i++) guarded_destroy(&g->inputs[i]);
    for (int i = 0; i < 2; i++) guarded_destroy(&g->outputs[i]);
    guarded_destroy(&g->workspace);
}

static bool enqueue(clqnn_context *context, const clq_train_case *test, const clqnn_op *op, const guarded_images *g)
{
    struct _cl_command_queue *queue = NULL;
    clqnn_region inputs[3], outputs[2];
    for (int i = 0; i < 3; i++) inputs[i] = (clqnn_region){g->inputs[i].memory, g->inputs[i].offset};
    for (int i = 0; i < 2; i++) outputs[i] = (clqnn_region){g->outputs[i].memory, g->outputs[i].offset};
    const uint64_t aligned = g->workspace.offset / 64 * 64;   /* a workspace's offset; one that ends at the page loses the bytes before its first line */
    const clqnn_op_args args = {.inputs = inputs, .outputs = outputs, .input_count = test->input_count, .output_count = test->output_count,
                                .workspace = {g->workspace.memory, aligned}};
    if (clqnn_default_queue(context, &queue) != CLQNN_OK || clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL) != CLQNN_OK) return false;
    bool done = true;
    for (uint32_t i = 0; i < test->output_count; i++) done = done && finish(queue, &g->outputs[i]);
    return done;
}

static bool run_side(clqnn_context *context, const clq_train_case *test, const clqnn_op *op, bool at_end)
{
    guarded_images g = {0};
    clq_op_image got[2] = {{.size = 0}};
    char difference[512] = "no memory, or the call failed";
    bool right = make(context, test, clqnn_op_workspace_size(op), at_end, &g) && enqueue(context, test, op, &g);
    for (uint32_t i = 0; i < test->output_count && right; i++) {
        right = clq_op_image_copy(&test->outputs[i], &got[i]);
        if (right) memcpy(clq_op_image_data(&got[i]), g.outputs[i].data, bytes_of(&got[i]));
    }
    right = right && clq_train_compare(test, got, difference);
    if (!right) printf("FAIL %s: %s\n", guarded_case, difference);
    for (int i = 0; i < 2; i++) clq_op_image_free(&got[i]);
    destroy(&g);
    return right;
}

int main(int count, char **arguments)
{
    size_t passed = 0, refused = 0, failed = 0;
    clqnn_context *context = NULL;
    if (count != 3) return printf("usage: train_guard_page_test gemm|conv VARIANT\n"), 2;
    if (clqnn_context_create(NULL, &context) != CLQNN_OK) return printf("skipped: %s\n", clqnn_last_error()), SKIPPED;
    guarded_report_crashes();
    for (uint64_t i = 0; i < CASES && failed < 10; i++) {
        clq_train_case test;
        clqnn_op *op = NULL;
        const bool made = clq_train_make(strcmp(arguments[1], "conv") == 0, SEED, i, arguments[2], MOST_PRODUCTS, &test);
        (void)snprintf(guarded_case, sizeof guarded_case, "case %d: %s", (int)i, test.text);
        const clqnn_status status = made ? clq_train_create(context, &test, &op) : CLQNN_OUT_OF_MEMORY;
        const bool right = status == CLQNN_OK && run_side(context, &test, op, true) && run_side(context, &test, op, false);
        if (status == CLQNN_UNSUPPORTED) refused++;
        else if (right) passed++;
        else failed++, printf("FAIL %s: %s\n", guarded_case, clqnn_last_error());
        clqnn_op_destroy(op);
        clq_train_free(&test);
    }
    printf("%zu passed, %zu refused, %zu failed\n", passed, refused, failed);
    clqnn_context_release(context);
    return failed ? 1 : passed == 0 ? SKIPPED : 0;
}
