/* SPDX-License-Identifier: Apache-2.0 */
/* Matrices of bit planes in a draft: U8, the words of each row behind one another, with T.type and T.shape. */
#include "case_draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "a.type" as a key that the draft owns. */
static const char *key_of(clq_case_draft *draft, const char *name, const char *part)
{
    char *text = draft->texts[draft->text_count++];
    snprintf(text, sizeof draft->texts[0], "%s.%s", name, part);
    return text;
}

clqnn_status clq_case_draft_planes(clq_case_draft *draft, const clq_case_planes *planes)
{
    const size_t row = (size_t)((planes->shape[3] + 31) / 32 * clq_case_plane_bits(planes->type) * 4);
    const int64_t rows = planes->shape[0] * planes->shape[1] * planes->shape[2];
    const int32_t skipped = planes->shape[0] == 1 && planes->shape[1] == 1 ? 2 : 0;
    const int64_t bytes = rows * (int64_t)row;
    unsigned char *next = clq_case_draft_copy(draft, planes->name, CLQNN_U8, &bytes, 1);
    if (next == NULL) return CLQNN_OUT_OF_MEMORY;
    for (int64_t i = 0; i < rows; i++, next += row) {
        const int64_t matrix = i / planes->shape[2];
        const int64_t at = matrix / planes->shape[1] * planes->stride[0] + matrix % planes->shape[1] * planes->stride[1] + i % planes->shape[2] * planes->row_stride;
        memcpy(next, (const unsigned char *)planes->data + at / 32 * clq_case_plane_bits(planes->type) * 4, row);
    }
    clq_case_draft_line(draft, key_of(draft, planes->name, "type"), clq_case_plane_name(planes->type));
    clq_case_draft_list(draft, key_of(draft, planes->name, "shape"), planes->shape + skipped, 4 - skipped);
    return CLQNN_OK;
}
