/* SPDX-License-Identifier: Apache-2.0 */
/* conv_mixed_guard_page_test VARIANT|auto [SEED [CASES]]: the harness's cases on buffers that are the host's own memory between two pages that must not be
 * touched, as mixed_guard_page_test does: every tensor first ends at the second page, then begins behind the first one, so that a kernel that reads or writes
 * one byte too many dies. Exit status: 0 all that the variant takes are right; 77 not on this device; else the case is printed. */
#include <CL/cl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/opencl.h"
#include "guarded_buffer.h"
#include "conv_mixed_case.h"

enum { SKIPPED = 77, POISON = GUARDED_POISON };

typedef struct guard_run {
    clqnn_context *context;
    cl_command_queue queue;
    const char *variant;
    bool at_end;
    size_t passed, refused, failed;
} guard_run;

/* The tensors of a call; residual only where it has one. */
typedef struct tensors { guarded x, residual, y; } tensors;

static bool create_input(const guard_run *run, const clq_host_bytes *bytes, bool wanted, guarded *g)
{
    return !wanted || guarded_create(run->context, run->at_end, bytes->data + bytes->offset, bytes->size - bytes->offset, g);
}

static bool create_tensors(const guard_run *run, const clq_conv_mixed_problem *problem, size_t y_size, tensors *all)
{
    const bool alias = problem->spec.residual == CLQ_RESIDUAL_ALIAS;
    return create_input(run, &problem->x, true, &all->x) && create_input(run, &problem->residual, problem->spec.residual == CLQ_RESIDUAL_OWN, &all->residual)
           && guarded_create(run->context, run->at_end, alias ? problem->residual.data + problem->residual.offset : NULL, y_size, &all->y);
}

static bool enqueue(const guard_run *run, const clqnn_conv *conv, const tensors *all, bool alias)
{
    clqnn_conv_args args = {.x = {all->x.memory, all->x.offset}, .y = {all->y.memory, all->y.offset}};
    args.residual = alias ? args.y : (clqnn_region){all->residual.memory, all->residual.offset};
    cl_mem workspace = NULL;
    cl_int code;
    if (clqnn_conv_workspace_size(conv)) {
        workspace = clCreateBuffer(clqnn_context_opencl_context(run->context), CL_MEM_READ_WRITE, clqnn_conv_workspace_size(conv), NULL, &code);
        args.workspace.memory = workspace;
    }
    const clqnn_status status = clqnn_conv_enqueue(conv, run->queue, &args, 0, NULL, NULL);
    bool done = status == CLQNN_OK && clFinish(run->queue) == CL_SUCCESS;
    void *mapped = done ? clEnqueueMapBuffer(run->queue, all->y.memory, CL_TRUE, CL_MAP_READ, 0, all->y.inner, 0, NULL, NULL, &code) : NULL;
    done = mapped && clEnqueueUnmapMemObject(run->queue, all->y.memory, mapped, 0, NULL, NULL) == CL_SUCCESS && clFinish(run->queue) == CL_SUCCESS;
    if (workspace) clReleaseMemObject(workspace);
    if (!done) printf("FAIL %s: %s\n", guarded_case, clqnn_last_error());
    return done;
}

/* What stands in y, put where the harness expects it. Bytes that belong to no element are the poison, or a NaN of the residual's padding. */
static bool is_right(const clq_conv_mixed_problem *problem, const guarded *y)
{
    unsigned char *const image = malloc(problem->y.size + 1);
    clq_verify_result result;
    if (!image) return false;
    memset(image, POISON, problem->y.size);
    for (size_t i = 0; i < y->size; i++) {
        const size_t at = problem->y.offset + i;
        const bool kept = problem->spec.residual == CLQ_RESIDUAL_ALIAS && !problem->written[at] && y->data[i] == problem->residual.data[at];
        image[at] = kept ? POISON : y->data[i];
    }
    clq_conv_mixed_compare(problem, image, POISON, &result);
    free(image);
    if (result.outcome != CLQ_PASSED) printf("FAIL %s: %s\n", guarded_case, result.message);
    return result.outcome == CLQ_PASSED;
}

static void run_problem(guard_run *run, const clq_conv_mixed_problem *problem)
{
    clqnn_conv_desc desc = problem->desc;
    desc.variant = run->variant;
    clqnn_conv *conv = NULL;
    if (clqnn_conv_create(run->context, &desc, &conv) != CLQNN_OK) {
        run->refused++;
        return;
    }
    tensors all = {0};
    const size_t y_size = (size_t)problem->y_strides.extent * clqnn_type_size(problem->spec.y_type);
    const bool right = create_tensors(run, problem, y_size, &all) && enqueue(run, conv, &all, problem->spec.residual == CLQ_RESIDUAL_ALIAS)
        && is_right(problem, &all.y);
    if (right) run->passed++;
    else run->failed++;
    clqnn_conv_destroy(conv);
    guarded_destroy(&all.x);
    guarded_destroy(&all.residual);
    guarded_destroy(&all.y);
}

static void run_cases(guard_run *run, const clq_sweep *sweep, size_t most)
{
    const size_t all = clq_conv_mixed_case_count(sweep), count = most < all ? most : all;
    for (size_t i = 0; i < count; i++) {
        clq_conv_mixed_case spec = clq_conv_mixed_case_make(sweep, i * all / count);
        char message[256], text[600];
        clq_conv_mixed_problem *problem = clq_conv_mixed_problem_create(&spec, message, sizeof message);
        (void)snprintf(guarded_case, sizeof guarded_case, "case %zu at the %s: %s", i * all / count, run->at_end ? "end" : "beginning",
                       clq_conv_mixed_case_describe(&spec, text, sizeof text));
        if (problem) run_problem(run, problem);
        else printf("FAIL %s: %s\n", guarded_case, message), run->failed++;
        clq_conv_mixed_problem_destroy(problem);
    }
}

int main(int argc, char **argv)
{
    if (argc < 2) return 2;
    guard_run run = {.variant = strcmp(argv[1], "auto") == 0 ? NULL : argv[1]};
    const clq_sweep sweep = {.level = CLQ_LEVEL_NORMAL, .seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 5, .variant = run.variant};
    clqnn_device_info info;
    if (clqnn_context_create(NULL, &run.context) != CLQNN_OK || clqnn_context_device(run.context, &info) != CLQNN_OK || !info.is_cpu) {
        printf("skipped: no device of this processor\n");
        clqnn_context_release(run.context);
        return SKIPPED;
    }
    cl_int code;
    run.queue = clCreateCommandQueue(clqnn_context_opencl_context(run.context), info.device, 0, &code);
    if (code != CL_SUCCESS) return 1;
    guarded_report_crashes();
    for (int at_end = 0; at_end < 2; at_end++) {
        run.at_end = at_end;
        run_cases(&run, &sweep, argc > 3 ? (size_t)strtoull(argv[3], NULL, 10) : SIZE_MAX);
    }
    printf("%s: %zu passed, %zu failed, %zu not for this variant\n", argv[1], run.passed, run.failed, run.refused);
    clReleaseCommandQueue(run.queue);
    clqnn_context_release(run.context);
    return run.failed ? 1 : run.passed ? 0 : SKIPPED;
}
