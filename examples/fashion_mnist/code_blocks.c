/* SPDX-License-Identifier: Apache-2.0 */
#include <clqnn/fold.h>
#include <math.h>
#include <stdlib.h>

#include "code_network.h"
#include "weight_storage.h"

static const float least_scale = 0x1p-100f; /* of a channel whose gamma is 0 */

/* The arrays that a plan reads while it is made. */
typedef struct plan_arrays {
    float *scales;       /* weight scale times slope */
    int32_t *bias;       /* s32, of a fused layer */
    void *weights;
} plan_arrays;

static void free_arrays(plan_arrays *arrays)
{
    free(arrays->scales);
    free(arrays->bias);
    free(arrays->weights);
}

static bool is_planes(clqnn_type type)
{
    return type >= CLQNN_B1;
}

static void *store_weights(const code_network *network, const layer_codes *layer, const int16_t *codes, int64_t channels)
{
    if (layer->type == CLQNN_F32) return stored_floats(network->storage, layer->floats, layer->slopes, layer->outputs, layer->inner);
    if (layer->type == CLQNN_S8) return stored_bytes(codes, layer->outputs * layer->inner);
    return stored_planes(layer->type, codes, layer->outputs * layer->inner / channels, channels);
}

/* Scales of the product's weights: `scales` is layer->scales, or the second ones. */
static bool make_arrays(const code_network *network, const layer_codes *layer, bool second, int64_t channels, plan_arrays *arrays)
{
    const float *scales = second ? layer->second_scales : layer->scales;
    *arrays = (plan_arrays){.scales = malloc((size_t)layer->outputs * sizeof(float)), .bias = malloc((size_t)layer->outputs * sizeof(int32_t)),
                            .weights = store_weights(network, layer, second ? layer->second_codes : layer->codes, channels)};
    if (!arrays->scales || !arrays->bias || !arrays->weights) return failed("no memory for weights");
    for (int64_t o = 0; o < layer->outputs; o++) arrays->scales[o] = fmaxf(scales[o] * layer->slopes[o], least_scale);
    return true;
}

/* The clamp of block i's convolution, in the units of its y: codes, or reals. Signs have none. */
static void set_clamp(const code_network *network, int i, clqnn_conv_desc *desc)
{
    const activation_codes *target = &network->codes->activations[i];
    if (target->type == CLQNN_B1) return;
    desc->has_clamp = 1;
    desc->clamp_max = 3e38f;
    if (target->type != CLQNN_U8) return;
    const float most = (float)((1 << target->bits) - 1);
    desc->clamp_max = desc->y.type == CLQNN_U8 ? most : most * target->scale;
}

/* Geometry, input and weights: what every convolution of block i has. */
static clqnn_conv_desc conv_of(const code_network *network, int i, const code_tensor *x, const plan_arrays *arrays)
{
    const net_block *b = &network->codes->net->blocks[i];
    const layer_codes *layer = &network->codes->layers[i];
    clqnn_conv_desc desc = {
        .struct_size = sizeof desc, .batch = network->batch, .groups = b->groups, .in_channels = b->channels, .out_channels = b->out_channels,
        .input = {b->height, b->width}, .kernel = {b->kernel, b->kernel}, .stride = {b->stride, b->stride}, .pad_begin = {b->pad, b->pad},
        .pad_end = {b->pad, b->pad}, .x = {.type = x->type}, .weight_type = layer->type == CLQNN_F32 ? network->storage : layer->type,
        .weight_data = arrays->weights,
    };
    if (layer->type == CLQNN_F32) return desc;
    desc.x.quantization = (clqnn_quantization){.scales = &x->scale, .scale_count = 1};
    desc.weight_quantization = (clqnn_quantization){.scales = arrays->scales, .scale_count = layer->outputs};
    if (layer->has_zero_points) {
        desc.weight_quantization.zero_points = layer->zero_points;
        desc.weight_quantization.zero_point_count = layer->outputs;
    }
    return desc;
}

/* TTQ: the product with the signs, without bias and clamp, to be added to that with the magnitudes. */
static bool add_second_conv(code_network *network, int i, const code_tensor *x, code_tensor *y)
{
    plan_arrays arrays;
    const net_block *b = &network->codes->net->blocks[i];
    bool done = make_arrays(network, &network->codes->layers[i], true, b->channels / b->groups, &arrays);
    if (done) {
        clqnn_conv_desc desc = conv_of(network, i, x, &arrays);
        desc.y.type = CLQNN_F32;
        done = code_add_conv(network, &desc, x, NULL, y);
    }
    free_arrays(&arrays);
    return done;
}

/* Convolution, batch norm and clamp of block i, to a y whose type is set. */
static bool add_conv(code_network *network, int i, const code_tensor *x, code_tensor *y)
{
    const net_block *b = &network->codes->net->blocks[i];
    const layer_codes *layer = &network->codes->layers[i];
    code_tensor second = *y;
    second.type = CLQNN_F32;
    if (layer->second_codes && !add_second_conv(network, i, x, &second)) return false;
    plan_arrays arrays;
    bool done = make_arrays(network, layer, false, b->channels / b->groups, &arrays);
    if (done) {
        clqnn_conv_desc desc = conv_of(network, i, x, &arrays);
        desc.y.type = y->type;
        desc.bias = layer->offsets;
        desc.bias_type = CLQNN_F32;
        set_clamp(network, i, &desc);
        if (y->type == CLQNN_U8) {
            desc.y.quantization = (clqnn_quantization){.scales = &y->scale, .scale_count = 1};
            desc.bias = arrays.bias;
            desc.bias_type = CLQNN_S32;
            done = succeeded(clqnn_quantize_bias(layer->offsets, layer->outputs, x->scale, arrays.scales, layer->outputs, arrays.bias, NULL), "bias");
        }
        if (layer->second_codes) desc.residual.type = CLQNN_F32;
        done = done && code_add_conv(network, &desc, x, layer->second_codes ? &second : NULL, y);
    }
    free_arrays(&arrays);
    return done;
}

/* Whether layer i multiplies bit planes of its input, so that u8 codes must be packed for it. */
static bool reads_planes(const code_network *network, int i)
{
    const layer_codes *layer = &network->codes->layers[i];
    return layer->type == CLQNN_B1 || layer->type > CLQNN_T2 || layer->second_codes;
}

static bool convert_to(code_network *network, clqnn_type type, float scale, code_tensor *t)
{
    const code_tensor x = *t;
    t->type = type;
    t->scale = scale;
    return code_add_convert(network, &x, t);
}

bool code_add_block(code_network *network, int i, const code_tensor *x, code_tensor *y)
{
    const net_description *net = network->codes->net;
    const net_block *b = &net->blocks[i];
    const activation_codes *target = &network->codes->activations[i];
    const bool wide = target->type == CLQNN_U8 && target->bits == 8 && network->codes->layers[i].type == CLQNN_S8;
    *y = (code_tensor){.type = CLQNN_F32, .scale = target->scale, .height = b->conv_height, .width = b->conv_width, .channels = b->out_channels};
    if (wide) y->type = CLQNN_U8;
    if (target->type == CLQNN_F32 && !b->pools) y->type = network->storage;
    if (!add_conv(network, i, x, y)) return false;
    if (target->type == CLQNN_U8 && y->type != CLQNN_U8 && !convert_to(network, CLQNN_U8, target->scale, y)) return false;
    if (target->type == CLQNN_B1) {
        const code_tensor floats = *y;
        y->type = CLQNN_B1;
        if (!code_add_pack(network, &floats, y)) return false;
    }
    if (b->pools) {
        const code_tensor unpooled = *y;
        y->height = b->out_height;
        y->width = b->out_width;
        if (!code_add_pool(network, &unpooled, y)) return false;
    }
    if (target->type == CLQNN_F32 && y->type != network->storage && !convert_to(network, network->storage, 1.0f, y)) return false;
    if (target->type != CLQNN_U8 || i + 1 == net->block_count || !reads_planes(network, i + 1)) return true;
    const code_tensor codes = *y;
    y->type = (clqnn_type)(CLQNN_PU1 + target->bits - 1);
    return code_add_pack(network, &codes, y);
}

bool code_add_dense(code_network *network, const code_tensor *x, code_tensor *y)
{
    const net_description *net = network->codes->net;
    const layer_codes *layer = &network->codes->layers[net->block_count];
    code_tensor a = *x;
    if (is_planes(x->type)) { /* signs as bytes: the layer's weights have 8 bits */
        a.type = CLQNN_S8;
        if (!code_add_unpack(network, x, &a)) return false;
    }
    plan_arrays arrays;
    bool done = make_arrays(network, layer, false, net->features, &arrays);
    if (done) {
        *y = (code_tensor){.type = CLQNN_F32, .height = 1, .width = 1, .channels = NET_CLASSES};
        clqnn_gemm_desc desc = {
            .struct_size = sizeof desc, .m = network->batch, .n = NET_CLASSES, .k = net->features, .a = {.type = a.type},
            .b = {.type = layer->type == CLQNN_F32 ? network->storage : CLQNN_S8, .transposed = 1}, .c = {.type = CLQNN_F32},
            .b_data = arrays.weights, .bias = layer->offsets, .bias_type = CLQNN_F32,
        };
        if (layer->type != CLQNN_F32) {
            desc.a.quantization = (clqnn_quantization){.scales = &a.scale, .scale_count = 1};
            desc.b.quantization = (clqnn_quantization){.scales = arrays.scales, .scale_count = NET_CLASSES};
            if (layer->has_zero_points) {
                desc.b.quantization.zero_points = layer->zero_points;
                desc.b.quantization.zero_point_count = NET_CLASSES;
            }
        }
        done = code_add_gemm(network, &desc, &a, y);
    }
    free_arrays(&arrays);
    return done;
}
