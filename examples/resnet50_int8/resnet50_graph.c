/* SPDX-License-Identifier: Apache-2.0 */
#include "resnet50_graph.h"

#include <stdio.h>

enum { EXPANSION = 4 };

typedef struct bottleneck {
    int stage, block;      /* from 1 */
    int64_t width, stride;
    bool projects;         /* the residual is a 1x1 convolution of the input */
} bottleneck;

static int64_t scaled(int64_t channels, const network_size *size)
{
    const int64_t width = channels * size->width_percent / 100;
    return width < 1 ? 1 : width;
}

static int add_part(network *net, const bottleneck *b, const char *part, network_conv_shape shape)
{
    char name[48];
    (void)snprintf(name, sizeof name, "stage%d.%d.%s", b->stage, b->block, part);
    return network_add_conv(net, name, &shape);
}

static int add_bottleneck(network *net, int x, const bottleneck *b)
{
    const int64_t wide = EXPANSION * b->width;
    const int narrow = add_part(net, b, "reduce",
                                (network_conv_shape){.input = x, .channels = b->width, .kernel = 1, .stride = 1, .residual = NETWORK_NONE,
                                                     .activation = ACTIVATION_RELU});
    const int middle = add_part(net, b, "spatial",
                                (network_conv_shape){.input = narrow, .channels = b->width, .kernel = 3, .stride = b->stride, .residual = NETWORK_NONE,
                                                     .activation = ACTIVATION_RELU});
    const int residual = b->projects ? add_part(net, b, "project",
                                                (network_conv_shape){.input = x, .channels = wide, .kernel = 1, .stride = b->stride, .residual = NETWORK_NONE})
                                     : x;
    return add_part(net, b, "expand",
                    (network_conv_shape){.input = middle, .channels = wide, .kernel = 1, .stride = 1, .residual = residual, .activation = ACTIVATION_RELU});
}

void resnet50_build(network *net, const network_size *size)
{
    static const int blocks[] = {3, 4, 6, 3};
    *net = (network){0};
    const int image = network_add_input(net, size->image, 3);
    const network_conv_shape first = {.input = image, .channels = scaled(64, size), .kernel = 7, .stride = 2, .residual = NETWORK_NONE, .activation = ACTIVATION_RELU};
    int x = network_add_max_pool(net, "pool", network_add_conv(net, "first", &first), 3, 2);
    for (int stage = 0; stage < 4; stage++) {
        for (int block = 0; block < blocks[stage]; block++) {
            x = add_bottleneck(net, x,
                               &(bottleneck){.stage = stage + 1, .block = block + 1, .width = scaled(INT64_C(64) << stage, size),
                                             .stride = stage > 0 && block == 0 ? 2 : 1, .projects = block == 0});
        }
    }
    (void)network_add_fully_connected(net, "classes", network_add_global_average(net, "average", x), size->classes);
}
