/* SPDX-License-Identifier: Apache-2.0 */
/* Element types of case files, and sizes computed from them. */
#include "case_internal.h"

#include <string.h>

typedef struct dtype_row {
    const char *name;
    size_t size;
    clqnn_type type;
} dtype_row;

static const dtype_row rows[] = {
    [CLQ_CASE_NONE] = {"none", 0, CLQNN_TYPE_NONE}, [CLQ_CASE_U8] = {"U8", 1, CLQNN_U8},   [CLQ_CASE_I8] = {"I8", 1, CLQNN_S8},
    [CLQ_CASE_I32] = {"I32", 4, CLQNN_S32},         [CLQ_CASE_F32] = {"F32", 4, CLQNN_F32}, [CLQ_CASE_F16] = {"F16", 2, CLQNN_F16},
    [CLQ_CASE_BF16] = {"BF16", 2, CLQNN_TYPE_NONE},     [CLQ_CASE_I16] = {"I16", 2, CLQNN_S16},
    [CLQ_CASE_F8E4M3] = {"F8_E4M3", 1, CLQNN_TYPE_NONE}, [CLQ_CASE_F8E5M2] = {"F8_E5M2", 1, CLQNN_TYPE_NONE},
};

static const struct {
    const char *name;
    int32_t bits;
} packed_types[] = {{"s4", 4}, {"u4", 4}, {"s2", 2}, {"u2", 2}, {"s3", 3}, {"u3", 3}, {"s6", 6}, {"u6", 6}};

static const dtype_row *row(clq_case_dtype dtype)
{
    return dtype >= CLQ_CASE_U8 && dtype <= CLQ_CASE_F8E5M2 ? &rows[dtype] : &rows[CLQ_CASE_NONE];
}

const char *clq_case_dtype_name(clq_case_dtype dtype)
{
    return row(dtype)->name;
}

size_t clq_case_dtype_size(clq_case_dtype dtype)
{
    return row(dtype)->size;
}

clqnn_type clq_case_dtype_type(clq_case_dtype dtype)
{
    return row(dtype)->type;
}

clq_case_dtype clq_case_dtype_from_name(const char *name)
{
    for (clq_case_dtype dtype = CLQ_CASE_U8; dtype <= CLQ_CASE_F8E5M2; dtype++) {
        if (strcmp(name, rows[dtype].name) == 0) return dtype;
    }
    return CLQ_CASE_NONE;
}

static const clqnn_type float_types[] = {[CLQ_CASE_F32] = CLQNN_F32,       [CLQ_CASE_F16] = CLQNN_F16,         [CLQ_CASE_BF16] = CLQNN_BF16,
                                         [CLQ_CASE_F8E4M3] = CLQNN_F8E4M3, [CLQ_CASE_F8E5M2] = CLQNN_F8E5M2};

clqnn_type clq_case_float_type(clq_case_dtype dtype)
{
    return dtype >= CLQ_CASE_U8 && dtype <= CLQ_CASE_F8E5M2 ? float_types[dtype] : CLQNN_TYPE_NONE;
}

clqnn_type clq_case_code_type(const char *name)
{
    static const struct {
        const char *name;
        clqnn_type type;
    } codes[] = {{"s4", CLQNN_S4}, {"u4", CLQNN_U4}, {"s2", CLQNN_S2}, {"u2", CLQNN_U2}, {"s3", CLQNN_S3}, {"u3", CLQNN_U3}, {"s6", CLQNN_S6}, {"u6", CLQNN_U6}};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (strcmp(name, codes[i].name) == 0) return codes[i].type;
    }
    return CLQNN_TYPE_NONE;
}

/* Those of bit planes, beside pu1..pu8, ps2..ps8 and po1..po8. */
static const struct {
    const char *name;
    clqnn_type first;   /* the one of `least` bits */
    int32_t least, most;
} plane_types[] = {{"b", CLQNN_B1, 1, 1}, {"t", CLQNN_T2, 2, 2}, {"pu", CLQNN_PU1, 1, 8}, {"ps", CLQNN_PS2, 2, 8}, {"po", CLQNN_PO1, 1, 8}};

clqnn_type clq_case_plane_type(const char *name)
{
    const size_t length = strlen(name);
    for (size_t i = 0; i < sizeof plane_types / sizeof plane_types[0]; i++) {
        const int32_t bits = length > 1 ? name[length - 1] - '0' : 0;
        if (length != strlen(plane_types[i].name) + 1 || strncmp(name, plane_types[i].name, length - 1) != 0) continue;
        if (bits >= plane_types[i].least && bits <= plane_types[i].most) return (clqnn_type)((int32_t)plane_types[i].first + bits - plane_types[i].least);
    }
    return CLQNN_TYPE_NONE;
}

int32_t clq_case_plane_bits(clqnn_type type)
{
    for (size_t i = 0; i < sizeof plane_types / sizeof plane_types[0]; i++) {
        const int32_t at = (int32_t)type - (int32_t)plane_types[i].first;
        if (at >= 0 && at <= plane_types[i].most - plane_types[i].least) return plane_types[i].least + at;
    }
    return 0;
}

const char *clq_case_plane_name(clqnn_type type)
{
    static const char *const names[] = {"b1",  "t2",  "pu1", "pu2", "pu3", "pu4", "pu5", "pu6", "pu7", "pu8", "ps2", "ps3", "ps4",
                                        "ps5", "ps6", "ps7", "ps8", "po1", "po2", "po3", "po4", "po5", "po6", "po7", "po8"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (clq_case_plane_type(names[i]) == type) return names[i];
    }
    return "none";
}

clq_case_dtype clq_case_dtype_of(clqnn_type type)
{
    for (clq_case_dtype dtype = CLQ_CASE_U8; dtype <= CLQ_CASE_F8E5M2; dtype++) {
        if ((rows[dtype].type == type || float_types[dtype] == type) && type != CLQNN_TYPE_NONE) return dtype;
    }
    return CLQ_CASE_NONE;
}

const char *clq_case_type_name(clqnn_type type)
{
    return clq_case_dtype_name(clq_case_dtype_of(type));
}

bool clq_case_count(const int64_t *shape, int32_t rank, int64_t *count)
{
    /* Sizes of 0 are left out of the bound: partial products beside a 0 must not overflow either. */
    int64_t product = 1;
    bool is_empty = false;
    for (int32_t i = 0; i < rank; i++) {
        if (shape[i] < 0) return false;
        if (shape[i] == 0) {
            is_empty = true;
            continue;
        }
        if (shape[i] > INT64_MAX / 8 / product) return false; /* 8: room for the widest element */
        product *= shape[i];
    }
    *count = is_empty ? 0 : product;
    return true;
}

size_t clq_case_tensor_bytes(const clq_case_tensor *tensor)
{
    int64_t count = 0;
    return clq_case_count(tensor->shape, tensor->rank, &count) ? (size_t)count * clq_case_dtype_size(tensor->dtype) : 0;
}

int32_t clq_case_packed_bits(const char *type)
{
    for (size_t i = 0; i < sizeof packed_types / sizeof packed_types[0]; i++) {
        if (strcmp(type, packed_types[i].name) == 0) return packed_types[i].bits;
    }
    return 0;
}
