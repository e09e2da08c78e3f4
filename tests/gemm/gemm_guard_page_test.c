/* SPDX-License-Identifier: Apache-2.0 */
/* gemm_guard_page_test VARIANT|auto [SEED [CASES]]: the harness's cases on buffers that are the host's own memory between two pages that must not be touched:
 * every tensor first ends at the second page, then begins behind the first one, so that a kernel that reads or writes one byte too many dies.
 * Exit status: 0 all that the variant takes are right; 77 not on this device; else the case is printed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gemm_run.h"
#include "guarded_call.h"

enum { SKIPPED = 77, MOST_VARIANTS = 128 };

typedef struct guard_run {
    guarded_place place;
    const char *variant;
    clq_gemm_sweep sweep;
    size_t passed, refused, failed;
} guard_run;

/* Cases gather around the variant's tile. */
static void aim_sweep(guard_run *run)
{
    clqnn_gemm_variant_info infos[MOST_VARIANTS];
    size_t count = 0;
    if (!run->variant || clqnn_gemm_variants(infos, MOST_VARIANTS, &count) != CLQNN_OK) return;
    for (size_t i = 0; i < count && i < MOST_VARIANTS; i++) {
        if (strcmp(infos[i].name, run->variant) != 0) continue;
        run->sweep.tile_m = infos[i].tile_m;
        run->sweep.tile_n = infos[i].tile_n;
        run->sweep.tile_k = infos[i].tile_k;
        run->sweep.planes_only = clq_gemm_takes_planes_only(infos[i].types);
    }
}

static void run_case(guard_run *run, size_t index)
{
    clq_gemm_case spec = clq_gemm_case_make(&run->sweep, index);
    clq_verify_result result = {.outcome = CLQ_FAILED};
    char text[600];
    if (spec.b_source == CLQ_B_PACKED) spec.b_source = CLQ_B_CONSTANT;
    (void)snprintf(guarded_case, sizeof guarded_case, "case %zu at the %s: %s", index, run->place.at_end ? "end" : "beginning",
                   clq_gemm_case_describe(&spec, text, sizeof text));
    clq_gemm_problem *problem = clq_gemm_problem_create(&spec, result.message, sizeof result.message);
    if (problem) {
        const clq_product_call call = clq_gemm_call(problem);
        guarded_product_run(&run->place, &call, run->variant, &result);
    }
    clq_gemm_problem_destroy(problem);
    if (result.outcome == CLQ_FAILED) printf("FAIL %s: %s\n", guarded_case, result.message);
    run->passed += result.outcome == CLQ_PASSED;
    run->refused += result.outcome == CLQ_REFUSED;
    run->failed += result.outcome == CLQ_FAILED;
}

int main(int argc, char **argv)
{
    if (argc < 2) return 2;
    guard_run run = {.variant = strcmp(argv[1], "auto") == 0 ? NULL : argv[1],
                     .sweep = {.level = CLQ_LEVEL_NORMAL, .seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 5, .max_macs = 1 << 22}};
    clqnn_device_info info;
    if (clqnn_context_create(NULL, &run.place.context) != CLQNN_OK || clqnn_context_device(run.place.context, &info) != CLQNN_OK || !info.is_cpu) {
        printf("skipped: no device of this processor\n");
        clqnn_context_release(run.place.context);
        return SKIPPED;
    }
    cl_int code;
    run.place.queue = clCreateCommandQueue(clqnn_context_opencl_context(run.place.context), info.device, 0, &code);
    if (code != CL_SUCCESS) return 1;
    aim_sweep(&run);
    guarded_report_crashes();
    const size_t all = clq_gemm_case_count(&run.sweep), most = argc > 3 ? (size_t)strtoull(argv[3], NULL, 10) : SIZE_MAX, count = most < all ? most : all;
    for (int at_end = 0; at_end < 2; at_end++) {
        run.place.at_end = at_end;
        for (size_t i = 0; i < count; i++) run_case(&run, i * all / count);
    }
    printf("%s: %zu passed, %zu failed, %zu not for this variant\n", argv[1], run.passed, run.failed, run.refused);
    clReleaseCommandQueue(run.place.queue);
    clqnn_context_release(run.place.context);
    return run.failed ? 1 : run.passed ? 0 : SKIPPED;
}
