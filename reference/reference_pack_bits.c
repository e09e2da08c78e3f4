/* SPDX-License-Identifier: Apache-2.0 */
/* To and from bit planes: the formulas of clqnn/bits.h. */
#include <float.h>
#include <math.h>

#include "bit_planes.h"
#include "clqnn/reference.h"
#include "clqnn/reference_pack.h"
#include "reference_epilogue.h"
#include "tensor_view.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

static int is_float(clqnn_type type)
{
    return type == CLQNN_F32 || type == CLQNN_F16 || type == CLQNN_BF16;
}

/* With its strides filled in: dense rows take whole groups. */
static clqnn_tensor with_strides(const clqnn_tensor *planes)
{
    clqnn_tensor filled = *planes;
    int64_t step = clq_reference_row_values(planes->type, planes->shape[planes->rank - 1]);
    for (int i = 0; i < planes->rank; i++) {
        if (planes->strides[i] != 0) return filled;
    }
    filled.strides[planes->rank - 1] = 1;
    for (int i = planes->rank - 2; i >= 0; i--) {
        filled.strides[i] = step;
        step *= planes->shape[i];
    }
    return filled;
}

static float dequantize(const clqnn_tensor *tensor, int32_t value)
{
    const int32_t difference = value - clq_reference_zero_point(&tensor->quantization, 0);
    return clq_reference_scale(&tensor->quantization, 0) * (float)difference;
}

/* 2 q - most, q the level whose value is nearest. */
static int32_t odd_level(float real, float scale, int32_t most)
{
    if (isnan(real)) return 1;
    const float quotient = real / scale;
    const float sum = quotient + (float)most;
    const float level = rintf(sum / 2.0f);
    if (level <= 0.0f) return -most;
    return level >= (float)most ? most : 2 * (int32_t)level - most;
}

/* The value that stands for `real`. */
static int32_t plane_value(const clqnn_pack_bits_desc *desc, float real, int64_t index)
{
    const float threshold = desc->threshold_count ? desc->thresholds[desc->threshold_count > 1 ? index : 0] : 0.0f;
    const float scale = clq_reference_scale(&desc->y.quantization, 0);
    int32_t low, high;
    clq_reference_plane_range(desc->y.type, &low, &high);
    if (desc->y.type == CLQNN_B1) return real < threshold ? -1 : 1;
    if (desc->y.type == CLQNN_T2) return real > threshold ? 1 : real < -threshold ? -1 : 0;
    if (desc->y.type >= CLQNN_PO1) return odd_level(real, scale, high);
    return clqnn_reference_quantize(real, scale, clq_reference_zero_point(&desc->y.quantization, 0), low, high);
}

clqnn_status clqnn_reference_pack_bits(const clqnn_pack_bits_desc *desc, const void *x, void *y)
{
    const clqnn_tensor planes = with_strides(&desc->y);
    const int64_t last = planes.shape[planes.rank - 1];
    for (int64_t i = 0; i < clq_reference_count(&planes); i++) {
        const int64_t from = clq_reference_place(&desc->x, &planes, i), to = clq_reference_place(&planes, &planes, i);
        const float real = is_float(desc->x.type) ? clq_reference_load_float(desc->x.type, x, from)
                                                  : dequantize(&desc->x, clq_reference_load_integer(desc->x.type, x, from));
        if (i % last == 0) clq_reference_clear_planes(planes.type, y, to, last);
        clq_reference_store_plane(planes.type, y, to, plane_value(desc, real, i % last));
    }
    return CLQNN_OK;
}

clqnn_status clqnn_reference_unpack_bits(const clqnn_unpack_bits_desc *desc, const void *x, void *y)
{
    const clqnn_tensor planes = with_strides(&desc->x);
    int32_t low, high;
    clq_reference_type_range(desc->y.type, &low, &high);
    for (int64_t i = 0; i < clq_reference_count(&planes); i++) {
        const int64_t from = clq_reference_place(&planes, &planes, i), to = clq_reference_place(&desc->y, &planes, i);
        const float real = dequantize(&desc->x, clq_reference_load_plane(planes.type, x, from));
        if (is_float(desc->y.type)) {
            clq_reference_store_float(desc->y.type, y, to, real);
        } else {
            const int32_t zero_point = clq_reference_zero_point(&desc->y.quantization, 0);
            clq_reference_store_integer(desc->y.type, y, to, clqnn_reference_quantize(real, clq_reference_scale(&desc->y.quantization, 0), zero_point, low, high));
        }
    }
    return CLQNN_OK;
}
