/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the safetensors library share. Not for its users. */
#ifndef CLQNN_SAFETENSORS_INTERNAL_H
#define CLQNN_SAFETENSORS_INTERNAL_H

#include "safetensors.h"

/* Where a failing function writes its message. Passed by value. */
typedef struct clq_safetensors_report {
    char *message;
    size_t capacity;
} clq_safetensors_report;

/* Where the data of a tensor lies, in bytes behind the header. */
typedef struct clq_safetensors_span {
    uint64_t begin, end;
    size_t tensor; /* its index */
} clq_safetensors_span;

/* A file with what it owns: names, keys, values and data are blocks of their own. */
struct clq_safetensors {
    clq_safetensors_tensor *tensors;
    clq_safetensors_span *spans; /* by where they begin, from the header on; gone when the data is read */
    size_t tensor_count;
    clq_safetensors_text *texts;
    size_t text_count;
};

/* safetensors_message.c: formats, replaces what is not printable ASCII by '?', returns `status`. */
clqnn_status clq_safetensors_fail(clq_safetensors_report report, clqnn_status status, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* safetensors_message.c: whether a text is UTF-8 as RFC 3629 defines it. */
bool clq_safetensors_is_utf8(const char *text);

#define CLQ_SAFETENSORS_SHAPE_TEXT 192

/* safetensors_message.c: "[2,3]" into `text` of CLQ_SAFETENSORS_SHAPE_TEXT bytes; returns `text`. */
const char *clq_safetensors_shape_text(const clq_safetensors_tensor *tensor, char *text);

#define CLQ_SAFETENSORS_PADDING 8 /* zeros behind the header's text: cJSON before 1.7.18 may look one byte past the length that it is given */

/* safetensors_header.c: texts, tensors without data, and spans that cover [0, data_size) without gap or overlap. `text` holds `length` bytes and the
 * padding. On failure `file` may be half filled; clq_safetensors_free releases it. */
clqnn_status clq_safetensors_parse(const char *text, size_t length, uint64_t data_size, clq_safetensors *file, clq_safetensors_report report);

#endif
