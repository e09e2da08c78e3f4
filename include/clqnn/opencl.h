/* SPDX-License-Identifier: Apache-2.0 */
/* For programs that own their OpenCL objects: contexts made from theirs, and access to the library's. The only header that includes <CL/cl.h>. */
#ifndef CLQNN_OPENCL_H
#define CLQNN_OPENCL_H

#ifndef CL_TARGET_OPENCL_VERSION
#define CL_TARGET_OPENCL_VERSION 120
#endif
#include <CL/cl.h>

#include "clqnn/context.h"

#ifdef __cplusplus
extern "C" {
#endif

/* As clqnn_context_create, on the caller's OpenCL context and one of its devices; `desc->device` must be NULL. The library retains both and
 * makes no queue of its own in them, other than a short-lived one while it builds programs and packs weights, and the one of
 * CLQNN_ACTIVE_WAIT_DEFAULT on a CPU device.
 * CLQNN_INVALID_ARGUMENT if `device` does not belong to `cl`. */
CLQNN_API clqnn_status clqnn_context_create_from_opencl(cl_context cl, cl_device_id device, const clqnn_context_desc *desc, clqnn_context **context);

/* The OpenCL objects of a context, not retained; NULL for NULL. */
CLQNN_API cl_context clqnn_context_opencl_context(const clqnn_context *context);
CLQNN_API cl_device_id clqnn_context_opencl_device(const clqnn_context *context);

#ifdef __cplusplus
}
#endif
#endif
