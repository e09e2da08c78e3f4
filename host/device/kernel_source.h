/* SPDX-License-Identifier: Apache-2.0 */
/* The kernels' sources, embedded by CMake: one entry a file, named by its path below kernels/cl without ".cl". */
#ifndef CLQ_KERNEL_SOURCE_H
#define CLQ_KERNEL_SOURCE_H

#include <stddef.h>

typedef struct clq_kernel_source {
    const char *name;
    const char *text;   /* not zero-terminated text of `length` bytes */
    size_t length;
} clq_kernel_source;

extern const clq_kernel_source clq_kernel_sources[];
extern const size_t clq_kernel_source_count;

/* NULL if there is no such part. */
const clq_kernel_source *clq_kernel_source_find(const char *name);

#endif
