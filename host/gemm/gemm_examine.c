/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_examine.h"

#include "core/message.h"
#include "device/context.h"
#include "device/region.h"
#include "gemm/gemm_weights.h"

clqnn_status clq_gemm_examine(const clqnn_context *context, const clqnn_gemm_desc *desc, clq_gemm_spec *spec)
{
    if (!context) return clq_fail(CLQNN_INVALID_ARGUMENT, "context is NULL");
    const uint64_t most = context->info.max_alloc_bytes;
    CLQ_FORWARD(clq_gemm_validate(desc, spec));
    if (spec->desc.weights && spec->desc.weights->context->cl != context->cl) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "weights belong to another OpenCL context");
    }
    CLQ_FORWARD(clq_span_check("a", spec->a_span, spec->problem.a.type, most));
    if (!spec->problem.b_constant) CLQ_FORWARD(clq_span_check("b", spec->b_span, spec->problem.b.type, most));
    return clq_span_check("c", spec->c_span, spec->problem.c.type, most);
}
