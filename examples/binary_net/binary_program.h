/* SPDX-License-Identifier: Apache-2.0 */
/* What the programs of the binary networks do: build, compare with the reference, time. */
#ifndef BINARY_PROGRAM_H
#define BINARY_PROGRAM_H

#include "binary_graph.h"

/* The exit status: that of the other network examples. */
int binary_program(int argc, char **argv, const char *program, const char *summary, binary_builder build);

#endif
