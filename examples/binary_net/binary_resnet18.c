/* SPDX-License-Identifier: Apache-2.0 */
/* ResNet-18 with the binary convolutions and shortcuts of Bi-Real Net on an OpenCL device. */
#include "binary_networks.h"
#include "binary_program.h"

int main(int argc, char **argv)
{
    return binary_program(argc, argv, "binary_resnet18", "ResNet-18 with the binary convolutions and shortcuts of Bi-Real Net", binary_resnet18_build);
}
