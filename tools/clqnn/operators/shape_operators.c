/* SPDX-License-Identifier: Apache-2.0 */
/* The operators that pool, reduce or move elements: one table, since the harness has one interface for all of them. */
#include "op_variant_list.h"
#include "operator_explain.h"
#include "shape_case.h"
#include "shape_check.h"

static size_t case_count(const clq_sweep *sweep)
{
    return sweep->level == CLQ_LEVEL_QUICK ? 150 : sweep->level == CLQ_LEVEL_NORMAL ? 600 : 4000;
}

static void case_run(const clq_shape_family *family, clqnn_context *context, const clq_sweep *sweep, size_t index, clq_verify_result *result)
{
    *result = (clq_verify_result){ .variant = sweep->variant };
    result->outcome = clq_shape_verify(context, family, sweep->seed, index, sweep->variant, result->message);
}

#define X(family) \
    static clqnn_status variants_##family(clq_variant *list, size_t capacity, size_t *count) \
    { \
        return clq_op_variants_of(#family, list, capacity, count); \
    } \
    static void case_run_##family(clqnn_context *context, const clq_sweep *sweep, size_t index, clq_verify_result *result) \
    { \
        case_run(&clq_shape_##family, context, sweep, index, result); \
    } \
    static const char *case_describe_##family(const clq_sweep *sweep, size_t index, char *text, size_t size) \
    { \
        return clq_shape_describe(&clq_shape_##family, sweep->seed, index, text, size); \
    } \
    const clq_operator clq_##family##_operator = { \
        .name = #family, .variants = variants_##family, .case_count = case_count, .case_run = case_run_##family, .case_describe = case_describe_##family, \
        .check = clq_shape_check, .explain_parse = clq_operator_explain_parse, .explain = clq_operator_explain, .explain_free = clq_operator_explain_free, \
    };
#include "shape_families.def"
#undef X
