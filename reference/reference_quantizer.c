/* SPDX-License-Identifier: Apache-2.0 */
/* Scales and zero points of ranges, and codes by those: the formulas of clqnn/quantizer.h. */
#include <float.h>

#include "clqnn/reference.h"
#include "clqnn/reference_quantizer.h"
#include "quantizer_view.h"
#include "tensor_view.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

clqnn_status clqnn_reference_range_parameters(const clqnn_range_parameters_desc *desc, const float *ranges, float *scales, int32_t *zero_points)
{
    int32_t least, most;
    clq_reference_code_range(&desc->codes, &least, &most);
    for (int64_t i = 0; i < desc->slots; i++) {
        clq_reference_parameters(ranges[2 * i], ranges[2 * i + 1], least, most, desc->is_symmetric, &scales[i], &zero_points[i]);
    }
    return CLQNN_OK;
}

static int is_float(clqnn_type type)
{
    return type == CLQNN_F32 || type == CLQNN_F16 || type == CLQNN_BF16;
}

clqnn_status clqnn_reference_quantize_by(const clqnn_quantize_by_desc *desc, const void *x, const float *scales, const int32_t *zero_points, void *y)
{
    const int quantizes = is_float(desc->x.type);
    const clqnn_tensor *integers = quantizes ? &desc->y : &desc->x;
    int32_t least, most;
    clq_reference_type_range(integers->type, &least, &most);
    if (desc->codes.bits) clq_reference_code_range(&desc->codes, &least, &most);
    for (int64_t i = 0; i < clq_reference_count(&desc->y); i++) {
        const int64_t slot = clq_reference_slot_of(integers, desc->granularity, i);
        const int64_t from = clq_reference_place(&desc->x, &desc->y, i), to = clq_reference_place(&desc->y, &desc->y, i);
        const float scale = !(scales[slot] >= 0x1p-125f) ? 0x1p-125f : scales[slot] > FLT_MAX ? FLT_MAX : scales[slot];
        const int32_t zero = zero_points[slot] < least ? least : zero_points[slot] > most ? most : zero_points[slot];
        if (quantizes) {
            clq_reference_store_integer(desc->y.type, y, to, clqnn_reference_quantize(clq_reference_load_float(desc->x.type, x, from), scale, zero, least, most));
        } else {
            const int32_t difference = clq_reference_load_integer(desc->x.type, x, from) - zero;
            clq_reference_store_float(desc->y.type, y, to, scale * (float)difference);
        }
    }
    return CLQNN_OK;
}
