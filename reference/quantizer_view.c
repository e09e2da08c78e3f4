/* SPDX-License-Identifier: Apache-2.0 */
#include "quantizer_view.h"

#include <math.h>
#include <stdlib.h>

#include "tensor_view.h"

/* The index along the axis, and how many elements one step of it spans. */
static int64_t axis_index(const clqnn_tensor *tensor, int64_t flat, int64_t *extent, int64_t *inner)
{
    const int axis = tensor->axis < 0 ? tensor->axis + tensor->rank : tensor->axis;
    *extent = tensor->shape[axis];
    *inner = 1;
    for (int i = axis + 1; i < tensor->rank; i++) *inner *= tensor->shape[i];
    return flat / *inner % *extent;
}

int64_t clq_reference_slot_of(const clqnn_tensor *tensor, clqnn_granularity granularity, int64_t flat)
{
    if (granularity == CLQNN_PER_TENSOR) return 0;
    int64_t extent = 1, inner = 1;
    const int64_t index = axis_index(tensor, flat, &extent, &inner);
    if (granularity == CLQNN_PER_CHANNEL) return index;
    const int64_t groups = (extent + tensor->block - 1) / tensor->block, outer = flat / inner / extent;
    return (outer * groups + index / tensor->block) * inner + flat % inner;
}

int64_t clq_reference_slot_count(const clqnn_tensor *tensor, clqnn_granularity granularity)
{
    return clq_reference_slot_of(tensor, granularity, clq_reference_count(tensor) - 1) + 1;
}

int64_t *clq_reference_slot_places(const clqnn_tensor *tensor, clqnn_granularity granularity, int64_t slot, int64_t *count)
{
    const int64_t all = clq_reference_count(tensor);
    int64_t *places = malloc((size_t)all * sizeof *places);
    *count = 0;
    for (int64_t i = 0; places && i < all; i++) {
        if (clq_reference_slot_of(tensor, granularity, i) == slot) places[(*count)++] = i;
    }
    return places;
}

void clq_reference_code_range(const clqnn_codes *codes, int32_t *least, int32_t *most)
{
    *least = codes->is_signed ? -(1 << (codes->bits - 1)) : 0;
    *most = codes->is_signed ? (1 << (codes->bits - 1)) - 1 : (1 << codes->bits) - 1;
    if (codes->is_restricted) ++*least;
}

static float limited(float x)
{
    if (isnan(x)) return 0.0f;
    return x < -0x1p126f ? -0x1p126f : x > 0x1p126f ? 0x1p126f : x;
}

void clq_reference_parameters(float low, float high, int32_t least, int32_t most, int32_t is_symmetric, float *scale, int32_t *zero_point)
{
    const float l = limited(low) < 0.0f ? limited(low) : 0.0f, h = limited(high) > 0.0f ? limited(high) : 0.0f;
    const float largest = fabsf(limited(low)) > fabsf(limited(high)) ? fabsf(limited(low)) : fabsf(limited(high));
    const float width = is_symmetric ? largest : h - l;
    const float steps = is_symmetric ? (float)(most - least) / 2.0f : (float)(most - least);
    *scale = width / steps;
    if (*scale < 0x1p-125f) *scale = 0x1p-125f;
    if (width < 0x1p-126f) *scale = 1.0f;
    if (is_symmetric) {
        *zero_point = (least + most + 1) / 2;
    } else {
        const double zero = (double)least + (double)rintf(-l / *scale);
        *zero_point = zero > most ? most : (int32_t)zero;
    }
}
