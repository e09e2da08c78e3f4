/* SPDX-License-Identifier: Apache-2.0 */
/* The command line. */
#ifndef TABLE_OPTIONS_H
#define TABLE_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct table_options {
    const char *folder;            /* of the data set */
    const char *device;            /* NULL: the library's choice */
    const char *network;           /* "plain", "mobile", "both" */
    const char *rows;              /* NULL: all; else parts of names or families, separated by plus signs */
    const char *checkpoint_folder; /* NULL: no checkpoints */
    const char *output_folder;     /* NULL: no files */
    int epochs;                    /* of the float network; 0: the default */
    int images;                    /* training images; 0: all */
    int stop_after;                /* 0: no stop */
    uint64_t seed;
    bool resume, only_stored, quick, help;
} table_options;

extern const char table_usage[];

/* False, after a message on stderr, for a wrong command line. */
bool table_options_parse(int argc, char **argv, table_options *options);

#endif
