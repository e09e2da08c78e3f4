/* SPDX-License-Identifier: Apache-2.0 */
/* The variants of one kind of plans without weights, for `list`. */
#ifndef CLQ_OP_VARIANT_LIST_H
#define CLQ_OP_VARIANT_LIST_H

#include "operator.h"

/* As the `variants` of an operator, of those that clqnn_op_variants gives with this kind. */
clqnn_status clq_op_variants_of(const char *kind, clq_variant *list, size_t capacity, size_t *count);

#endif
