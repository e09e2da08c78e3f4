/* SPDX-License-Identifier: Apache-2.0 */
/* A scale and a zero point of one range: clqnn/quantizer.h has the formulas. Each operation is rounded once, in the written order. */
#define LARGEST_EXTREME 0x1p126f
#define LEAST_WIDTH 0x1p-126f
#define LEAST_SCALE 0x1p-125f

typedef struct scale_and_zero {
    float scale;
    int zero;
} scale_and_zero;

static inline float within_limits(float x)
{
    return isnan(x) ? 0.0f : clamp(x, -LARGEST_EXTREME, LARGEST_EXTREME);
}

/* Quotients that are not normal are not divided for. */
static inline float scale_of_width(float width, float steps)
{
    if (width < LEAST_WIDTH) return 1.0f;
    return width <= LEAST_SCALE * steps ? LEAST_SCALE : clq_divide(width, steps);
}

static inline scale_and_zero range_to_parameters(float low, float high, int least, int most, int is_symmetric)
{
    const float from = within_limits(low), to = within_limits(high), steps = (float)(most - least);
    scale_and_zero made;
    if (is_symmetric) {
        made.scale = scale_of_width(max(fabs(from), fabs(to)), steps * 0.5f);
        made.zero = (least + most + 1) / 2;
        return made;
    }
    const float below = max(-from, 0.0f), above = max(to, 0.0f);
    made.scale = scale_of_width(above + below, steps);
    made.zero = below < LEAST_WIDTH ? least : min(least + (int)rint(clq_divide(below, made.scale)), most);
    return made;
}
