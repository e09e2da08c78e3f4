/* SPDX-License-Identifier: Apache-2.0 */
/* Images stay with their channels last: so a chain of layers has no copies between them. */
#include "onednn_primitive.h"

enum { CHANNELS = 1, FIRST_EXTENT = 2 };

/* An image [batch, channels, extents..] that lies as [batch, extents.., channels]. */
static bool describe_image(const clq_conv_shape *shape, int64_t channels, const int64_t *extents, clqnn_type type, dnnl_memory_desc_t *image)
{
    const int rank = shape->spatial_rank + FIRST_EXTENT;
    dnnl_dims_t dims = { shape->batch, channels }, strides = { 0 };
    int64_t step = channels;
    strides[CHANNELS] = 1;
    for (int i = rank - 1; i >= FIRST_EXTENT; i--) {
        dims[i] = extents[i - FIRST_EXTENT];
        strides[i] = step;
        step *= dims[i];
    }
    strides[0] = step;
    return dnnl_memory_desc_init_by_strides(image, rank, dims, clq_onednn_type(type), strides) == dnnl_success;
}

/* [groups,] outputs, inputs, taps.. of weights that lie as [outputs][taps][inputs]; and the same in a layout of oneDNN's choice. */
static bool describe_weights(const clq_conv_shape *shape, clqnn_type type, dnnl_memory_desc_t *plain, dnnl_memory_desc_t *any)
{
    const int groups = shape->groups > 1 ? 1 : 0, rank = shape->spatial_rank + FIRST_EXTENT + groups;
    const int64_t inputs = shape->in_channels / shape->groups, outputs = shape->out_channels / shape->groups;
    dnnl_dims_t dims = { 0 }, strides = { 0 };
    int64_t step = inputs;
    for (int i = shape->spatial_rank - 1; i >= 0; i--) {
        dims[groups + FIRST_EXTENT + i] = shape->kernel[i];
        strides[groups + FIRST_EXTENT + i] = step;
        step *= shape->kernel[i];
    }
    dims[groups + CHANNELS] = inputs;
    strides[groups + CHANNELS] = 1;
    dims[0] = shape->groups;
    strides[0] = step * outputs;
    dims[groups] = outputs;
    strides[groups] = step;
    return dnnl_memory_desc_init_by_strides(plain, rank, dims, clq_onednn_type(type), strides) == dnnl_success &&
           dnnl_memory_desc_init_by_tag(any, rank, dims, clq_onednn_type(type), dnnl_format_tag_any) == dnnl_success;
}

static bool make(const clq_bench_problem *problem, const clqnn_type types[3], dnnl_engine_t engine, clq_onednn_primitive *made)
{
    const clq_conv_shape *const shape = &problem->conv;
    const clqnn_conv_desc *const desc = &problem->conv_desc;
    const int64_t *const output = problem->conv_output;
    dnnl_dims_t strides, dilations, before, behind, bias_dims = { shape->out_channels };
    if (shape->transposed) return false;
    for (int32_t i = 0; i < shape->spatial_rank; i++) {
        strides[i] = shape->stride[i];
        dilations[i] = shape->dilation[i] - 1;
        before[i] = shape->pad_begin[i];
        behind[i] = shape->pad_end[i];
    }
    dnnl_memory_desc_t x, w, y, bias;
    dnnl_convolution_desc_t conv;
    const bool described = describe_image(shape, shape->in_channels, shape->input, types[0], &x) &&
                           describe_image(shape, shape->out_channels, output, types[2], &y) &&
                           describe_weights(shape, types[1], &made->plain_weights, &w) &&
                           dnnl_memory_desc_init_by_tag(&bias, 1, bias_dims, dnnl_s32, dnnl_a) == dnnl_success &&
                           dnnl_dilated_convolution_forward_desc_init(&conv, dnnl_forward_inference, dnnl_convolution_direct, &x, &w,
                                                                      desc->bias ? &bias : NULL, &y, strides, dilations, before,
                                                                      behind) == dnnl_success;
    const clqnn_quantization none = { .scale_count = 0 };
    const clq_onednn_quantization quantization = {
        .a = &desc->x.quantization, .b = &desc->weight_quantization, .c = problem->floats ? &none : &desc->y.quantization, .axis = CHANNELS
    };
    const dnnl_primitive_attr_t attributes = described ? clq_onednn_attributes(&quantization) : NULL;
    const bool done = attributes != NULL && dnnl_primitive_desc_create(&made->description, &conv, attributes, engine, NULL) == dnnl_success;
    if (attributes != NULL) dnnl_primitive_attr_destroy(attributes);
    return done;
}

bool clq_onednn_conv(const clq_bench_problem *problem, dnnl_engine_t engine, clq_onednn_primitive *made)
{
    const clq_gemm_types *const given = &problem->types;
    const clqnn_type types[] = { given->a, given->b, given->c }, values[] = { CLQNN_F32, CLQNN_F32, CLQNN_F32 };
    const bool bf16 = given->a == CLQNN_BF16 && given->b == CLQNN_BF16 && (given->c == CLQNN_BF16 || given->c == CLQNN_F32);
    if (!problem->floats) return make(problem, types, engine, made);
    if (bf16 && make(problem, types, engine, made)) return true;
    made->of_values = true;
    return make(problem, values, engine, made);
}
