/* SPDX-License-Identifier: Apache-2.0 */
/* Buffers that are the host's own memory between two pages that must not be touched: a kernel that reads or writes one byte too many dies. */
#ifndef GUARDED_BUFFER_H
#define GUARDED_BUFFER_H

#include <CL/cl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clqnn/opencl.h"

enum { GUARDED_POISON = 0xa5 };

/* One tensor's bytes between two closed pages. */
typedef struct guarded {
    unsigned char *pages, *data;
    size_t all, inner, size;
    cl_mem memory;
    uint64_t offset;     /* of the tensor */
} guarded;

/* A copy of `source` (NULL: poison), which ends at the second page or begins behind the first one. On failure guarded_destroy still has to be called. */
bool guarded_create(clqnn_context *context, bool at_end, const unsigned char *source, size_t size, guarded *g);

/* A zeroed one is allowed. */
void guarded_destroy(guarded *g);

/* What a crash prints. */
extern char guarded_case[700];

/* From now on a touched page prints guarded_case and ends the process. */
void guarded_report_crashes(void);

#endif
