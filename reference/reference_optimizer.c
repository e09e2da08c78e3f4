/* SPDX-License-Identifier: Apache-2.0 */
/* Optimizers: the formulas of clqnn/optimizer.h. */
#include <float.h>
#include <math.h>

#include "clqnn/reference_optimizer.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

clqnn_status clqnn_reference_sgd(const clqnn_sgd_desc *desc, const float *g, float lr, const int32_t *skip, float *w, float *v)
{
    if (desc->has_skip && *skip) return CLQNN_OK;
    for (int64_t i = 0; i < desc->count; i++) {
        float d = g[i];
        if (desc->weight_decay != 0.0f) d = d + desc->weight_decay * w[i];
        if (desc->momentum != 0.0f) {
            v[i] = desc->momentum * v[i] + d;
            d = desc->nesterov ? d + desc->momentum * v[i] : v[i];
        }
        w[i] = w[i] - lr * d;
    }
    return CLQNN_OK;
}

clqnn_status clqnn_reference_adam(const clqnn_adam_desc *desc, const float *g, const float step[3], const int32_t *skip, float *w, float *m, float *v)
{
    const float beta1 = desc->beta1 == 0.0f ? 0.9f : desc->beta1, beta2 = desc->beta2 == 0.0f ? 0.999f : desc->beta2;
    const float epsilon = desc->epsilon == 0.0f ? 1e-8f : desc->epsilon, decay = desc->weight_decay;
    if (desc->has_skip && *skip) return CLQNN_OK;
    for (int64_t i = 0; i < desc->count; i++) {
        float d = g[i];
        if (decay != 0.0f && desc->is_decoupled) w[i] = w[i] - (step[0] * decay) * w[i];
        if (decay != 0.0f && !desc->is_decoupled) d = d + decay * w[i];
        m[i] = beta1 * m[i] + (1.0f - beta1) * d;
        v[i] = beta2 * v[i] + ((1.0f - beta2) * d) * d;
        const float estimate = v[i] * step[2], root = estimate < FLT_MIN ? 0.0f : sqrtf(estimate);
        w[i] = w[i] - (step[0] * (m[i] * step[1])) * (1.0f / (root + epsilon));
    }
    return CLQNN_OK;
}
