/* SPDX-License-Identifier: Apache-2.0 */
/* Two layer graphs whose inner convolutions are binary. */
#ifndef BINARY_NETWORKS_H
#define BINARY_NETWORKS_H

#include "binary_graph.h"

/* AlexNet as XNOR-Net has it (Rastegari et al., arXiv 1603.05279): signs, alpha and the K map in every convolution but the first, in 8 bits. Between a
 * convolution and the maximum behind it values have 8 bits, since pools have no floats; of the dense layers the first writes bits. */
void binary_alexnet_build(binary_graph *graph, const network_size *size);

/* ResNet-18 as Bi-Real Net has it (Liu et al., arXiv 1808.00278), with ReActNet's threshold for each channel (arXiv 2003.03488): each 3x3 convolution is binary
 * and has a shortcut of its own in f32. Where the image shrinks, the shortcut's average and 1x1 convolution are one 2x2 convolution in 8 bits. */
void binary_resnet18_build(binary_graph *graph, const network_size *size);

#endif
