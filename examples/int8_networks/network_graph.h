/* SPDX-License-Identifier: Apache-2.0 */
/* A quantized image network as tables of layers and tensors, in the order of execution.
 *
 * Activations are u8, channels last, one scale and zero point a tensor. Weights are s8 [output][row][column][input], one scale an output channel; biases s32 in
 * units of (input scale * weight scale). A ReLU is an output whose zero point is 0 and whose type saturates there; a ReLU6 one whose scale is also 6/255. */
#ifndef NETWORK_GRAPH_H
#define NETWORK_GRAPH_H

#include <stdbool.h>
#include <stdint.h>

enum { NETWORK_MAX_LAYERS = 80, NETWORK_MAX_TENSORS = NETWORK_MAX_LAYERS + 1, NETWORK_NONE = -1 };

typedef enum network_layer_kind { LAYER_CONV, LAYER_MAX_POOL, LAYER_GLOBAL_AVERAGE, LAYER_FULLY_CONNECTED } network_layer_kind;

typedef enum network_activation { ACTIVATION_NONE, ACTIVATION_RELU, ACTIVATION_RELU6 } network_activation;

/* Of one image. */
typedef struct network_tensor {
    int64_t height, width, channels;
    float scale;
    int32_t zero_point;
} network_tensor;

typedef struct network_layer {
    char name[48];
    network_layer_kind kind;
    int input, output;              /* tensors */
    int residual;                   /* of a convolution: the tensor that is added to its result, or NETWORK_NONE */
    int64_t kernel, stride, groups; /* of convolutions and max pooling; rows and columns are padded with kernel / 2 on each side */
    network_activation activation;  /* of the layer's result: of the sum where there is a residual */
    float own_scale;                /* where there is a residual: quantization of the convolution's result before the sum */
    int32_t own_zero_point;
    int8_t *weights;                /* convolutions and fully connected layers; owned */
    float *weight_scales;
    int32_t *bias;
} network_layer;

typedef struct network {
    network_tensor tensors[NETWORK_MAX_TENSORS]; /* 0: the input */
    network_layer layers[NETWORK_MAX_LAYERS];    /* the last one's output is the network's */
    int tensor_count, layer_count;
} network;

/* What a network is built for. */
typedef struct network_size {
    int64_t image;         /* rows and columns of the input */
    int64_t width_percent; /* of the channels of every layer but the last */
    int64_t classes;
} network_size;

/* Fills a network without parameters. */
typedef void (*network_builder)(network *net, const network_size *size);

/* Each adds a layer and returns its output tensor. */
int network_add_input(network *net, int64_t image, int64_t channels);
typedef struct network_conv_shape {
    int input;
    int64_t channels, kernel, stride;
    bool depthwise;
    int residual;          /* NETWORK_NONE or a tensor */
    network_activation activation;
} network_conv_shape;
int network_add_conv(network *net, const char *name, const network_conv_shape *shape);
int network_add_max_pool(network *net, const char *name, int input, int64_t kernel, int64_t stride);
int network_add_global_average(network *net, const char *name, int input);
int network_add_fully_connected(network *net, const char *name, int input, int64_t channels);

/* Elements of one image's tensor; weights of a layer, and its multiplications for one image. */
int64_t network_elements(const network *net, int tensor);
int64_t network_layer_weights(const network *net, int layer);
int64_t network_layer_products(const network *net, int layer);
bool network_layer_has_weights(const network_layer *layer);
int network_output(const network *net);

/* Room for the parameters of every layer; false: no memory. network_free takes what was allocated, all or not. */
bool network_allocate(network *net);
void network_free(network *net);

#endif
