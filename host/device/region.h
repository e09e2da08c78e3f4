/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of the caller's buffers before a launch. */
#ifndef CLQ_REGION_H
#define CLQ_REGION_H

#include <CL/cl.h>
#include <stdbool.h>

#include "clqnn/status.h"
#include "clqnn/types.h"

/* A checked region: which bytes of which root buffer a call touches. */
typedef struct clq_extent {
    cl_mem root;             /* the buffer, or the one that a sub-buffer is part of */
    uint64_t begin, end;     /* bytes in the root */
} clq_extent;

/* `bytes` bytes from the region's offset must lie in a buffer of this OpenCL context, the offset be a multiple of `alignment`. */
clqnn_status clq_region_check(const char *name, const clqnn_region *region, uint64_t bytes, uint64_t alignment, cl_context context, clq_extent *extent);

bool clq_extents_overlap(const clq_extent *a, const clq_extent *b);

#endif
