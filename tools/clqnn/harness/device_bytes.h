/* SPDX-License-Identifier: Apache-2.0 */
/* Device buffers of the harness: plain, or a sub-buffer in the middle of a larger buffer. */
#ifndef CLQ_DEVICE_BYTES_H
#define CLQ_DEVICE_BYTES_H

#include <stdbool.h>

#include "clqnn/memory.h"
#include "clqnn/opencl.h"

typedef struct clq_device_bytes {
    cl_mem memory;      /* what calls are given; never smaller than one byte */
    cl_mem parent;      /* the buffer around it; NULL where there is none */
    size_t size, guard; /* bytes of memory, and of the parent on each side of it */
} clq_device_bytes;

/* On failure nothing is left behind, and clqnn_last_error or the OpenCL status says why. */
clqnn_status clq_device_bytes_create(clqnn_context *context, size_t size, bool sub_buffer, clq_device_bytes *bytes);
void clq_device_bytes_release(clq_device_bytes *bytes);

/* Fills memory and parent. */
clqnn_status clq_device_bytes_fill(clqnn_context *context, const clq_device_bytes *bytes, unsigned char value);

/* 1 if all bytes of the parent outside the memory hold `value`; also where there is no parent. */
clqnn_status clq_device_bytes_guarded(clqnn_context *context, const clq_device_bytes *bytes, unsigned char value, bool *guarded);

#endif
