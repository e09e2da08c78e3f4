/* SPDX-License-Identifier: Apache-2.0 */
/* bits_guard_page_test gemm_bits|conv_bits VARIANT|auto [SEED [CASES]]: the harness's cases on buffers that are the host's own memory between two pages that must
 * not be touched: every tensor first ends at the second page, then begins behind the first one, so that a kernel that reads or writes one byte too many dies.
 * Exit status: 0 all that the variant takes are right; 77 not on this device; else the case is printed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bits_run.h"
#include "conv_bits_case.h"
#include "guarded_call.h"

enum { SKIPPED = 77 };

typedef struct guard_run {
    guarded_place place;
    bool is_conv;
    clq_sweep sweep;
    size_t passed, refused, failed;
} guard_run;

static void name_case(const guard_run *run, size_t index, const char *text)
{
    (void)snprintf(guarded_case, sizeof guarded_case, "case %zu at the %s: %s", index, run->place.at_end ? "end" : "beginning", text);
}

static void run_product(const guard_run *run, size_t index, clq_verify_result *result)
{
    clq_bits_case spec = clq_bits_case_make(&run->sweep, index);
    char text[600];
    if (spec.b_source == CLQ_B_PACKED) spec.b_source = CLQ_B_CONSTANT;
    name_case(run, index, clq_bits_case_describe(&spec, text, sizeof text));
    clq_bits_problem *problem = clq_bits_problem_create(&spec, result->message, sizeof result->message);
    if (!problem) return;
    const clq_product_call call = clq_bits_call(problem);
    guarded_product_run(&run->place, &call, run->sweep.variant, result);
    clq_bits_problem_destroy(problem);
}

static void run_convolution(const guard_run *run, size_t index, clq_verify_result *result)
{
    const clq_conv_bits_case spec = clq_conv_bits_case_make(&run->sweep, index);
    char text[600];
    name_case(run, index, clq_conv_bits_case_describe(&spec, text, sizeof text));
    clq_conv_bits_problem *problem = clq_conv_bits_problem_create(&spec, result->message, sizeof result->message);
    if (!problem) return;
    const clq_convolution_call call = clq_conv_bits_call(problem);
    guarded_convolution_run(&run->place, &call, run->sweep.variant, result);
    clq_conv_bits_problem_destroy(problem);
}

static void run_cases(guard_run *run, size_t most)
{
    const size_t all = run->is_conv ? clq_conv_bits_case_count(&run->sweep) : clq_bits_case_count(&run->sweep), count = most < all ? most : all;
    for (size_t i = 0; i < count; i++) {
        clq_verify_result result = {.outcome = CLQ_FAILED};
        if (run->is_conv) run_convolution(run, i * all / count, &result);
        else run_product(run, i * all / count, &result);
        if (result.outcome == CLQ_FAILED) printf("FAIL %s: %s\n", guarded_case, result.message);
        run->passed += result.outcome == CLQ_PASSED;
        run->refused += result.outcome == CLQ_REFUSED;
        run->failed += result.outcome == CLQ_FAILED;
    }
}

int main(int argc, char **argv)
{
    if (argc < 3) return 2;
    guard_run run = {.is_conv = strcmp(argv[1], "conv_bits") == 0};
    run.sweep = (clq_sweep){.level = CLQ_LEVEL_NORMAL, .seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 5, .variant = strcmp(argv[2], "auto") == 0 ? NULL : argv[2]};
    clqnn_device_info info;
    if (clqnn_context_create(NULL, &run.place.context) != CLQNN_OK || clqnn_context_device(run.place.context, &info) != CLQNN_OK || !info.is_cpu) {
        printf("skipped: no device of this processor\n");
        clqnn_context_release(run.place.context);
        return SKIPPED;
    }
    cl_int code;
    run.place.queue = clCreateCommandQueue(clqnn_context_opencl_context(run.place.context), info.device, 0, &code);
    if (code != CL_SUCCESS) return 1;
    guarded_report_crashes();
    for (int at_end = 0; at_end < 2; at_end++) {
        run.place.at_end = at_end;
        run_cases(&run, argc > 4 ? (size_t)strtoull(argv[4], NULL, 10) : SIZE_MAX);
    }
    printf("%s: %zu passed, %zu failed, %zu not for this variant\n", argv[2], run.passed, run.failed, run.refused);
    clReleaseCommandQueue(run.place.queue);
    clqnn_context_release(run.place.context);
    return run.failed ? 1 : run.passed ? 0 : SKIPPED;
}
