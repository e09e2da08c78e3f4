/* SPDX-License-Identifier: Apache-2.0 */
#include "conv_bits_case.h"

static void compare(const void *problem, const unsigned char *got, unsigned char poison, clq_verify_result *result)
{
    clq_conv_bits_compare(problem, got, poison, result);
}

clq_convolution_call clq_conv_bits_call(const clq_conv_bits_problem *problem)
{
    const clq_conv_bits_case *const spec = &problem->spec;
    return (clq_convolution_call){.desc = &problem->desc, .shape = &spec->shape, .weight_bytes = problem->weight_bytes, .packed = spec->packed,
                                  .sub_buffers = spec->sub_buffers, .wait_list = spec->wait_list, .residual_in_y = spec->residual_in_y,
                                  .x = problem->x, .residual = problem->residual, .row_scales = problem->row_scales, .y = problem->y,
                                  .written = problem->written, .problem = problem, .compare = compare};
}

void clq_conv_bits_verify(clqnn_context *context, const clq_conv_bits_case *spec, const char *variant, clq_verify_result *result)
{
    *result = (clq_verify_result){.outcome = CLQ_FAILED};
    clq_conv_bits_problem *const problem = clq_conv_bits_problem_create(spec, result->message, sizeof result->message);
    if (!problem) return;
    const clq_convolution_call call = clq_conv_bits_call(problem);
    clq_convolution_run(context, &call, variant, result);
    clq_conv_bits_problem_destroy(problem);
}
