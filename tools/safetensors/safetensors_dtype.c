/* SPDX-License-Identifier: Apache-2.0 */
/* Element types, and sizes computed from them. */
#include <string.h>

#include "safetensors_internal.h"

static const struct {
    const char *name;
    size_t size;
} rows[] = {
    [CLQ_SAFETENSORS_NONE] = {"none", 0},     [CLQ_SAFETENSORS_BOOL] = {"BOOL", 1},       [CLQ_SAFETENSORS_U8] = {"U8", 1},
    [CLQ_SAFETENSORS_I8] = {"I8", 1},         [CLQ_SAFETENSORS_F8_E4M3] = {"F8_E4M3", 1}, [CLQ_SAFETENSORS_F8_E5M2] = {"F8_E5M2", 1},
    [CLQ_SAFETENSORS_U16] = {"U16", 2},       [CLQ_SAFETENSORS_I16] = {"I16", 2},         [CLQ_SAFETENSORS_F16] = {"F16", 2},
    [CLQ_SAFETENSORS_BF16] = {"BF16", 2},     [CLQ_SAFETENSORS_U32] = {"U32", 4},         [CLQ_SAFETENSORS_I32] = {"I32", 4},
    [CLQ_SAFETENSORS_F32] = {"F32", 4},       [CLQ_SAFETENSORS_U64] = {"U64", 8},         [CLQ_SAFETENSORS_I64] = {"I64", 8},
    [CLQ_SAFETENSORS_F64] = {"F64", 8},
};

static bool is_dtype(clq_safetensors_dtype dtype)
{
    return dtype >= CLQ_SAFETENSORS_BOOL && dtype <= CLQ_SAFETENSORS_F64;
}

const char *clq_safetensors_dtype_name(clq_safetensors_dtype dtype)
{
    return rows[is_dtype(dtype) ? dtype : CLQ_SAFETENSORS_NONE].name;
}

size_t clq_safetensors_dtype_size(clq_safetensors_dtype dtype)
{
    return rows[is_dtype(dtype) ? dtype : CLQ_SAFETENSORS_NONE].size;
}

clq_safetensors_dtype clq_safetensors_dtype_from_name(const char *name)
{
    for (clq_safetensors_dtype dtype = CLQ_SAFETENSORS_BOOL; dtype <= CLQ_SAFETENSORS_F64; dtype++) {
        if (strcmp(name, rows[dtype].name) == 0) return dtype;
    }
    return CLQ_SAFETENSORS_NONE;
}

bool clq_safetensors_elements(const clq_safetensors_tensor *tensor, uint64_t *elements)
{
    if (tensor->rank < 0 || tensor->rank > CLQ_SAFETENSORS_MAX_RANK) return false;
    /* Sizes of 0 are left out of the bound: partial products beside a 0 must not overflow either. */
    int64_t product = 1;
    bool is_empty = false;
    for (int32_t i = 0; i < tensor->rank; i++) {
        const int64_t size = tensor->shape[i];
        if (size < 0) return false;
        if (size == 0) {
            is_empty = true;
            continue;
        }
        if (size > INT64_MAX / 8 / product) return false; /* 8: room for the widest element */
        product *= size;
    }
    *elements = is_empty ? 0 : (uint64_t)product;
    return true;
}

bool clq_safetensors_bytes(const clq_safetensors_tensor *tensor, uint64_t *bytes)
{
    uint64_t elements = 0;
    if (!is_dtype(tensor->dtype) || !clq_safetensors_elements(tensor, &elements)) return false;
    *bytes = elements * clq_safetensors_dtype_size(tensor->dtype);
    return true;
}
