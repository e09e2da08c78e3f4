/* SPDX-License-Identifier: Apache-2.0 */
#include "op_variant_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clqnn/op.h"

static const char *types_of(const char *kind)
{
    if (strcmp(kind, "gemm_mixed") == 0) return "floats, b also integers with groups";
    if (strcmp(kind, "conv_mixed") == 0) return "floats; y also s8,u8";
    if (strcmp(kind, "gemm_bits") == 0 || strcmp(kind, "conv_bits") == 0) return "bit planes; results also s8,u8,s32,f32,f16";
    return strcmp(kind, "convert") == 0 ? "any" : "s8,u8";
}

clqnn_status clq_op_variants_of(const char *kind, clq_variant *list, size_t capacity, size_t *count)
{
    size_t total = 0;
    clqnn_status status = clqnn_op_variants(NULL, 0, &total);
    clqnn_op_variant_info *const infos = calloc(total + 1, sizeof *infos);
    *count = 0;
    if (infos == NULL) return CLQNN_OUT_OF_MEMORY;
    if (status == CLQNN_OK) status = clqnn_op_variants(infos, total, &total);
    for (size_t i = 0; i < total && status == CLQNN_OK; i++) {
        if (strcmp(infos[i].kind, kind) != 0) continue;
        if (*count < capacity) {
            list[*count] = (clq_variant){ .name = infos[i].name, .summary = infos[i].summary, .types = types_of(kind) };
            snprintf(list[*count].needs, sizeof list[*count].needs, "%s", infos[i].needs);
        }
        ++*count;
    }
    free(infos);
    return status;
}
