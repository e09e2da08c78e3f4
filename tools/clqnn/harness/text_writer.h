/* SPDX-License-Identifier: Apache-2.0 */
/* Text that is put together piece by piece and cut where the memory ends. */
#ifndef CLQ_TEXT_WRITER_H
#define CLQ_TEXT_WRITER_H

#include <stddef.h>

typedef struct clq_text_writer { char *text; size_t size, used; } clq_text_writer;

/* An empty text in `size` bytes. */
clq_text_writer clq_text_start(char *text, size_t size);

__attribute__((format(printf, 2, 3))) void clq_text_append(clq_text_writer *writer, const char *format, ...);

#endif
