/* SPDX-License-Identifier: Apache-2.0 */
/* What a histogram spans, and the bin of a value: clqnn/quantizer.h has the formulas (after quantizer/statistics_blocks and quantizer/statistics_state). */
#define LARGEST_BOUND 0x1p126f
#define LEAST_SPAN 0x1p-100f   /* below it all is one bin */

typedef struct histogram_span {
    float low, high;
} histogram_span;

/* Both 0 where nothing is known. */
static inline histogram_span span_of(float least, float most, bool is_known, int is_magnitude)
{
    const float from = is_known ? clamp(least, -LARGEST_BOUND, LARGEST_BOUND) : 0.0f, to = is_known ? clamp(most, -LARGEST_BOUND, LARGEST_BOUND) : 0.0f;
    const histogram_span span = {is_magnitude ? 0.0f : from, is_magnitude ? max(fabs(from), fabs(to)) : to};
    return span;
}

static inline float bins_per_unit(histogram_span span, int bins)
{
    const float width = span.high - span.low;
    return width >= LEAST_SPAN ? clq_divide((float)bins, width) : 0.0f;
}

static inline int bin_of(float x, int is_magnitude, float low, float factor, int bins)
{
    const float distance = (is_magnitude ? fabs(x) : x) - low;
    return factor == 0.0f ? 0 : (int)clamp(distance * factor, 0.0f, (float)(bins - 1));
}
