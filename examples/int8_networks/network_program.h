/* SPDX-License-Identifier: Apache-2.0 */
/* The program of the network examples. */
#ifndef NETWORK_PROGRAM_H
#define NETWORK_PROGRAM_H

#include "network_graph.h"

/* Builds, quantizes, runs, compares and times one network as the command line asks (network_options.h). Returns the exit status. */
int network_program(int argc, char **argv, const char *program, const char *summary, network_builder build);

#endif
