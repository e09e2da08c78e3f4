/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "optimizer/optimizer_problem.h"

/* In binary64, each number rounded once to binary32. */
clqnn_status clqnn_adam_step(const clqnn_adam_desc *desc, float learning_rate, int64_t t, float step[3])
{
    float betas[2];
    if (!desc || !step) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", desc ? "step" : "desc");
    CLQ_FORWARD(clq_adam_betas(desc, betas));
    if (!isfinite(learning_rate)) return clq_fail(CLQNN_INVALID_ARGUMENT, "learning_rate is %g, must be finite", (double)learning_rate);
    if (t < 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "t is %lld, must be 1 or more", (long long)t);
    step[0] = learning_rate;
    for (int i = 0; i < 2; i++) step[1 + i] = (float)(1.0 / (1.0 - pow((double)betas[i], (double)t)));
    return CLQNN_OK;
}
