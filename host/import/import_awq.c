/* SPDX-License-Identifier: Apache-2.0 */
/* AWQ's "gemm" form: eight columns a word, in the order 0 2 4 6 1 3 5 7 from the low bits up. */
#include <string.h>

#include "core/descriptor.h"
#include "core/message.h"
#include "import/import_arrays.h"
#include "import/import_check.h"
#include "import/packed_codes.h"

#define COLUMNS 8 /* of a word */

static clqnn_status check_shape(const clqnn_awq_desc *desc)
{
    CLQ_FORWARD(clq_check_import_extent("n", desc->n));
    CLQ_FORWARD(clq_check_import_extent("k", desc->k));
    if (desc->bits != 4) return clq_fail(CLQNN_INVALID_ARGUMENT, "bits is %d, must be 4", (int)desc->bits);
    CLQ_FORWARD(clq_check_multiple("n", desc->n, COLUMNS, "codes come in whole 32-bit words"));
    return clq_check_group_size("group_size", desc->group_size, desc->k);
}

static clqnn_status check_tensors(const clqnn_awq_desc *desc)
{
    const uint64_t n = (uint64_t)desc->n, groups = (uint64_t)((desc->k - 1) / desc->group_size + 1);
    CLQ_FORWARD(clq_check_float_type("scale_type", desc->scale_type));
    CLQ_FORWARD(clq_check_bytes("qweight", desc->qweight, (uint64_t)desc->k, n / 2));
    CLQ_FORWARD(clq_check_bytes("qzeros", desc->qzeros, groups, n / 2));
    return clq_check_bytes("scales", desc->scales, groups * n, clqnn_type_size(desc->scale_type));
}

/* Places 0 4 1 5 2 6 3 7 hold columns 0 .. 7: the low four codes go to the even places, the high four between them. */
static uint32_t in_column_order(uint32_t word)
{
    uint64_t codes = (uint64_t)(word & 0xffffu) | (uint64_t)(word >> 16) << 32;
    codes = (codes | codes << 8) & UINT64_C(0x00ff00ff00ff00ff);
    codes = (codes | codes << 4) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (uint32_t)codes | (uint32_t)(codes >> 32) << 4;
}

static void reorder(const void *words, int64_t count, uint8_t *codes)
{
    for (int64_t i = 0; i < count; i++) {
        uint32_t word;
        memcpy(&word, (const char *)words + i * 4, sizeof word);
        word = in_column_order(word);
        memcpy(codes + i * 4, &word, sizeof word);
    }
}

static void take_zero_points(const clqnn_awq_desc *desc, clqnn_imported *made)
{
    uint8_t *zero_points = made->zero_points;
    for (int64_t i = 0; i < made->group_count * desc->n / COLUMNS; i++) {
        uint8_t codes[4];
        reorder((const char *)desc->qzeros.data + i * 4, 1, codes);
        clq_codes_get(codes, sizeof codes, 4, 0, COLUMNS, zero_points + i * COLUMNS);
    }
}

static clqnn_status fill(const clqnn_awq_desc *desc, clqnn_imported *made)
{
    CLQ_FORWARD(clq_imported_take_scales(made, desc->scales.data));
    reorder(desc->qweight.data, desc->k * desc->n / COLUMNS, made->codes);
    take_zero_points(desc, made);
    clq_imported_drop_middle_zero_points(made);
    return CLQNN_OK;
}

clqnn_status clqnn_import_awq(const clqnn_awq_desc *desc, clqnn_imported **imported)
{
    clqnn_awq_desc full;
    if (!imported) return clq_fail(CLQNN_INVALID_ARGUMENT, "imported is NULL");
    *imported = NULL;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_awq_desc", desc, &full, sizeof full, sizeof full));
    if (!full.scale_type) full.scale_type = CLQNN_F16;
    if (!full.bits) full.bits = 4;
    if (full.group_size == -1) full.group_size = full.k;
    CLQ_FORWARD(check_shape(&full));
    CLQ_FORWARD(check_tensors(&full));
    clqnn_imported *made;
    CLQ_FORWARD(clq_imported_create(&(clq_imported_shape){.type = CLQNN_U4, .n = full.n, .k = full.k, .size = full.group_size, .scale_type = full.scale_type,
                                                          .zero_point_type = CLQNN_U8}, &made));
    return clq_imported_return(fill(&full, made), made, imported);
}
