/* SPDX-License-Identifier: Apache-2.0 */
#include "binary_networks.h"

#include <stdio.h>

#define ACTIVATION_SCALE (6.0f / 127.0f)    /* of 8-bit tensors whose values have a deviation of about 1 */
#define SUM_SCALE (24.0f / 127.0f)          /* of sums along shortcuts */

static int64_t scaled(int64_t channels, const network_size *size)
{
    const int64_t width = channels * size->width_percent / 100;
    return width < 1 ? 1 : width;
}

/* Sign, K map and binary convolution of an f32 tensor. */
static int add_xnor_block(binary_graph *graph, int x, const char *name, int64_t channels, int64_t kernel)
{
    char part[3][32];
    (void)snprintf(part[0], sizeof part[0], "%.20s.sign", name);
    (void)snprintf(part[1], sizeof part[1], "%.20s.mean", name);
    (void)snprintf(part[2], sizeof part[2], "%s", name);
    binary_conv conv = {.name = part[2], .channels = channels, .kernel = kernel, .stride = 1, .padding = kernel / 2, .residual = BINARY_NONE, .y_type = CLQNN_F32};
    const int bits = binary_add_sign(graph, part[0], x);
    conv.row_scales = binary_add_mean(graph, part[1], x, &conv);
    return binary_add_conv(graph, bits, &conv);
}

/* To 8 bits, the maximum of 3x3 at every second pixel, and back. */
static int add_pool(binary_graph *graph, int x, const char *name)
{
    char part[3][32];
    (void)snprintf(part[0], sizeof part[0], "%.20s.to8", name);
    (void)snprintf(part[1], sizeof part[1], "%s", name);
    (void)snprintf(part[2], sizeof part[2], "%.20s.to32", name);
    const int bytes = graph->tensors[x].type == CLQNN_F32 ? binary_add_quantize(graph, part[0], x, ACTIVATION_SCALE) : x;
    return binary_add_dequantize(graph, part[2], binary_add_max_pool(graph, part[1], bytes, 3, 2, 0));
}

void binary_alexnet_build(binary_graph *graph, const network_size *size)
{
    const int image = binary_add_image(graph, size->image, 3);
    const binary_conv first = {.name = "conv1", .channels = scaled(96, size), .kernel = 11, .stride = 4, .padding = 2, .residual = BINARY_NONE,
                               .row_scales = BINARY_NONE, .y_type = CLQNN_S8};
    int x = add_pool(graph, binary_add_conv(graph, image, &first), "pool1");
    x = add_pool(graph, add_xnor_block(graph, x, "conv2", scaled(256, size), 5), "pool2");
    x = add_xnor_block(graph, x, "conv3", scaled(384, size), 3);
    x = add_xnor_block(graph, x, "conv4", scaled(384, size), 3);
    x = add_pool(graph, add_xnor_block(graph, x, "conv5", scaled(256, size), 3), "pool5");
    const int bits = binary_add_sign(graph, "dense6.sign", x);
    binary_conv dense = {.name = "dense6", .channels = scaled(4096, size), .kernel = graph->tensors[x].height, .stride = 1, .residual = BINARY_NONE,
                         .row_scales = BINARY_NONE, .y_type = CLQNN_B1};
    const int hidden = binary_add_conv(graph, bits, &dense);
    dense.name = "dense7";
    dense.kernel = 1;
    dense.y_type = CLQNN_F32;
    x = binary_add_quantize(graph, "dense7.to8", binary_add_conv(graph, hidden, &dense), ACTIVATION_SCALE);
    dense.name = "dense8";
    dense.channels = size->classes;
    (void)binary_add_conv(graph, x, &dense);
}

/* The shortcut of a convolution that doubles the channels and halves the image. */
static int add_narrowing(binary_graph *graph, int x, const char *name, int64_t channels)
{
    char part[2][32];
    (void)snprintf(part[0], sizeof part[0], "%.20s.to8", name);
    (void)snprintf(part[1], sizeof part[1], "%.20s.short", name);
    const binary_conv conv = {.name = part[1], .channels = channels, .kernel = 2, .stride = 2, .residual = BINARY_NONE, .row_scales = BINARY_NONE,
                              .y_type = CLQNN_F32};
    return binary_add_conv(graph, binary_add_quantize(graph, part[0], x, SUM_SCALE), &conv);
}

void binary_resnet18_build(binary_graph *graph, const network_size *size)
{
    const int image = binary_add_image(graph, size->image, 3);
    const binary_conv first = {.name = "first", .channels = scaled(64, size), .kernel = 7, .stride = 2, .padding = 3, .residual = BINARY_NONE,
                               .row_scales = BINARY_NONE, .y_type = CLQNN_S8};
    int x = binary_add_dequantize(graph, "pool.to32", binary_add_max_pool(graph, "pool", binary_add_conv(graph, image, &first), 3, 2, 1));
    for (int i = 0; i < 16; i++) {
        char part[2][32];
        const int64_t channels = scaled(INT64_C(64) << (i / 4), size);
        const bool narrows = i > 0 && i % 4 == 0;
        (void)snprintf(part[0], sizeof part[0], "conv%d", i + 1);
        (void)snprintf(part[1], sizeof part[1], "conv%d.sign", i + 1);
        const int residual = narrows ? add_narrowing(graph, x, part[0], channels) : x;
        const binary_conv conv = {.name = part[0], .channels = channels, .kernel = 3, .stride = narrows ? 2 : 1, .padding = 1, .residual = residual,
                                  .row_scales = BINARY_NONE, .y_type = CLQNN_F32};
        x = binary_add_conv(graph, binary_add_sign(graph, part[1], x), &conv);
    }
    x = binary_add_global_average(graph, "average", binary_add_quantize(graph, "average.to8", x, SUM_SCALE));
    const binary_conv last = {.name = "classes", .channels = size->classes, .kernel = 1, .stride = 1, .residual = BINARY_NONE, .row_scales = BINARY_NONE,
                              .y_type = CLQNN_F32};
    (void)binary_add_conv(graph, x, &last);
}
