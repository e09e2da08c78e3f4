/* SPDX-License-Identifier: Apache-2.0 */
#include "failure.h"

#include <stdarg.h>
#include <stdio.h>

bool failed(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("fashion_mnist: ", stderr);
    (void)vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return false;
}

bool succeeded(clqnn_status status, const char *what)
{
    return status == CLQNN_OK || failed("%s: %s (%s)", what, clqnn_last_error(), clqnn_status_name(status));
}
