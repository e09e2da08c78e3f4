/* SPDX-License-Identifier: Apache-2.0 */
/* ONNX Runtime's MatMulNBits: a row of blocks for each column, which is one stream of codes since blocks are whole bytes. */
#include <string.h>

#include "core/descriptor.h"
#include "core/message.h"
#include "import/import_arrays.h"
#include "import/import_check.h"
#include "import/packed_codes.h"

static int64_t block_count(const clqnn_matmul_nbits_desc *desc)
{
    return (desc->k - 1) / desc->block_size + 1;
}

static uint64_t block_bytes(const clqnn_matmul_nbits_desc *desc)
{
    return (uint64_t)desc->block_size * (uint64_t)desc->bits / 8;
}

static uint64_t packed_zero_bytes(const clqnn_matmul_nbits_desc *desc)
{
    return ((uint64_t)block_count(desc) * (uint64_t)desc->bits + 7) / 8;
}

static clqnn_status check_shape(const clqnn_matmul_nbits_desc *desc)
{
    CLQ_FORWARD(clq_check_import_extent("n", desc->n));
    CLQ_FORWARD(clq_check_import_extent("k", desc->k));
    if (desc->bits != 2 && desc->bits != 4 && desc->bits != 8) return clq_fail(CLQNN_INVALID_ARGUMENT, "bits is %d, must be 2, 4 or 8", (int)desc->bits);
    if (desc->block_size < 16 || desc->block_size > INT32_MAX || (desc->block_size & (desc->block_size - 1))) {
        return clq_fail(CLQNN_INVALID_SHAPE, "block_size is %lld, must be a power of two, from 16 on", (long long)desc->block_size);
    }
    return CLQNN_OK;
}

static clqnn_status check_tensors(const clqnn_matmul_nbits_desc *desc)
{
    const uint64_t n = (uint64_t)desc->n, blocks = (uint64_t)block_count(desc), k = (uint64_t)desc->k;
    CLQ_FORWARD(clq_check_float_type("scale_type", desc->scale_type));
    CLQ_FORWARD(clq_check_bytes("b", desc->b, n * blocks, block_bytes(desc)));
    CLQ_FORWARD(clq_check_bytes("scales", desc->scales, n * blocks, clqnn_type_size(desc->scale_type)));
    if (desc->zero_point_type != CLQNN_U8) CLQ_FORWARD(clq_check_float_type("zero_point_type", desc->zero_point_type));
    if (desc->zero_points.data || desc->zero_points.size) {
        const bool packed = desc->zero_point_type == CLQNN_U8;
        const uint64_t row_bytes = packed ? packed_zero_bytes(desc) : clqnn_type_size(desc->zero_point_type);
        CLQ_FORWARD(clq_check_bytes("zero_points", desc->zero_points, packed ? n : n * blocks, row_bytes));
    }
    if (desc->g_idx.data || desc->g_idx.size) {
        const bool padded = desc->g_idx.size == blocks * (uint64_t)desc->block_size * 4;
        CLQ_FORWARD(clq_check_bytes("g_idx", desc->g_idx, padded ? blocks * (uint64_t)desc->block_size : k, 4));
    }
    return CLQNN_OK;
}

/* The codes of one column to their place in the dense stream. */
static void take_column(const clqnn_matmul_nbits_desc *desc, clqnn_imported *made, int64_t column)
{
    const uint64_t row_bytes = (uint64_t)block_count(desc) * block_bytes(desc);
    const uint8_t *row = (const uint8_t *)desc->b.data + (uint64_t)column * row_bytes;
    const uint64_t first = (uint64_t)column * (uint64_t)desc->k, bits = (uint64_t)desc->k * (uint64_t)desc->bits;
    if (bits % 8 == 0) {
        memcpy(made->codes + first * (uint64_t)desc->bits / 8, row, (size_t)(bits / 8));
        return;
    }
    uint8_t codes[256];
    for (int64_t i = 0; i < desc->k; i += (int64_t)sizeof codes) {
        const int64_t count = desc->k - i < (int64_t)sizeof codes ? desc->k - i : (int64_t)sizeof codes;
        clq_codes_get(row, row_bytes, desc->bits, (uint64_t)i, count, codes);
        clq_codes_put(made->codes, desc->bits, first + (uint64_t)i, codes, count);
    }
}

static void take_zero_points(const clqnn_matmul_nbits_desc *desc, clqnn_imported *made)
{
    const uint8_t *source = desc->zero_points.data;
    const int64_t blocks = block_count(desc);
    if (made->zero_point_type != CLQNN_U8) {
        memcpy(made->zero_points, source, (size_t)desc->zero_points.size);
        return;
    }
    const uint64_t row_bytes = packed_zero_bytes(desc);
    for (int64_t column = 0; column < desc->n; column++) {
        clq_codes_get(source + (uint64_t)column * row_bytes, row_bytes, desc->bits, 0, blocks, (uint8_t *)made->zero_points + column * blocks);
    }
}

static clqnn_status fill(const clqnn_matmul_nbits_desc *desc, clqnn_imported *made)
{
    if (made->zero_points) take_zero_points(desc, made);
    CLQ_FORWARD(clq_imported_take_scales(made, desc->scales.data));
    if (made->index) CLQ_FORWARD(clq_imported_take_index(made, desc->g_idx.data));
    for (int64_t column = 0; column < desc->n; column++) take_column(desc, made, column);
    if (made->zero_points) {
        clq_imported_drop_middle_zero_points(made);
    } else {
        clq_imported_make_signed(made);
    }
    return CLQNN_OK;
}

clqnn_status clqnn_import_matmul_nbits(const clqnn_matmul_nbits_desc *desc, clqnn_imported **imported)
{
    clqnn_matmul_nbits_desc full;
    if (!imported) return clq_fail(CLQNN_INVALID_ARGUMENT, "imported is NULL");
    *imported = NULL;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_matmul_nbits_desc", desc, &full, sizeof full, sizeof full));
    if (!full.scale_type) full.scale_type = CLQNN_F32;
    if (!full.zero_point_type) full.zero_point_type = CLQNN_U8;
    CLQ_FORWARD(check_shape(&full));
    CLQ_FORWARD(check_tensors(&full));
    clqnn_imported *made;
    CLQ_FORWARD(clq_imported_create(&(clq_imported_shape){.type = clq_unsigned_codes(full.bits), .transposed = true, .n = full.n, .k = full.k,
                                                          .size = full.block_size < full.k ? full.block_size : full.k, .scale_type = full.scale_type,
                                                          .zero_point_type = full.zero_points.data ? full.zero_point_type : CLQNN_TYPE_NONE,
                                                          .has_index = full.g_idx.data != NULL}, &made));
    return clq_imported_return(fill(&full, made), made, imported);
}
