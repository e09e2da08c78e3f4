/* SPDX-License-Identifier: Apache-2.0 */
/* Constant buffers of plans and weights. */
#ifndef CLQ_CONSTANT_H
#define CLQ_CONSTANT_H

#include <CL/cl.h>

#include "clqnn/context.h"

/* A read-only buffer with a copy of `size` bytes; NULL where size is 0. `what` is for messages. */
clqnn_status clq_constant_create(clqnn_context *context, const void *bytes, uint64_t size, const char *what, cl_mem *memory);

/* All bytes of such a buffer in malloc'ed memory. Blocks. */
clqnn_status clq_constant_read(clqnn_context *context, cl_mem memory, uint64_t size, unsigned char **bytes);

#endif
