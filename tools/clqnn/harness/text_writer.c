/* SPDX-License-Identifier: Apache-2.0 */
#include "text_writer.h"

#include <stdarg.h>
#include <stdio.h>

clq_text_writer clq_text_start(char *text, size_t size)
{
    if (size > 0) text[0] = '\0';
    return (clq_text_writer){ .text = text, .size = size };
}

void clq_text_append(clq_text_writer *writer, const char *format, ...)
{
    if (writer->used >= writer->size) return;
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(writer->text + writer->used, writer->size - writer->used, format, arguments);
    va_end(arguments);
    if (length > 0) writer->used += (size_t)length;
}
