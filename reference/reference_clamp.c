/* SPDX-License-Identifier: Apache-2.0 */
/* Clamps and residual sums: the formulas of clqnn/train_layers.h. */
#include <math.h>

#include "clqnn/reference_train_layers.h"

clqnn_status clqnn_reference_clamp(const clqnn_clamp_desc *desc, const float *const *inputs, float *output)
{
    const int has_none = desc->clamp_min == 0.0f && desc->clamp_max == 0.0f;
    const float least = has_none ? -INFINITY : desc->clamp_min, most = has_none ? INFINITY : desc->clamp_max;
    for (int64_t i = 0; i < desc->count; i++) {
        if (desc->direction == CLQNN_LAYER_BACKWARD) {
            const float v = inputs[1][i];
            output[i] = v <= least || v >= most ? 0.0f : inputs[0][i];
        } else {
            const float v = desc->adds ? inputs[0][i] + inputs[1][i] : inputs[0][i];
            output[i] = v < least ? least : v > most ? most : v;
        }
    }
    return CLQNN_OK;
}
