/* SPDX-License-Identifier: Apache-2.0 */
/* Messages of the case-file library. */
#include "case_internal.h"

#include <stdarg.h>
#include <stdio.h>

clqnn_status clq_case_fail(clq_case_report report, clqnn_status status, const char *format, ...)
{
    if (report.message == NULL || report.capacity == 0) return status;
    va_list arguments;
    va_start(arguments, format);
    if (vsnprintf(report.message, report.capacity, format, arguments) < 0) report.message[0] = '\0';
    va_end(arguments);
    /* Names come from the file: nothing in them may reach a terminal as a control sequence. */
    for (char *c = report.message; *c != '\0'; c++) {
        if (*c < ' ' || *c > '~') *c = '?';
    }
    return status;
}

const char *clq_case_shape_text(const int64_t *shape, int32_t rank, char *text)
{
    size_t used = 0;
    text[used++] = '[';
    for (int32_t i = 0; i < rank && used < CLQ_CASE_TEXT - 24; i++) {
        used += (size_t)snprintf(text + used, CLQ_CASE_TEXT - used, i == 0 ? "%lld" : ",%lld", (long long)shape[i]);
    }
    text[used++] = ']';
    text[used] = '\0';
    return text;
}
