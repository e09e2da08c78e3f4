/* SPDX-License-Identifier: Apache-2.0 */
#include "shape_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case_shape.h"
#include "op_image.h"

static size_t bytes_of(const clqnn_tensor *tensor)
{
    size_t count = clqnn_type_size(tensor->type);
    for (int32_t i = 0; i < tensor->rank; i++) count *= (size_t)tensor->shape[i];
    return count;
}

static clqnn_status create(clqnn_context *context, const char *name, const clq_case_shape_call *call, clqnn_op **op)
{
    if (strcmp(name, "pool") == 0) return clqnn_pool_create(context, &call->desc.pool, op);
    if (strcmp(name, "concat") == 0) return clqnn_concat_create(context, &call->desc.concat, op);
    if (strcmp(name, "softmax") == 0) return clqnn_softmax_create(context, &call->desc.softmax, op);
    if (strcmp(name, "reduce") == 0) return clqnn_reduce_create(context, &call->desc.reduce, op);
    return clqnn_resize_create(context, &call->desc.resize, op);
}

/* Runs the plan on copies of the case's tensors. */
static clqnn_status run(clqnn_context *context, const clqnn_op *op, const clq_case_shape_call *call, clq_op_image *y)
{
    clq_op_image images[CLQNN_CONCAT_MAX] = {{.size = 0}};
    clq_op_image *inputs[CLQNN_CONCAT_MAX];
    clqnn_status status = CLQNN_OK;
    for (int32_t i = 0; i < call->input_count && status == CLQNN_OK; i++) {
        inputs[i] = &images[i];
        images[i] = (clq_op_image){.tensor = call->inputs[i], .size = bytes_of(&call->inputs[i])};
        images[i].bytes = malloc(images[i].size);
        if (images[i].bytes == NULL) status = CLQNN_OUT_OF_MEMORY;
        else memcpy(images[i].bytes, call->data[i], images[i].size);
    }
    if (status == CLQNN_OK) status = clq_op_run(context, op, inputs, (uint32_t)call->input_count, &y, 1);
    for (int32_t i = 0; i < call->input_count; i++) free(images[i].bytes);
    return status;
}

clq_case_verdict clq_shape_check(clqnn_context *context, clq_case *file, char *message, size_t capacity)
{
    clq_case_shape_call *const call = malloc(sizeof *call);
    if (call == NULL) return clq_refused_call(CLQNN_OUT_OF_MEMORY, "malloc", message, capacity);
    const clqnn_status made = clq_case_make_shape(file, call, message, capacity);
    clq_op_image y = {.tensor = call->y, .size = made == CLQNN_OK ? bytes_of(&call->y) : 0};
    clqnn_op *op = NULL;
    clq_case_verdict verdict = made == CLQNN_UNSUPPORTED ? CLQ_CASE_SKIPPED : CLQ_CASE_BAD;
    y.bytes = calloc(y.size + 1, 1);
    if (made == CLQNN_OK && y.bytes != NULL) {
        clqnn_status status = create(context, clq_case_operator_name(file), call, &op);
        if (status == CLQNN_OK) status = run(context, op, call, &y);
        if (status != CLQNN_OK) verdict = clq_refused_call(status, clq_case_operator_name(file), message, capacity);
        else verdict = clq_case_compare(file, "y", y.bytes, message, capacity) == 0 ? CLQ_CASE_SAME : CLQ_CASE_DIFFERS;
    } else if (made == CLQNN_OK) {
        verdict = clq_refused_call(CLQNN_OUT_OF_MEMORY, "malloc", message, capacity);
    }
    free(y.bytes);
    free(call);
    clqnn_op_destroy(op);
    return verdict;
}
