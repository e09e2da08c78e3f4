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

/* A tensor of `span` elements (below 2^48) must fit one allocation of at most `most` bytes. */
clqnn_status clq_span_check(const char *name, int64_t span, clqnn_type type, uint64_t most);

bool clq_extents_overlap(const clq_extent *a, const clq_extent *b);

/* The bytes of a tensor as a pattern: `length` bytes at the start of each `period` from the extent's begin on; period 0: all of the extent. */
typedef struct clq_footprint {
    clq_extent extent;
    uint64_t period, length;
} clq_footprint;

/* Whether two tensors may have a byte in common. Slices of one larger tensor have extents that overlap, but with the same period no common bytes. */
bool clq_footprints_meet(const clq_footprint *a, const clq_footprint *b);

#endif
