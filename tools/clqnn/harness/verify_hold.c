/* SPDX-License-Identifier: Apache-2.0 */
#include "verify_hold.h"

#include <stdio.h>

bool clq_verify_hold(clqnn_status status, const char *call, clq_verify_result *result)
{
    if (status == CLQNN_OK) return true;
    result->outcome = status == CLQNN_UNSUPPORTED ? CLQ_REFUSED : CLQ_FAILED;
    snprintf(result->message, sizeof result->message, "%s: %s: %s", call, clqnn_status_name(status), clqnn_last_error());
    return false;
}

void clq_verify_repeated(const char *output, const unsigned char *written, const unsigned char *twice, size_t size, clq_verify_result *result)
{
    for (size_t i = 0; i < size; i++) {
        if (!written[i] || twice[i] == twice[size + i]) continue;
        result->outcome = CLQ_FAILED;
        result->differences = 1;
        snprintf(result->message, sizeof result->message, "the same call gave other bits when it was repeated, the first in byte %zu of %s's buffer", i, output);
        return;
    }
}

bool clq_gate_open(clqnn_context *context, clq_gated_call *call, clq_verify_result *result)
{
    cl_int code = CL_SUCCESS;
    *call = (clq_gated_call){.gate = clCreateUserEvent(clqnn_context_opencl_context(context), &code)};
    return clq_verify_hold(code == CL_SUCCESS ? CLQNN_OK : CLQNN_OPENCL_ERROR, "clCreateUserEvent", result);
}

bool clq_gate_finish(clq_gated_call *call, clqnn_status status, const char *name, clq_verify_result *result)
{
    cl_int code = CL_SUCCESS;
    clSetUserEventStatus(call->gate, CL_COMPLETE);
    if (status == CLQNN_OK) code = call->done ? clWaitForEvents(1, &call->done) : CL_INVALID_EVENT;
    if (call->done) clReleaseEvent(call->done);
    clReleaseEvent(call->gate);
    if (code == CL_SUCCESS) return clq_verify_hold(status, name, result);
    result->outcome = CLQ_FAILED;
    snprintf(result->message, sizeof result->message, "waiting for the call's event: OpenCL error %d", code);
    return false;
}
