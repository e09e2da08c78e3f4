/* SPDX-License-Identifier: Apache-2.0 */
/* ResNet-50 in 8 bits on an OpenCL device. */
#include "network_program.h"
#include "resnet50_graph.h"

int main(int argc, char **argv)
{
    return network_program(argc, argv, "resnet50_int8", "ResNet-50 v1.5", resnet50_build);
}
