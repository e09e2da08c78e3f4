/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm_run.h"

#include "packed_weights.h"

static bool round_trip(clqnn_context *context, const void *problem, const clqnn_gemm_desc *desc, clqnn_gemm_weights **weights, clq_verify_result *result)
{
    return clq_packed_weights_round_trip(context, problem, desc, weights, result);
}

static void compare(const void *problem, const unsigned char *got, unsigned char poison, clq_verify_result *result)
{
    clq_gemm_compare(problem, got, poison, result);
}

clq_product_call clq_gemm_call(const clq_gemm_problem *problem)
{
    const clq_gemm_case *const spec = &problem->spec;
    return (clq_product_call){.desc = &problem->desc, .b_source = spec->b_source, .sub_buffers = spec->sub_buffers, .wait_list = spec->wait_list,
                              .a = problem->a, .b = problem->b, .c = problem->c, .written = problem->written, .problem = problem,
                              .round_trip = round_trip, .compare = compare};
}

void clq_gemm_run(clqnn_context *context, const clq_gemm_problem *problem, const char *variant, clq_gemm_result *result)
{
    const clq_product_call call = clq_gemm_call(problem);
    clq_product_run(context, &call, variant, result);
}

void clq_gemm_verify(clqnn_context *context, const clq_gemm_case *spec, const char *variant, clq_gemm_result *result)
{
    *result = (clq_gemm_result){ .outcome = CLQ_FAILED };
    clq_gemm_problem *const problem = clq_gemm_problem_create(spec, result->message, sizeof result->message);
    if (problem == NULL) return;
    clq_gemm_run(context, problem, variant, result);
    clq_gemm_problem_destroy(problem);
}
