/* SPDX-License-Identifier: Apache-2.0 */
/* A case that is being put together for writing. Not for the library's users. */
#ifndef CLQNN_CASE_DRAFT_H
#define CLQNN_CASE_DRAFT_H

#include "case_internal.h"

enum { CLQ_CASE_DRAFT_TENSORS = 24, CLQ_CASE_DRAFT_LINES = 20, CLQ_CASE_DRAFT_TEXTS = 16 };

typedef struct clq_case_draft {
    clq_case_tensor tensors[CLQ_CASE_DRAFT_TENSORS];
    size_t tensor_count;
    clq_case_text lines[CLQ_CASE_DRAFT_LINES];
    size_t line_count;
    void *owned[CLQ_CASE_DRAFT_TENSORS]; /* freed with the draft */
    size_t owned_count;
    char texts[CLQ_CASE_DRAFT_TEXTS][96]; /* values of lines that are made here */
    size_t text_count;
} clq_case_draft;

/* All values are borrowed. */
void clq_case_draft_line(clq_case_draft *draft, const char *key, const char *value);
void clq_case_draft_vector(clq_case_draft *draft, const char *name, clq_case_dtype dtype, int64_t count, const void *data);

/* "1,2,3" and "-0.5,6" as values of `key`. */
void clq_case_draft_list(clq_case_draft *draft, const char *key, const int64_t *values, int32_t count);
void clq_case_draft_range(clq_case_draft *draft, const char *key, float low, float high);

/* A tensor whose data the draft owns, for the caller to fill; NULL if memory ran out or the shape is none. */
void *clq_case_draft_copy(clq_case_draft *draft, const char *name, clqnn_type type, const int64_t *shape, int32_t rank);

/* T.scale and T.zero_point; `scales`: whether the rule uses them. Default values are written where the format has no default. */
void clq_case_draft_quantization(clq_case_draft *draft, const char *scale_name, const char *zero_name, const clqnn_quantization *q, bool scales);

/* `requantize` of an 8-bit y, and `multiplier` and `shift`. */
void clq_case_draft_rounding(clq_case_draft *draft, clqnn_rounding rounding);
void clq_case_draft_fixed(clq_case_draft *draft, const int32_t *multipliers, const int32_t *shifts, int64_t count);

/* case_draft_groups.c: `b` of integers with groups, dense and as it is stored, and everything that belongs to them. */
clqnn_status clq_case_draft_groups(clq_case_draft *draft, const clqnn_gemm_desc *desc, const void *b);

/* case_draft_planes.c: rows of bit planes. Element 0 of row r of matrix (i, j) is value i * stride[0] + j * stride[1] + r * row_stride of `data`. */
typedef struct clq_case_planes {
    const char *name;
    clqnn_type type;
    const void *data;
    int64_t shape[4], stride[2], row_stride;   /* batches, rows and values of a row */
} clq_case_planes;
clqnn_status clq_case_draft_planes(clq_case_draft *draft, const clq_case_planes *planes);

/* Frees what the draft owns, not the draft. */
void clq_case_draft_free(clq_case_draft *draft);

#endif
