/* SPDX-License-Identifier: Apache-2.0 */
#include "conv/conv_examine.h"

#include "conv/conv_weights.h"
#include "core/message.h"
#include "device/context.h"
#include "device/region.h"

clqnn_status clq_conv_examine(const clqnn_context *context, const clqnn_conv_desc *desc, clq_conv_spec *spec)
{
    if (!context) return clq_fail(CLQNN_INVALID_ARGUMENT, "context is NULL");
    const uint64_t most = context->info.max_alloc_bytes;
    CLQ_FORWARD(clq_conv_validate(desc, spec));
    if (spec->desc.weights && spec->desc.weights->context->cl != context->cl) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "weights belong to another OpenCL context");
    }
    CLQ_FORWARD(clq_span_check("x", spec->x_span, spec->problem.x.type, most));
    CLQ_FORWARD(clq_span_check("y", spec->y_span, spec->problem.y.type, most));
    return spec->residual_span ? clq_span_check("residual", spec->residual_span, spec->problem.residual.type, most) : CLQNN_OK;
}
