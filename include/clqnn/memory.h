/* SPDX-License-Identifier: Apache-2.0 */
/* Small helpers for programs without OpenCL code of their own. All handles are plain OpenCL objects. */
#ifndef CLQNN_MEMORY_H
#define CLQNN_MEMORY_H

#include "clqnn/context.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The context's own in-order queue, made on first use and owned by the context: do not release it. */
CLQNN_API clqnn_status clqnn_default_queue(clqnn_context *context, struct _cl_command_queue **queue);

/* A read-write buffer of `bytes` (> 0) bytes, uninitialised. CLQNN_INVALID_SHAPE beyond the device's largest allocation. */
CLQNN_API clqnn_status clqnn_buffer_create(clqnn_context *context, uint64_t bytes, struct _cl_mem **buffer);

/* NULL is allowed. */
CLQNN_API void clqnn_buffer_release(struct _cl_mem *buffer);

/* Copies between host memory and `bytes` bytes of a buffer on the default queue; both block until the copy is done. 0 bytes is a success. */
CLQNN_API clqnn_status clqnn_upload(clqnn_context *context, struct _cl_mem *buffer, uint64_t offset, const void *source, uint64_t bytes);
CLQNN_API clqnn_status clqnn_download(clqnn_context *context, struct _cl_mem *buffer, uint64_t offset, void *target, uint64_t bytes);

/* Blocks until everything on the default queue is done. */
CLQNN_API clqnn_status clqnn_finish(clqnn_context *context);

#ifdef __cplusplus
}
#endif
#endif
