/* SPDX-License-Identifier: Apache-2.0 */
#include "import/import_check.h"

#include <stdlib.h>

#include "core/checked.h"
#include "core/message.h"
#include "core/float_storage.h"

clqnn_status clq_check_import_extent(const char *name, int64_t value)
{
    if (value < 1 || value > INT32_MAX) return clq_fail(CLQNN_INVALID_SHAPE, "%s is %lld, must be in 1..2147483647", name, (long long)value);
    return CLQNN_OK;
}

clqnn_status clq_check_group_size(const char *name, int64_t size, int64_t k)
{
    if (size < 1 || size > k) return clq_fail(CLQNN_INVALID_SHAPE, "%s is %lld, must be in 1..k, and k is %lld", name, (long long)size, (long long)k);
    return CLQNN_OK;
}

clqnn_status clq_check_multiple(const char *name, int64_t value, int64_t unit, const char *why)
{
    if (value % unit) return clq_fail(CLQNN_INVALID_SHAPE, "%s is %lld, must be a multiple of %lld: %s", name, (long long)value, (long long)unit, why);
    return CLQNN_OK;
}

clqnn_status clq_check_float_type(const char *name, clqnn_type type)
{
    if (clq_is_stored_float(type)) return CLQNN_OK;
    const char *type_name = clqnn_type_name(type);
    if (!type_name) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is %d, not a clqnn_type", name, (int)type);
    return clq_fail(CLQNN_INVALID_ARGUMENT, "%s is %s, must be f32, f16 or bf16", name, type_name);
}

clqnn_status clq_check_bytes(const char *name, clqnn_bytes bytes, uint64_t rows, uint64_t row_bytes)
{
    uint64_t expected;
    if (!bytes.data) return clq_fail(CLQNN_INVALID_ARGUMENT, "%s.data is NULL", name);
    if (!clq_multiply(rows, row_bytes, &expected)) {
        return clq_fail(CLQNN_INVALID_SHAPE, "%s would have %llu times %llu bytes, beyond 2^64", name, (unsigned long long)rows, (unsigned long long)row_bytes);
    }
    if (bytes.size == expected) return CLQNN_OK;
    return clq_fail(CLQNN_CORRUPT_DATA, "%s.size is %llu, the shape needs %llu bytes%s", name, (unsigned long long)bytes.size, (unsigned long long)expected,
                    bytes.size < expected ? ": the tensor is truncated" : "");
}

clqnn_status clq_check_finite(const clq_named_array *array)
{
    const int64_t at = clq_stored_find_nonfinite(array->data, array->type, array->rows * array->columns);
    if (at < 0) return CLQNN_OK;
    return clq_fail(CLQNN_INVALID_QUANTIZATION, "%s of %s %lld, %s %lld is %g, must be finite", array->name, array->row_name, (long long)(at / array->columns),
                    array->column_name, (long long)(at % array->columns), (double)clq_stored_load(array->data, array->type, at));
}

static clqnn_status count_rows(const char *name, const int32_t *index, int64_t k, int64_t size, int64_t *rows)
{
    const int64_t groups = (k - 1) / size + 1;
    for (int64_t i = 0; i < k; i++) {
        if (index[i] < 0 || index[i] >= groups) {
            return clq_fail(CLQNN_INVALID_ARGUMENT, "%s[%lld] is %d, must be in 0..%lld", name, (long long)i, (int)index[i], (long long)(groups - 1));
        }
        rows[index[i]]++;
    }
    for (int64_t group = 0; group < groups; group++) {
        const int64_t expected = group < groups - 1 ? size : k - group * size;
        if (rows[group] == expected) continue;
        return clq_fail(CLQNN_INVALID_ARGUMENT, "%s gives group %lld %lld rows, must give it %lld", name, (long long)group, (long long)rows[group],
                        (long long)expected);
    }
    return CLQNN_OK;
}

clqnn_status clq_check_index(const char *name, const int32_t *index, int64_t k, int64_t size)
{
    int64_t *rows = calloc((size_t)((k - 1) / size + 1), sizeof *rows);
    if (!rows) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for the groups of %s", name);
    const clqnn_status status = count_rows(name, index, k, size, rows);
    free(rows);
    return status;
}
