/* SPDX-License-Identifier: Apache-2.0 */
/* The command line of the network examples. */
#ifndef NETWORK_OPTIONS_H
#define NETWORK_OPTIONS_H

#include "network_graph.h"

typedef struct network_options {
    const char *device;       /* as clqnn_context_desc.device; NULL: the default */
    const char *variant;      /* of the convolutions; NULL: the library's choice */
    const char *export_path;  /* NULL: nothing is written */
    int64_t batch, runs, seed;
    network_size size;
    bool profile, skip_reference, help;
} network_options;

void network_print_usage(const char *program, const char *summary);

/* False, with a line on stderr, for arguments that the usage text does not know and values out of their range. */
bool network_options_parse(const char *program, int argc, char **argv, network_options *options);

#endif
