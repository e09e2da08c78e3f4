/* SPDX-License-Identifier: Apache-2.0 */
#include "reference_validate.h"

#include "bit_planes.h"
#include "reference_epilogue.h"

static int is_8bit(clqnn_type type)
{
    return type == CLQNN_S8 || type == CLQNN_U8;
}

static int is_float(clqnn_type type)
{
    return type == CLQNN_F32 || type == CLQNN_F16;
}

/* Counts are 0, 1 or `length`, and no count is without its array. */
static int counts_fit(const clqnn_quantization *quantization, int64_t length)
{
    const int64_t scales = quantization->scale_count;
    const int64_t zero_points = quantization->zero_point_count;
    return (scales == 0 || ((scales == 1 || scales == length) && quantization->scales)) &&
           (zero_points == 0 || ((zero_points == 1 || zero_points == length) && quantization->zero_points));
}

static int is_low_bit(clqnn_type type)
{
    return type == CLQNN_B1 || type == CLQNN_T2;
}

/* Planes whose values a requantization gives. */
static int is_requantized_planes(clqnn_type type)
{
    return (type >= CLQNN_PU1 && type <= CLQNN_PU8) || (type >= CLQNN_PS2 && type <= CLQNN_PS8);
}

static int bias_fits(const clqnn_gemm_desc *desc)
{
    return !desc->bias || desc->bias_type == CLQNN_S32 || (desc->bias_type == CLQNN_F32 && is_float(desc->c.type));
}

/* Products of bits. */
static int planes_fit(const clqnn_gemm_desc *desc)
{
    const clqnn_type c = desc->c.type, residual = desc->residual.type;
    if (!clq_reference_plane_bits(desc->b.type) || desc->dynamic != CLQNN_STATIC || desc->a.transposed || !desc->b.transposed) return 0;
    if (!is_8bit(c) && !is_float(c) && c != CLQNN_S32 && c != CLQNN_B1 && !is_requantized_planes(c)) return 0;
    if (residual != CLQNN_TYPE_NONE && (!is_float(residual) || !is_float(c))) return 0;
    if (desc->has_row_scales && !is_float(c)) return 0;
    if (c == CLQNN_B1 && (!desc->thresholds || (desc->threshold_count != 1 && desc->threshold_count != desc->n))) return 0;
    return bias_fits(desc);
}

static int types_fit(const clqnn_gemm_desc *desc)
{
    const clqnn_type c = desc->c.type;
    const int dynamic = desc->dynamic != CLQNN_STATIC;
    if (clq_reference_plane_bits(desc->a.type)) return planes_fit(desc);
    if (!is_8bit(desc->b.type) && !(is_low_bit(desc->b.type) && desc->b.transposed)) return 0;
    if (!(is_8bit(c) || is_float(c) || c == CLQNN_S32) || desc->residual.type != CLQNN_TYPE_NONE || desc->has_row_scales) return 0;
    if (dynamic ? !is_float(desc->a.type) || !is_float(c) : !is_8bit(desc->a.type)) return 0;
    if (dynamic && desc->dynamic_type != CLQNN_TYPE_NONE && !is_8bit(desc->dynamic_type)) return 0;
    return bias_fits(desc);
}

static clqnn_status validate_requantized(const clqnn_gemm_desc *desc)
{
    int32_t low, high;
    clq_reference_output_range(desc, &low, &high);
    if (low > high) return CLQNN_INVALID_ARGUMENT;
    if (desc->rounding == CLQNN_FLOAT_EVEN) return CLQNN_OK;
    if (desc->rounding != CLQNN_FIXED_DOUBLE && desc->rounding != CLQNN_FIXED_SINGLE) return CLQNN_INVALID_ARGUMENT;
    if (!desc->multipliers || !desc->shifts || (desc->fixed_count != 1 && desc->fixed_count != desc->n)) return CLQNN_INVALID_QUANTIZATION;
    for (int64_t j = 0; j < desc->fixed_count; j++) {
        if (desc->shifts[j] < -31 || desc->shifts[j] > 30) return CLQNN_INVALID_QUANTIZATION;
    }
    return CLQNN_OK;
}

clqnn_status clq_reference_validate(const clqnn_gemm_desc *desc)
{
    if (!types_fit(desc)) return CLQNN_INVALID_ARGUMENT;
    if (desc->m < 0 || desc->n < 0 || desc->k < 0 || desc->batch[0] < 0 || desc->batch[1] < 0) return CLQNN_INVALID_SHAPE;
    if (!counts_fit(&desc->a.quantization, desc->m) || !counts_fit(&desc->b.quantization, desc->n)) return CLQNN_INVALID_QUANTIZATION;
    if (!counts_fit(&desc->c.quantization, 1)) return CLQNN_INVALID_QUANTIZATION;
    if (desc->has_clamp && !(desc->clamp_min <= desc->clamp_max)) return CLQNN_INVALID_ARGUMENT;
    return is_8bit(desc->c.type) || is_requantized_planes(desc->c.type) ? validate_requantized(desc) : CLQNN_OK;
}
