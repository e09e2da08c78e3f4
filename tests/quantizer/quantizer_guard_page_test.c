/* SPDX-License-Identifier: Apache-2.0 */
/* quantizer_guard_page_test FAMILY VARIANT: the harness's cases on buffers that are the host's own memory between two pages that must not be touched: all tensors
 * first end at the second page, then begin behind the first one. Exit status: 0 all that the variant takes are right; 77 not on this device; else the case is
 * printed. */
#include <CL/cl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/memory.h"
#include "clqnn/opencl.h"
#include "guarded_buffer.h"
#include "shape_case.h"

enum { SKIPPED = 77, SEED = 5, CASES = 60, POISON = 0x5a };

/* A case's buffers: inputs, then outputs. */
typedef struct guarded_case_buffers {
    guarded memory[2 * CLQ_SHAPE_PARTS];
    clqnn_region regions[2 * CLQ_SHAPE_PARTS];
    struct _cl_mem *workspace;
} guarded_case_buffers;

static size_t bytes_of(const clq_op_image *image)
{
    return image->size - image->offset - CLQ_OP_GUARD;
}

static bool make_buffers(clqnn_context *context, const clq_shape_case *test, const clqnn_op *op, bool at_end, guarded_case_buffers *buffers)
{
    for (uint32_t i = 0; i < test->input_count + test->output_count; i++) {
        const clq_op_image *image = i < test->input_count ? &test->inputs[i] : &test->got[i - test->input_count];
        if (!guarded_create(context, at_end, (unsigned char *)clq_op_image_data(image), bytes_of(image), &buffers->memory[i])) return false;
        buffers->regions[i] = (clqnn_region){buffers->memory[i].memory, buffers->memory[i].offset};
    }
    const uint64_t size = clqnn_op_workspace_size(op);
    return size == 0 || clqnn_buffer_create(context, size, &buffers->workspace) == CLQNN_OK;
}

static bool enqueue(clqnn_context *context, const clq_shape_case *test, const clqnn_op *op, const guarded_case_buffers *buffers)
{
    struct _cl_command_queue *queue = NULL;
    const clqnn_op_args args = {.inputs = buffers->regions, .outputs = buffers->regions + test->input_count, .input_count = test->input_count,
                                .output_count = test->output_count, .workspace = {buffers->workspace, 0}};
    if (clqnn_default_queue(context, &queue) != CLQNN_OK || clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL) != CLQNN_OK) return false;
    return clFinish(queue) == CL_SUCCESS;
}

/* Maps an output, so that its bytes are the host's. */
static bool read_back(clqnn_context *context, const guarded *memory, clq_op_image *got)
{
    struct _cl_command_queue *queue = NULL;
    cl_int code = CL_SUCCESS;
    if (clqnn_default_queue(context, &queue) != CLQNN_OK) return false;
    void *mapped = clEnqueueMapBuffer(queue, memory->memory, CL_TRUE, CL_MAP_READ, 0, memory->inner, 0, NULL, NULL, &code);
    if (!mapped || clEnqueueUnmapMemObject(queue, memory->memory, mapped, 0, NULL, NULL) != CL_SUCCESS || clFinish(queue) != CL_SUCCESS) return false;
    memcpy(clq_op_image_data(got), memory->data, bytes_of(got));
    return true;
}

static bool run_side(clqnn_context *context, clq_shape_case *test, const clqnn_op *op, bool at_end)
{
    guarded_case_buffers buffers = {.workspace = NULL};
    char difference[256] = "no memory, or the call failed";
    bool right = make_buffers(context, test, op, at_end, &buffers) && enqueue(context, test, op, &buffers);
    for (uint32_t i = 0; i < test->output_count && right; i++) {
        clq_op_image got = {.size = 0};
        right = clq_op_image_copy(&test->got[i], &got) && read_back(context, &buffers.memory[test->input_count + i], &got) &&
                clq_op_compare(&test->expected[i], &got, difference);
        clq_op_image_free(&got);
    }
    if (!right) printf("FAIL %s: %s\n", guarded_case, difference);
    for (uint32_t i = 0; i < test->input_count + test->output_count; i++) guarded_destroy(&buffers.memory[i]);
    clqnn_buffer_release(buffers.workspace);
    return right;
}

/* Inputs as the case fills them; `got` is what outputs hold before. */
static bool prepare(clq_random *random, clq_shape_case *test)
{
    for (uint32_t i = 0; i < test->input_count; i++) {
        if (!clq_op_image_allocate(random, &test->inputs[i], -1)) return false;
    }
    for (uint32_t i = 0; i < test->output_count; i++) {
        if (!clq_op_image_allocate(random, &test->expected[i], POISON)) return false;
    }
    if (test->fill) test->fill(random, test);
    for (uint32_t i = 0; i < test->output_count; i++) {
        if (!clq_op_image_copy(&test->expected[i], &test->got[i])) return false;
    }
    return true;
}

/* 1 right, 0 refused, -1 wrong. */
static int run_case(clqnn_context *context, const clq_shape_family *family, const char *variant, size_t index)
{
    clq_random random = clq_random_seed(SEED, index);
    clq_shape_case test = {.input_count = 1, .output_count = 1};
    clqnn_op *op = NULL;
    int verdict = -1;
    family->make(&random, variant, &test);
    (void)snprintf(guarded_case, sizeof guarded_case, "%s case %zu: %s", family->kind, index, test.text);
    if (prepare(&random, &test)) {
        const clqnn_status status = family->create(context, &test, &op);
        if (status == CLQNN_UNSUPPORTED) verdict = 0;
        else if (status != CLQNN_OK) printf("FAIL %s: %s\n", guarded_case, clqnn_last_error());
        else if (family->reference(&test) == CLQNN_OK && run_side(context, &test, op, true) && run_side(context, &test, op, false)) verdict = 1;
    }
    clqnn_op_destroy(op);
    for (uint32_t i = 0; i < CLQ_SHAPE_PARTS; i++) {
        clq_op_image_free(&test.inputs[i]);
        clq_op_image_free(&test.expected[i]);
        clq_op_image_free(&test.got[i]);
    }
    return verdict;
}

int main(int count, char **arguments)
{
    clqnn_context *context = NULL;
    size_t passed = 0, failed = 0;
    if (count != 3) return printf("usage: quantizer_guard_page_test FAMILY VARIANT\n"), 2;
    const clq_shape_family *const family = clq_shape_family_find(arguments[1]);
    if (!family) return printf("no family %s\n", arguments[1]), 2;
    if (clqnn_context_create(NULL, &context) != CLQNN_OK) return printf("skipped: %s\n", clqnn_last_error()), SKIPPED;
    guarded_report_crashes();
    for (size_t i = 0; i < CASES && failed < 10; i++) {
        const int verdict = run_case(context, family, arguments[2], i);
        passed += verdict > 0;
        failed += verdict < 0;
    }
    clqnn_context_release(context);
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed ? 1 : passed ? 0 : SKIPPED;
}
