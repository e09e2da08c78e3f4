/* SPDX-License-Identifier: Apache-2.0 */
/* The operators that work element by element. The families are listed and verified under their own names (binary, table, convert); case
 * files name single operators. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case_pointwise.h"
#include "op_variant_list.h"
#include "operator.h"
#include "operator_explain.h"
#include "pointwise_case.h"

/* ---- check ---- */

static clqnn_status create(clqnn_context *context, const clq_case_pointwise *call, clqnn_op **op)
{
    switch (call->kind) {
    case CLQ_CASE_BINARY: return clqnn_binary_create(context, &call->desc.binary, op);
    case CLQ_CASE_TABLE: return clqnn_table_create(context, &call->desc.table, op);
    case CLQ_CASE_PACK_BITS: return clqnn_pack_bits_create(context, &call->desc.pack_bits, op);
    case CLQ_CASE_UNPACK_BITS: return clqnn_unpack_bits_create(context, &call->desc.unpack_bits, op);
    default: return clqnn_convert_create(context, &call->desc.convert, op);
    }
}

/* Runs the plan on copies of the case's tensors. */
static clqnn_status run(clqnn_context *context, const clqnn_op *op, const clq_case_pointwise *call, clq_op_image *y)
{
    clq_op_image images[2] = { { .size = 0 } };
    clq_op_image *const inputs[2] = { &images[0], &images[1] };
    clqnn_status status = CLQNN_OK;
    for (int32_t i = 0; i < call->input_count && status == CLQNN_OK; i++) {
        images[i] = (clq_op_image){ .tensor = call->inputs[i], .size = clq_case_pointwise_bytes(&call->inputs[i]) };
        images[i].bytes = malloc(images[i].size);
        if (images[i].bytes == NULL) status = CLQNN_OUT_OF_MEMORY;
        else memcpy(images[i].bytes, call->data[i], images[i].size);
    }
    if (status == CLQNN_OK) status = clq_op_run(context, op, inputs, (uint32_t)call->input_count, &y, 1);
    for (int32_t i = 0; i < call->input_count; i++) free(images[i].bytes);
    return status;
}

static clq_case_verdict check(clqnn_context *context, clq_case *file, char *message, size_t capacity)
{
    clq_case_pointwise call;
    clqnn_op *op = NULL;
    const clqnn_status made = clq_case_make_pointwise(file, &call, message, capacity);
    if (made != CLQNN_OK) return made == CLQNN_UNSUPPORTED ? CLQ_CASE_SKIPPED : CLQ_CASE_BAD;
    clq_op_image y = { .tensor = call.y, .size = clq_case_pointwise_bytes(&call.y) };
    y.bytes = calloc(y.size + 1, 1);
    clqnn_status status = y.bytes ? create(context, &call, &op) : CLQNN_OUT_OF_MEMORY;
    if (status == CLQNN_OK) status = run(context, op, &call, &y);
    clq_case_verdict verdict = CLQ_CASE_SAME;
    if (status != CLQNN_OK) verdict = clq_refused_call(status, clq_case_operator_name(file), message, capacity);
    else if (clq_case_compare(file, "y", y.bytes, message, capacity) != 0) verdict = CLQ_CASE_DIFFERS;
    clqnn_op_destroy(op);
    free(y.bytes);
    return verdict;
}

/* ---- verify ---- */

static size_t case_count(const clq_sweep *sweep)
{
    return sweep->level == CLQ_LEVEL_QUICK ? 168 : sweep->level == CLQ_LEVEL_NORMAL ? 672 : 4032;
}

#define X(family) \
    static clqnn_status variants_##family(clq_variant *list, size_t capacity, size_t *count) \
    { \
        return clq_op_variants_of(#family, list, capacity, count); \
    } \
    static void case_run_##family(clqnn_context *context, const clq_sweep *sweep, size_t index, clq_verify_result *result) \
    { \
        *result = (clq_verify_result){ .variant = sweep->variant }; \
        result->outcome = clq_pointwise_verify(context, &clq_pointwise_##family, sweep, index, false, result->message); \
    } \
    static const char *case_describe_##family(const clq_sweep *sweep, size_t index, char *text, size_t size) \
    { \
        return clq_pointwise_describe(&clq_pointwise_##family, sweep, index, text, size); \
    } \
    const clq_operator clq_##family##_operator = { \
        .name = #family, .variants = variants_##family, .case_count = case_count, .case_run = case_run_##family, .case_describe = case_describe_##family, .check = check, \
        .explain_parse = clq_operator_explain_parse, .explain = clq_operator_explain, .explain_free = clq_operator_explain_free, \
    };
#include "pointwise_families.def"
#undef X

#define X(operator_name) \
    const clq_operator clq_##operator_name##_operator = { \
        .name = #operator_name, .check = check, .explain_parse = clq_operator_explain_parse, .explain = clq_operator_explain, \
        .explain_free = clq_operator_explain_free };
X(add)
X(sub)
X(mul)
X(min)
X(max)
X(lut)
X(quantize)
X(dequantize)
X(requantize)
#undef X

/* Between float types, and loss scaling: explained and timed, no operators of case files. */
#define X(operator_name) \
    const clq_operator clq_##operator_name##_operator = { \
        .name = #operator_name, .explain_parse = clq_operator_explain_parse, .explain = clq_operator_explain, .explain_free = clq_operator_explain_free };
X(cast)
X(scale)
X(unscale)
#undef X
