/* SPDX-License-Identifier: Apache-2.0 */
#include <stdbool.h>

#include "clqnn/loss_scale.h"
#include "core/message.h"

#define LEAST_SCALE 0x1p-126f     /* its inverse is a normal number too */
#define LARGEST_SCALE 0x1p126f

static bool is_usable(float scale)
{
    return scale >= LEAST_SCALE && scale <= LARGEST_SCALE;
}

static clqnn_status check(const clqnn_loss_scale_state *state)
{
    if (!is_usable(state->scale)) return clq_fail(CLQNN_INVALID_ARGUMENT, "scale is %g, must be in 2^-126..2^126", (double)state->scale);
    if (!(state->growth_factor > 1.0f && state->growth_factor <= LARGEST_SCALE)) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "growth_factor is %g, must be above 1, at most 2^126", (double)state->growth_factor);
    }
    if (!(state->backoff_factor >= LEAST_SCALE && state->backoff_factor < 1.0f)) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "backoff_factor is %g, must be at least 2^-126, below 1", (double)state->backoff_factor);
    }
    if (state->growth_interval < 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "growth_interval is %d, must be positive", (int)state->growth_interval);
    if (state->growth_tracker >= 0 && state->growth_tracker < state->growth_interval) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_ARGUMENT, "growth_tracker is %d, must be in 0..%d", (int)state->growth_tracker, (int)state->growth_interval - 1);
}

clqnn_status clqnn_loss_scale_start(clqnn_loss_scale_state *state)
{
    if (!state) return clq_fail(CLQNN_INVALID_ARGUMENT, "state is NULL");
    clqnn_loss_scale_state filled = *state;
    if (filled.scale == 0.0f) filled.scale = 65536.0f;
    if (filled.growth_factor == 0.0f) filled.growth_factor = 2.0f;
    if (filled.backoff_factor == 0.0f) filled.backoff_factor = 0.5f;
    if (filled.growth_interval == 0) filled.growth_interval = 2000;
    CLQ_FORWARD(check(&filled));
    *state = filled;
    return CLQNN_OK;
}

clqnn_status clqnn_loss_scale_update(clqnn_loss_scale_state *state, int32_t found_nonfinite)
{
    if (!state) return clq_fail(CLQNN_INVALID_ARGUMENT, "state is NULL");
    CLQ_FORWARD(check(state));
    const bool grows = !found_nonfinite && state->growth_tracker + 1 == state->growth_interval;
    const float scale = state->scale * (found_nonfinite ? state->backoff_factor : grows ? state->growth_factor : 1.0f);
    if (is_usable(scale)) state->scale = scale;
    state->growth_tracker = found_nonfinite || grows ? 0 : state->growth_tracker + 1;
    return CLQNN_OK;
}
