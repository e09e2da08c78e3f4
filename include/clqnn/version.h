/* SPDX-License-Identifier: Apache-2.0 */
/* The version of these headers; clqnn_version() is the version of the library that runs. CMake reads the three numbers from here. */
#ifndef CLQNN_VERSION_H
#define CLQNN_VERSION_H

#include "clqnn/export.h"

#define CLQNN_VERSION_MAJOR 0
#define CLQNN_VERSION_MINOR 1
#define CLQNN_VERSION_PATCH 0

#ifdef __cplusplus
extern "C" {
#endif

/* "MAJOR.MINOR.PATCH"; static storage. Thread-safe. */
CLQNN_API const char *clqnn_version(void);

#ifdef __cplusplus
}
#endif
#endif
