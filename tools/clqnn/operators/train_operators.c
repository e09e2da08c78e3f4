/* SPDX-License-Identifier: Apache-2.0 */
/* The products of training: list and verify. */
#include <stdio.h>

#include "op_variant_list.h"
#include "operator.h"
#include "train_case.h"

static size_t case_count(const clq_sweep *sweep)
{
    return sweep->level == CLQ_LEVEL_QUICK ? 60 : sweep->level == CLQ_LEVEL_NORMAL ? 200 : 1500;
}

static void case_run(bool is_conv, clqnn_context *context, const clq_sweep *sweep, size_t index, clq_verify_result *result)
{
    *result = (clq_verify_result){.variant = sweep->variant};
    result->outcome = clq_train_verify(context, is_conv, sweep->seed, index, sweep->variant, result->message);
}

static const char *case_describe(bool is_conv, const clq_sweep *sweep, size_t index, char *text, size_t size)
{
    clq_train_case test;
    (void)clq_train_make(is_conv, sweep->seed, index, sweep->variant, 3e6, &test);
    (void)snprintf(text, size, "%s", test.text);
    clq_train_free(&test);
    return text;
}

#define OPERATOR(family, is_conv)                                                                                                          \
    static clqnn_status family##_variants(clq_variant *list, size_t capacity, size_t *count)                                               \
    {                                                                                                                                      \
        return clq_op_variants_of(#family, list, capacity, count);                                                                         \
    }                                                                                                                                      \
    static void family##_run(clqnn_context *context, const clq_sweep *sweep, size_t index, clq_verify_result *result)                      \
    {                                                                                                                                      \
        case_run(is_conv, context, sweep, index, result);                                                                                  \
    }                                                                                                                                      \
    static const char *family##_describe(const clq_sweep *sweep, size_t index, char *text, size_t size)                                    \
    {                                                                                                                                      \
        return case_describe(is_conv, sweep, index, text, size);                                                                           \
    }                                                                                                                                      \
    const clq_operator clq_##family##_operator = {.name = #family, .variants = family##_variants, .case_count = case_count, .case_run = family##_run, \
                                                  .case_describe = family##_describe}

OPERATOR(train_gemm, false);
OPERATOR(train_conv, true);
