/* SPDX-License-Identifier: Apache-2.0 */
/* GGUF: rows of blocks along k, each with its scales and codes. */
#include "core/descriptor.h"
#include "core/message.h"
#include "import/gguf_blocks.h"
#include "import/import_arrays.h"
#include "import/import_check.h"
#include "import/packed_codes.h"

static const clq_gguf_format formats[] = {
    {CLQNN_GGUF_Q4_0, "Q4_0", 32, 18, 32, CLQNN_S4, CLQNN_F16, false, clq_gguf_unpack_q4_0},
    {CLQNN_GGUF_Q4_1, "Q4_1", 32, 20, 32, CLQNN_U4, CLQNN_F16, true, clq_gguf_unpack_q4_1},
    {CLQNN_GGUF_Q8_0, "Q8_0", 32, 34, 32, CLQNN_S8, CLQNN_F16, false, clq_gguf_unpack_q8_0},
    {CLQNN_GGUF_Q4_K, "Q4_K", 256, 144, 32, CLQNN_U4, CLQNN_F32, true, clq_gguf_unpack_q4_k},
    {CLQNN_GGUF_Q6_K, "Q6_K", 256, 210, 16, CLQNN_S6, CLQNN_F32, false, clq_gguf_unpack_q6_k},
};

static const clq_gguf_format *find_format(clqnn_gguf_type type)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (formats[i].type == type) return &formats[i];
    }
    return NULL;
}

static clqnn_status check(const clqnn_gguf_desc *desc, const clq_gguf_format *format)
{
    if (!format) return clq_fail(CLQNN_INVALID_ARGUMENT, "type is %d, must be one of Q4_0 2, Q4_1 3, Q8_0 8, Q4_K 12, Q6_K 14", (int)desc->type);
    CLQ_FORWARD(clq_check_import_extent("n", desc->n));
    CLQ_FORWARD(clq_check_import_extent("k", desc->k));
    if (desc->k % format->elements) {
        return clq_fail(CLQNN_INVALID_SHAPE, "k is %lld, must be a multiple of %d: blocks of %s are whole", (long long)desc->k, (int)format->elements,
                        format->name);
    }
    return clq_check_bytes("blocks", desc->blocks, (uint64_t)desc->n * (uint64_t)(desc->k / format->elements), (uint64_t)format->bytes);
}

static clqnn_status fill(const clqnn_gguf_desc *desc, const clq_gguf_format *format, clqnn_imported *made)
{
    const int64_t blocks = desc->n * (desc->k / format->elements);
    const size_t value_bytes = clqnn_type_size(format->scale_type) * (size_t)(format->elements / format->group);
    const uint8_t *block = desc->blocks.data;
    char *scales = made->scales, *offsets = made->offsets;
    for (int64_t i = 0; i < blocks; i++, block += format->bytes) {
        uint8_t codes[CLQ_GGUF_LARGEST_BLOCK];
        format->unpack(block, codes, scales + (size_t)i * value_bytes, offsets ? offsets + (size_t)i * value_bytes : NULL);
        clq_codes_put(made->codes, made->width, (uint64_t)i * (uint64_t)format->elements, codes, format->elements);
    }
    return clq_imported_check_floats(made);
}

clqnn_status clqnn_import_gguf(const clqnn_gguf_desc *desc, clqnn_imported **imported)
{
    clqnn_gguf_desc full;
    if (!imported) return clq_fail(CLQNN_INVALID_ARGUMENT, "imported is NULL");
    *imported = NULL;
    CLQ_FORWARD(clq_descriptor_copy("clqnn_gguf_desc", desc, &full, sizeof full, sizeof full));
    const clq_gguf_format *format = find_format(full.type);
    CLQ_FORWARD(check(&full, format));
    clqnn_imported *made;
    CLQ_FORWARD(clq_imported_create(&(clq_imported_shape){.type = format->codes, .transposed = true, .n = full.n, .k = full.k, .size = format->group,
                                                          .scale_type = format->scale_type, .has_offsets = format->has_offsets}, &made));
    return clq_imported_return(fill(&full, format, made), made, imported);
}
