/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "operator.h"

#define X(name) extern const clq_operator clq_##name##_operator;
#include "operators.def"
#undef X

#define X(name) &clq_##name##_operator,
const clq_operator *const clq_operators[] = {
#include "operators.def"
};
#undef X
const size_t clq_operator_count = sizeof clq_operators / sizeof *clq_operators;

const clq_operator *clq_operator_find(const char *name)
{
    for (size_t i = 0; i < clq_operator_count; i++) {
        if (strcmp(clq_operators[i]->name, name) == 0) return clq_operators[i];
    }
    return NULL;
}

clq_case_verdict clq_refused_call(clqnn_status status, const char *call, char *message, size_t capacity)
{
    if (status == CLQNN_UNSUPPORTED) {
        snprintf(message, capacity, "%s", clqnn_last_error());
        return CLQ_CASE_SKIPPED;
    }
    snprintf(message, capacity, "%s: %s: %s", call, clqnn_status_name(status), clqnn_last_error());
    return CLQ_CASE_BAD;
}

clq_case_verdict clq_check_read_case(clqnn_context *context, clq_case *file, char *message, size_t capacity)
{
    const clq_operator *const op = clq_operator_find(clq_case_operator_name(file));
    message[0] = '\0';
    if (op != NULL && op->check != NULL) return op->check(context, file, message, capacity);
    snprintf(message, capacity, "this version has no operator \"%s\"", clq_case_operator_name(file));
    return CLQ_CASE_SKIPPED;
}

clq_case_verdict clq_check_case(clqnn_context *context, const char *path, char *message, size_t capacity)
{
    clq_case *file = NULL;
    const clqnn_status status = clq_case_read(path, &file, message, capacity);
    if (status != CLQNN_OK) return status == CLQNN_UNSUPPORTED ? CLQ_CASE_SKIPPED : CLQ_CASE_BAD;
    const clq_case_verdict verdict = clq_check_read_case(context, file, message, capacity);
    clq_case_free(file);
    return verdict;
}
