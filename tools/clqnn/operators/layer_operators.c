/* SPDX-License-Identifier: Apache-2.0 */
/* The operators of training: one table, since the harness has one interface for all of them. */
#include "layer_case.h"
#include "op_variant_list.h"
#include "operator.h"

static size_t case_count(const clq_sweep *sweep)
{
    return sweep->level == CLQ_LEVEL_QUICK ? 120 : sweep->level == CLQ_LEVEL_NORMAL ? 480 : 3000;
}

#define X(family) \
    static clqnn_status variants_##family(clq_variant *list, size_t capacity, size_t *count) \
    { \
        return clq_op_variants_of(#family, list, capacity, count); \
    } \
    static void case_run_##family(clqnn_context *context, const clq_sweep *sweep, size_t index, clq_verify_result *result) \
    { \
        *result = (clq_verify_result){ .variant = sweep->variant }; \
        result->outcome = clq_layer_verify(context, &clq_layer_##family, sweep, index, false, clq_op_run, result->message); \
    } \
    static const char *case_describe_##family(const clq_sweep *sweep, size_t index, char *text, size_t size) \
    { \
        return clq_layer_describe(&clq_layer_##family, sweep, index, text, size); \
    } \
    const clq_operator clq_##family##_operator = { \
        .name = #family, .variants = variants_##family, .case_count = case_count, .case_run = case_run_##family, .case_describe = case_describe_##family, \
    };
#include "layer_families.def"
#undef X
