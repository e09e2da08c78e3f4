/* SPDX-License-Identifier: Apache-2.0 */
/* Convolutions of bits, of clqnn/conv.h: verified and listed under a name of their own. Case files and `explain` know them as conv. */
#include "conv_bits_case.h"
#include "op_variant_list.h"
#include "operator.h"

static clqnn_status variants(clq_variant *list, size_t capacity, size_t *count)
{
    return clq_op_variants_of("conv_bits", list, capacity, count);
}

static void case_run(clqnn_context *context, const clq_sweep *sweep, size_t index, clq_verify_result *result)
{
    const clq_conv_bits_case spec = clq_conv_bits_case_make(sweep, index);
    clq_conv_bits_verify(context, &spec, sweep->variant, result);
}

static const char *case_describe(const clq_sweep *sweep, size_t index, char *text, size_t size)
{
    const clq_conv_bits_case spec = clq_conv_bits_case_make(sweep, index);
    return clq_conv_bits_case_describe(&spec, text, size);
}

const clq_operator clq_conv_bits_operator = {
    .name = "conv_bits",
    .variants = variants,
    .case_count = clq_conv_bits_case_count,
    .case_run = case_run,
    .case_describe = case_describe,
};
