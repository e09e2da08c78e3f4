/* SPDX-License-Identifier: Apache-2.0 */
/* Two inputs, element by element: the formulas of clqnn/pointwise.h, one operation a line. */
#include <float.h>

#include "clqnn/reference.h"
#include "clqnn/reference_pointwise.h"
#include "reference_epilogue.h"
#include "tensor_view.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

static int32_t combine_float(const clqnn_binary_desc *desc, int32_t a, int32_t b, int32_t low, int32_t high)
{
    const float x = clq_reference_scale(&desc->a.quantization, 0) * (float)(a - clq_reference_zero_point(&desc->a.quantization, 0));
    const float y = clq_reference_scale(&desc->b.quantization, 0) * (float)(b - clq_reference_zero_point(&desc->b.quantization, 0));
    float result = 0;
    switch (desc->kind) {
    case CLQNN_ADD: result = x + y; break;
    case CLQNN_SUB: result = x - y; break;
    case CLQNN_MUL: result = x * y; break;
    case CLQNN_MIN: result = x < y ? x : y; break;
    default: result = x > y ? x : y; break;
    }
    return clqnn_reference_quantize(result, clq_reference_scale(&desc->y.quantization, 0), clq_reference_zero_point(&desc->y.quantization, 0), low, high);
}

static int32_t rescale(clqnn_rounding rounding, int32_t x, const clqnn_fixed *fixed, int32_t zero_point, int32_t low, int32_t high)
{
    if (rounding == CLQNN_FIXED_DOUBLE) return clqnn_reference_requantize_fixed_double(x, fixed->multiplier, fixed->shift, zero_point, low, high);
    return clqnn_reference_requantize_fixed_single(x, fixed->multiplier, fixed->shift, zero_point, low, high);
}

static int32_t combine_fixed(const clqnn_binary_desc *desc, int32_t a, int32_t b, int32_t low, int32_t high)
{
    const int32_t x = a - clq_reference_zero_point(&desc->a.quantization, 0);
    const int32_t y = b - clq_reference_zero_point(&desc->b.quantization, 0);
    const int32_t unit = 1 << desc->left_shift;
    int32_t result = x * y;
    if (desc->kind != CLQNN_MUL) {
        const int32_t left = rescale(desc->rounding, x * unit, &desc->a_fixed, 0, INT32_MIN, INT32_MAX);
        const int32_t right = rescale(desc->rounding, y * unit, &desc->b_fixed, 0, INT32_MIN, INT32_MAX);
        result = desc->kind == CLQNN_ADD ? left + right : left - right;
    }
    return rescale(desc->rounding, result, &desc->y_fixed, clq_reference_zero_point(&desc->y.quantization, 0), low, high);
}

clqnn_status clqnn_reference_binary(const clqnn_binary_desc *desc, const void *a, const void *b, void *y)
{
    const int64_t count = clq_reference_count(&desc->y);
    int32_t low, high;
    clq_reference_clamp_range(desc->y.type, desc->has_clamp, desc->clamp_min, desc->clamp_max, &low, &high);
    for (int64_t i = 0; i < count; i++) {
        const int32_t left = clq_reference_load_integer(desc->a.type, a, clq_reference_place(&desc->a, &desc->y, i));
        const int32_t right = clq_reference_load_integer(desc->b.type, b, clq_reference_place(&desc->b, &desc->y, i));
        const int32_t value = desc->rounding == CLQNN_FLOAT_EVEN ? combine_float(desc, left, right, low, high) : combine_fixed(desc, left, right, low, high);
        clq_reference_store_integer(desc->y.type, y, clq_reference_place(&desc->y, &desc->y, i), value);
    }
    return CLQNN_OK;
}
