/* SPDX-License-Identifier: Apache-2.0 */
/* fake_quant_guard_page_test FAMILY VARIANT: the harness's cases with every input and output in the host's own memory between two pages that must not be touched: tensors
 * first end at the second page, then begin behind the first one. Exit status: 0 all are right; 77 not on this device; else the case is printed. */
#include <stdio.h>
#include <string.h>

#include "clqnn/memory.h"
#include "guarded_buffer.h"
#include "shape_case.h"

enum { SKIPPED = 77, SEED = 6, CASES = 150, POISON = 0x5a };

/* Inputs, then outputs. */
typedef struct guarded_operands {
    guarded all[2 * CLQ_SHAPE_PARTS];
    clqnn_region regions[2 * CLQ_SHAPE_PARTS];
} guarded_operands;

static bool create(clqnn_context *context, const clq_shape_case *test, bool at_end, guarded_operands *operands)
{
    for (uint32_t i = 0; i < test->input_count + test->output_count; i++) {
        const clq_op_image *image = i < test->input_count ? &test->inputs[i] : &test->got[i - test->input_count];
        guarded *g = &operands->all[i];
        if (!guarded_create(context, at_end, clq_op_image_data(image), image->size - image->offset - CLQ_OP_GUARD, g)) return false;
        operands->regions[i] = (clqnn_region){g->memory, g->offset};
    }
    return true;
}

static bool call(clqnn_context *context, const clqnn_op *op, const clq_shape_case *test, const guarded_operands *operands)
{
    struct _cl_command_queue *queue = NULL;
    struct _cl_mem *workspace = NULL;
    clqnn_op_args args = {.inputs = operands->regions, .outputs = operands->regions + test->input_count, .input_count = test->input_count, .output_count = test->output_count};
    cl_int code = CL_SUCCESS;
    if (clqnn_default_queue(context, &queue) != CLQNN_OK) return false;
    if (clqnn_op_workspace_size(op) && clqnn_buffer_create(context, clqnn_op_workspace_size(op), &workspace) != CLQNN_OK) return false;
    args.workspace.memory = workspace;
    bool done = clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL) == CLQNN_OK && clFinish(queue) == CL_SUCCESS;
    for (uint32_t i = 0; i < test->output_count && done; i++) {
        const guarded *g = &operands->all[test->input_count + i];
        void *mapped = clEnqueueMapBuffer(queue, g->memory, CL_TRUE, CL_MAP_READ, 0, g->inner, 0, NULL, NULL, &code);
        done = mapped && clEnqueueUnmapMemObject(queue, g->memory, mapped, 0, NULL, NULL) == CL_SUCCESS && clFinish(queue) == CL_SUCCESS;
    }
    clqnn_buffer_release(workspace);
    return done;
}

/* One side of the pages; `got` holds what the call finds. */
static bool run_side(clqnn_context *context, const clqnn_op *op, clq_shape_case *test, bool at_end)
{
    guarded_operands operands = {.all = {{0}}};
    char difference[256] = "no memory, or the call failed";
    bool right = create(context, test, at_end, &operands) && call(context, op, test, &operands);
    for (uint32_t i = 0; i < test->output_count && right; i++) {
        clq_op_image got = {.size = 0};
        right = clq_op_image_copy(&test->got[i], &got);
        if (right) memcpy(clq_op_image_data(&got), operands.all[test->input_count + i].data, got.size - got.offset - CLQ_OP_GUARD);
        right = right && clq_op_compare(&test->expected[i], &got, difference);
        clq_op_image_free(&got);
    }
    if (!right) printf("FAIL %s: %s\n", guarded_case, difference);
    for (uint32_t i = 0; i < test->input_count + test->output_count; i++) guarded_destroy(&operands.all[i]);
    return right;
}

static bool allocate(clq_random *random, clq_shape_case *test)
{
    bool done = true;
    for (uint32_t i = 0; i < test->input_count && done; i++) done = clq_op_image_allocate(random, &test->inputs[i], -1);
    for (uint32_t i = 0; i < test->output_count && done; i++) {
        done = clq_op_image_allocate(random, &test->expected[i], POISON) && clq_op_image_copy(&test->expected[i], &test->got[i]);
    }
    test->in_place = false;
    return done;
}

static clq_outcome run_case(clqnn_context *context, const clq_shape_family *family, const char *variant, uint64_t index)
{
    clq_random random = clq_random_seed(SEED, index);
    clq_shape_case test = {.input_count = 1, .output_count = 1};
    clqnn_op *op = NULL;
    clq_outcome outcome = CLQ_FAILED;
    family->make(&random, variant, &test);
    (void)snprintf(guarded_case, sizeof guarded_case, "%s case %llu: %s", family->kind, (unsigned long long)index, test.text);
    if (allocate(&random, &test)) {
        test.fill(&random, &test);
        const clqnn_status status = family->create(context, &test, &op);
        if (status == CLQNN_UNSUPPORTED) outcome = CLQ_REFUSED;
        else if (status == CLQNN_OK && family->reference(&test) == CLQNN_OK && run_side(context, op, &test, true) && run_side(context, op, &test, false)) outcome = CLQ_PASSED;
        else printf("FAIL %s: %s\n", guarded_case, clqnn_last_error());
    }
    clqnn_op_destroy(op);
    for (uint32_t i = 0; i < CLQ_SHAPE_PARTS; i++) {
        clq_op_image_free(&test.inputs[i]);
        clq_op_image_free(&test.expected[i]);
        clq_op_image_free(&test.got[i]);
    }
    return outcome;
}

int main(int count, char **arguments)
{
    const clq_shape_family *const family = count == 3 ? clq_shape_family_find(arguments[1]) : NULL;
    clqnn_context *context = NULL;
    size_t passed = 0, refused = 0, failed = 0;
    if (!family) return printf("usage: fake_quant_guard_page_test FAMILY VARIANT\n"), 2;
    if (clqnn_context_create(NULL, &context) != CLQNN_OK) return printf("skipped: %s\n", clqnn_last_error()), SKIPPED;
    guarded_report_crashes();
    for (uint64_t i = 0; i < CASES && failed < 10; i++) {
        const clq_outcome outcome = run_case(context, family, arguments[2], i);
        passed += outcome == CLQ_PASSED;
        refused += outcome == CLQ_REFUSED;
        failed += outcome == CLQ_FAILED;
    }
    printf("%zu passed, %zu refused, %zu failed\n", passed, refused, failed);
    clqnn_context_release(context);
    return failed ? 1 : passed == 0 ? SKIPPED : 0;
}
