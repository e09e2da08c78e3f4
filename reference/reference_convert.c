/* SPDX-License-Identifier: Apache-2.0 */
/* Quantize, dequantize, requantize: the formulas of clqnn/convert.h. */
#include <float.h>

#include "clqnn/reference.h"
#include "clqnn/reference_convert.h"
#include "reference_epilogue.h"
#include "tensor_view.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

static int is_float8(clqnn_type type)
{
    return type == CLQNN_F8E4M3 || type == CLQNN_F8E5M2;
}

static int is_float(clqnn_type type)
{
    return type == CLQNN_F32 || type == CLQNN_F16 || type == CLQNN_BF16 || is_float8(type);
}

/* The scale and zero point of the element that stands at `flat` of a dense tensor. */
static void value_at(const clqnn_tensor *tensor, int64_t flat, float *scale, int32_t *zero_point)
{
    const clqnn_quantization *q = &tensor->quantization;
    *scale = clq_reference_scale(q, clq_reference_value_index(tensor, q->scale_count, flat));
    *zero_point = clq_reference_zero_point(q, clq_reference_value_index(tensor, q->zero_point_count, flat));
}

clqnn_status clqnn_reference_convert(const clqnn_convert_desc *desc, const void *x, void *y)
{
    for (int64_t i = 0; i < clq_reference_count(&desc->y); i++) {
        const int64_t from = clq_reference_place(&desc->x, &desc->y, i), to = clq_reference_place(&desc->y, &desc->y, i);
        float scale, real;
        int32_t zero_point, low, high;
        if (is_float(desc->x.type)) {
            real = clq_reference_load_float(desc->x.type, x, from);
        } else {
            value_at(&desc->x, i, &scale, &zero_point);
            const int32_t difference = clq_reference_load_integer(desc->x.type, x, from) - zero_point;
            real = scale * (float)difference;
        }
        if (is_float8(desc->y.type)) {
            clq_reference_store_float8(desc->y.type, y, to, real, desc->f8_overflow);
        } else if (is_float(desc->y.type)) {
            clq_reference_store_float(desc->y.type, y, to, real);
        } else {
            value_at(&desc->y, i, &scale, &zero_point);
            clq_reference_type_range(desc->y.type, &low, &high);
            clq_reference_store_integer(desc->y.type, y, to, clqnn_reference_quantize(real, scale, zero_point, low, high));
        }
    }
    return CLQNN_OK;
}
