/* SPDX-License-Identifier: Apache-2.0 */
/* MobileNet v2 in 8 bits on an OpenCL device. */
#include "mobilenet_v2_graph.h"
#include "network_program.h"

int main(int argc, char **argv)
{
    return network_program(argc, argv, "mobilenet_v2_int8", "MobileNet v2", mobilenet_v2_build);
}
