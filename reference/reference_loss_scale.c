/* SPDX-License-Identifier: Apache-2.0 */
/* Scale and unscale: the formulas of clqnn/loss_scale.h. */
#include <float.h>
#include <math.h>

#include "clqnn/reference_loss_scale.h"
#include "tensor_view.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

clqnn_status clqnn_reference_loss_scale(const clqnn_loss_scale_desc *desc, const void *x, float scale, void *y, int32_t *flag)
{
    const float factor = desc->kind == CLQNN_LOSS_UNSCALE ? 1.0f / scale : scale;
    for (int64_t i = 0; i < clq_reference_count(&desc->y); i++) {
        const int64_t from = clq_reference_place(&desc->x, &desc->y, i), to = clq_reference_place(&desc->y, &desc->y, i);
        const float product = clq_reference_load_float(desc->x.type, x, from) * factor;
        clq_reference_store_float(desc->y.type, y, to, product);
        if (desc->kind == CLQNN_LOSS_UNSCALE && !isfinite(clq_reference_load_float(desc->y.type, y, to))) *flag |= 1;
    }
    return CLQNN_OK;
}
