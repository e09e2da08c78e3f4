/* SPDX-License-Identifier: Apache-2.0 */
#include "mobilenet_v2_graph.h"

#include <stddef.h>
#include <stdio.h>

typedef struct inverted_residual {
    int number;
    int64_t expansion, channels, stride;
} inverted_residual;

static int64_t scaled(int64_t channels, const network_size *size)
{
    const int64_t width = channels * size->width_percent / 100;
    return width < 1 ? 1 : width;
}

static int add_part(network *net, const inverted_residual *block, const char *part, network_conv_shape shape)
{
    char name[48];
    (void)snprintf(name, sizeof name, "block%d.%s", block->number, part);
    return network_add_conv(net, name, &shape);
}

static int add_inverted_residual(network *net, int x, const inverted_residual *block)
{
    const int64_t in = net->tensors[x].channels, wide = in * block->expansion;
    const int expanded = block->expansion == 1 ? x
                                               : add_part(net, block, "expand",
                                                          (network_conv_shape){.input = x, .channels = wide, .kernel = 1, .stride = 1, .residual = NETWORK_NONE,
                                                                               .activation = ACTIVATION_RELU6});
    const int filtered = add_part(net, block, "depthwise",
                                  (network_conv_shape){.input = expanded, .channels = wide, .kernel = 3, .stride = block->stride, .depthwise = true,
                                                       .residual = NETWORK_NONE, .activation = ACTIVATION_RELU6});
    const int residual = block->stride == 1 && in == block->channels ? x : NETWORK_NONE;
    return add_part(net, block, "reduce",
                    (network_conv_shape){.input = filtered, .channels = block->channels, .kernel = 1, .stride = 1, .residual = residual});
}

void mobilenet_v2_build(network *net, const network_size *size)
{
    static const struct { int64_t expansion, channels; int repeat; int64_t stride; } groups[] = {
        {1, 16, 1, 1}, {6, 24, 2, 2}, {6, 32, 3, 2}, {6, 64, 4, 2}, {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1},
    };
    *net = (network){0};
    const int image = network_add_input(net, size->image, 3);
    const network_conv_shape first = {.input = image, .channels = scaled(32, size), .kernel = 3, .stride = 2, .residual = NETWORK_NONE, .activation = ACTIVATION_RELU6};
    int x = network_add_conv(net, "first", &first), number = 0;
    for (size_t g = 0; g < sizeof groups / sizeof groups[0]; g++) {
        for (int i = 0; i < groups[g].repeat; i++) {
            x = add_inverted_residual(net, x,
                                      &(inverted_residual){.number = ++number, .expansion = groups[g].expansion, .channels = scaled(groups[g].channels, size),
                                                           .stride = i == 0 ? groups[g].stride : 1});
        }
    }
    const network_conv_shape last = {.input = x, .channels = scaled(1280, size), .kernel = 1, .stride = 1, .residual = NETWORK_NONE, .activation = ACTIVATION_RELU6};
    x = network_add_conv(net, "last", &last);
    (void)network_add_fully_connected(net, "classes", network_add_global_average(net, "average", x), size->classes);
}
