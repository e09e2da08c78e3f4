/* SPDX-License-Identifier: Apache-2.0 */
/* mixed_guard_page_test VARIANT|auto [SEED [CASES]]: the harness's cases on buffers that are the host's own memory between two pages that must not be
 * touched, as conv_guard_page_test does: every tensor first ends at the second page, then begins behind the first one, so that a kernel that reads or writes
 * one byte too many dies. Exit status: 0 all that the variant takes are right; 77 not on this device; else the case is printed. */
#include <CL/cl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/opencl.h"
#include "guarded_buffer.h"
#include "mixed_run.h"

enum { SKIPPED = 77, POISON = GUARDED_POISON };

typedef struct guard_run {
    clqnn_context *context;
    cl_command_queue queue;
    const char *variant;
    bool at_end;
    size_t passed, refused, failed;
} guard_run;

/* The tensors of a call; b and residual only where it has them. */
typedef struct tensors { guarded a, b, residual, c; } tensors;

static bool create_input(const guard_run *run, const clq_host_bytes *bytes, bool wanted, guarded *g)
{
    return !wanted || guarded_create(run->context, run->at_end, bytes->data + bytes->offset, bytes->size - bytes->offset, g);
}

static bool create_tensors(const guard_run *run, const clq_mixed_problem *problem, size_t c_size, tensors *all)
{
    const bool alias = problem->spec.residual == CLQ_MIXED_RESIDUAL_IN_C;
    return create_input(run, &problem->a, true, &all->a) && create_input(run, &problem->b, problem->spec.b_source == CLQ_B_RUNTIME, &all->b)
           && create_input(run, &problem->residual, problem->spec.residual == CLQ_MIXED_OWN_RESIDUAL, &all->residual)
           && guarded_create(run->context, run->at_end, alias ? problem->residual.data + problem->residual.offset : NULL, c_size, &all->c);
}

static bool enqueue(const guard_run *run, const clqnn_gemm *gemm, const tensors *all, bool alias)
{
    clqnn_gemm_args args = {.a = {all->a.memory, all->a.offset}, .b = {all->b.memory, all->b.offset}, .c = {all->c.memory, all->c.offset}};
    args.residual = alias ? args.c : (clqnn_region){all->residual.memory, all->residual.offset};
    cl_mem workspace = NULL;
    cl_int code;
    if (clqnn_gemm_workspace_size(gemm)) {
        workspace = clCreateBuffer(clqnn_context_opencl_context(run->context), CL_MEM_READ_WRITE, clqnn_gemm_workspace_size(gemm), NULL, &code);
        args.workspace.memory = workspace;
    }
    const clqnn_status status = clqnn_gemm_enqueue(gemm, run->queue, &args, 0, NULL, NULL);
    bool done = status == CLQNN_OK && clFinish(run->queue) == CL_SUCCESS;
    void *mapped = done ? clEnqueueMapBuffer(run->queue, all->c.memory, CL_TRUE, CL_MAP_READ, 0, all->c.inner, 0, NULL, NULL, &code) : NULL;
    done = mapped && clEnqueueUnmapMemObject(run->queue, all->c.memory, mapped, 0, NULL, NULL) == CL_SUCCESS && clFinish(run->queue) == CL_SUCCESS;
    if (workspace) clReleaseMemObject(workspace);
    if (!done) printf("FAIL %s: %s\n", guarded_case, clqnn_last_error());
    return done;
}

/* What stands in c, put where the harness expects it. Bytes that belong to no element are the poison, or a NaN of the residual's padding. */
static bool is_right(const clq_mixed_problem *problem, const guarded *c)
{
    unsigned char *const image = malloc(problem->c.size + 1);
    clq_verify_result result;
    if (!image) return false;
    memset(image, POISON, problem->c.size);
    for (size_t i = 0; i < c->size; i++) {
        const size_t at = problem->c.offset + i;
        const bool kept = problem->spec.residual == CLQ_MIXED_RESIDUAL_IN_C && !problem->written[at] && c->data[i] == problem->residual.data[at];
        image[at] = kept ? POISON : c->data[i];
    }
    clq_mixed_compare(problem, image, POISON, &result);
    free(image);
    if (result.outcome != CLQ_PASSED) printf("FAIL %s: %s\n", guarded_case, result.message);
    return result.outcome == CLQ_PASSED;
}

static void run_problem(guard_run *run, const clq_mixed_problem *problem)
{
    clqnn_gemm_desc desc = problem->desc;
    desc.variant = run->variant;
    clqnn_gemm *gemm = NULL;
    if (clqnn_gemm_create(run->context, &desc, &gemm) != CLQNN_OK) {
        run->refused++;
        return;
    }
    tensors all = {0};
    const size_t c_size = (size_t)problem->c_place.extent * clqnn_type_size(problem->spec.c_type);
    const bool right = create_tensors(run, problem, c_size, &all) && enqueue(run, gemm, &all, problem->spec.residual == CLQ_MIXED_RESIDUAL_IN_C) && is_right(problem, &all.c);
    if (right) run->passed++;
    else run->failed++;
    clqnn_gemm_destroy(gemm);
    guarded_destroy(&all.a);
    guarded_destroy(&all.b);
    guarded_destroy(&all.residual);
    guarded_destroy(&all.c);
}

static void run_cases(guard_run *run, const clq_sweep *sweep, size_t most)
{
    const size_t all = clq_mixed_case_count(sweep), count = most < all ? most : all;
    for (size_t i = 0; i < count; i++) {
        clq_mixed_case spec = clq_mixed_case_make(sweep, i * all / count);
        char message[256], text[600];
        if (spec.b_source == CLQ_B_PACKED) spec.b_source = CLQ_B_CONSTANT;
        clq_mixed_problem *problem = clq_mixed_problem_create(&spec, message, sizeof message);
        (void)snprintf(guarded_case, sizeof guarded_case, "case %zu at the %s: %s", i * all / count, run->at_end ? "end" : "beginning",
                       clq_mixed_case_describe(&spec, text, sizeof text));
        if (problem) run_problem(run, problem);
        else printf("FAIL %s: %s\n", guarded_case, message), run->failed++;
        clq_mixed_problem_destroy(problem);
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
