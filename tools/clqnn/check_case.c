/* SPDX-License-Identifier: Apache-2.0 */
#include "check_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check_dynamic.h"
#include "clqnn/memory.h"
#include "plain_gemm.h"

static clq_case_verdict refuse(clqnn_status status, char *message, size_t capacity, const char *call)
{
    if (status == CLQNN_UNSUPPORTED) {
        snprintf(message, capacity, "%s", clqnn_last_error());
        return CLQ_CASE_SKIPPED;
    }
    snprintf(message, capacity, "%s: %s: %s", call, clqnn_status_name(status), clqnn_last_error());
    return CLQ_CASE_DIFFERS;
}

static clq_case_verdict run_gemm(clqnn_context *context, clq_case *file, char *message, size_t capacity)
{
    clq_case_gemm gemm;
    const clqnn_status made = clq_case_make_gemm(file, &gemm, message, capacity);
    if (made != CLQNN_OK) return made == CLQNN_UNSUPPORTED ? CLQ_CASE_SKIPPED : CLQ_CASE_DIFFERS;
    void *const got = malloc(gemm.c_bytes > 0 ? gemm.c_bytes : 1);
    if (got == NULL) return refuse(CLQNN_OUT_OF_MEMORY, message, capacity, "malloc");
    const char *call = "";
    const plain_gemm plain = { .desc = &gemm.desc, .a = gemm.a, .a_bytes = gemm.a_bytes, .c = got, .c_bytes = gemm.c_bytes };
    const clqnn_status status = plain_gemm_run(context, &plain, &call);
    clq_case_verdict verdict = CLQ_CASE_OK;
    if (status != CLQNN_OK) {
        verdict = refuse(status, message, capacity, call);
    } else if (clq_case_compare(file, "y", got, message, capacity) != 0) {
        verdict = CLQ_CASE_DIFFERS;
    }
    free(got);
    return verdict;
}

clq_case_verdict clq_check_case(clqnn_context *context, const char *path, char *message, size_t capacity)
{
    clq_case *file = NULL;
    message[0] = '\0';
    const clqnn_status status = clq_case_read(path, &file, message, capacity);
    if (status != CLQNN_OK) return status == CLQNN_UNSUPPORTED ? CLQ_CASE_SKIPPED : CLQ_CASE_DIFFERS;
    clq_case_verdict verdict = CLQ_CASE_SKIPPED;
    switch (clq_case_operator(file)) {
    case CLQ_CASE_OP_GEMM: verdict = run_gemm(context, file, message, capacity); break;
    case CLQ_CASE_OP_DYNAMIC_QUANTIZE: verdict = clq_check_dynamic_case(context, file, message, capacity); break;
    case CLQ_CASE_OP_OTHER: snprintf(message, capacity, "this version has no operator \"%s\"", clq_case_operator_name(file)); break;
    }
    clq_case_free(file);
    return verdict;
}
