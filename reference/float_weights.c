/* SPDX-License-Identifier: Apache-2.0 */
/* w = s * (q - z) or s * q - o in binary32, each operation rounded once: clqnn/groups.h. */
#include "float_weights.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "bit_planes.h"
#include "clqnn/reference_float.h"
#include "packed_bits.h"
#include "tensor_view.h"

_Static_assert(FLT_EVAL_METHOD == 0, "each float operation must round once to binary32");

static int is_float(clqnn_type type)
{
    return type == CLQNN_F32 || type == CLQNN_F16 || type == CLQNN_BF16;
}

static clq_reference_weight dequantize(const clqnn_gemm_desc *desc, int32_t q, int64_t p, int64_t j)
{
    const clqnn_groups *groups = &desc->groups;
    const int64_t count = (desc->k + groups->size - 1) / groups->size, g = groups->index ? groups->index[p] : p / groups->size;
    const int64_t at = desc->b.transposed ? j * count + g : g * desc->n + j;
    const float s = clq_reference_load_float(groups->scale_type, groups->scales, at), code = (float)q;
    float z = 0.0f, o = 0.0f, w;
    if (groups->zero_points && is_float(groups->zero_point_type)) z = clq_reference_load_float(groups->zero_point_type, groups->zero_points, at);
    else if (groups->zero_points) z = (float)clq_reference_load_bits(groups->zero_point_type, groups->zero_points, at);
    if (groups->offsets) {
        const float product = s * code;
        o = clq_reference_load_float(groups->scale_type, groups->offsets, at);
        w = product - o;
    } else {
        const float difference = code - z;
        w = s * difference;
    }
    const int apart = groups->offsets || (groups->zero_points && is_float(groups->zero_point_type));
    const double step = fabs((double)s), level = fabs((double)q) + fabs((double)z);
    return (clq_reference_weight){w, apart ? step * level + fabs((double)o) : fabs((double)w), level, step};
}

clq_reference_weight clq_reference_weight_at(const clqnn_gemm_desc *desc, const clq_reference_view *view, const void *b, int64_t base, int64_t p, int64_t j)
{
    const int64_t place = base + p * view->row_step + j * view->column_step;
    if (desc->groups.size > 0) return dequantize(desc, clq_reference_load_bits(desc->b.type, b, place), p, j);
    const int is_planes = clq_reference_plane_bits(desc->b.type) != 0;
    const double value = is_planes ? (double)clq_reference_load_plane(desc->b.type, b, place) : (double)clq_reference_load_float(desc->b.type, b, place);
    return (clq_reference_weight){.value = value, .magnitude = fabs(value)};
}

clqnn_status clqnn_reference_dequantize_weights(const clqnn_gemm_desc *given, const void *b, float *w)
{
    clqnn_gemm_desc desc = {0};
    const int64_t one[2] = {1, 1};
    if (!given || given->struct_size == 0 || !b || !w) return CLQNN_INVALID_ARGUMENT;
    memcpy(&desc, given, given->struct_size < sizeof desc ? given->struct_size : sizeof desc);
    const clq_reference_view view = clq_reference_resolve_view(&desc.b, desc.k, desc.n, one);
    for (int64_t p = 0; p < desc.k; p++) {
        for (int64_t j = 0; j < desc.n; j++) w[p * desc.n + j] = (float)clq_reference_weight_at(&desc, &view, b, 0, p, j).value;
    }
    return CLQNN_OK;
}
