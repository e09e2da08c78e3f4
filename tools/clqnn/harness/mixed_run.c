/* SPDX-License-Identifier: Apache-2.0 */
#include "mixed_run.h"

#include "product_run.h"

static bool round_trip(clqnn_context *context, const void *problem, const clqnn_gemm_desc *desc, clqnn_gemm_weights **weights, clq_verify_result *result)
{
    return clq_mixed_weights_round_trip(context, problem, desc, weights, result);
}

static void compare(const void *problem, const unsigned char *got, unsigned char poison, clq_verify_result *result)
{
    clq_mixed_compare(problem, got, poison, result);
}

void clq_mixed_run(clqnn_context *context, const clq_mixed_problem *problem, const char *variant, clq_verify_result *result)
{
    const clq_mixed_case *const spec = &problem->spec;
    const clq_product_call call = {.desc = &problem->desc, .b_source = spec->b_source, .sub_buffers = spec->sub_buffers, .wait_list = spec->wait_list,
                                   .residual_in_c = spec->residual == CLQ_MIXED_RESIDUAL_IN_C, .a = problem->a, .b = problem->b, .residual = problem->residual,
                                   .c = problem->c, .written = problem->written, .problem = problem, .round_trip = round_trip, .compare = compare};
    clq_product_run(context, &call, variant, result);
}

void clq_mixed_verify(clqnn_context *context, const clq_mixed_case *spec, const char *variant, clq_verify_result *result)
{
    *result = (clq_verify_result){.outcome = CLQ_FAILED};
    clq_mixed_problem *const problem = clq_mixed_problem_create(spec, result->message, sizeof result->message);
    if (!problem) return;
    clq_mixed_run(context, problem, variant, result);
    clq_mixed_problem_destroy(problem);
}
