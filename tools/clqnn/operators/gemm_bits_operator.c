/* SPDX-License-Identifier: Apache-2.0 */
/* Products of bits, of clqnn/gemm.h: verified and listed under a name of their own. Case files and `explain` know them as gemm. */
#include <stdio.h>

#include "bits_run.h"
#include "op_variant_list.h"
#include "operator.h"

static clqnn_status variants(clq_variant *list, size_t capacity, size_t *count)
{
    return clq_op_variants_of("gemm_bits", list, capacity, count);
}

static void case_run(clqnn_context *context, const clq_sweep *sweep, size_t index, clq_verify_result *result)
{
    const clq_bits_case spec = clq_bits_case_make(sweep, index);
    clq_bits_verify(context, &spec, sweep->variant, result);
}

static const char *case_describe(const clq_sweep *sweep, size_t index, char *text, size_t size)
{
    const clq_bits_case spec = clq_bits_case_make(sweep, index);
    return clq_bits_case_describe(&spec, text, size);
}

static bool case_write(const clq_sweep *sweep, size_t index, const char *path, const char *source, char *message, size_t size)
{
    const clq_bits_case spec = clq_bits_case_make(sweep, index);
    if ((spec.a_broadcast[0] && spec.b_broadcast[0]) || (spec.a_broadcast[1] && spec.b_broadcast[1])) {
        snprintf(message, size, "the format cannot say that both operands broadcast along a batch dimension");
        return false;
    }
    clq_bits_problem *const problem = clq_bits_problem_create(&spec, message, size);
    if (problem == NULL) return false;
    const clq_case_gemm gemm = {.desc = problem->desc, .a = problem->a.data + problem->a.offset, .b = problem->b.data + problem->b.offset,
                                .expected = problem->c.data + problem->c.offset, .row_scales = (const float *)(const void *)problem->row_scales.data,
                                .residual = problem->residual.data ? problem->residual.data + problem->residual.offset : NULL};
    const clqnn_status status = clq_case_write_gemm(path, &gemm, source, NULL, message, size);
    clq_bits_problem_destroy(problem);
    return status == CLQNN_OK;
}

const clq_operator clq_gemm_bits_operator = {
    .name = "gemm_bits",
    .variants = variants,
    .case_count = clq_bits_case_count,
    .case_run = case_run,
    .case_describe = case_describe,
    .case_write = case_write,
};
