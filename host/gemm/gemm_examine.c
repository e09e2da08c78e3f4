/* SPDX-License-Identifier: Apache-2.0 */
#include "gemm/gemm_examine.h"

#include "core/message.h"
#include "device/context.h"
#include "gemm/gemm_weights.h"

static clqnn_status check_tensor(const char *name, int64_t span, clqnn_type type, uint64_t most)
{
    const uint64_t bytes = (uint64_t)span * clqnn_type_size(type); /* a span is below 2^48 */
    if (bytes <= most) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_SHAPE, "%s takes %llu bytes, beyond the device's largest allocation of %llu", name, (unsigned long long)bytes,
                    (unsigned long long)most);
}

clqnn_status clq_gemm_examine(const clqnn_context *context, const clqnn_gemm_desc *desc, clq_gemm_spec *spec)
{
    if (!context) return clq_fail(CLQNN_INVALID_ARGUMENT, "context is NULL");
    const uint64_t most = context->info.max_alloc_bytes;
    CLQ_FORWARD(clq_gemm_validate(desc, spec));
    if (spec->desc.weights && spec->desc.weights->context->cl != context->cl) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "weights belong to another OpenCL context");
    }
    CLQ_FORWARD(check_tensor("a", spec->a_span, spec->problem.a.type, most));
    if (!spec->problem.b_constant) CLQ_FORWARD(check_tensor("b", spec->b_span, spec->problem.b.type, most));
    return check_tensor("c", spec->c_span, spec->problem.c.type, most);
}
