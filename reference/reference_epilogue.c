/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "bit_planes.h"
#include "clqnn/reference.h"
#include "reference_epilogue.h"

float clq_reference_scale(const clqnn_quantization *list, int64_t index)
{
    if (list->scale_count == 0) return 1.0f;
    return list->scales[list->scale_count == 1 ? 0 : index];
}

int32_t clq_reference_zero_point(const clqnn_quantization *list, int64_t index)
{
    if (list->zero_point_count == 0) return 0;
    return list->zero_points[list->zero_point_count == 1 ? 0 : index];
}

void clq_reference_output_range(const clqnn_gemm_desc *desc, int32_t *low, int32_t *high)
{
    int32_t lowest = desc->c.type == CLQNN_U8 ? 0 : -128, highest = desc->c.type == CLQNN_U8 ? 255 : 127;
    if (clq_reference_plane_bits(desc->c.type)) clq_reference_plane_range(desc->c.type, &lowest, &highest);
    const float type_low = (float)lowest, type_high = (float)highest;
    float least = type_low, greatest = type_high;
    if (desc->has_clamp) {
        /* Bounded on both sides before they become integers: infinite and huge bounds are allowed. */
        least = fminf(fmaxf(ceilf(desc->clamp_min), type_low), type_high + 1.0f);
        greatest = fmaxf(fminf(floorf(desc->clamp_max), type_high), type_low - 1.0f);
    }
    *low = (int32_t)least;
    *high = (int32_t)greatest;
}

static int32_t requantize(const clqnn_gemm_desc *desc, const clq_reference_sum *sum, int64_t column)
{
    int32_t low, high;
    clq_reference_output_range(desc, &low, &high);
    const int32_t zero_point = clq_reference_zero_point(&desc->c.quantization, 0);
    if (desc->rounding == CLQNN_FLOAT_EVEN) {
        const float product = sum->a_scale * clq_reference_scale(&desc->b.quantization, column);
        const float multiplier = product / clq_reference_scale(&desc->c.quantization, 0);
        return clqnn_reference_requantize_float_even(sum->acc, multiplier, zero_point, low, high);
    }
    const int64_t entry = desc->fixed_count == 1 ? 0 : column;
    const int32_t multiplier = desc->multipliers[entry];
    const int32_t shift = desc->shifts[entry];
    if (desc->rounding == CLQNN_FIXED_DOUBLE) return clqnn_reference_requantize_fixed_double(sum->acc, multiplier, shift, zero_point, low, high);
    return clqnn_reference_requantize_fixed_single(sum->acc, multiplier, shift, zero_point, low, high);
}

static float dequantize(const clqnn_gemm_desc *desc, const clq_reference_sum *sum, int64_t column)
{
    const float scale = sum->a_scale * clq_reference_scale(&desc->b.quantization, column);
    float value = (float)sum->acc * scale;
    if (sum->row_scale) value = value * *sum->row_scale;
    if (desc->bias && desc->bias_type == CLQNN_F32) value = value + ((const float *)desc->bias)[column];
    if (sum->residual) value = value + *sum->residual;
    if (desc->has_clamp) {
        if (value < desc->clamp_min) value = desc->clamp_min;
        if (value > desc->clamp_max) value = desc->clamp_max;
    }
    return value;
}

/* +1 or -1, of a folded batch norm. */
static int32_t sign_of(const clqnn_gemm_desc *desc, int32_t acc, int64_t column)
{
    const int64_t entry = desc->threshold_count == 1 ? 0 : column;
    const int32_t threshold = desc->thresholds[entry];
    const int falls = desc->directions && desc->directions[entry] < 0;
    return (falls ? acc <= threshold : acc >= threshold) ? 1 : -1;
}

void clq_reference_store(const clqnn_gemm_desc *desc, const clq_reference_sum *sum, int64_t column, void *c, int64_t index)
{
    switch (desc->c.type) {
    case CLQNN_S8: ((int8_t *)c)[index] = (int8_t)requantize(desc, sum, column); break;
    case CLQNN_U8: ((uint8_t *)c)[index] = (uint8_t)requantize(desc, sum, column); break;
    case CLQNN_F32: ((float *)c)[index] = dequantize(desc, sum, column); break;
    case CLQNN_F16: ((uint16_t *)c)[index] = clqnn_reference_f32_to_f16(dequantize(desc, sum, column)); break;
    case CLQNN_S32: ((int32_t *)c)[index] = sum->acc; break;
    case CLQNN_B1: clq_reference_store_plane(CLQNN_B1, c, index, sign_of(desc, sum->acc, column)); break;
    default: clq_reference_store_plane(desc->c.type, c, index, requantize(desc, sum, column)); break; /* pu, ps: validated */
    }
}
