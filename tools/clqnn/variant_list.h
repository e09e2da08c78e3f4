/* SPDX-License-Identifier: Apache-2.0 */
/* The GEMM variants of this build beside the capabilities of one device. */
#ifndef CLQ_VARIANT_LIST_H
#define CLQ_VARIANT_LIST_H

#include "clqnn/gemm.h"

typedef struct clq_variant_list {
    clqnn_gemm_variant_info *variants;
    size_t count;
    clqnn_capability *capabilities;
    size_t capability_count;
} clq_variant_list;

/* `context` may be NULL: no capability is then known. False on failure; clqnn_last_error says why. */
int clq_variant_list_load(clqnn_context *context, clq_variant_list *list);
void clq_variant_list_free(clq_variant_list *list);

/* 1 if the device has everything in variant->needs; else 0 and the first missing capability with its verdict in `reason`. */
int clq_variant_admitted(const clq_variant_list *list, const clqnn_gemm_variant_info *variant, char *reason, size_t size);

/* NULL if there is none of that name. */
const clqnn_gemm_variant_info *clq_variant_find(const clq_variant_list *list, const char *name);

#endif
