/* SPDX-License-Identifier: Apache-2.0 */
#include "core/message.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static _Thread_local char message[CLQ_MESSAGE_CAPACITY];

const char *clqnn_last_error(void)
{
    return message;
}

clqnn_status clq_fail(clqnn_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return status;
}

clqnn_status clq_fail_within(clqnn_status status, const char *context)
{
    const size_t prefix = strlen(context) + 2;
    const size_t old = strlen(message);
    if (prefix + 1 >= sizeof message) return status;
    const size_t kept = old < sizeof message - prefix - 1 ? old : sizeof message - prefix - 1;
    memmove(message + prefix, message, kept);
    message[prefix + kept] = '\0';
    memcpy(message, context, prefix - 2);
    memcpy(message + prefix - 2, ": ", 2);
    return status;
}

void clq_message_restore(const char *kept)
{
    (void)snprintf(message, sizeof message, "%s", kept);
}

const char *clqnn_status_name(clqnn_status status)
{
    static const char *const names[] = {
        [CLQNN_OK] = "CLQNN_OK",
        [CLQNN_INVALID_ARGUMENT] = "CLQNN_INVALID_ARGUMENT",
        [CLQNN_INVALID_SHAPE] = "CLQNN_INVALID_SHAPE",
        [CLQNN_INVALID_QUANTIZATION] = "CLQNN_INVALID_QUANTIZATION",
        [CLQNN_OVERFLOW] = "CLQNN_OVERFLOW",
        [CLQNN_UNSUPPORTED] = "CLQNN_UNSUPPORTED",
        [CLQNN_NO_DEVICE] = "CLQNN_NO_DEVICE",
        [CLQNN_OUT_OF_MEMORY] = "CLQNN_OUT_OF_MEMORY",
        [CLQNN_BUILD_FAILED] = "CLQNN_BUILD_FAILED",
        [CLQNN_OPENCL_ERROR] = "CLQNN_OPENCL_ERROR",
        [CLQNN_CORRUPT_DATA] = "CLQNN_CORRUPT_DATA",
        [CLQNN_BUFFER_TOO_SMALL] = "CLQNN_BUFFER_TOO_SMALL",
        [CLQNN_IO_ERROR] = "CLQNN_IO_ERROR",
    };
    const unsigned value = (unsigned)status;
    return value < sizeof names / sizeof names[0] ? names[value] : "unknown status";
}
