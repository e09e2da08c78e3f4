/* SPDX-License-Identifier: Apache-2.0 */
/* Messages, and what may stand in them. */
#include <stdarg.h>
#include <stdio.h>

#include "safetensors_internal.h"

clqnn_status clq_safetensors_fail(clq_safetensors_report report, clqnn_status status, const char *format, ...)
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

/* Bytes of the character at `c`, 0 if it is none. A zero byte ends a text and is no continuation: nothing is read behind it. */
static size_t character_bytes(const unsigned char *c)
{
    const size_t bytes = c[0] < 0x80 ? 1 : c[0] >= 0xc2 && c[0] <= 0xdf ? 2 : (c[0] & 0xf0) == 0xe0 ? 3 : c[0] >= 0xf0 && c[0] <= 0xf4 ? 4 : 0;
    for (size_t i = 1; i < bytes; i++) {
        if ((c[i] & 0xc0) != 0x80) return 0;
    }
    const bool is_long_form = (c[0] == 0xe0 && c[1] < 0xa0) || (c[0] == 0xf0 && c[1] < 0x90);
    const bool is_outside = (c[0] == 0xed && c[1] > 0x9f) || (c[0] == 0xf4 && c[1] > 0x8f);
    return bytes > 1 && (is_long_form || is_outside) ? 0 : bytes;
}

bool clq_safetensors_is_utf8(const char *text)
{
    const unsigned char *c = (const unsigned char *)text;
    while (*c != '\0') {
        const size_t bytes = character_bytes(c);
        if (bytes == 0) return false;
        c += bytes;
    }
    return true;
}

const char *clq_safetensors_shape_text(const clq_safetensors_tensor *tensor, char *text)
{
    size_t used = 0;
    text[used++] = '[';
    for (int32_t i = 0; i < tensor->rank; i++) {
        used += (size_t)snprintf(text + used, CLQ_SAFETENSORS_SHAPE_TEXT - used, i == 0 ? "%lld" : ",%lld", (long long)tensor->shape[i]);
    }
    text[used++] = ']';
    text[used] = '\0';
    return text;
}
