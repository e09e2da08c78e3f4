/* SPDX-License-Identifier: Apache-2.0 */
/* Cases of the operators that pool, reduce or move elements through the scalar reference. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case_reference.h"
#include "case_shape.h"
#include "clqnn/reference_shape.h"

static clqnn_status run(const char *name, const clq_case_shape_call *call, void *y)
{
    if (strcmp(name, "pool") == 0) return clqnn_reference_pool(&call->desc.pool, call->data[0], y);
    if (strcmp(name, "concat") == 0) return clqnn_reference_concat(&call->desc.concat, call->data, y);
    if (strcmp(name, "softmax") == 0) return clqnn_reference_softmax(&call->desc.softmax, call->data[0], y);
    if (strcmp(name, "reduce") == 0) return clqnn_reference_reduce(&call->desc.reduce, call->data[0], y);
    return clqnn_reference_resize(&call->desc.resize, call->data[0], y);
}

clq_case_verdict clq_case_check_shape_reference(clq_case *file, char *message, size_t capacity)
{
    clq_case_shape_call *const call = malloc(sizeof *call);
    clq_case_verdict verdict = CLQ_CASE_BAD;
    if (call == NULL) return verdict;
    const clqnn_status status = clq_case_make_shape(file, call, message, capacity);
    size_t count = 4;
    for (int32_t i = 0; status == CLQNN_OK && i < call->y.rank; i++) count *= (size_t)call->y.shape[i];
    void *const y = calloc(count, 1);
    if (status != CLQNN_OK) {
        verdict = status == CLQNN_UNSUPPORTED ? CLQ_CASE_SKIPPED : CLQ_CASE_BAD;
    } else if (y == NULL || run(clq_case_operator_name(file), call, y) != CLQNN_OK) {
        if (capacity > 0) (void)snprintf(message, capacity, "the reference refuses the call");
    } else {
        verdict = clq_case_compare(file, "y", y, message, capacity) == 0 ? CLQ_CASE_SAME : CLQ_CASE_DIFFERS;
    }
    free(y);
    free(call);
    return verdict;
}
