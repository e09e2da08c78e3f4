/* SPDX-License-Identifier: Apache-2.0 */
#include "network_graph.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

static int add_tensor(network *net, int64_t height, int64_t width, int64_t channels)
{
    assert(net->tensor_count < NETWORK_MAX_TENSORS);
    net->tensors[net->tensor_count] = (network_tensor){.height = height, .width = width, .channels = channels, .scale = 1.0f};
    return net->tensor_count++;
}

static network_layer *add_layer(network *net, const char *name, network_layer_kind kind, int input)
{
    assert(net->layer_count < NETWORK_MAX_LAYERS);
    network_layer *layer = &net->layers[net->layer_count++];
    *layer = (network_layer){.kind = kind, .input = input, .residual = NETWORK_NONE, .kernel = 1, .stride = 1, .groups = 1};
    (void)snprintf(layer->name, sizeof layer->name, "%s", name);
    return layer;
}

/* Of a window that is padded with kernel / 2 on both sides. */
static int64_t window_count(int64_t extent, int64_t kernel, int64_t stride)
{
    return (extent + 2 * (kernel / 2) - kernel) / stride + 1;
}

int network_add_input(network *net, int64_t image, int64_t channels)
{
    return add_tensor(net, image, image, channels);
}

int network_add_conv(network *net, const char *name, const network_conv_shape *shape)
{
    const network_tensor *input = &net->tensors[shape->input];
    network_layer *layer = add_layer(net, name, LAYER_CONV, shape->input);
    layer->kernel = shape->kernel;
    layer->stride = shape->stride;
    layer->groups = shape->depthwise ? input->channels : 1;
    layer->residual = shape->residual;
    layer->activation = shape->activation;
    layer->output = add_tensor(net, window_count(input->height, shape->kernel, shape->stride), window_count(input->width, shape->kernel, shape->stride),
                               shape->channels);
    return layer->output;
}

int network_add_max_pool(network *net, const char *name, int input, int64_t kernel, int64_t stride)
{
    const network_tensor *x = &net->tensors[input];
    network_layer *layer = add_layer(net, name, LAYER_MAX_POOL, input);
    layer->kernel = kernel;
    layer->stride = stride;
    layer->output = add_tensor(net, window_count(x->height, kernel, stride), window_count(x->width, kernel, stride), x->channels);
    return layer->output;
}

int network_add_global_average(network *net, const char *name, int input)
{
    network_layer *layer = add_layer(net, name, LAYER_GLOBAL_AVERAGE, input);
    layer->output = add_tensor(net, 1, 1, net->tensors[input].channels);
    return layer->output;
}

int network_add_fully_connected(network *net, const char *name, int input, int64_t channels)
{
    network_layer *layer = add_layer(net, name, LAYER_FULLY_CONNECTED, input);
    layer->output = add_tensor(net, 1, 1, channels);
    return layer->output;
}

int64_t network_elements(const network *net, int tensor)
{
    const network_tensor *t = &net->tensors[tensor];
    return t->height * t->width * t->channels;
}

bool network_layer_has_weights(const network_layer *layer)
{
    return layer->kind == LAYER_CONV || layer->kind == LAYER_FULLY_CONNECTED;
}

int64_t network_layer_weights(const network *net, int layer)
{
    const network_layer *l = &net->layers[layer];
    if (!network_layer_has_weights(l)) return 0;
    return net->tensors[l->output].channels * l->kernel * l->kernel * (net->tensors[l->input].channels / l->groups);
}

int64_t network_layer_products(const network *net, int layer)
{
    const network_tensor *output = &net->tensors[net->layers[layer].output];
    return network_layer_weights(net, layer) * output->height * output->width;
}

int network_output(const network *net)
{
    return net->layers[net->layer_count - 1].output;
}

bool network_allocate(network *net)
{
    for (int i = 0; i < net->layer_count; i++) {
        network_layer *layer = &net->layers[i];
        if (!network_layer_has_weights(layer)) continue;
        const size_t channels = (size_t)net->tensors[layer->output].channels;
        layer->weights = malloc((size_t)network_layer_weights(net, i));
        layer->weight_scales = calloc(channels, sizeof *layer->weight_scales);
        layer->bias = calloc(channels, sizeof *layer->bias);
        if (!layer->weights || !layer->weight_scales || !layer->bias) return false;
    }
    return true;
}

void network_free(network *net)
{
    for (int i = 0; i < net->layer_count; i++) {
        free(net->layers[i].weights);
        free(net->layers[i].weight_scales);
        free(net->layers[i].bias);
        net->layers[i].weights = NULL;
        net->layers[i].weight_scales = NULL;
        net->layers[i].bias = NULL;
    }
}
