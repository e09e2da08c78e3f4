/* SPDX-License-Identifier: Apache-2.0 */
/* The two networks, as data. A network is a row of blocks and a fully connected layer. A block is
 *
 *     convolution (channels last, no bias) -> batch norm with a clamp -> maximum of 2 x 2, or nothing -> the quantizer of what the next one reads
 *
 * All pools are maxima because those commute with every quantizer of activations: training pools floats, inference codes, with the same result. */
#ifndef NET_DESCRIPTION_H
#define NET_DESCRIPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NET_MAX_BLOCKS = 12, NET_IMAGE = 28, NET_CLASSES = 10 };

typedef struct net_block {
    char name[12];                                     /* "conv1", "depth2", "point2" */
    int64_t height, width, channels;                   /* of what it reads */
    int64_t out_channels, kernel, stride, pad, groups; /* of the convolution, square; groups: 1, or channels: depthwise */
    int64_t conv_height, conv_width;
    bool pools;
    int64_t out_height, out_width;                     /* of what it gives */
    int64_t weight_count;                              /* out_channels * kernel * kernel * channels / groups */
} net_block;

typedef struct net_description {
    const char *name;
    int block_count;
    net_block blocks[NET_MAX_BLOCKS];
    int64_t features;                                  /* what the fully connected layer reads: NET_CLASSES x features weights */
} net_description;

/* "plain" or "mobile"; channels inside the network are `widening` times as many (WRPN). False: no such network. */
bool net_describe(const char *name, int widening, net_description *net);

/* Weights of block i, or of the fully connected layer for i = block_count. */
int64_t net_weight_count(const net_description *net, int i);
int64_t net_output_count(const net_description *net, int i); /* output channels, or classes */

/* Floating-point operations of one image forward, a multiplication and an addition counting two. */
double net_operations(const net_description *net);

#endif
