/* SPDX-License-Identifier: Apache-2.0 */
#include "conv_mixed_case.h"
#include "convolution_run.h"

static void compare(const void *problem, const unsigned char *got, unsigned char poison, clq_verify_result *result)
{
    clq_conv_mixed_compare(problem, got, poison, result);
}

static void run_problem(clqnn_context *context, const clq_conv_mixed_problem *problem, const char *variant, clq_verify_result *result)
{
    const clq_conv_mixed_case *const spec = &problem->spec;
    const clq_convolution_call call = {.desc = &problem->desc, .shape = &spec->shape, .weight_bytes = problem->weight_bytes, .packed = spec->packed,
                                       .sub_buffers = spec->sub_buffers, .wait_list = spec->wait_list, .residual_in_y = spec->residual == CLQ_RESIDUAL_ALIAS,
                                       .x = problem->x, .residual = problem->residual, .y = problem->y, .written = problem->written, .problem = problem,
                                       .compare = compare};
    clq_convolution_run(context, &call, variant, result);
}

void clq_conv_mixed_verify(clqnn_context *context, const clq_conv_mixed_case *spec, const char *variant, clq_verify_result *result)
{
    *result = (clq_verify_result){ .outcome = CLQ_FAILED };
    clq_conv_mixed_problem *const problem = clq_conv_mixed_problem_create(spec, result->message, sizeof result->message);
    if (problem == NULL) return;
    run_problem(context, problem, variant, result);
    clq_conv_mixed_problem_destroy(problem);
}
