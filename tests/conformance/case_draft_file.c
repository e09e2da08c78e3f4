/* SPDX-License-Identifier: Apache-2.0 */
#include "case_draft_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[64];

int draft_open(void **state)
{
    (void)state;
    strcpy(path, "/tmp/clqnn-case-draft-XXXXXX");
    const int descriptor = mkstemp(path);
    return descriptor < 0 ? -1 : close(descriptor);
}

int draft_close(void **state)
{
    (void)state;
    return remove(path);
}

void draft_set_line(draft *changed, clq_case_text line)
{
    size_t at = 0;
    while (at < changed->line_count && strcmp(changed->lines[at].key, line.key) != 0) at++;
    assert_true(at < DRAFT_MOST);
    changed->lines[at] = line;
    if (at == changed->line_count) changed->line_count++;
}

void draft_set_tensor(draft *changed, clq_case_tensor tensor)
{
    size_t at = 0;
    while (at < changed->tensor_count && strcmp(changed->tensors[at].name, tensor.name) != 0) at++;
    assert_true(at < DRAFT_MOST);
    if (at == changed->tensor_count) changed->tensor_count++;
    changed->tensors[at] = tensor;
    if (tensor.dtype == CLQ_CASE_NONE) changed->tensors[at] = changed->tensors[--changed->tensor_count];
}

clqnn_status draft_read(const draft *written, clq_case **file, char *message, size_t capacity)
{
    *file = NULL;
    const clqnn_status status = clq_case_write(path, written->lines, written->line_count, written->tensors, written->tensor_count, message, capacity);
    return status == CLQNN_OK ? clq_case_read(path, file, message, capacity) : status;
}

void draft_expect(const draft *written, clq_case_verdict wanted, const char *named)
{
    char message[300] = "";
    clq_case *file = NULL;
    clq_case_verdict verdict = CLQ_CASE_BAD;
    if (draft_read(written, &file, message, sizeof message) == CLQNN_OK) verdict = clq_case_check_reference(file, message, sizeof message);
    clq_case_free(file);
    if (verdict != wanted || strstr(message, named) == NULL) fail_msg("verdict %d, message '%s', wanted %d, '%s'", (int)verdict, message, (int)wanted, named);
}
