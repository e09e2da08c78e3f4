/* SPDX-License-Identifier: Apache-2.0 */
/* The variants of one operator beside the capabilities of one device. */
#ifndef CLQ_VARIANT_LIST_H
#define CLQ_VARIANT_LIST_H

#include <stdbool.h>

#include "operator.h"

typedef struct clq_variant_list {
    clq_variant *variants;
    size_t count;
    clqnn_capability *capabilities;
    size_t capability_count;
} clq_variant_list;

/* `context` may be NULL: no capability is then known. An operator without variants has an empty list. False on failure; clqnn_last_error says why. */
bool clq_variant_list_load(const clq_operator *op, clqnn_context *context, clq_variant_list *list);
void clq_variant_list_free(clq_variant_list *list);

/* True if the device has everything in variant->needs; else the first missing capability with its verdict is in `reason`. */
bool clq_variant_admitted(const clq_variant_list *list, const clq_variant *variant, char *reason, size_t size);

/* The operator that has a variant of that name: `op` or none, any where `op` is NULL. */
const clq_operator *clq_variant_operator(const clq_operator *op, const char *name);

#endif
