/* SPDX-License-Identifier: Apache-2.0 */
#include "vector_import.h"

#include <string.h>

static clqnn_bytes bytes_of(vector_file *vector, const char *name)
{
    const vector_tensor *tensor = vector_file_tensor(vector, name);
    return tensor ? (clqnn_bytes){.data = tensor->data, .size = tensor->size} : (clqnn_bytes){.data = NULL};
}

static clqnn_type type_of(const vector_file *vector, const char *key)
{
    const char *word = vector_file_word(vector, key);
    for (int type = 1; word[0] && clqnn_type_name((clqnn_type)type); type++) {
        if (strcmp(clqnn_type_name((clqnn_type)type), word) == 0) return (clqnn_type)type;
    }
    return CLQNN_TYPE_NONE;
}

clqnn_status vector_import(vector_file *vector, clqnn_imported **imported)
{
    const char *format = vector_file_word(vector, "format");
    const int64_t n = vector_file_number(vector, "n"), k = vector_file_number(vector, "k"), group = vector_file_number(vector, "group");
    const int32_t bits = (int32_t)vector_file_number(vector, "bits");
    const clqnn_type scale_type = type_of(vector, "scale_type");
    if (strcmp(format, "gguf") == 0) {
        const clqnn_gguf_desc desc = {.struct_size = sizeof desc, .type = (clqnn_gguf_type)vector_file_number(vector, "type"), .n = n, .k = k,
                                      .blocks = bytes_of(vector, "blocks")};
        return clqnn_import_gguf(&desc, imported);
    }
    if (strcmp(format, "awq") == 0) {
        const clqnn_awq_desc desc = {.struct_size = sizeof desc, .n = n, .k = k, .group_size = group, .bits = bits, .scale_type = scale_type,
                                     .qweight = bytes_of(vector, "qweight"), .qzeros = bytes_of(vector, "qzeros"), .scales = bytes_of(vector, "scales")};
        return clqnn_import_awq(&desc, imported);
    }
    if (strcmp(format, "gptq") == 0) {
        const clqnn_gptq_desc desc = {.struct_size = sizeof desc, .n = n, .k = k, .group_size = group, .bits = bits, .scale_type = scale_type,
                                      .zeros = (clqnn_gptq_zeros)vector_file_number(vector, "zeros"), .qweight = bytes_of(vector, "qweight"),
                                      .qzeros = bytes_of(vector, "qzeros"), .scales = bytes_of(vector, "scales"), .g_idx = bytes_of(vector, "g_idx")};
        return clqnn_import_gptq(&desc, imported);
    }
    if (strcmp(format, "matmul_nbits") == 0) {
        const clqnn_matmul_nbits_desc desc = {.struct_size = sizeof desc, .n = n, .k = k, .block_size = group, .bits = bits, .scale_type = scale_type,
                                              .b = bytes_of(vector, "b"), .scales = bytes_of(vector, "scales"), .zero_points = bytes_of(vector, "zero_points"),
                                              .zero_point_type = type_of(vector, "zero_point_type"), .g_idx = bytes_of(vector, "g_idx")};
        return clqnn_import_matmul_nbits(&desc, imported);
    }
    return CLQNN_UNSUPPORTED;
}
