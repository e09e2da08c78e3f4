/* SPDX-License-Identifier: Apache-2.0 */
/* planes_guard_page_test FAMILY VARIANT: the harness's cases of an operator of bit planes on buffers that are the host's own memory between two pages that must
 * not be touched: x and y first end at the second page, then begin behind the first one. Exit status: 0 all that the variant takes are right; 77 not on this
 * device; else the case is printed. */
#include <CL/cl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/memory.h"
#include "clqnn/opencl.h"
#include "guarded_buffer.h"
#include "pointwise_case.h"
#include "shape_case.h"

enum { SKIPPED = 77, SEED = 5, CASES = 250, POISON = 0x5a };

/* A case of either harness. */
typedef struct guard_case {
    clq_op_image *x, *expected;
    clqnn_op *op;
    clqnn_status status;
} guard_case;

static size_t bytes_of(const clq_op_image *image)
{
    return image->size - image->offset - CLQ_OP_GUARD;
}

static bool enqueue(clqnn_context *context, const clqnn_op *op, const guarded *x, const guarded *y)
{
    struct _cl_command_queue *queue = NULL;
    struct _cl_mem *workspace = NULL;
    const clqnn_region in = {x->memory, x->offset}, out = {y->memory, y->offset};
    clqnn_op_args args = {.inputs = &in, .outputs = &out, .input_count = 1, .output_count = 1};
    cl_int code = CL_SUCCESS;
    if (clqnn_default_queue(context, &queue) != CLQNN_OK) return false;
    if (clqnn_op_workspace_size(op) && clqnn_buffer_create(context, clqnn_op_workspace_size(op), &workspace) != CLQNN_OK) return false;
    args.workspace.memory = workspace;
    bool done = clqnn_op_enqueue(op, queue, &args, 0, NULL, NULL) == CLQNN_OK && clFinish(queue) == CL_SUCCESS;
    void *mapped = done ? clEnqueueMapBuffer(queue, y->memory, CL_TRUE, CL_MAP_READ, 0, y->inner, 0, NULL, NULL, &code) : NULL;
    done = mapped && clEnqueueUnmapMemObject(queue, y->memory, mapped, 0, NULL, NULL) == CL_SUCCESS && clFinish(queue) == CL_SUCCESS;
    clqnn_buffer_release(workspace);
    return done;
}

/* One side of the pages. `before`: the output's image as the call finds it. */
static bool run_side(clqnn_context *context, const guard_case *c, const clq_op_image *before, bool at_end)
{
    guarded x = {0}, y = {0};
    clq_op_image got = {.size = 0};
    char difference[256] = "no memory, or the call failed";
    bool right = guarded_create(context, at_end, (unsigned char *)clq_op_image_data(c->x), bytes_of(c->x), &x)
                 && guarded_create(context, at_end, (unsigned char *)clq_op_image_data(before), bytes_of(before), &y) && enqueue(context, c->op, &x, &y)
                 && clq_op_image_copy(before, &got);
    if (right) {
        memcpy(clq_op_image_data(&got), y.data, bytes_of(before));
        right = clq_op_compare(c->expected, &got, difference);
    }
    if (!right) printf("FAIL %s: %s\n", guarded_case, difference);
    clq_op_image_free(&got);
    guarded_destroy(&x);
    guarded_destroy(&y);
    return right;
}

typedef struct guard_run {
    clqnn_context *context;
    const char *variant;
    size_t passed, refused, failed;
} guard_run;

static void count_case(guard_run *run, const guard_case *c, const clq_op_image *before)
{
    if (c->status == CLQNN_UNSUPPORTED) run->refused++;
    else if (c->status == CLQNN_OK && run_side(run->context, c, before, true) && run_side(run->context, c, before, false)) run->passed++;
    else run->failed++, printf("FAIL %s: %s\n", guarded_case, clqnn_last_error());
}

static void run_pointwise(guard_run *run, const clq_pointwise_family *family, size_t index)
{
    clq_random random = clq_random_seed(SEED, index);
    clq_pointwise_case test = {.is_large = false};
    clq_op_image before = {.size = 0};
    if (family->make(&random, index, run->variant, &test) && clq_op_image_copy(&test.expected, &before)) {
        guard_case c = {.x = &test.x, .expected = &test.expected};
        (void)snprintf(guarded_case, sizeof guarded_case, "%s case %zu: %s", family->kind, index, test.text);
        c.status = family->create(run->context, &test, &c.op);
        if (c.status == CLQNN_OK) family->reference(&test);
        count_case(run, &c, &before);
        clqnn_op_destroy(c.op);
    }
    free(test.thresholds);
    clq_op_image_free(&test.x);
    clq_op_image_free(&test.expected);
    clq_op_image_free(&before);
}

static void run_shape(guard_run *run, const clq_shape_family *family, size_t index)
{
    clq_random random = clq_random_seed(SEED, index);
    clq_shape_case test = {.input_count = 1, .output_count = 1};
    clq_op_image before = {.size = 0};
    family->make(&random, run->variant, &test);
    if (clq_op_image_allocate(&random, &test.inputs[0], -1) && clq_op_image_allocate(&random, &test.expected[0], POISON) && clq_op_image_copy(&test.expected[0], &before)) {
        guard_case c = {.x = &test.inputs[0], .expected = &test.expected[0]};
        (void)snprintf(guarded_case, sizeof guarded_case, "%s case %zu: %s", family->kind, index, test.text);
        c.status = family->create(run->context, &test, &c.op);
        if (c.status == CLQNN_OK) (void)family->reference(&test);
        count_case(run, &c, &before);
        clqnn_op_destroy(c.op);
    }
    clq_op_image_free(&test.inputs[0]);
    clq_op_image_free(&test.expected[0]);
    clq_op_image_free(&before);
}

int main(int count, char **arguments)
{
    if (count != 3) return printf("usage: planes_guard_page_test FAMILY VARIANT\n"), 2;
    const clq_pointwise_family *const pointwise = clq_pointwise_family_find(arguments[1]);
    const clq_shape_family *const shape = clq_shape_family_find(arguments[1]);
    guard_run run = {.variant = arguments[2]};
    if (!pointwise && !shape) return printf("no family %s\n", arguments[1]), 2;
    if (clqnn_context_create(NULL, &run.context) != CLQNN_OK) return printf("skipped: %s\n", clqnn_last_error()), SKIPPED;
    guarded_report_crashes();
    for (size_t i = 0; i < CASES && run.failed < 10; i++) {
        if (pointwise) run_pointwise(&run, pointwise, i);
        else run_shape(&run, shape, i);
    }
    printf("%zu passed, %zu refused, %zu failed\n", run.passed, run.refused, run.failed);
    clqnn_context_release(run.context);
    return run.failed ? 1 : run.passed == 0 ? SKIPPED : 0;
}
