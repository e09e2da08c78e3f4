/* SPDX-License-Identifier: Apache-2.0 */
/* layer_guard_page_test FAMILY VARIANT: the harness's cases of an operator of training on buffers that are the host's own memory between two pages that must not be
 * touched: all tensors and the workspace first end at the second page, then begin behind the first one. Exit status: 0 all that the variant takes are right; 77 not on this
 * device; else the case is printed. */
#include <CL/cl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/clqnn.h"
#include "guarded_buffer.h"
#include "layer_case.h"

enum { SKIPPED = 77, SEED = 7, CASES = 150, OPERANDS = CLQ_LAYER_INPUTS + CLQ_LAYER_OUTPUTS };

static size_t bytes_of(const clq_op_image *image)
{
    return image->size - image->offset - CLQ_OP_GUARD;
}

/* One call's memory: inputs, outputs, workspace. */
typedef struct guarded_operands {
    guarded memory[OPERANDS + 1];
    clqnn_region regions[OPERANDS + 1];
} guarded_operands;

static bool create_all(clqnn_context *context, bool at_end, const clqnn_op *op, clq_op_image *const *inputs, uint32_t input_count, clq_op_image *const *outputs,
                       uint32_t output_count, guarded_operands *all)
{
    for (uint32_t i = 0; i < input_count + output_count; i++) {
        const clq_op_image *image = i < input_count ? inputs[i] : outputs[i - input_count];
        if (i == input_count && input_count && inputs[0] == image) { /* in place */
            all->regions[i] = all->regions[0];
            continue;
        }
        if (!guarded_create(context, at_end, (unsigned char *)clq_op_image_data(image), bytes_of(image), &all->memory[i])) return false;
        all->regions[i] = (clqnn_region){all->memory[i].memory, all->memory[i].offset};
    }
    const size_t workspace = (size_t)clqnn_op_workspace_size(op);
    if (workspace == 0) return true;
    if (!guarded_create(context, at_end, NULL, workspace, &all->memory[OPERANDS])) return false;
    all->regions[OPERANDS] = (clqnn_region){all->memory[OPERANDS].memory, all->memory[OPERANDS].offset};
    return true;
}

static clqnn_status run_side(clqnn_context *context, bool at_end, const clqnn_op *op, clq_op_image *const *inputs, uint32_t input_count, clq_op_image *const *outputs,
                             uint32_t output_count)
{
    guarded_operands all;
    struct _cl_command_queue *queue = NULL;
    memset(&all, 0, sizeof all);
    clqnn_status status = create_all(context, at_end, op, inputs, input_count, outputs, output_count, &all) ? CLQNN_OK : CLQNN_OUT_OF_MEMORY;
    if (status == CLQNN_OK) status = clqnn_default_queue(context, &queue);
    const clqnn_op_args args = {.inputs = all.regions, .outputs = all.regions + input_count, .input_count = input_count, .output_count = output_count,
                                .workspace = all.regions[OPERANDS]};
    if (status == CLQNN_OK) status = clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL);
    if (status == CLQNN_OK) status = clqnn_finish(context);
    for (uint32_t i = 0; i < output_count && status == CLQNN_OK; i++) {
        status = clqnn_download(context, all.regions[input_count + i].memory, all.regions[input_count + i].offset, clq_op_image_data(outputs[i]), bytes_of(outputs[i]));
    }
    for (uint32_t i = 0; i <= OPERANDS; i++) guarded_destroy(&all.memory[i]);
    return status;
}

static clqnn_status run_at_end(clqnn_context *context, const clqnn_op *op, clq_op_image *const *inputs, uint32_t input_count, clq_op_image *const *outputs, uint32_t output_count)
{
    return run_side(context, true, op, inputs, input_count, outputs, output_count);
}

static clqnn_status run_at_begin(clqnn_context *context, const clqnn_op *op, clq_op_image *const *inputs, uint32_t input_count, clq_op_image *const *outputs, uint32_t output_count)
{
    return run_side(context, false, op, inputs, input_count, outputs, output_count);
}

int main(int count, char **arguments)
{
    if (count != 3) return printf("usage: layer_guard_page_test FAMILY VARIANT\n"), 2;
    const clq_layer_family *const family = clq_layer_family_find(arguments[1]);
    const clq_sweep sweep = {.seed = SEED, .variant = arguments[2]};
    clqnn_context *context = NULL;
    size_t passed = 0, refused = 0, failed = 0;
    if (!family) return printf("no family %s\n", arguments[1]), 2;
    if (clqnn_context_create(NULL, &context) != CLQNN_OK) return printf("skipped: %s\n", clqnn_last_error()), SKIPPED;
    guarded_report_crashes();
    for (size_t i = 0; i < 2 * CASES && failed < 10; i++) {
        char message[512], text[160];
        (void)snprintf(guarded_case, sizeof guarded_case, "%s case %zu: %s", family->kind, i / 2, clq_layer_describe(family, &sweep, i / 2, text, sizeof text));
        const clq_outcome outcome = clq_layer_verify(context, family, &sweep, i / 2, false, i % 2 ? run_at_begin : run_at_end, message);
        passed += outcome == CLQ_PASSED;
        refused += outcome == CLQ_REFUSED;
        failed += outcome == CLQ_FAILED;
        if (outcome == CLQ_FAILED) printf("FAIL %s: %s\n", guarded_case, message);
    }
    printf("%zu passed, %zu refused, %zu failed\n", passed, refused, failed);
    clqnn_context_release(context);
    return failed ? 1 : passed == 0 ? SKIPPED : 0;
}
