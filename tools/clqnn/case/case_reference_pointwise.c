/* SPDX-License-Identifier: Apache-2.0 */
#include "case_reference_pointwise.h"

#include <stdio.h>
#include <stdlib.h>

#include "case_pointwise.h"
#include "clqnn/reference_convert.h"
#include "clqnn/reference_pack.h"
#include "clqnn/reference_pointwise.h"

static clqnn_status run(const clq_case_pointwise *call, void *y)
{
    switch (call->kind) {
    case CLQ_CASE_BINARY: return clqnn_reference_binary(&call->desc.binary, call->data[0], call->data[1], y);
    case CLQ_CASE_TABLE: return clqnn_reference_table(&call->desc.table, call->data[0], y);
    case CLQ_CASE_PACK_BITS: return clqnn_reference_pack_bits(&call->desc.pack_bits, call->data[0], y);
    case CLQ_CASE_UNPACK_BITS: return clqnn_reference_unpack_bits(&call->desc.unpack_bits, call->data[0], y);
    default: return clqnn_reference_convert(&call->desc.convert, call->data[0], y);
    }
}

clq_case_verdict clq_case_check_pointwise(clq_case *file, char *message, size_t capacity)
{
    clq_case_pointwise call;
    const clqnn_status made = clq_case_make_pointwise(file, &call, message, capacity);
    if (made != CLQNN_OK) return made == CLQNN_UNSUPPORTED ? CLQ_CASE_SKIPPED : CLQ_CASE_BAD;
    clq_case_verdict verdict = CLQ_CASE_BAD;
    void *const y = calloc(clq_case_pointwise_bytes(&call.y) + 1, 1);
    if (y == NULL || run(&call, y) != CLQNN_OK) {
        if (capacity > 0) snprintf(message, capacity, "the reference refuses the case, or memory is short");
    } else {
        verdict = clq_case_compare(file, "y", y, message, capacity) == 0 ? CLQ_CASE_SAME : CLQ_CASE_DIFFERS;
    }
    free(y);
    return verdict;
}
