/* SPDX-License-Identifier: Apache-2.0 */
/* A case as a test changes it, one line or tensor at a time, before it is written to a file and read back. For cmocka tests. */
#ifndef CASE_DRAFT_FILE_H
#define CASE_DRAFT_FILE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "case_reference.h"

enum { DRAFT_MOST = 16 };

typedef struct draft {
    clq_case_text lines[DRAFT_MOST];
    size_t line_count;
    clq_case_tensor tensors[DRAFT_MOST];
    size_t tensor_count;
} draft;

/* Set-up and tear-down of a group: the file that drafts are written to. */
int draft_open(void **state);
int draft_close(void **state);

/* Replaces the line of this key, or adds it. */
void draft_set_line(draft *changed, clq_case_text line);

/* Replaces the tensor of this name, or adds it; without a dtype it is left out. */
void draft_set_tensor(draft *changed, clq_case_tensor tensor);

/* Written and read back; *file is NULL on failure. */
clqnn_status draft_read(const draft *written, clq_case **file, char *message, size_t capacity);

/* Written, read and run by the reference: this verdict, and a message that holds `named`. */
void draft_expect(const draft *written, clq_case_verdict wanted, const char *named);

#endif
