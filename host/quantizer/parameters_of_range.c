/* SPDX-License-Identifier: Apache-2.0 */
/* kernels/cl/quantizer/range_to_parameters.cl has the same operations in the same order. */
#include <float.h>
#include <math.h>

#include "core/message.h"
#include "quantizer/quantizer_slots.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

#define LARGEST 0x1p126f
#define LEAST_WIDTH 0x1p-126f
#define LEAST_SCALE 0x1p-125f

static float within_limits(float x)
{
    return isnan(x) ? 0.0f : fminf(fmaxf(x, -LARGEST), LARGEST);
}

static float scale_of(float width, float steps)
{
    if (width < LEAST_WIDTH) return 1.0f;
    const float scale = width / steps;
    return scale < LEAST_SCALE ? LEAST_SCALE : scale;
}

clqnn_status clqnn_parameters_of_range(float low, float high, const clqnn_codes *codes, int32_t is_symmetric, float *scale, int32_t *zero_point)
{
    int32_t least = 0, most = 0;
    if (!codes || !scale || !zero_point) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is NULL", !codes ? "codes" : !scale ? "scale" : "zero_point");
    CLQ_FORWARD(clq_codes_resolve(codes, &least, &most));
    if (is_symmetric != 0 && is_symmetric != 1) return clq_fail(CLQNN_INVALID_ARGUMENT, "is_symmetric is %d, must be 0 or 1", (int)is_symmetric);
    const float from = within_limits(low), to = within_limits(high), steps = (float)(most - least);
    if (is_symmetric) {
        *scale = scale_of(fmaxf(fabsf(from), fabsf(to)), steps * 0.5f);
        *zero_point = (least + most + 1) / 2;
        return CLQNN_OK;
    }
    const float l = fminf(from, 0.0f), h = fmaxf(to, 0.0f);
    *scale = scale_of(h - l, steps);
    const float offset = rintf(-l / *scale); /* at most `steps` and a little more */
    const int32_t zero = least + (int32_t)offset;
    *zero_point = zero > most ? most : zero;
    return CLQNN_OK;
}
