/* SPDX-License-Identifier: Apache-2.0 */
/* The command line of fashion_mnist_int8. */
#ifndef FASHION_OPTIONS_H
#define FASHION_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct fashion_options {
    const char *folder;       /* of the data set */
    const char *device;       /* as clqnn_context_desc.device; NULL: the default */
    uint32_t training_images; /* 0: all */
    bool help;
} fashion_options;

extern const char fashion_usage[];

/* False, with a line on stderr, for arguments that fashion_usage does not know. */
bool fashion_options_parse(int argc, char **argv, fashion_options *options);

#endif
