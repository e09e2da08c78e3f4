/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "onednn_primitive.h"

dnnl_data_type_t clq_onednn_type(clqnn_type type)
{
    switch (type) {
    case CLQNN_S8: return dnnl_s8;
    case CLQNN_U8: return dnnl_u8;
    case CLQNN_S32: return dnnl_s32;
    case CLQNN_F32: return dnnl_f32;
    case CLQNN_BF16: return dnnl_bf16;
    default: return dnnl_data_type_undef;
    }
}

static bool set_scales(dnnl_primitive_attr_t attributes, const clq_onednn_quantization *quantization)
{
    const int64_t count = quantization->b->scale_count;
    if (count == 0) return true;
    float *const scales = malloc((size_t)count * sizeof *scales);
    if (scales == NULL) return false;
    const float a = quantization->a->scale_count > 0 ? quantization->a->scales[0] : 1.0f;
    const float c = quantization->c->scale_count > 0 ? quantization->c->scales[0] : 1.0f;
    for (int64_t i = 0; i < count; i++) scales[i] = a * quantization->b->scales[i] / c;
    const dnnl_status_t status = dnnl_primitive_attr_set_output_scales(attributes, count, 1 << quantization->axis, scales);
    free(scales);
    return status == dnnl_success;
}

static bool set_zero_point(dnnl_primitive_attr_t attributes, int argument, const clqnn_quantization *quantization)
{
    return quantization->zero_point_count == 0 ||
           dnnl_primitive_attr_set_zero_points(attributes, argument, 1, 0, quantization->zero_points) == dnnl_success;
}

dnnl_primitive_attr_t clq_onednn_attributes(const clq_onednn_quantization *quantization)
{
    dnnl_primitive_attr_t attributes = NULL;
    if (dnnl_primitive_attr_create(&attributes) != dnnl_success) return NULL;
    if (set_scales(attributes, quantization) && set_zero_point(attributes, DNNL_ARG_SRC, quantization->a) &&
        set_zero_point(attributes, DNNL_ARG_DST, quantization->c)) {
        return attributes;
    }
    dnnl_primitive_attr_destroy(attributes);
    return NULL;
}
