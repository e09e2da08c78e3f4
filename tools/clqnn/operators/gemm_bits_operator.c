/* SPDX-License-Identifier: Apache-2.0 */
/* Products of bits, of clqnn/gemm.h: verified and listed under a name of their own. Case files and `explain` know them as gemm. */
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

const clq_operator clq_gemm_bits_operator = {
    .name = "gemm_bits",
    .variants = variants,
    .case_count = clq_bits_case_count,
    .case_run = case_run,
    .case_describe = case_describe,
};
