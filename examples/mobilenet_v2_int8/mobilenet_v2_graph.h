/* SPDX-License-Identifier: Apache-2.0 */
/* MobileNet v2: inverted residuals, 1x1 up, 3x3 depthwise, 1x1 down without activation. */
#ifndef MOBILENET_V2_GRAPH_H
#define MOBILENET_V2_GRAPH_H

#include "network_graph.h"

void mobilenet_v2_build(network *net, const network_size *size);

#endif
