/* SPDX-License-Identifier: Apache-2.0 */
/* AlexNet with the binary convolutions of XNOR-Net on an OpenCL device. */
#include "binary_networks.h"
#include "binary_program.h"

int main(int argc, char **argv)
{
    return binary_program(argc, argv, "binary_alexnet", "AlexNet with the binary convolutions of XNOR-Net", binary_alexnet_build);
}
