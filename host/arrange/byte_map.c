/* SPDX-License-Identifier: Apache-2.0 */
#include "arrange/byte_map.h"

#include <float.h>
#include <math.h>

#include "op/op_tensor.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

clq_byte_code clq_byte_code_of(const clqnn_tensor *tensor)
{
    return (clq_byte_code){tensor->type, clq_quantization_scale(&tensor->quantization, 0), clq_quantization_zero_point(&tensor->quantization, 0)};
}

bool clq_byte_code_equal(const clq_byte_code *a, const clq_byte_code *b)
{
    return a->type == b->type && a->scale == b->scale && a->zero_point == b->zero_point;
}

int32_t clq_quantize_value(float x, float scale, int32_t zero_point, int32_t low, int32_t high)
{
    const float quotient = x / scale;
    const double shifted = (double)(isnan(quotient) ? 0.0f : rintf(quotient)) + zero_point;
    return shifted <= low ? low : shifted >= high ? high : (int32_t)shifted;
}

void clq_byte_map_fill(const clq_byte_code *from, const clq_byte_code *to, bool unsigned_order, uint8_t map[256])
{
    const int from_flip = from->type == CLQNN_S8 ? 128 : 0, to_flip = to->type == CLQNN_S8 ? 128 : 0;
    const bool is_same = clq_byte_code_equal(from, to);
    int32_t low = 0, high = 0;
    (void)clq_type_range(to->type, &low, &high);
    for (int i = 0; i < 256; i++) {
        const int32_t q = i - from_flip; /* i runs in unsigned order */
        const float real = from->scale * (float)(q - from->zero_point);
        const int32_t value = is_same ? q : clq_quantize_value(real, to->scale, to->zero_point, low, high);
        const int place = unsigned_order ? i : i ^ from_flip;
        map[place] = (uint8_t)(unsigned_order ? value + to_flip : value & 255);
    }
}
