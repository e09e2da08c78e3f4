/* SPDX-License-Identifier: Apache-2.0 */
/* From OpenCL's error codes to statuses and messages. */
#ifndef CLQ_OPENCL_ERROR_H
#define CLQ_OPENCL_ERROR_H

#include <CL/cl.h>
#include <stdbool.h>

#include "core/message.h"

/* "CL_OUT_OF_RESOURCES"; "unknown code" outside the list. Static storage. */
const char *clq_opencl_error_name(cl_int code);

/* Whether a code says that memory or another resource is short, which may pass. */
bool clq_opencl_is_out_of_memory(cl_int code);

/* Records "CALL failed: NAME (code)" and returns CLQNN_OUT_OF_MEMORY for the codes that mean so, else CLQNN_OPENCL_ERROR. */
clqnn_status clq_fail_opencl(const char *call, cl_int code);

#define CLQ_FORWARD_OPENCL(call_name, code) \
    do { \
        const cl_int code_ = (code); \
        if (code_ != CL_SUCCESS) return clq_fail_opencl(call_name, code_); \
    } while (0)

#endif
