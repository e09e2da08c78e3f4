/* SPDX-License-Identifier: Apache-2.0 */
#include "bench_subject.h"

#include <stdlib.h>
#include <string.h>

#include "clqnn/memory.h"

enum { POISON = 0xa5 };

const clq_subject_type *clq_subject_of(clq_bench_op op)
{
    return clq_bench_is_operator(op) ? &clq_operator_subject : op == CLQ_BENCH_CONV ? &clq_conv_subject : &clq_gemm_subject;
}

bool clq_subject_poison(clqnn_context *context, struct _cl_mem *memory, size_t bytes)
{
    void *const poison = malloc(bytes + 1);
    if (poison != NULL) memset(poison, POISON, bytes);
    const bool done = poison != NULL && clqnn_upload(context, memory, 0, poison, bytes) == CLQNN_OK;
    free(poison);
    return done;
}
