/* SPDX-License-Identifier: Apache-2.0 */
/* GPTQ: every column of qweight is a stream of codes along k, cut into 32-bit words; every row of qzeros is one along n. */
#include <stdlib.h>
#include <string.h>

#include "core/descriptor.h"
#include "core/message.h"
#include "import/import_arrays.h"
#include "import/import_check.h"
#include "import/packed_codes.h"

static clqnn_status check_shape(const clqnn_gptq_desc *desc)
{
    const char *const words = "codes come in whole 32-bit words";
    CLQ_FORWARD(clq_check_import_extent("n", desc->n));
    CLQ_FORWARD(clq_check_import_extent("k", desc->k));
    if (desc->bits != 2 && desc->bits != 3 && desc->bits != 4 && desc->bits != 8) {
        return clq_fail(CLQNN_INVALID_ARGUMENT, "bits is %d, must be 2, 3, 4 or 8", (int)desc->bits);
    }
    if ((unsigned)desc->zeros > CLQNN_GPTQ_ZEROS) return clq_fail(CLQNN_INVALID_ARGUMENT, "zeros is %d, not a clqnn_gptq_zeros", (int)desc->zeros);
    const int64_t unit = desc->bits == 3 ? 32 : 32 / desc->bits;
    CLQ_FORWARD(clq_check_multiple("k", desc->k, unit, words));
    CLQ_FORWARD(clq_check_multiple("n", desc->n, unit, words));
    return clq_check_group_size("group_size", desc->group_size, desc->k);
}

static clqnn_status check_tensors(const clqnn_gptq_desc *desc)
{
    const uint64_t n = (uint64_t)desc->n, k = (uint64_t)desc->k, groups = (uint64_t)((desc->k - 1) / desc->group_size + 1), bits = (uint64_t)desc->bits;
    CLQ_FORWARD(clq_check_float_type("scale_type", desc->scale_type));
    CLQ_FORWARD(clq_check_bytes("qweight", desc->qweight, k * bits / 32, n * 4));
    CLQ_FORWARD(clq_check_bytes("qzeros", desc->qzeros, groups, n * bits / 8));
    CLQ_FORWARD(clq_check_bytes("scales", desc->scales, groups * n, clqnn_type_size(desc->scale_type)));
    if (desc->g_idx.data || desc->g_idx.size) CLQ_FORWARD(clq_check_bytes("g_idx", desc->g_idx, k, 4));
    return CLQNN_OK;
}

/* Row `row` of the codes, one a byte: the same bits of each word of a row of words, and for 3 bits perhaps of the next. */
static void unpack_row(const clqnn_gptq_desc *desc, int64_t row, uint8_t *codes)
{
    const int64_t bit = row * desc->bits, row_bytes = desc->n * 4;
    const int shift = (int)(bit % 32);
    const uint32_t mask = (1u << desc->bits) - 1;
    const char *words = (const char *)desc->qweight.data + bit / 32 * row_bytes;
    if (shift + desc->bits <= 32) {
        for (int64_t j = 0; j < desc->n; j++) {
            uint32_t word;
            memcpy(&word, words + j * 4, sizeof word);
            codes[j] = (uint8_t)(word >> shift & mask);
        }
        return;
    }
    for (int64_t j = 0; j < desc->n; j++) {
        uint32_t low, high;
        memcpy(&low, words + j * 4, sizeof low);
        memcpy(&high, words + row_bytes + j * 4, sizeof high);
        codes[j] = (uint8_t)((low >> shift | high << (32 - shift)) & mask);
    }
}

static void take_zero_points(const clqnn_gptq_desc *desc, clqnn_imported *made)
{
    const uint64_t row_bytes = (uint64_t)desc->n * (uint64_t)desc->bits / 8;
    const uint8_t less = desc->zeros == CLQNN_GPTQ_ZEROS_MINUS_ONE, mask = (uint8_t)((1u << desc->bits) - 1);
    uint8_t *zero_points = made->zero_points;
    for (int64_t group = 0; group < made->group_count; group++, zero_points += desc->n) {
        clq_codes_get((const uint8_t *)desc->qzeros.data + (uint64_t)group * row_bytes, row_bytes, desc->bits, 0, desc->n, zero_points);
        for (int64_t j = 0; j < desc->n; j++) zero_points[j] = (uint8_t)((zero_points[j] + less) & mask);
    }
}

static clqnn_status fill(const clqnn_gptq_desc *desc, clqnn_imported *made)
{
    CLQ_FORWARD(clq_imported_take_scales(made, desc->scales.data));
    if (made->index) CLQ_FORWARD(clq_imported_take_index(made, desc->g_idx.data));
    uint8_t *codes = malloc((size_t)desc->n);
    if (!codes) return clq_fail(CLQNN_OUT_OF_MEMORY, "no memory for a row of %lld codes", (long long)desc->n);
    for (int64_t row = 0; row < desc->k; row++) {
        unpack_row(desc, row, codes);
        clq_codes_put(made->codes, desc->bits, (uint64_t)row * (uint64_t)desc->n, codes, desc->n);
    }
    free(codes);
    take_zero_points(desc, made);
    clq_imported_drop_middle_zero_points(made);
    return CLQNN_OK;
}

clqnn_status clqnn_import_gptq(const clqnn_gptq_desc *desc, clqnn_imported **imported)
{
    clqnn_gptq_desc full;
    if (!imported) return clq_fail(CLQNN_INVALID_ARGUMENT, "imported is NULL");
    *imported = NULL;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_gptq_desc", desc, &full, sizeof full, sizeof full));
    if (!full.scale_type) full.scale_type = CLQNN_F16;
    if (full.group_size == -1) full.group_size = full.k;
    CLQ_FORWARD(check_shape(&full));
    CLQ_FORWARD(check_tensors(&full));
    clqnn_imported *made;
    CLQ_FORWARD(clq_imported_create(&(clq_imported_shape){.type = clq_unsigned_codes(full.bits), .n = full.n, .k = full.k, .size = full.group_size,
                                                          .scale_type = full.scale_type, .zero_point_type = CLQNN_U8,
                                                          .has_index = full.g_idx.data != NULL}, &made));
    return clq_imported_return(fill(&full, made), made, imported);
}
