/* SPDX-License-Identifier: Apache-2.0 */
#include "import/imported.h"

#include <stdlib.h>
#include <string.h>

#include "core/checked.h"
#include "core/message.h"
#include "import/packed_codes.h"

clqnn_type clq_unsigned_codes(int32_t bits)
{
    return bits == 2 ? CLQNN_U2 : bits == 3 ? CLQNN_U3 : bits == 4 ? CLQNN_U4 : bits == 6 ? CLQNN_U6 : CLQNN_U8;
}

clqnn_type clq_signed_codes(int32_t bits)
{
    return bits == 2 ? CLQNN_S2 : bits == 3 ? CLQNN_S3 : bits == 4 ? CLQNN_S4 : bits == 6 ? CLQNN_S6 : CLQNN_S8;
}

/* calloc of count * each + slack bytes. */
static clqnn_status allocate(uint64_t count, uint64_t each, uint64_t slack, void **block)
{
    uint64_t bytes;
    if (!clq_multiply(count, each, &bytes) || !clq_add(bytes, slack, &bytes) || bytes > (uint64_t)PTRDIFF_MAX) {
        return clq_fail(CLQNN_OUT_OF_MEMORY, "%llu elements of %llu bytes are beyond the address space", (unsigned long long)count, (unsigned long long)each);
    }
    *block = calloc(1, (size_t)bytes);
    return *block ? CLQNN_OK : clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for %llu bytes of imported weights", (unsigned long long)bytes);
}

static clqnn_status allocate_arrays(clqnn_imported *made, const clq_imported_shape *shape)
{
    const uint64_t values = (uint64_t)made->group_count * (uint64_t)made->n;
    void *index = NULL, *codes = NULL;
    uint64_t bits;
    if (!clq_multiply((uint64_t)made->n * (uint64_t)made->k, (uint64_t)made->width, &bits) || bits > (uint64_t)INT64_MAX) {
        return clq_fail(CLQNN_INVALID_SHAPE, "n is %lld and k is %lld: %d bits each are beyond 2^63", (long long)made->n, (long long)made->k, (int)made->width);
    }
    made->code_bytes = (bits + 7) / 8;
    CLQ_FORWARD(allocate(made->code_bytes, 1, CLQ_CODES_SLACK, &codes));
    made->codes = codes;
    CLQ_FORWARD(allocate(values, clqnn_type_size(made->scale_type), 0, &made->scales));
    if (shape->has_offsets) CLQ_FORWARD(allocate(values, clqnn_type_size(made->scale_type), 0, &made->offsets));
    if (shape->zero_point_type) CLQ_FORWARD(allocate(values, clqnn_type_size(made->zero_point_type), 0, &made->zero_points));
    if (shape->has_index) CLQ_FORWARD(allocate((uint64_t)made->k, sizeof *made->index, 0, &index));
    made->index = index;
    return CLQNN_OK;
}

clqnn_status clq_imported_create(const clq_imported_shape *shape, clqnn_imported **imported)
{
    *imported = NULL;
    clqnn_imported *made = calloc(1, sizeof *made);
    if (!made) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for imported weights");
    *made = (clqnn_imported){.type = shape->type, .width = (int32_t)clqnn_type_bits(shape->type), .transposed = shape->transposed, .n = shape->n, .k = shape->k,
                             .size = shape->size, .group_count = (shape->k - 1) / shape->size + 1, .scale_type = shape->scale_type,
                             .zero_point_type = shape->zero_point_type};
    return clq_imported_return(allocate_arrays(made, shape), made, imported);
}

clqnn_status clq_imported_return(clqnn_status status, clqnn_imported *made, clqnn_imported **imported)
{
    if (status != CLQNN_OK) {
        clqnn_imported_destroy(made);
        made = NULL;
    }
    *imported = made;
    return status;
}

void clqnn_imported_destroy(clqnn_imported *imported)
{
    if (!imported) return;
    free(imported->codes);
    free(imported->scales);
    free(imported->zero_points);
    free(imported->offsets);
    free(imported->index);
    free(imported);
}

void clq_imported_drop_middle_zero_points(clqnn_imported *imported)
{
    const uint8_t *zero_points = imported->zero_points;
    const uint8_t middle = (uint8_t)(1u << (imported->width - 1));
    const int64_t count = imported->group_count * imported->n;
    if (imported->zero_point_type != CLQNN_U8 || zero_points[0] != middle || memcmp(zero_points, zero_points + 1, (size_t)count - 1) != 0) return;
    clq_imported_make_signed(imported);
    free(imported->zero_points);
    imported->zero_points = NULL;
    imported->zero_point_type = CLQNN_TYPE_NONE;
}

void clq_imported_make_signed(clqnn_imported *imported)
{
    clq_codes_flip_sign(imported->codes, imported->width, (uint64_t)imported->n * (uint64_t)imported->k);
    imported->type = clq_signed_codes(imported->width);
}

clqnn_status clqnn_imported_describe(const clqnn_imported *imported, clqnn_imported_info *info)
{
    if (!imported) return clq_fail(CLQNN_INVALID_ARGUMENT, "imported is NULL");
    if (!info) return clq_fail(CLQNN_INVALID_ARGUMENT, "info is NULL");
    *info = (clqnn_imported_info){
        .type = imported->type, .transposed = imported->transposed, .n = imported->n, .k = imported->k, .data = imported->codes,
        .data_bytes = imported->code_bytes, .group_count = imported->group_count,
        .groups = {.size = imported->size, .scales = imported->scales, .scale_type = imported->scale_type, .zero_points = imported->zero_points,
                   .zero_point_type = imported->zero_point_type, .offsets = imported->offsets, .index = imported->index}};
    return CLQNN_OK;
}
