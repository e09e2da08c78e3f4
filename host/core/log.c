/* SPDX-License-Identifier: Apache-2.0 */
#include "core/log.h"

#include <stdarg.h>
#include <stdio.h>

void clq_log_write(const clq_log *log, clqnn_log_level level, const char *format, ...)
{
    if (!log->function) return;
    char text[4096];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    log->function(log->user, level, text);
}
