/* SPDX-License-Identifier: Apache-2.0 */
/* What the importers refuse alike. Each returns a status whose message names the field and its value. */
#ifndef CLQ_IMPORT_CHECK_H
#define CLQ_IMPORT_CHECK_H

#include "clqnn/import.h"

/* 1 .. 2^31-1. */
clqnn_status clq_check_import_extent(const char *name, int64_t value);

/* 1 .. k. */
clqnn_status clq_check_group_size(const char *name, int64_t size, int64_t k);

/* A multiple of `unit`, which `why` demands. */
clqnn_status clq_check_multiple(const char *name, int64_t value, int64_t unit, const char *why);

/* f32, f16 or bf16. */
clqnn_status clq_check_float_type(const char *name, clqnn_type type);

/* Exactly rows * row_bytes bytes, which may overflow. */
clqnn_status clq_check_bytes(const char *name, clqnn_bytes bytes, uint64_t rows, uint64_t row_bytes);

/* No NaN, no infinity in an array of rows x columns, whose extents the message calls by name. */
typedef struct clq_named_array {
    const char *name, *row_name, *column_name;
    const void *data;
    clqnn_type type;
    int64_t rows, columns;
} clq_named_array;
clqnn_status clq_check_finite(const clq_named_array *array);

/* Each of k entries 0 .. groups - 1, every group with `size` rows but the last. */
clqnn_status clq_check_index(const char *name, const int32_t *index, int64_t k, int64_t size);

#endif
