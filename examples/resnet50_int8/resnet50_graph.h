/* SPDX-License-Identifier: Apache-2.0 */
/* ResNet-50 v1.5: bottlenecks whose 3x3 convolution has the stride. */
#ifndef RESNET50_GRAPH_H
#define RESNET50_GRAPH_H

#include "network_graph.h"

void resnet50_build(network *net, const network_size *size);

#endif
